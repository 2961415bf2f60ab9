import { findTags, getCheckpoint, getLedger as getLedgerRoute } from '@curo/contract/ledger'
import { fromBase64Url, toBase64Url, utf8Bytes } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { leafHash } from '@curo/crypto/merkle'
import { findNextTags } from '@curo/ledger/find-tags'
import { type HistoryReport, verifyHistory } from '@curo/ledger/history'
import type { Policy, PolicyVerdict } from '@curo/ledger/policy'
import { chainTags } from '@curo/ledger/tags'
import { verifyTlogProof } from '@curo/ledger/tlog-proof'
import type { Api, CallOptions } from './api.ts'
import { bodyIn, type HistoryLine, readHistory } from './history-lines.ts'
import { knownSigners } from './history-signers.ts'
import { fetchProvenEntry, logReader, ownPolicy, type ProvenEntry } from './log.ts'
import { readOwnRecords } from './own-records.ts'
import type { PatientPerson, Person } from './person.ts'

export type LookupKey = { epoch: number; key: Uint8Array }

/** An entry of a patient's chain as the log holds it; `index` is null until it is sequenced. */
export type FoundEntry = { epoch: number; counter: number; index: number | null; entry: Uint8Array }

export type FoundChains = {
  entries: FoundEntry[]
  /** Counters before the last one found that the log does not show: somebody made entries disappear. */
  gaps: { epoch: number; counter: number }[]
}

/**
 * Finds a patient's entries in the node's log with her lookup keys: from her keyring, or the one on a card in hand.
 * @throws CuroError 'unavailable', 'malformed', 'ledger-inconsistent' (the node says yes to everything)
 */
export async function findEntries(
  person: Person,
  lookupKeys: readonly LookupKey[],
  options: CallOptions = {},
): Promise<FoundChains> {
  const { origin } = person.hospital
  const entries: FoundEntry[] = []
  const gaps: FoundChains['gaps'] = []
  const lookup = async (tags: Uint8Array[]) => {
    const asked = tags.map(toBase64Url)
    const answer = await person.api.call(
      findTags,
      { body: { tags: asked } },
      { ...options, repeatable: true },
    )
    if (answer.origin !== origin)
      throw new CuroError('malformed', 'The hospital’s computer answered for another ledger.')
    const byTag = new Map(answer.entries.map((entry) => [entry.tag, entry]))
    return asked.map((tag) => byTag.get(tag))
  }
  for (const { epoch, key } of lookupKeys) {
    const tag = chainTags({ lookupKey: key, origin, epoch })
    const chain = await findNextTags({ tag, lookup })
    for (const [counter, { index, entry }] of chain.found)
      entries.push({ epoch, counter, index, entry: fromBase64Url(entry) })
    gaps.push(...chain.gaps.map((counter) => ({ epoch, counter })))
  }
  return { entries, gaps }
}

export type VerifyOptions = CallOptions & {
  /** Who must have cosigned; without it the hospital's own log signature. */
  policy?: Policy | undefined
  /**
   * Reads every entry of the log, so that the hospital cannot keep the newest ones about her to itself. Where absent, a
   * log of up to WHOLE_LOG_ENTRIES is read whole.
   */
  wholeLog?: boolean | undefined
}

/** About 4 MB of entries and hashes: what a telephone reads in passing. */
export const WHOLE_LOG_ENTRIES = 50_000

export type OwnHistoryReport = HistoryReport & {
  /** Anchored in the ledger, but not among the records that the hospital shows her, or not as it was anchored. */
  recordsWithheld: string[]
  /** Shown to her, but not anchored, or not so: nothing proves when or whether they were written. */
  recordsNotAnchored: string[]
  /** Whether every entry of the log was read: see VerifyOptions. */
  wholeLog: boolean
}

/**
 * Verifies that what the hospital wrote about the patient is complete and unaltered, and that it shows her every record
 * it anchored. Nothing the node says is believed: entries are found with her own keys, checked against the signed
 * checkpoint, and opened by the bodies she was given.
 * @throws CuroError 'unavailable', 'unauthorized'; what is wrong with the history itself is in the report
 */
