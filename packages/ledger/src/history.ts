import { isCuroError } from '@curo/crypto/errors'
import { agreesWithStatements, type Body, verifyBodySignatures } from './bodies.ts'
import { ProofBuilder } from './build-proofs.ts'
import { HeldBodies, type HeldBody } from './held-bodies.ts'
import {
  type Chain,
  type ChainEntry,
  checkRotations,
  checkStatementsOnce,
  type FoundEntry,
  openChain,
  sortIntoChains,
} from './history-chain.ts'
import type { HistoryFault, ReportFault } from './history-faults.ts'
import { checkNoneUnseen } from './history-unseen.ts'
import { evaluatePolicy, type Policy, type PolicyVerdict } from './policy.ts'
import { type Proof, verifyInclusion } from './proofs.ts'
import type { ReadResource } from './tile-reader.ts'

export type { HeldBody } from './held-bodies.ts'
export type { FoundEntry } from './history-chain.ts'
export type { HistoryFault } from './history-faults.ts'

/** What a patient holds of one hospital's log. */
export type HistoryLog = {
  origin: string
  /** The signed checkpoint as the log, or better a mirror, serves it. */
  checkpoint: string | Uint8Array
  policy: Policy
  /** What was found by her tags, in any order; the proofs may be left out where `read` can make them from tiles. */
  found: readonly FoundEntry[]
  read?: ReadResource
  /**
   * Read every entry of the log, too, so that none at the end of a chain can be kept from her: whoever answers by tags
   * can leave out the last ones and no gap shows. Needs `read`.
   */
  whole?: boolean
}

/**
 * Says whether a key (base64url) may sign: a body as the hospital `origin`, or the statement of this kind in it as a
 * person. The reader knows the keys from the registries, and her own.
 */
export type IsKnownSigner = (
  signer: string,
  role: { origin: string; statement?: string; body: Body },
) => boolean

export type HistoryEntry = ChainEntry & { origin: string }

export type HistoryReport = {
  /**
   * The entries about her in these logs, up to their checkpoints, are exactly these; none was altered, removed or
   * reordered. Unopened ones do not count against it: their faults name who withholds them.
   */
  complete: boolean
  /** By log, then epoch, then counter. */
  entries: HistoryEntry[]
  faults: HistoryFault[]
  /** Bodies promised too recently to stand in the checkpoint at hand. */
  pending: Body[]
  /** By origin; absent for a log whose checkpoint could not be verified. */
  verdicts: Map<string, PolicyVerdict>
}

/** How long a hospital may take to publish what it has signed. */
const PUBLISHED_WITHIN_MS = 10 * 60_000

/**
 * Verifies a patient's history (ledger.md, "What a patient can prove") from what she holds: her lookup keys, the entries
 * found, the bodies. Nothing of it is trusted; the logs' and witnesses' keys come from the policies.
 * @param asOf the time of reading, by which promises are judged where no witness says how late a checkpoint was current
 */
export async function verifyHistory({
  lookupKeys,
  logs,
  bodies,
  isKnownSigner,
  asOf = new Date(),
}: {
  lookupKeys: readonly { epoch: number; lookupKey: Uint8Array }[]
  logs: readonly HistoryLog[]
  bodies: readonly HeldBody[]
  isKnownSigner: IsKnownSigner
  asOf?: Date
}): Promise<HistoryReport> {
  const faults: HistoryFault[] = []
  const held = new HeldBodies(bodies)
  const verdicts = new Map<string, PolicyVerdict>()
  const entries: HistoryEntry[] = []
  const reporterOf =
    (origin: string): ReportFault =>
    (kind, sentence, where = {}) =>
      faults.push({ kind, origin, sentence, ...where })
  for (const log of logs) {
    const report = reporterOf(log.origin)
    const verdict = await openHead(log, report)
    if (verdict) verdicts.set(log.origin, verdict)
    const chains = sortIntoChains({ ...log, lookupKeys, report })
    for (const chain of chains) {
      if (verdict) await checkInclusion({ log, verdict, chain, report })
      openChain({ chain, held, report })
      await checkSigners({ chain, isKnownSigner, report })
      entries.push(...chain.entries.map((entry) => ({ ...entry, origin: log.origin })))
    }
    checkRotations(chains, report)
    checkStatementsOnce(chains, report)
    if (verdict && log.whole && log.read) await checkNoneUnseen({ ...log, read: log.read }, chains, report)
  }
  const pending = await judgePromises({ held, verdicts, isKnownSigner, asOf, reporterOf })
  const complete = faults.every(({ kind }) => kind === 'unopened')
  return { complete, entries, faults, pending, verdicts }
}

