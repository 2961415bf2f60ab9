import { isBase64UrlOf } from './base64.ts'
import { type Bytes, fromBase64Url, toBase64Url, utf8Bytes, utf8Text } from './bytes.ts'
import { canonicalBytes, canonicalJson } from './canonical-json.ts'
import { type Category, isCategory } from './category.ts'
import { DEK_BYTES, type Recipient, WRAP_TARGETS, type Wrap, wrapDek, wrapDigest } from './dek-wrap.ts'
import { CuroError } from './errors.ts'
import { sha256 } from './hash.ts'
import { isId } from './random.ts'
import { SEALING_OVERHEAD_BYTES } from './seal-to.ts'
import { type SigningKey, signBody, verifyBody } from './signatures.ts'
import { unwrapSecret, wrapSecret } from './wrap.ts'

export { CATEGORIES, type Category } from './category.ts'
export {
  checkWrapProof,
  DEK_BYTES,
  openWrap,
  type Recipient,
  WRAP_TARGETS,
  type Wrap,
  type WrapTarget,
  wrapDek,
  wrapDigest,
} from './dek-wrap.ts'
export { deriveStubKey } from './lookup.ts'

/** A statement of version 1 covers its wraps whole; since version 2, by their digests. */
type StatementVersion = 1 | 2

/**
 * [Note: wraps by digest] A statement about wraps is signed, and hashed, with the digest in the place of each wrap. So a
 * reader is given the one wrap that she can open and the digests of the others, and still sees that it is among those
 * that were signed: a wrap has 1.7 kB, its digest 43 characters. In `wraps` either may stand.
 */
export type WrapOrDigest = Wrap | string

/** What everyone who handles a record may know, and how its few rightful readers get in. Bytes are base64url. */
export type RecordEnvelope = {
  v: StatementVersion
  id: string
  /** Origin of the custodian's log. */
  custodian: string
  patient: string
  category: Category
  /** Epoch of the category key. */
  epoch: number
  /** FHIR resource type, or 'File'. */
  kind: string
  /** Clinical day, YYYY-MM-DD: the custodian holds it against the date range of a consent. */
  occurred: string
  /** ISO 8601 instant in UTC. */
  created: string
  /** Account id of the author. */
  author: string
  /** Plaintext bytes. */
  size: number
  /** Sealed bytes, header included. */
  sealedSize: number
  /** RFC 6962 root over the sealed bytes in leaves of 4 KiB. */
  root: string
  wraps: WrapOrDigest[]
  /** What the timeline shows, as JSON sealed to the stub key; see openStub. */
  stub: string
  /** Author's Ed25519 public key. */
  signer: string
  signature: string
}

/** More wraps for a record that exists: a new card, a new epoch, a rescued account. The envelope stays as it is. */
export type Rewrap = {
  v: StatementVersion
  record: string
  wraps: WrapOrDigest[]
  at: string
  signer: string
  signature: string
}

const MAX_WRAPS = 64
const STUB_CONTEXT = 'record stub'
/** Stubs are padded to a multiple of this, so that their length does not tell one title from another. */
const STUB_BLOCK_BYTES = 128
const MAX_STUB_BYTES = 8192

const NAME = /^[A-Za-z0-9_-]{1,64}$/
const KIND = /^[A-Z][A-Za-z]{1,63}$/
const DAY = /^\d{4}-\d{2}-\d{2}$/
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/

const isText = (value: unknown, form: RegExp): value is string =>
  typeof value === 'string' && form.test(value)
const isSize = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
const isDay = (value: unknown) =>
  isText(value, DAY) && new Date(`${value}T00:00:00Z`).toJSON()?.startsWith(value) === true

const FIELDS: { [Field in keyof RecordEnvelope]: (value: unknown) => boolean } = {
  v: (value) => value === 1 || value === 2,
  id: isId,
  custodian: (value) => typeof value === 'string' && value.length > 0 && value.length <= 255,
  patient: (value) => isText(value, NAME),
  category: isCategory,
  epoch: (value) => isSize(value) && value <= 0xffffffff,
  kind: (value) => isText(value, KIND),
  occurred: isDay,
  created: (value) => isText(value, INSTANT) && !Number.isNaN(Date.parse(value)),
  author: (value) => isText(value, NAME),
  size: isSize,
  sealedSize: (value) => isSize(value) && value > 0,
  root: isBase64UrlOf(32),
  wraps: (value) => areWraps(value),
  stub: (value) => typeof value === 'string' && value.length <= MAX_STUB_BYTES * 2,
  signer: isBase64UrlOf(32),
  signature: isBase64UrlOf(64),
}