export async function verifyOwnHistory(
  patient: PatientPerson,
  options: VerifyOptions = {},
): Promise<OwnHistoryReport> {
  const { api, hospital, keyring } = patient
  // In this order, so that whatever is under the checkpoint has its entry and its body in what is read after it, however
  // much the hospital writes meanwhile.
  const checkpoint = await api.call(getCheckpoint, {}, options)
  const size = checkpointSize(checkpoint)
  const wholeLog = options.wholeLog ?? size <= WHOLE_LOG_ENTRIES
  const { entries } = await findEntries(patient, keyring.lookupKeys, options)
  const lines = await readHistory(patient, options)
  const opened = lines.filter(({ withheld }) => !withheld)
  const report = await verifyHistory({
    lookupKeys: keyring.lookupKeys.map(({ epoch, key }) => ({ epoch, lookupKey: key })),
    logs: [
      {
        origin: hospital.origin,
        checkpoint,
        policy: options.policy ?? ownPolicy(hospital),
        // What is not under this checkpoint yet is a promise; the report tells a fresh one from a broken one.
        found: entries.flatMap(({ index, entry }) =>
          index !== null && index < size ? [{ index, entry }] : [],
        ),
        read: logReader(api, options),
        whole: wholeLog,
      },
    ],
    bodies: opened.map(({ r, body }) => ({ r: fromBase64Url(r), bodyBytes: utf8Bytes(body) })),
    isKnownSigner: await knownSigners(patient, opened, options),
  })
  return { ...report, wholeLog, ...(await compareRecords(patient, opened, options)) }
}

function checkpointSize(checkpoint: string): number {
  const size = Number(checkpoint.split('\n')[1])
  return Number.isSafeInteger(size) ? size : 0
}

async function compareRecords(
  patient: PatientPerson,
  lines: readonly HistoryLine[],
  options: CallOptions,
): Promise<Pick<OwnHistoryReport, 'recordsWithheld' | 'recordsNotAnchored'>> {
  const anchored = recordsAnchored(lines)
  const shown = new Map<string, string>()
  for await (const { record, digest } of readOwnRecords(patient, options)) shown.set(record, digest)
  const recordsWithheld = notAsIn(anchored, shown)
  let recordsNotAnchored = notAsIn(shown, anchored)
  // A record stored since then has its anchor in the history as it is now.
  if (recordsNotAnchored.length > 0)
    recordsNotAnchored = notAsIn(shown, recordsAnchored(await readHistory(patient, options)))
  return { recordsWithheld, recordsNotAnchored }
}

/** Those that the other has not, or with another envelope: one exchanged under its id is two, one gone and one new. */
function notAsIn(records: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): string[] {
  return [...records].filter(([record, digest]) => other.get(record) !== digest).map(([record]) => record)
}

/** The records whose anchors stand in these lines, of those that were not withheld, with the hash of each envelope. */
function recordsAnchored(lines: readonly HistoryLine[]): Map<string, string> {
  return new Map(
    lines.flatMap((line) => {
      const body = bodyIn(line)
      return body?.kind === 'anchor' ? [[body.record, body.envelope] as const] : []
    }),
  )
}

/** Size and state of the node's log. */
export async function getLedger(api: Api, options: CallOptions = {}) {
  return api.call(getLedgerRoute, {}, options)
}

/** An entry with its proof file, already verified against the policy. Keep both: they can be checked without any node. */
export async function fetchProof(
  person: Pick<Person, 'api' | 'hospital'>,
  { index, policy }: { index: number; policy?: Policy | undefined },
  options: CallOptions = {},
): Promise<ProvenEntry & { verdict: PolicyVerdict }> {
  const proven = await fetchProvenEntry(person.api, index, options)
  const verdict = await verifyProof({ ...proven, policy: policy ?? ownPolicy(person.hospital) })
  return { ...proven, verdict }
}

/**
 * Verifies a proof file offline, for the entry it is about.
 * @throws CuroError 'malformed' | 'forged-signature' | 'ledger-inconsistent'
 */
export async function verifyProof({
  entry,
  proofFile,
  policy,
}: {
  entry: Uint8Array
  proofFile: string | Uint8Array
  policy: Policy
}): Promise<PolicyVerdict & { index: number }> {
  return verifyTlogProof({ file: proofFile, leafHash: leafHash(entry), policy })
}