async function openHead(log: HistoryLog, report: ReportFault): Promise<PolicyVerdict | undefined> {
  try {
    const verdict = await evaluatePolicy({ policy: log.policy, note: log.checkpoint })
    if (verdict.checkpoint.origin !== log.origin) {
      report('forged-checkpoint', 'This checkpoint is that of another log.')
      return undefined
    }
    if (!verdict.quorum) report('not-final', 'Too few witnesses have cosigned this checkpoint.')
    return verdict
  } catch (error) {
    if (!isCuroError(error)) throw error
    report('forged-checkpoint', error.message)
    return undefined
  }
}

async function checkInclusion({
  log,
  verdict,
  chain,
  report,
}: {
  log: HistoryLog
  verdict: PolicyVerdict
  chain: Chain
  report: ReportFault
}): Promise<void> {
  const { size, root } = verdict.checkpoint
  const builder = log.read && new ProofBuilder({ read: log.read, size })
  const paths = await Promise.all(
    chain.entries.map(async ({ index, proof }) => proof ?? (await tryBuild(builder, index))),
  )
  // In the order of the chain, whichever was ready first.
  for (const [at, { index, leaf, epoch, counter }] of chain.entries.entries()) {
    const path = paths[at]
    if (!path || !verifyInclusion({ index, size, leafHash: leaf, proof: path, root }))
      report('not-included', 'This entry is not under the root that was signed.', { epoch, counter, index })
  }
}

async function tryBuild(builder: ProofBuilder | undefined, index: number): Promise<Proof | undefined> {
  try {
    return await builder?.inclusion(index)
  } catch (error) {
    if (isCuroError(error)) return undefined
    throw error
  }
}

async function checkSigners({
  chain: { origin, entries },
  isKnownSigner,
  report,
}: {
  chain: Chain
  isKnownSigner: IsKnownSigner
  report: ReportFault
}): Promise<void> {
  const faults = await Promise.all(
    entries.map(async ({ body }) => body && (await signatureFault(body, origin, isKnownSigner))),
  )
  for (const [at, { epoch, counter, index }] of entries.entries()) {
    const fault = faults[at]
    if (fault) report(fault.kind, fault.sentence, { epoch, counter, index })
  }
}

async function signatureFault(body: Body, origin: string, isKnownSigner: IsKnownSigner) {
  try {
    const { custodian, statements } = await verifyBodySignatures(body)
    if (!agreesWithStatements(body))
      return {
        kind: 'altered',
        sentence: 'The hospital wrote down other than what a person had signed.',
      } as const
    const known =
      custodian.every((signer) => isKnownSigner(signer, { origin, body })) &&
      statements.every(({ kind: statement, signers }) =>
        signers.every((signer) => isKnownSigner(signer, { origin, statement, body })),
      )
    if (known) return undefined
    return {
      kind: 'signer-unknown',
      sentence: 'A key signed this that is not known to be allowed to.',
    } as const
  } catch (error) {
    if (!isCuroError(error)) throw error
    return { kind: 'altered', sentence: 'A signature in the body of this entry does not hold.' } as const
  }
}

/**
 * Bodies that open no entry found: signed by the hospital, each is a promise, and proof of a dropped entry once a
 * checkpoint is known to be later. Not signed by it, it proves nothing against it.
 */
async function judgePromises({
  held,
  verdicts,
  isKnownSigner,
  asOf,
  reporterOf,
}: {
  held: HeldBodies
  verdicts: ReadonlyMap<string, PolicyVerdict>
  isKnownSigner: IsKnownSigner
  asOf: Date
  reporterOf: (origin: string) => ReportFault
}): Promise<Body[]> {
  const pending: Body[] = []
  for (const body of held.unused()) {
    if (!body) {
      reporterOf('')('altered', 'Something was given to her that is no ledger body and opens no entry.')
      continue
    }
    const { hospital, seq: counter, at } = body
    const fault = await signatureFault(body, hospital, isKnownSigner)
    const quorumTime = verdicts.get(hospital)?.quorumTime
    const currentUntil = quorumTime === undefined ? asOf.getTime() : quorumTime * 1000
    if (fault) reporterOf(hospital)(fault.kind, fault.sentence, { counter })
    else if (Date.parse(at) > asOf.getTime() + PUBLISHED_WITHIN_MS)
      reporterOf(hospital)('altered', 'The hospital signed this event with a time that has not come.', {
        counter,
      })
    else if (Date.parse(at) + PUBLISHED_WITHIN_MS > currentUntil) pending.push(body)
    else
      reporterOf(hospital)('missing', 'The hospital signed this event and does not have it in its log.', {
        counter,
      })
  }
  return pending
}
