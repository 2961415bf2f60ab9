import { toBase64Url } from '@curo/crypto/bytes'
import { holderHalf, mediatedPublicKey } from '@curo/crypto/mediated'
import { deriveSealingKeyPair, keyIdOf } from '@curo/crypto/xwing'

/** Of each seed, by the point; a seed's array lives as long as whoever may use it. */
const known = new WeakMap<Uint8Array, Map<string, string>>()

/**
 * The key id under which a wrap names a seed's key: mediated with the custodian's point, or plain. Asked for once for
 * each record of a chart, and the same for nearly all. The seed's bytes must not change.
 */
export function keyIdUnder(seed: Uint8Array, point: Uint8Array | null): string {
  const name = point ? toBase64Url(point) : ''
  const ofSeed = known.get(seed) ?? new Map<string, string>()
  known.set(seed, ofSeed)
  const keyId = ofSeed.get(name) ?? keyIdOf(publicKeyUnder(seed, point))
  ofSeed.set(name, keyId)
  return keyId
}

function publicKeyUnder(seed: Uint8Array, point: Uint8Array | null): Uint8Array {
  if (!point) return deriveSealingKeyPair(seed).publicKey
  return mediatedPublicKey({ kemPublicKey: holderHalf(seed).kemPublicKey, point })
}
