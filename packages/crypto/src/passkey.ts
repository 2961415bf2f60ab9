import { type Bytes, concatBytes, utf8Bytes } from './bytes.ts'
import { CuroError } from './errors.ts'
import { hkdfSha256 } from './hash.ts'
import { unwrapSecret, type WrappedKey, wrapSecret } from './wrap.ts'

/**
 * What an authenticator's PRF is asked for (WebAuthn Level 3 §10.1.4): one value for every passkey, since at a sign-in
 * with a passkey alone nobody knows yet which one it will be. Each passkey answers with another 32 bytes.
 */
export const PASSKEY_PRF_INPUT: Bytes = utf8Bytes('curo/v1/passkey-root')

const PRF_BYTES = 32
const CONTEXT = 'account root by passkey'

/** The wrapping key (32 bytes) of an authenticator's PRF output. Throws 'bad-key' unless that has 32 bytes. */
export function derivePasskeyWrapKey(prfOutput: Uint8Array): Bytes {
  if (prfOutput.length !== PRF_BYTES)
    throw new CuroError('bad-key', `A passkey gives 32 bytes, not ${prfOutput.length}.`)
  return hkdfSha256({
    ikm: prfOutput,
    salt: new Uint8Array(0),
    info: utf8Bytes('curo/v1/passkey-wrap'),
    length: 32,
  })
}

export type PasskeyPlace = {
  prfOutput: Uint8Array
  account: string
  /** The credential's id as the browser gives it. */
  credential: string
}

const placeOf = ({ account, credential }: PasskeyPlace): Bytes =>
  concatBytes(utf8Bytes(account), Uint8Array.of(0), utf8Bytes(credential))

/** The account root wrapped by one passkey of one account. */
export function wrapByPasskey(given: PasskeyPlace & { root: Uint8Array }): Promise<WrappedKey> {
  return wrapSecret({
    wrappingKey: derivePasskeyWrapKey(given.prfOutput),
    secret: given.root,
    context: CONTEXT,
    aad: placeOf(given),
  })
}

/** Throws 'wrong-key' (another passkey), 'tampered' (another account), 'truncated'. */
export function unwrapByPasskey(given: PasskeyPlace & { wrapped: Uint8Array }): Promise<Bytes> {
  return unwrapSecret({
    wrappingKey: derivePasskeyWrapKey(given.prfOutput),
    wrapped: given.wrapped,
    context: CONTEXT,
    aad: placeOf(given),
  })
}