const REWRAP_FIELDS: { [Field in keyof Rewrap]: (value: unknown) => boolean } = {
  v: FIELDS.v,
  record: isId,
  wraps: FIELDS.wraps,
  at: FIELDS.created,
  signer: FIELDS.signer,
  signature: FIELDS.signature,
}

const isKeyId = isBase64UrlOf(16)
const isSealedDek = isBase64UrlOf(SEALING_OVERHEAD_BYTES + DEK_BYTES)
const isPoint = isBase64UrlOf(32)
const isDigest = isBase64UrlOf(32)
const WRAP_MEMBERS = new Set(['to', 'keyId', 'sealed', 'point', 'proof'])

function isWrap(value: unknown): value is Wrap {
  if (typeof value !== 'object' || value === null) return false
  const { to, keyId, sealed, point, proof } = value as Record<string, unknown>
  return (
    Object.keys(value).every((name) => WRAP_MEMBERS.has(name)) &&
    WRAP_TARGETS.includes(to as Wrap['to']) &&
    isKeyId(keyId) &&
    isSealedDek(sealed) &&
    (point === undefined ? proof === undefined : isPoint(point) && isPoint(proof))
  )
}

function areWraps(value: unknown): boolean {
  if (!Array.isArray(value) || value.length === 0 || value.length > MAX_WRAPS) return false
  if (!value.every((one) => isDigest(one) || isWrap(one))) return false
  const names = value.map((one) => (typeof one === 'string' ? one : `${one.to} ${one.keyId}`))
  return new Set(names).size === value.length
}

const digestOf = (one: WrapOrDigest) => (typeof one === 'string' ? one : wrapDigest(one))

/** A statement as it is signed: each wrap by its digest. One of version 1 stays as it is. */
export function briefOf<T extends Pick<RecordEnvelope, 'v' | 'wraps'>>(statement: T): T {
  return statement.v === 1 ? statement : { ...statement, wraps: statement.wraps.map(digestOf) }
}

/** Those wraps of a statement that stand in it whole. */
export function wholeWraps({ wraps }: Pick<RecordEnvelope, 'wraps'>): Wrap[] {
  return wraps.filter((one) => typeof one !== 'string')
}

/** Whether a statement is about this very wrap. */
export function namesWrap({ wraps }: Pick<RecordEnvelope, 'wraps'>, wrap: Wrap): boolean {
  const digest = wrapDigest(wrap)
  return wraps.some((one) => digestOf(one) === digest)
}

/** Throws 'malformed' unless `value` has exactly the members of `fields`, each in form. */
function checkFields(
  value: unknown,
  fields: Record<string, (value: unknown) => boolean>,
  what: string,
): void {
  const members = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  for (const [name, holds] of Object.entries(fields)) {
    if (!holds(members[name]))
      throw new CuroError(
        'malformed',
        `The ${what} is not in form: its member '${name}' is missing or wrong.`,
      )
  }
  if (Object.keys(members).length !== Object.keys(fields).length)
    throw new CuroError('malformed', `The ${what} has members that do not belong there.`)
}

export type MakeEnvelopeOptions = Omit<
  RecordEnvelope,
  'v' | 'root' | 'wraps' | 'stub' | 'signer' | 'signature'
> & {
  /** From sealing the content: root (32 bytes), size and sealedSize. */
  root: Uint8Array
  dek: Uint8Array
  recipients: readonly Recipient[]
  /** JSON that the timeline shows before the record is opened. */
  stub: unknown
  /** 32 bytes, see deriveStubKey. */
  stubKey: Uint8Array
  authorKey: SigningKey
}

/** Wraps the DEK for every recipient, seals the stub and signs. Throws 'malformed' for a field out of form. */
export async function makeEnvelope(options: MakeEnvelopeOptions): Promise<RecordEnvelope> {
  const { dek, recipients, stub, stubKey, authorKey, root, ...fields } = options
  const wraps = await Promise.all(
    recipients.map((recipient) => wrapDek({ dek, recordId: fields.id, recipient })),
  )
  const body = {
    ...fields,
    v: 2 as const,
    root: toBase64Url(root),
    wraps: wraps.map(wrapDigest),
    stub: await sealStub({ stub, stubKey, recordId: fields.id }),
  }
  const envelope: RecordEnvelope = { ...(await signBody({ kind: 'record', body, key: authorKey })), wraps }
  checkFields(envelope, FIELDS, 'record envelope')
  return envelope
}

