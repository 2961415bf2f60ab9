import type { Envelope, Rewrap } from '@curo/contract/records'
import { listOwnRecords, type ownRecord, readOwnContent } from '@curo/contract/records'
import { deriveIdentityKey, deriveSealKey } from '@curo/crypto/account'
import { fromBase64Url, toBase64Url } from '@curo/crypto/bytes'
import { CuroError, isCuroError } from '@curo/crypto/errors'
import {
  envelopeHash,
  openWrap,
  verifyEnvelope,
  verifyRewrap,
  type Wrap,
  wholeWraps,
} from '@curo/crypto/record'
import { keyIdOf } from '@curo/crypto/xwing'
import type { ByteStream, CallOptions } from './api.ts'
import { mapBounded } from './batches.ts'
import { type Author, AuthorDirectory } from './clinicians.ts'
import { stubKeysOf } from './keyring.ts'
import { openStubWith } from './openings.ts'
import type { PatientPerson } from './person.ts'
import { openContent, openContentStream } from './record-content.ts'

type RawOwnRecord = (typeof ownRecord)['_zod']['output']

/** One of the patient's own records, opened by her account key, or why it could not be. */
export type OwnRecord =
  | {
      record: string
      /** Of the envelope shown, base64url: what the record's anchor in the ledger names it by. */
      digest: string
      envelope: Envelope
      rewraps: Rewrap[]
      author: Author
      stub: unknown
      dek: Uint8Array
      /** Null where it is too large to travel with its envelope; `read` gives it. */
      content: Uint8Array | null
      read(options?: CallOptions): AsyncIterable<Uint8Array>
      fault?: undefined
    }
  | { record: string; digest: string; fault: CuroError; content?: undefined }

export type ReadOwnOptions = CallOptions & {
  authors?: AuthorDirectory | undefined
  pageSize?: number | undefined
}

/** Seeds of the account keys of every root she has had, by key id; and her identities, base64url. */
export type OwnKeys = { seeds: ReadonlyMap<string, Uint8Array>; identities: ReadonlySet<string> }

/** Derives what opens a patient's records, old roots included. */
export async function ownKeysOf(patient: PatientPerson): Promise<OwnKeys> {
  const roots = [...patient.keyring.previousRoots, patient.root]
  const pairs = await Promise.all(roots.map(deriveSealKey))
  const identities = await Promise.all(roots.map(deriveIdentityKey))
  return {
    seeds: new Map(pairs.map(({ publicKey, seed }) => [keyIdOf(publicKey), seed])),
    identities: new Set(identities.map(({ publicKey }) => toBase64Url(publicKey))),
  }
}

/** As the node lists it: sealed. */
export type SealedOwnRecord = RawOwnRecord

/** The patient's records as the node lists them, newest clinical day first, a page at a time and sealed. */
export async function* ownRecordPages(
  patient: PatientPerson,
  { pageSize = 200, ...options }: CallOptions & { pageSize?: number | undefined } = {},
): AsyncGenerator<SealedOwnRecord[]> {
  const fetchPage = (after: string | null): Promise<OwnPage> => {
    const page = patient.api.call(
      listOwnRecords,
      { query: { limit: pageSize, ...(after ? { after } : {}) } },
      options,
    )
    // It is thrown when its turn comes; until then it must not count as unhandled.
    page.catch(() => {})
    return page
  }
  let coming: Promise<OwnPage> | null = fetchPage(null)
  let last: string | null = null
  while (coming) {
    const { records, next }: OwnPage = await coming
    if (next !== null && next === last)
      throw new CuroError('malformed', 'The hospital’s computer repeats the same page of records.')
    last = next
    // The next page is on its way while the caller opens this one.
    coming = next === null ? null : fetchPage(next)
    yield records
  }
}

type OwnPage = { records: RawOwnRecord[]; next: string | null }

/** Opens the patient's own records one by one; keys and authors are made and verified once. */
export async function makeOwnOpener(
  patient: PatientPerson,
  given: { authors?: AuthorDirectory | undefined } = {},
): Promise<(raw: SealedOwnRecord, options?: CallOptions) => Promise<OwnRecord>> {
  const keys = await ownKeysOf(patient)
  const authors = given.authors ?? new AuthorDirectory(patient, { patientKeys: [...keys.identities] })
  return (raw, options = {}) => openOwnRecord(patient, { raw, keys, authors }, options)
}

