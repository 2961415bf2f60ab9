import { cp, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fetchProof, findEntries } from '@curo/client/ledger'
import type { PatientPerson } from '@curo/client/person'
import type { Policy } from '@curo/ledger/policy'
import { dumpDatabaseSql } from '@curo/node/backup/dump'
import { openPool } from '@curo/node/database'
import { acquireEmbeddedPostgres } from '@curo/node/embedded-postgres/server'
import { loadKeys } from '@curo/node/keys'
import { makeLogger } from '@curo/node/observability'
import type { HospitalProcess } from './hospital-process.ts'
import { must } from './step-table.ts'

/** The entries that get a proof file each: the newest of a long history, and the first. */
const MOST_PROOFS = 200

/**
 * Leaves what an outsider needs: `proofs/<index>.tlog-proof` with the entry beside it, `database.sql`, `buckets/`.
 * Answers how many proofs there are; each was verified against the policy.
 */
export async function leave({
  folder,
  home,
  policy,
  patients,
}: {
  folder: string
  home: HospitalProcess
  policy: Policy
  patients: readonly PatientPerson[]
}): Promise<number> {
  const proofs = join(folder, 'proofs')
  await mkdir(proofs, { recursive: true })
  let count = 0
  for (const patient of patients) {
    const { entries } = await findEntries(patient, patient.keyring.lookupKeys)
    const placed = entries.flatMap(({ index }) => (index === null ? [] : [index])).sort((a, b) => b - a)
    must(placed.length > 0, 'Her entries are published.')
    for (const index of placed.slice(0, MOST_PROOFS)) {
      const { proofFile, entry, verdict } = await fetchProof(patient, { index, policy })
      must(verdict.cosignatures.length >= 2, `Entry ${index} is not final.`)
      await writeFile(join(proofs, `${index}.tlog-proof`), proofFile)
      await writeFile(join(proofs, `${index}.entry`), entry)
      count += 1
    }
  }
  await dumpDatabase(home.dataFolder, join(folder, 'database.sql'))
  await cp(join(home.dataFolder, 'buckets'), join(folder, 'buckets'), { recursive: true })
  return count
}

/** Dumps the embedded database of a node that goes on running. */
async function dumpDatabase(dataFolder: string, file: string): Promise<void> {
  const log = makeLogger({ level: 'error' })
  const { databasePassword } = await loadKeys(dataFolder)
  const postgres = await acquireEmbeddedPostgres({ dataFolder, password: databasePassword, log })
  const pool = openPool({ connection: postgres.connection, size: 2, log })
  try {
    await dumpDatabaseSql(pool, file)
  } finally {
    await pool.end()
    await postgres.release()
  }
}