/**
 * Throws 'malformed' when the envelope is out of form, 'forged-signature' when it is not signed, by `authorPublicKey`
 * (32 bytes) if given. `value` may be any JSON from elsewhere.
 */
export async function verifyEnvelope(
  value: unknown,
  { authorPublicKey }: { authorPublicKey?: Uint8Array | undefined } = {},
): Promise<RecordEnvelope> {
  checkFields(value, FIELDS, 'record envelope')
  const envelope = value as RecordEnvelope
  await verifyBody({ kind: 'record', body: briefOf(envelope), expectedSigner: authorPublicKey })
  return envelope
}

/**
 * Identifies the envelope in the ledger: SHA-256("curo/v1/envelope\0" ‖ canonical envelope as it is signed, without
 * `signature`), since signature bytes are never part of an identifier.
 */
export function envelopeHash({ signature: _, ...body }: RecordEnvelope): Bytes {
  return sha256(utf8Bytes('curo/v1/envelope\0'), canonicalBytes(briefOf(body)))
}

export type MakeRewrapOptions = {
  record: string
  dek: Uint8Array
  recipients: readonly Recipient[]
  /** ISO 8601 instant in UTC. */
  at: string
  key: SigningKey
}

export async function makeRewrap({ record, dek, recipients, at, key }: MakeRewrapOptions): Promise<Rewrap> {
  const wraps = await Promise.all(
    recipients.map((recipient) => wrapDek({ dek, recordId: record, recipient })),
  )
  const body = { v: 2 as const, record, wraps: wraps.map(wrapDigest), at }
  const rewrap: Rewrap = { ...(await signBody({ kind: 'rewrap', body, key })), wraps }
  checkFields(rewrap, REWRAP_FIELDS, 'rewrap')
  return rewrap
}

/** Throws as verifyEnvelope does. `signerPublicKey` is the patient's identity key, or whoever may rewrap. */
export async function verifyRewrap(
  value: unknown,
  { signerPublicKey }: { signerPublicKey?: Uint8Array | undefined } = {},
): Promise<Rewrap> {
  checkFields(value, REWRAP_FIELDS, 'rewrap')
  const rewrap = value as Rewrap
  await verifyBody({ kind: 'rewrap', body: briefOf(rewrap), expectedSigner: signerPublicKey })
  return rewrap
}

export type SealStubOptions = { stub: unknown; stubKey: Uint8Array; recordId: string }

/** Canonical JSON, padded with spaces to a multiple of 128 bytes, wrapped for this record. Throws 'too-large'. */
export async function sealStub({ stub, stubKey, recordId }: SealStubOptions): Promise<string> {
  const json = utf8Bytes(canonicalJson(stub))
  const padded = new Uint8Array(Math.ceil(json.length / STUB_BLOCK_BYTES) * STUB_BLOCK_BYTES).fill(0x20)
  padded.set(json)
  if (padded.length > MAX_STUB_BYTES)
    throw new CuroError(
      'too-large',
      `A stub has room for ${MAX_STUB_BYTES} bytes; put the content into the record.`,
    )
  const wrapped = await wrapSecret({
    wrappingKey: stubKey,
    secret: padded,
    context: STUB_CONTEXT,
    aad: utf8Bytes(recordId),
  })
  return toBase64Url(wrapped)
}

export type OpenStubOptions = { stub: string; stubKey: Uint8Array; recordId: string }

/** Throws 'wrong-key' (another lookup key), 'tampered' (another record), 'malformed', 'truncated'. */
export async function openStub({ stub, stubKey, recordId }: OpenStubOptions): Promise<unknown> {
  const json = await unwrapSecret({
    wrappingKey: stubKey,
    wrapped: fromBase64Url(stub),
    context: STUB_CONTEXT,
    aad: utf8Bytes(recordId),
  })
  try {
    return JSON.parse(utf8Text(json))
  } catch (cause) {
    throw new CuroError('malformed', 'The author sealed a stub that is not JSON; open the record itself.', {
      cause,
    })
  }
}
