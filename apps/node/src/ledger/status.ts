import type { getLedger } from '@curo/contract/ledger'
import type { RouteOutput } from '@curo/contract/route'
import { toBase64Url } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { EMPTY_ROOT } from '@curo/crypto/merkle'
import { parseCheckpoint } from '@curo/ledger/checkpoint'
import { formatVkey } from '@curo/ledger/keys'
import { parseNote } from '@curo/ledger/note'
import { formatPolicy } from '@curo/ledger/policy-file'
import type { NodeContext } from '../context.ts'
import { readPolicy } from '../network/policy-store.ts'
import { readWitnessStates } from '../network/witness-log.ts'
import { type Head, readHead } from './head.ts'
import { logNoteKey } from './log-key.ts'

/** While witnesses answer within this time, the log shows the cosigned checkpoint; after it the newer, bare one. */
const FINAL_IS_LATE_MS = 10_000

/** @throws CuroError 'unavailable' before the log was begun */
export function currentCheckpoint(head: Head | null, now: Date): string {
  if (!head) throw new CuroError('unavailable', 'The log is being started; ask again in a second.')
  const { finalCheckpoint, finalSize, publishedSize, aheadSince, finalAt } = head
  const lastGood = Math.max(aheadSince?.getTime() ?? 0, finalAt?.getTime() ?? 0)
  const isLate = finalSize < publishedSize && now.getTime() - lastGood > FINAL_IS_LATE_MS
  return (isLate ? null : finalCheckpoint) ?? head.publishedCheckpoint ?? head.checkpoint
}

/** What anyone may know of this hospital's log, and the policy by which to judge it. */
export async function describeLedger({
  config,
  keys,
  pool,
}: NodeContext): Promise<RouteOutput<typeof getLedger>> {
  const [head, policy, states, { key }, pending] = await Promise.all([
    readHead(pool),
    readPolicy(pool),
    readWitnessStates(pool),
    logNoteKey(config.origin, keys.logSeed),
    pool.query<{ count: number }>('SELECT count(*) FROM ledger_pending'),
  ])
  const published =
    head?.publishedCheckpoint == null ? null : parseCheckpoint(parseNote(head.publishedCheckpoint).text)
  return {
    origin: config.origin,
    key: formatVkey(key),
    size: published?.size ?? 0,
    root: toBase64Url(published?.root ?? EMPTY_ROOT),
    finalSize: head?.finalSize ?? 0,
    pending: Number(pending.rows[0]?.count ?? 0),
    publishedAt: head?.publishedAt?.toISOString() ?? null,
    readOnly: head?.stopped != null,
    policy: policy.witnesses.length === 0 ? null : formatPolicy({ ...policy, logs: [{ key }] }),
    witnesses: policy.witnesses.map((witness) => {
      const state = states.get(formatVkey(witness.key))
      return {
        name: witness.name,
        key: formatVkey(witness.key),
        lastSize: state?.lastSize ?? null,
        lastAt: state?.lastAt?.toISOString() ?? null,
      }
    }),
  }
}
