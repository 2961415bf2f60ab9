import {
  challengeStorage as challengeStorageRoute,
  getScrub as getScrubRoute,
  getStorage as getStorageRoute,
  listActivity as listActivityRoute,
  listDegraded as listDegradedRoute,
  listProblems as listProblemsRoute,
  listScrubs as listScrubsRoute,
  startScrub as startScrubRoute,
} from '@curo/contract/audit'
import { fromBase64Url } from '@curo/crypto/bytes'
import { CuroError, isCuroError } from '@curo/crypto/errors'
import { leafHash, SEALED_LEAF_BYTES } from '@curo/crypto/merkle'
import { randomBytes } from '@curo/crypto/random'
import { verifyInclusion } from '@curo/ledger/proofs'
import type { CallInput, CallOptions } from './api.ts'
import { inBatches, mapBounded } from './batches.ts'
import type { Person } from './person.ts'

/** A record as an auditor knows it: the root that stands in the ledger, and its sealed size. */
export type AuditedRecord = { root: string; sealedSize: number }

export type ChallengeResult = {
  root: string
  leaf: number
  /** `held`: the leaf is there and unchanged; `missing`: not given; `altered`: what was given is not what was anchored. */
  outcome: 'held' | 'missing' | 'altered'
}

const CHALLENGES_PER_CALL = 256

/** A uniform whole number below `limit`. */
function randomBelow(limit: number): number {
  const bytes = randomBytes(6)
  const value = bytes.reduce((sum, byte) => sum * 256 + byte, 0)
  const fair = 2 ** 48 - (2 ** 48 % limit)
  return value < fair ? value % limit : randomBelow(limit)
}

/**
 * Asks the node to prove that leaves of these records, chosen at random here, are still stored and unchanged. The auditor
 * sees ciphertext only. With n challenges a loss of one part in a hundred is found with probability 1 − 0.99^n.
 * @throws CuroError 'forbidden', 'unavailable'
 */
export async function challengeStorage(
  person: Person,
  { records, challenges }: { records: readonly AuditedRecord[]; challenges: number },
  options: CallOptions = {},
): Promise<ChallengeResult[]> {
  if (records.length === 0) return []
  const asked = Array.from({ length: challenges }, () => {
    const record = records[randomBelow(records.length)] as AuditedRecord
    const leaves = Math.ceil(record.sealedSize / SEALED_LEAF_BYTES)
    return { root: record.root, leaves, leaf: randomBelow(leaves), sealedSize: record.sealedSize }
  })
  const results = await mapBounded(inBatches(asked, CHALLENGES_PER_CALL), 2, async (batch) => {
    const body = { challenges: batch.map(({ root, leaf }) => ({ root, leaf })) }
    const { answers } = await person.api.call(
      challengeStorageRoute,
      { body },
      { ...options, repeatable: true },
    )
    return batch.map((question, i) => judge(question, answers[i] ?? null))
  })
  return results.flat()
}

type Question = { root: string; leaves: number; leaf: number; sealedSize: number }
type Answer = { root: string; leaf: number; leaves: number; data: string; path: string[] }

function judge({ root, leaf, leaves, sealedSize }: Question, answer: Answer | null): ChallengeResult {
  if (!answer) return { root, leaf, outcome: 'missing' }
  return { root, leaf, outcome: isHeld() ? 'held' : 'altered' }

  function isHeld(): boolean {
    try {
      return holds()
    } catch (error) {
      if (isCuroError(error, 'malformed')) return false
      throw error
    }
  }

  function holds(): boolean {
    if (!answer || answer.root !== root || answer.leaf !== leaf || answer.leaves !== leaves) return false
    const data = fromBase64Url(answer.data)
    const length = Math.min(SEALED_LEAF_BYTES, sealedSize - leaf * SEALED_LEAF_BYTES)
    return (
      data.length === length &&
      verifyInclusion({
        index: leaf,
        size: leaves,
        leafHash: leafHash(data),
        proof: answer.path.map(fromBase64Url),
        root: fromBase64Url(root),
      })
    )
  }
}

/** The buckets, their health and the last scrub. @throws CuroError 'forbidden' */
export async function getStorage(person: Person, options: CallOptions = {}) {
  return person.api.call(getStorageRoute, {}, options)
}

/** Starts re-reading and repairing everything. @throws CuroError 'forbidden', 'conflict' (one is running) */
export async function startScrub(person: Person, options: CallOptions = {}): Promise<string> {
  return (await person.api.call(startScrubRoute, {}, options)).scrub
}

/** How far a scrub has come. @throws CuroError 'not-found' */
export async function getScrub(person: Person, scrub: string, options: CallOptions = {}) {
  return person.api.call(getScrubRoute, { params: { scrub } }, options)
}

type Page = { after?: string; limit?: number }

/** Scrubs and what they found, newest first. @throws CuroError 'forbidden' */
export async function listScrubs(person: Person, page: Page = {}, options: CallOptions = {}) {
  return person.api.call(listScrubsRoute, { query: page }, options)
}

/** Records of which pieces are damaged: what is missing where. @throws CuroError 'forbidden' */
export async function listDegraded(person: Person, page: Page = {}, options: CallOptions = {}) {
  return person.api.call(listDegradedRoute, { query: page }, options)
}

/** What is wrong at this node now, worst first. @throws CuroError 'forbidden' */
export async function listProblems(person: Person, options: CallOptions = {}) {
  return person.api.call(listProblemsRoute, {}, options)
}

/** What was done at this node, newest first; no patient is named. @throws CuroError 'forbidden' */
export async function listActivity(
  person: Person,
  filter: NonNullable<CallInput<typeof listActivityRoute>['query']> = {},
  options: CallOptions = {},
) {
  return person.api.call(listActivityRoute, { query: filter }, options)
}

/** Throws 'storage-damaged' when any challenge was not met, saying how many. */
export function demandHeld(results: readonly ChallengeResult[]): void {
  const failed = results.filter(({ outcome }) => outcome !== 'held')
  if (failed.length > 0)
    throw new CuroError(
      'storage-damaged',
      `${failed.length} of ${results.length} challenged pieces are missing or altered. Ask the administrator to scrub.`,
      { details: { failed: failed.length, asked: results.length } },
    )
}
