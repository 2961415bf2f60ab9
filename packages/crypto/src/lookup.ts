import { type Bytes, concatBytes, u32be, utf8Bytes } from './bytes.ts'
import { CuroError } from './errors.ts'
import { hkdfSha256 } from './hash.ts'
import { randomBytes } from './random.ts'

export const LOOKUP_KEY_BYTES = 32

/** A fresh lookup key: finds a patient's entries in every ledger. One per epoch, on the card and in her account. */
export function makeLookupKey(): Bytes {
  return randomBytes(LOOKUP_KEY_BYTES)
}

export type ChainKeyOptions = {
  lookupKey: Uint8Array
  /** Origin line of the hospital's log. */
  origin: string
  epoch: number
}

/**
 * K_chain, by which one hospital follows its own patient and nobody else's: HKDF-SHA-256 of the lookup key with salt
 * "curo/v1" and info "chain" ‖ 0x00 ‖ origin ‖ 0x00 ‖ u32be epoch, 32 bytes. Throws 'bad-key' or 'invalid-input'.
 */
export function deriveChainKey({ lookupKey, origin, epoch }: ChainKeyOptions): Bytes {
  checkLookupKey(lookupKey)
  if (origin === '' || origin.includes('\0') || origin.includes('\n'))
    throw new CuroError('invalid-input', 'A log origin is one line of text.')
  const info = concatBytes(utf8Bytes(`chain\0${origin}\0`), u32be(epoch))
  return hkdfSha256({ ikm: lookupKey, salt: utf8Bytes('curo/v1'), info, length: 32 })
}

/** The key that seals what the timeline shows of each record (32 bytes). */
export function deriveStubKey(lookupKey: Uint8Array): Bytes {
  checkLookupKey(lookupKey)
  return hkdfSha256({ ikm: lookupKey, salt: utf8Bytes('curo/v1'), info: utf8Bytes('stub'), length: 32 })
}

function checkLookupKey(lookupKey: Uint8Array): void {
  if (lookupKey.length !== LOOKUP_KEY_BYTES)
    throw new CuroError('bad-key', `A lookup key has 32 bytes, not ${lookupKey.length}.`)
}
