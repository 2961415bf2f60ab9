import {
  DRAFT_BYTES,
  type DraftSummary,
  dropDraft as dropDraftRoute,
  getDraft as getDraftRoute,
  listDrafts as listDraftsRoute,
  putDraft as putDraftRoute,
} from '@curo/contract/drafts'
import { fromBase64Url, toBase64Url, utf8Bytes, utf8Text } from '@curo/crypto/bytes'
import { CuroError, isCuroError } from '@curo/crypto/errors'
import { hkdfSha256 } from '@curo/crypto/hash'
import { unwrapSecret, wrapSecret } from '@curo/crypto/wrap'
import type { CallOptions } from './api.ts'
import type { Person } from './person.ts'

export type { DraftSummary } from '@curo/contract/drafts'

const CONTEXT = 'draft'

/** Only its author can make one: sealed to a public key, a node could plant words for her to sign. */
function draftKey(root: Uint8Array): Uint8Array {
  return hkdfSha256({ ikm: root, salt: new Uint8Array(0), info: utf8Bytes('curo/v1/draft'), length: 32 })
}

const boundTo = (person: Person, patient: string) => utf8Bytes(`${person.account.id}\0${patient}`)

/** A draft sealed to its author, about one patient: as the node keeps it, and as her device does without a connection. */
export async function sealDraft(
  person: Person,
  { patient, content }: Pick<SaveDraft, 'patient' | 'content'>,
): Promise<Uint8Array> {
  return wrapSecret({
    wrappingKey: draftKey(person.root),
    secret: utf8Bytes(JSON.stringify(content)),
    context: CONTEXT,
    aad: boundTo(person, patient),
  })
}

/** @throws CuroError 'wrong-key' | 'tampered' when it is not one's own, or not about this patient */
export async function openDraft<T = unknown>(
  person: Person,
  { patient, sealed }: { patient: string; sealed: Uint8Array },
): Promise<T> {
  const plaintext = await unwrapSecret({
    wrappingKey: draftKey(person.root),
    wrapped: sealed,
    context: CONTEXT,
    aad: boundTo(person, patient),
  })
  return JSON.parse(utf8Text(plaintext)) as T
}

/** What is being written, as plain JSON, with the version to give back when saving. */
export type Draft<T = unknown> = { content: T; version: number; updatedAt: string }

/** One's own drafts, newest first; what they say stays sealed. */
export async function listDrafts(person: Person, options: CallOptions = {}): Promise<DraftSummary[]> {
  return (await person.api.call(listDraftsRoute, {}, options)).drafts
}

/**
 * One's draft about a patient, opened; null where there is none.
 * @throws CuroError 'wrong-key' | 'tampered' when it is not one's own, or not about this patient
 */
export async function readDraft<T = unknown>(
  person: Person,
  patient: string,
  options: CallOptions = {},
): Promise<Draft<T> | null> {
  try {
    const { draft, version, updatedAt } = await person.api.call(
      getDraftRoute,
      { params: { patient } },
      options,
    )
    const content = await openDraft<T>(person, { patient, sealed: fromBase64Url(draft) })
    return { content, version, updatedAt }
  } catch (error) {
    if (isCuroError(error, 'not-found')) return null
    throw error
  }
}

export type SaveDraft = {
  patient: string
  /** Plain JSON. */
  content: unknown
  /** The version that was read or saved last; 0 for a new draft. */
  version: number
}

/**
 * Seals and saves a draft over the version that this window has seen.
 * @returns the version to give with the next save
 * @throws CuroError 'conflict' when another window has saved, signed or given it up (`details.version`, 0 for none);
 *   'too-large' beyond 256 KiB, 'storage-full' with two hundred others
 */
export async function saveDraft(
  person: Person,
  { patient, content, version }: SaveDraft,
  options: CallOptions = {},
): Promise<{ version: number; updatedAt: string }> {
  const sealed = await sealDraft(person, { patient, content })
  if (sealed.length > DRAFT_BYTES)
    throw new CuroError('too-large', 'This draft is too long to be kept. Sign it, or make it shorter.')
  const body = { draft: toBase64Url(sealed), version }
  // A save whose answer was lost would be refused as a conflict with itself: the caller reads and decides.
  return person.api
    .call(putDraftRoute, { params: { patient }, body }, { ...options, repeatable: false })
    .catch(withVersion)
}

/** The version that is there instead, where a page finds it. */
function withVersion(error: unknown): never {
  if (!isCuroError(error, 'conflict')) throw error
  const { version = 0 } = (error.details?.details ?? {}) as { version?: number }
  throw new CuroError('conflict', error.message, { details: { version }, cause: error })
}

/**
 * Forgets a draft once it is signed or given up; with a version, only that one.
 * @throws CuroError 'conflict' when another window has saved a newer one
 */
export async function dropDraft(
  person: Person,
  { patient, version }: { patient: string; version?: number | undefined },
  options: CallOptions = {},
): Promise<void> {
  const query = version === undefined ? {} : { version }
  await person.api.call(dropDraftRoute, { params: { patient }, query }, options).catch(withVersion)
}
