import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { CuroError } from '@curo/crypto/errors'
import { parsePolicy } from '@curo/ledger/policy-file'
import { verifyLog } from '@curo/ledger/verify-log'
import { must } from './step-table.ts'

async function* pathsUnder(folder: string, from = folder): AsyncGenerator<string> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* pathsUnder(path, from)
    else yield relative(from, path).split('\\').join('/')
  }
}

/** What stands beside the log in the folder an outsider is given. */
const BESIDE = new Set(['log.vkey', 'policy.txt'])

/** Copies the log's files, and writes the key and the policy they are judged by beside them. */
export async function leaveLedger(
  from: string,
  to: string,
  { logKey, policy }: { logKey: string; policy: string },
) {
  await mkdir(to, { recursive: true })
  await cp(from, to, { recursive: true })
  await writeFile(join(to, 'log.vkey'), `${logKey}\n`)
  await writeFile(join(to, 'policy.txt'), policy)
}

/** Verifies a log from its files alone: no node, no database, no key but the public ones. */
export async function verifyOffline(folder: string): Promise<{ size: number; cosignatures: number }> {
  const policy = parsePolicy(await readFile(join(folder, 'policy.txt'), 'utf8'))
  const read = async (path: string) => {
    try {
      return await readFile(join(folder, path))
    } catch (cause) {
      throw new CuroError('not-found', `${path} is not there.`, { cause })
    }
  }
  const paths: string[] = []
  for await (const path of pathsUnder(folder)) if (!BESIDE.has(path)) paths.push(path)
  const report = await verifyLog({ read, policy, paths })
  must(report.sound, `The ledger is not sound: ${report.faults[0]?.sentence ?? 'no quorum of witnesses'}`)
  must(report.size > 0, 'The ledger has entries.')
  return { size: report.size, cosignatures: report.verdict.cosignatures.length }
}

/** A verifier that accepts anything would be worse than none: one flipped bit must be found. */
export async function mustFindFlippedBit(folder: string, scratch: string): Promise<void> {
  await cp(folder, scratch, { recursive: true })
  const bundles: string[] = []
  for await (const path of pathsUnder(scratch)) if (path.startsWith('tile/entries/')) bundles.push(path)
  const victim = bundles[Math.floor(Math.random() * bundles.length)]
  must(victim, 'The log has entry bundles.')
  const bytes = await readFile(join(scratch, victim))
  const at = Math.floor(Math.random() * bytes.length)
  bytes[at] = (bytes[at] ?? 0) ^ 1
  await writeFile(join(scratch, victim), bytes)
  const found = await verifyOffline(scratch).then(
    () => false,
    () => true,
  )
  await rm(scratch, { recursive: true })
  must(found, 'A flipped bit in the ledger was not found.')
}