/**
 * Reads and opens the patient's whole history, page by page, without anyone's help. A record that was tampered with
 * comes with its fault; the others are not affected. That none is missing is proved by verifyHistory.
 * @throws CuroError 'unauthorized', 'unavailable'
 */
export async function* readOwnRecords(
  patient: PatientPerson,
  options: ReadOwnOptions = {},
): AsyncGenerator<OwnRecord> {
  const open = await makeOwnOpener(patient, options)
  for await (const page of ownRecordPages(patient, options))
    yield* await mapBounded(page, 8, (raw) => open(raw, options))
}

type OpenOwn = { raw: RawOwnRecord; keys: OwnKeys; authors: AuthorDirectory }

async function openOwnRecord(
  patient: PatientPerson,
  open: OpenOwn,
  options: CallOptions,
): Promise<OwnRecord> {
  try {
    return await openOne(patient, open, options)
  } catch (error) {
    if (!(error instanceof CuroError)) throw error
    return { ...named(open.raw), fault: error }
  }
}

/** The sealed content of a record that did not travel with its envelope. @throws CuroError 'not-found', 'unavailable' */
export function fetchOwnContent(
  patient: PatientPerson,
  record: string,
  options: CallOptions = {},
): Promise<ByteStream> {
  return patient.api.stream(readOwnContent, { params: { record } }, options)
}

function named({ envelope }: RawOwnRecord): { record: string; digest: string } {
  return { record: envelope.id, digest: digestOf(envelope) }
}

/** Empty for what has no canonical form: no anchor names that. */
function digestOf(envelope: Envelope): string {
  try {
    return toBase64Url(envelopeHash(envelope))
  } catch (error) {
    if (isCuroError(error)) return ''
    throw error
  }
}

async function openOne(
  patient: PatientPerson,
  { raw, keys, authors }: OpenOwn,
  options: CallOptions,
): Promise<OwnRecord> {
  const { envelope } = raw
  const record = envelope.id
  if (envelope.patient !== patient.account.patient || envelope.custodian !== patient.hospital.origin)
    throw new CuroError('tampered', 'The hospital’s computer gave a record that is not yours.')
  await verifyEnvelope(envelope, { authorPublicKey: fromBase64Url(raw.authorKey) })
  const author = await authors.find({ account: envelope.author, key: raw.authorKey }, options)
  const rewraps = await genuineRewraps(raw, keys)
  const dek = await openAccountWrap([envelope, ...rewraps].flatMap(wholeWraps), { record, keys })
  const stub = await openStubWith(stubKeysOf(patient.keyring), { record, stub: envelope.stub })
  const content = raw.content === null ? null : await openContent(envelope, fromBase64Url(raw.content), dek)
  async function* read(readOptions: CallOptions = {}) {
    if (content) yield content
    else yield* openContentStream(envelope, await fetchOwnContent(patient, record, readOptions), dek)
  }
  return { ...named(raw), envelope, rewraps, author, stub, dek, content, read }
}

/** Those that the patient signed herself; anything else is dropped, since only she may add a key. */
async function genuineRewraps({ envelope, rewraps }: RawOwnRecord, keys: OwnKeys): Promise<Rewrap[]> {
  const genuine: Rewrap[] = []
  for (const rewrap of rewraps) {
    if (rewrap.record !== envelope.id || !keys.identities.has(rewrap.signer)) continue
    const held = await verifyRewrap(rewrap).catch(() => null)
    if (held) genuine.push(rewrap)
  }
  return genuine
}

async function openAccountWrap(
  wraps: readonly Wrap[],
  { record, keys }: { record: string; keys: OwnKeys },
): Promise<Uint8Array> {
  for (const wrap of wraps) {
    const seed = wrap.to === 'account' ? keys.seeds.get(wrap.keyId) : undefined
    if (seed) return openWrap({ wrap, recordId: record, seed })
  }
  throw new CuroError(
    'wrong-key',
    'This record was not sealed to your key: you cannot open it without the hospital.',
  )
}
