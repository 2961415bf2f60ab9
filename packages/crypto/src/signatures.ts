import { type Bytes, fromBase64Url, toBase64Url, utf8Bytes } from './bytes.ts'
import { canonicalJson, canonicalJsonAround } from './canonical-json.ts'
import { importEd25519Seed, verifyEd25519 } from './ed25519.ts'
import { CuroError, isCuroError } from './errors.ts'

export { checkSigningPublicKey } from './ed25519.ts'

/** An Ed25519 key: public key of 32 bytes, signatures of 64. A signature's bytes are never used as an identifier. */
export type SigningKey = {
  readonly publicKey: Bytes
  sign(message: Uint8Array): Promise<Bytes>
}

/** The signing key of a 32-byte seed. */
export function importSigningKey(seed: Uint8Array): Promise<SigningKey> {
  return importEd25519Seed(seed)
}

export type RawVerification = { publicKey: Uint8Array; message: Uint8Array; signature: Uint8Array }

/** Whether the signature holds. Throws 'bad-key' for a small-order or non-canonical key, which signs anything. */
export function verifyRaw({ publicKey, message, signature }: RawVerification): Promise<boolean> {
  return verifyEd25519(publicKey, message, signature)
}

/** One signer: both members are base64url, `signature` covers everything else, `signer` included. */
export type Signed<T> = Omit<T, 'signer' | 'signature'> & { signer: string; signature: string }
export type Cosignature = { signer: string; signature: string }
/** Several signers, each over the body without `signatures`, in the order in which they signed. */
export type Cosigned<T> = Omit<T, 'signatures'> & { signatures: Cosignature[] }

const KIND = /^[a-z][a-z0-9-]{0,62}$/

/** "curo/v1/" + kind + "\0" + canonical(body): a signature for one kind is none for another. */
function signedBytes(kind: string, body: object): Bytes {
  return labelled(kind, canonicalJson(body))
}

function labelled(kind: string, canonical: string): Bytes {
  if (!KIND.test(kind)) throw new CuroError('invalid-input', `'${kind}' is not a kind of signed body.`)
  return utf8Bytes(`curo/v1/${kind}\0${canonical}`)
}

function forged(cause?: unknown): CuroError {
  return new CuroError(
    'forged-signature',
    'The signature does not hold: the content or its signer is not genuine.',
    {
      cause,
    },
  )
}

async function checkSignature(entry: Cosignature, message: Uint8Array): Promise<Bytes> {
  try {
    const publicKey = fromBase64Url(entry.signer)
    const signature = fromBase64Url(entry.signature)
    if (await verifyRaw({ publicKey, message, signature })) return publicKey
  } catch (cause) {
    if (isCuroError(cause)) throw forged(cause)
    throw cause
  }
  throw forged()
}

function withoutMembers(body: object, ...names: string[]): Record<string, unknown> {
  const rest: Record<string, unknown> = { ...body }
  for (const name of names) delete rest[name]
  return rest
}

export type SignBodyOptions<T> = { kind: string; body: T; key: SigningKey }

/** Adds `signer` and `signature`, replacing earlier ones. Throws 'invalid-input' for what JSON cannot say. */
export async function signBody<T extends object>({
  kind,
  body,
  key,
}: SignBodyOptions<T>): Promise<Signed<T>> {
  const unsigned = { ...withoutMembers(body, 'signature'), signer: toBase64Url(key.publicKey) }
  const signature = toBase64Url(await key.sign(signedBytes(kind, unsigned)))
  return { ...unsigned, signature } as unknown as Signed<T>
}

/** What signBody gives, as canonical JSON: written once for the signature and for whoever stores it. */
export async function signBodyAsJson<T extends object>({
  kind,
  body,
  key,
}: SignBodyOptions<T>): Promise<string> {
  const textWith = canonicalJsonAround({ ...body, signer: toBase64Url(key.publicKey) }, 'signature')
  return textWith(toBase64Url(await key.sign(labelled(kind, textWith(undefined)))))
}

export type VerifyBodyOptions = {
  kind: string
  body: object
  /** Public key (32 bytes, or its base64url) that must have signed; without it, only integrity is proved. */
  expectedSigner?: Uint8Array | string | undefined
}

/** Throws 'forged-signature' unless the body is signed, by `expectedSigner` if given. Gives the signer's public key. */
export async function verifyBody({ kind, body, expectedSigner }: VerifyBodyOptions): Promise<Bytes> {
  const entry: { [member in keyof Cosignature]?: unknown } = membersOf(body)
  if (typeof entry.signer !== 'string' || typeof entry.signature !== 'string') throw forged()
  if (expectedSigner !== undefined && entry.signer !== signerText(expectedSigner)) throw forged()
  const unsigned = withoutMembers(body, 'signature')
  return checkSignature({ signer: entry.signer, signature: entry.signature }, signedBytes(kind, unsigned))
}

/** Bodies come from elsewhere: null, texts and numbers have no members. */
function membersOf(body: unknown): Record<string, unknown> {
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
}

function signerText(signer: Uint8Array | string): string {
  return typeof signer === 'string' ? signer : toBase64Url(signer)
}

/** Adds one more signature to `signatures`. Throws 'conflict' when this key has signed already. */
export async function cosignBody<T extends object>({
  kind,
  body,
  key,
}: SignBodyOptions<T>): Promise<Cosigned<T>> {
  const earlier = (body as { signatures?: Cosignature[] }).signatures ?? []
  const signer = toBase64Url(key.publicKey)
  if (earlier.some((entry) => entry.signer === signer))
    throw new CuroError('conflict', 'This person has signed already; another one has to.')
  const unsigned = withoutMembers(body, 'signatures')
  const signature = toBase64Url(await key.sign(signedBytes(kind, unsigned)))
  return { ...unsigned, signatures: [...earlier, { signer, signature }] } as unknown as Cosigned<T>
}

export type VerifyCosignedBodyOptions = {
  kind: string
  body: object
  /** Everyone who must have signed; others may have signed too. */
  expectedSigners?: readonly (Uint8Array | string)[] | undefined
}

/**
 * Throws 'forged-signature' unless at least one signature stands there, all hold, no signer appears twice and every
 * expected one is among them. Gives the signers' public keys in order.
 */
export async function verifyCosignedBody(options: VerifyCosignedBodyOptions): Promise<Bytes[]> {
  const { kind, body, expectedSigners = [] } = options
  const { signatures: entries } = membersOf(body)
  if (!Array.isArray(entries) || entries.length === 0) throw forged()
  const message = signedBytes(kind, withoutMembers(body, 'signatures'))
  const signers = new Map<string, Bytes>()
  for (const entry of entries as Partial<Cosignature>[]) {
    if (typeof entry?.signer !== 'string' || typeof entry.signature !== 'string') throw forged()
    if (signers.has(entry.signer)) throw forged()
    const { signer, signature } = entry
    signers.set(signer, await checkSignature({ signer, signature }, message))
  }
  if (!expectedSigners.every((expected) => signers.has(signerText(expected)))) throw forged()
  return [...signers.values()]
}
