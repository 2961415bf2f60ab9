import { join } from 'node:path'
import { equalBytes, utf8Text } from '@curo/crypto/bytes'
import { CuroError, isCuroError } from '@curo/crypto/errors'
import { EMPTY_ROOT } from '@curo/crypto/merkle'
import { originHash } from '@curo/ledger/add-checkpoint'
import type { NoteKey } from '@curo/ledger/keys'
import { parseNote } from '@curo/ledger/note'
import { openCheckpoint } from '@curo/ledger/signers'
import type { Config } from '../config.ts'
import type { NodeContext } from '../context.ts'
import type { Executor } from '../ledger/sql.ts'
import { TileFolder } from '../ledger/tile-folder.ts'
import { type Cosign, cosignerKey } from './cosigner-keys.ts'
import { extendCopy, type TreeHead } from './log-copy.ts'
import { readPolicy } from './policy-store.ts'
import { remoteLog } from './remote-log.ts'
import { WitnessHeads } from './witness-store.ts'

/** The folder of the copy of one log. */
export function mirrorFolder(config: Pick<Config, 'dataFolder'>, hash: string): TileFolder {
  return new TileFolder(join(config.dataFolder, 'mirrors', hash))
}

/**
 * Brings this node's copy of every log of the policy up to what the log shows now. One log's fault is not
 * another's: each is written to the log file, misbehaviour also to `network_alarms`.
 */
export async function updateMirrors(
  node: Pick<NodeContext, 'config' | 'keys' | 'pool' | 'clock' | 'log'>,
): Promise<void> {
  const { config, keys, pool, log } = node
  const policy = await readPolicy(pool)
  const { cosign } = await cosignerKey({ origin: config.origin, role: 'mirror', seed: keys.mirrorSeed })
  for (const { key, url } of policy.logs) {
    if (url === undefined || key.name === config.origin) continue
    try {
      await updateMirror({ ...node, cosign, logKey: key, url })
    } catch (err) {
      log.warn(
        { err, origin: key.name },
        'the copy of another hospital’s log could not be brought up to date',
      )
    }
  }
}

/** @returns the size of the copy */
async function updateMirror({
  config,
  pool,
  clock,
  cosign,
  logKey,
  url,
}: Pick<NodeContext, 'config' | 'pool' | 'clock'> & {
  cosign: Cosign
  logKey: NoteKey
  url: string
}): Promise<void> {
  const source = remoteLog(url)
  const origin = logKey.name
  const shown = await source('checkpoint')
  if (!shown) throw new CuroError('unavailable', 'The log shows no checkpoint.')
  const note = utf8Text(shown)
  const head = await openCheckpoint({ note, logKeys: [logKey] })
  const known = (await findMirrored(pool, origin)) ?? { size: 0, root: EMPTY_ROOT, checkpoint: '' }
  if (head.size < known.size) return
  const folder = mirrorFolder(config, originHash(origin))
  try {
    if (head.size === known.size && !equalBytes(head.root, known.root))
      throw new CuroError('ledger-inconsistent', 'The log shows another root at the same size.')
    if (head.size > known.size) await extendCopy({ folder, source, from: known, to: head })
  } catch (error) {
    if (isCuroError(error, 'ledger-inconsistent'))
      await new WitnessHeads(pool).raiseAlarm({ origin, reason: error.message, evidence: note })
    throw error
  }
  const cosigned = note + (await cosign(parseNote(note).text, clock()))
  await folder.writeCheckpoint({ size: head.size, note: cosigned })
  await keepMirrored(pool, { ...head, checkpoint: cosigned })
}

async function findMirrored(
  executor: Executor,
  origin: string,
): Promise<(TreeHead & { checkpoint: string }) | null> {
  const { rows } = await executor.query<{ size: number; root: Buffer; checkpoint: string }>(
    'SELECT size, root, checkpoint FROM network_mirrored WHERE origin = $1',
    [origin],
  )
  return rows[0] ?? null
}

async function keepMirrored(
  executor: Executor,
  { origin, size, root, checkpoint }: TreeHead & { origin: string; checkpoint: string },
): Promise<void> {
  await executor.query(
    `INSERT INTO network_mirrored (origin, size, root, checkpoint) VALUES ($1, $2, $3, $4)
     ON CONFLICT (origin) DO UPDATE
     SET size = excluded.size, root = excluded.root, checkpoint = excluded.checkpoint, updated_at = now()
     WHERE network_mirrored.size <= excluded.size`,
    [origin, size, root, checkpoint],
  )
}
