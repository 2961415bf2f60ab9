import { u64be, utf8Bytes } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { hmacSha256 } from '@curo/crypto/hash'
import { deriveChainKey } from '@curo/crypto/lookup'
import { TAG_BYTES } from './entries.ts'
import { isTreeSize } from './tree-size.ts'

/**
 * The tag of the `counter`-th entry of a patient in a hospital's log:
 * HMAC-SHA256(K_chain, "chain" ‖ 0x00 ‖ origin ‖ 0x00 ‖ u64be counter)[0..16].
 */
export function chainTag({
  chainKey,
  origin,
  counter,
}: {
  chainKey: Uint8Array
  origin: string
  counter: number
}): Uint8Array {
  if (!isTreeSize(counter)) throw new CuroError('invalid-input', 'A counter is a whole number below 2^53.')
  return hmacSha256(chainKey, utf8Bytes(`chain\0${origin}\0`), u64be(counter)).subarray(0, TAG_BYTES)
}

/** Tags of one chain, its key derived once from the patient's lookup key of an epoch. */
export function chainTags({
  lookupKey,
  origin,
  epoch,
}: {
  lookupKey: Uint8Array
  origin: string
  epoch: number
}): (counter: number) => Uint8Array {
  const chainKey = deriveChainKey({ lookupKey, origin, epoch })
  return (counter) => chainTag({ chainKey, origin, counter })
}
