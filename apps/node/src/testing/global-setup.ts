import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { existingCluster } from '../embedded-postgres/place.ts'
import { isAlive } from '../embedded-postgres/postmaster-file.ts'
import { stopServer } from '../embedded-postgres/server.ts'
import { TEST_FOLDER_VARIABLE } from './test-postgres.ts'

/** Names the process of the run, so that a later run can clear up after one that was killed. */
const PREFIX = 'curo-test-run-'

/** One PostgreSQL for a whole test run, started by the first test that needs it and stopped when the run ends. */
export default async function setup(): Promise<() => Promise<void>> {
  for (const name of await readdir(tmpdir())) {
    const pid = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1]
    if (pid !== undefined && !isAlive(Number(pid))) await clear(join(tmpdir(), name)).catch(() => undefined)
  }
  const folder = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`))
  process.env[TEST_FOLDER_VARIABLE] = folder
  return () => clear(folder)
}

async function clear(folder: string): Promise<void> {
  const cluster = await existingCluster(folder)
  if (cluster !== undefined) await stopServer(cluster)
  await rm(folder, { recursive: true, force: true })
}
