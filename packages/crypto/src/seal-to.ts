import { GCM_TAG_BYTES } from './aes-gcm.ts'
import { type Bytes, concatBytes } from './bytes.ts'
import { CuroError, isCuroError } from './errors.ts'
import { hpkeOpen, hpkeSeal } from './hpke.ts'
import {
  ENCAPSULATION_BYTES,
  expandSealingSeed,
  type SealingKeyPair,
  xwingDecapsulate,
  xwingEncapsulate,
} from './xwing.ts'

/** What sealing adds to a plaintext: the encapsulation and the tag. */
export const SEALING_OVERHEAD_BYTES = ENCAPSULATION_BYTES + GCM_TAG_BYTES

export type SealToOptions = {
  /** The recipient's X-Wing public key, plain or mediated (1216 bytes). */
  publicKey: Uint8Array
  plaintext: Uint8Array
  /** What is sealed, such as 'curo/v1/dek': a text sealed for one purpose never opens as another. */
  info: string
  /** Where it belongs; must be given again, byte for byte, to open. */
  aad?: Uint8Array | undefined
}

/** HPKE base mode to one person: enc[1120] ‖ ciphertext ‖ tag. Throws 'bad-key' for a forged public key. */
export async function sealTo({ publicKey, plaintext, info, aad }: SealToOptions): Promise<Bytes> {
  const { encapsulation, sharedSecret } = await xwingEncapsulate(publicKey)
  return concatBytes(encapsulation, await hpkeSeal({ sharedSecret, info, aad, plaintext }))
}

export type OpenSealedOptions = {
  sealed: Uint8Array
  info: string
  aad?: Uint8Array | undefined
} & ({ seed: Uint8Array; keyPair?: undefined } | { keyPair: SealingKeyPair; seed?: undefined })

/**
 * Opens what sealTo sealed. Throws 'truncated' when bytes are missing and 'wrong-key' otherwise: another key, info,
 * AAD, or a changed byte look the same. Keep passing the same seed array: its expansion is kept with it.
 */
export async function openSealed(options: OpenSealedOptions): Promise<Bytes> {
  const { sealed, info, aad } = options
  const key = expandSealingSeed(options.keyPair ? options.keyPair.seed : options.seed)
  return finishOpening({ sealed, info, aad }, () => xwingDecapsulate(key, sealed))
}

/** Shared by the plain and the mediated opening: length check, key schedule, one error for every mismatch. */
export async function finishOpening(
  { sealed, info, aad }: { sealed: Uint8Array; info: string; aad?: Uint8Array | undefined },
  decapsulate: () => Promise<Uint8Array>,
): Promise<Bytes> {
  if (sealed.length < SEALING_OVERHEAD_BYTES)
    throw new CuroError('truncated', 'The sealed bytes were cut off; fetch them again.')
  try {
    const sharedSecret = await decapsulate()
    return await hpkeOpen({ sharedSecret, info, aad, sealed: sealed.subarray(ENCAPSULATION_BYTES) })
  } catch (cause) {
    if (!isCuroError(cause, 'tampered')) throw cause
    throw new CuroError(
      'wrong-key',
      'This key does not open it: it was sealed to another key or place, or changed.',
      {
        cause,
      },
    )
  }
}
