import { getCheckpoint } from '@curo/contract/ledger'
import { toBase64Url } from '@curo/crypto/bytes'
import { parseNote } from '@curo/ledger/note'
import { evaluatePolicy, type Policy } from '@curo/ledger/policy'
import { type LogReport, verifyLog } from '@curo/ledger/verify-log'
import type { CallOptions } from './api.ts'
import type { Connection } from './connection.ts'
import { logReader } from './log.ts'
import { shownPolicy } from './shown-policy.ts'

export type CheckedCheckpoint = {
  origin: string
  size: number
  /** base64url. */
  root: string
  /** Who has cosigned this checkpoint, each signature verified here, with the time it was made. */
  cosignatures: { witness: string; at: Date }[]
  /** Witnesses that the policy asks and that have not cosigned this checkpoint. */
  missing: string[]
  /** Signatures of keys that nobody here knows. */
  unknown: number
  /** Whether the cosignatures are enough for the policy; true where it asks for none. */
  quorum: boolean
  /** Until then a quorum had seen nothing later of this log; null where the policy asks for none. */
  quorumAt: Date | null
  /** The signed note itself, to keep. */
  note: string
}

type Node = Pick<Connection, 'api' | 'hospital'>

/**
 * Fetches the newest checkpoint and verifies it: the log's signature under the pinned key, each cosignature.
 * @param policy whose cosignatures count; the one that the node shows where absent
 * @throws CuroError 'forged-signature' | 'malformed', 'unavailable'
 */
export async function checkCheckpoint(
  node: Node,
  options: CallOptions & { policy?: Policy | undefined } = {},
): Promise<CheckedCheckpoint> {
  const policy = options.policy ?? (await shownPolicy(node, options))
  const note = await node.api.call(getCheckpoint, {}, options)
  const { checkpoint, cosignatures, quorum, quorumTime } = await evaluatePolicy({ policy, note })
  const present = new Set(cosignatures.map(({ witness }) => witness))
  const known = 1 + cosignatures.length
  return {
    origin: checkpoint.origin,
    size: checkpoint.size,
    root: toBase64Url(checkpoint.root),
    cosignatures: cosignatures.map(({ witness, time }) => ({ witness, at: new Date(time * 1000) })),
    missing: policy.witnesses.map(({ name }) => name).filter((name) => !present.has(name)),
    unknown: Math.max(0, parseNote(note).signatures.length - known),
    quorum,
    quorumAt: quorumTime === undefined ? null : new Date(quorumTime * 1000),
    note,
  }
}

export type CheckLogOptions = CallOptions & {
  policy?: Policy | undefined
  /** Entries passed so far, of `total`. */
  onProgress?: ((done: number, total: number) => void) | undefined
}

/** How often a page hears of progress, in entries. */
const PROGRESS_EVERY = 1024

/**
 * Verifies the whole log from here: every entry against its tile, every tile against those below, the root against the
 * signed checkpoint. Holds a few bundles in memory, whatever the log's size; 100,000 entries are some 6 MB to fetch.
 * @throws CuroError 'not-found' | 'malformed' | 'forged-signature' without a checkpoint that can be verified, or the
 *   signal's reason; what is wrong with the log itself is in the report
 */
export async function checkWholeLog(node: Node, options: CheckLogOptions = {}): Promise<LogReport> {
  const { onProgress, signal } = options
  const policy = options.policy ?? (await shownPolicy(node, options))
  const read = logReader(node.api, options)
  // One checkpoint from beginning to end: the log grows meanwhile.
  const note = await read('checkpoint')
  const total = note ? (await evaluatePolicy({ policy, note })).checkpoint.size : 0
  const report = await verifyLog({
    policy,
    read: async (path) => {
      signal?.throwIfAborted()
      return path === 'checkpoint' ? note : read(path)
    },
    onEntry: ({ index }) => {
      if (index % PROGRESS_EVERY === 0) onProgress?.(index, total)
    },
  })
  onProgress?.(total, total)
  return report
}
