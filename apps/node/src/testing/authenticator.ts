import { createHash, createHmac, createPrivateKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import type { PasskeyAnswer, PasskeyCreation } from '@curo/client/passkey-answers'
import type { CreationOptions, RequestOptions } from '@curo/contract/passkey-ceremonies'

/**
 * An authenticator with its browser, in software (WebAuthn Level 3 §6): ES256, discoverable credentials, a signature
 * counter, and the PRF of CTAP's hmac-secret. It lies where a test tells it to.
 */
type Credential = {
  id: string
  key: string
  userHandle: string
  rpId: string
  secret: Buffer
  counter: number
}

type Lies = {
  origin?: string
  rpId?: string
  challenge?: string
  type?: string
  crossOrigin?: boolean
  userVerified?: boolean
  userHandle?: string
  /** Instead of counting on. */
  counter?: number
  /** Signs with this one's key, and claims to be the other. */
  signedBy?: string
  /** The attestation statement, CBOR, with its format. */
  attestation?: { fmt: string; statement: Buffer }
}

export type Authenticator = {
  readonly credentials: readonly Credential[]
  create(options: CreationOptions & { extensions?: object }, lies?: Lies): PasskeyCreation
  get(options: RequestOptions & { extensions?: object }, lies?: Lies): PasskeyAnswer
}

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest()
const USER_PRESENT = 0x01
const USER_VERIFIED = 0x04
const ATTESTED = 0x40

export function makeAuthenticator(options: {
  origin: string
  /** `later`: the PRF answers when the passkey is used, not yet when it is made, as many security keys do. */
  prf?: 'always' | 'later' | 'never'
  /** A synced passkey does not count. */
  counts?: boolean
}): Authenticator {
  const { origin, prf = 'always', counts = true } = options
  const credentials: Credential[] = []

  const clientData = (type: string, challenge: string, lies: Lies) =>
    Buffer.from(
      JSON.stringify({
        type: lies.type ?? type,
        challenge: lies.challenge ?? challenge,
        origin: lies.origin ?? origin,
        crossOrigin: lies.crossOrigin ?? false,
      }),
    )
  const authenticatorData = (rpId: string, flags: number, counter: number) => {
    const head = Buffer.alloc(5)
    head.writeUInt8(flags)
    head.writeUInt32BE(counter, 1)
    return Buffer.concat([sha256(rpId), head])
  }
  const flagsOf = (lies: Lies) => USER_PRESENT | ((lies.userVerified ?? true) ? USER_VERIFIED : 0)
  const extensionResults = (credential: Credential, extensions: object | undefined, isCreation: boolean) => {
    const input = (extensions as { prf?: { eval?: { first?: Uint8Array } } })?.prf?.eval?.first
    if (!input || prf === 'never') return {}
    if (isCreation && prf === 'later') return { prf: { enabled: true } }
    const salt = sha256(Buffer.concat([Buffer.from('WebAuthn PRF\0'), input]))
    const first = new Uint8Array(createHmac('sha256', credential.secret).update(salt).digest())
    return { prf: { enabled: true, results: { first: first.buffer } } }
  }

  return {
    credentials,
    create(given, lies = {}) {
      const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      const credential: Credential = {
        id: randomBytes(24).toString('base64url'),
        key: privateKey.export({ format: 'pem', type: 'pkcs8' }) as string,
        userHandle: given.user.id,
        rpId: given.rp.id,
        secret: randomBytes(32),
        counter: 0,
      }
      credentials.push(credential)
      const idBytes = Buffer.from(credential.id, 'base64url')
      const length = Buffer.alloc(2)
      length.writeUInt16BE(idBytes.length)
      const authData = Buffer.concat([
        authenticatorData(lies.rpId ?? given.rp.id, flagsOf(lies) | ATTESTED, lies.counter ?? 0),
        Buffer.alloc(16),
        length,
        idBytes,
        coseKey(publicKey.export({ format: 'jwk' }) as { x: string; y: string }),
      ])
      const { fmt, statement } = lies.attestation ?? { fmt: 'none', statement: cborMap([]) }
      const attestationObject = cborMap([
        [cborText('fmt'), cborText(fmt)],
        [cborText('attStmt'), statement],
        [cborText('authData'), cborBytes(authData)],
      ])
      return {
        id: credential.id,
        rawId: credential.id,
        response: {
          clientDataJSON: clientData('webauthn.create', given.challenge, lies).toString('base64url'),
          attestationObject: attestationObject.toString('base64url'),
          transports: ['internal'],
        },
        clientExtensionResults: extensionResults(credential, given.extensions, true),
      }
    },
    get(given, lies = {}) {
      const allowed = given.allowCredentials.map(({ id }) => id)
      const credential = credentials.find(
        ({ id, rpId }) => rpId === given.rpId && (allowed.length === 0 || allowed.includes(id)),
      )
      if (!credential) throw new Error('This authenticator has no passkey for it.')
      const data = clientData('webauthn.get', given.challenge, lies)
      const counter = lies.counter ?? (counts ? ++credential.counter : 0)
      const authData = authenticatorData(lies.rpId ?? given.rpId, flagsOf(lies), counter)
      const signer = credentials.find(({ id }) => id === lies.signedBy) ?? credential
      const signature = sign('sha256', Buffer.concat([authData, sha256(data)]), createPrivateKey(signer.key))
      return {
        id: credential.id,
        rawId: credential.id,
        response: {
          clientDataJSON: data.toString('base64url'),
          authenticatorData: authData.toString('base64url'),
          signature: signature.toString('base64url'),
          userHandle: lies.userHandle ?? credential.userHandle,
        },
        clientExtensionResults: extensionResults(credential, given.extensions, false),
      }
    },
  }
}

// As much of CBOR (RFC 8949) as an attestation object needs.

function cborHead(major: number, value: number): Buffer {
  if (value < 24) return Buffer.from([(major << 5) | value])
  if (value < 256) return Buffer.from([(major << 5) | 24, value])
  return Buffer.from([(major << 5) | 25, value >> 8, value & 255])
}

export const cborBytes = (bytes: Buffer) => Buffer.concat([cborHead(2, bytes.length), bytes])
export const cborText = (text: string) =>
  Buffer.concat([cborHead(3, Buffer.byteLength(text)), Buffer.from(text)])
export const cborNumber = (value: number) => (value < 0 ? cborHead(1, -1 - value) : cborHead(0, value))
export const cborList = (items: readonly Buffer[]) => Buffer.concat([cborHead(4, items.length), ...items])
export const cborMap = (entries: readonly (readonly [Buffer, Buffer])[]) =>
  Buffer.concat([cborHead(5, entries.length), ...entries.flat()])

/** RFC 9053 §7.1: an EC2 key for ES256. */
function coseKey({ x, y }: { x: string; y: string }): Buffer {
  const [kty, alg, crv] = [cborNumber(2), cborNumber(-7), cborNumber(1)]
  return cborMap([
    [cborNumber(1), kty],
    [cborNumber(3), alg],
    [cborNumber(-1), crv],
    [cborNumber(-2), cborBytes(Buffer.from(x, 'base64url'))],
    [cborNumber(-3), cborBytes(Buffer.from(y, 'base64url'))],
  ])
}
