import { holderHalf, mediatedPublicKey } from '@curo/crypto/mediated'
import { deriveSealingKeyPair, keyIdOf } from '@curo/crypto/xwing'

/** The key id under which a wrap names a seed's key: mediated with the custodian's point, or plain. */
export function keyIdUnder(seed: Uint8Array, point: Uint8Array | null): string {
  if (!point) return keyIdOf(deriveSealingKeyPair(seed).publicKey)
  return keyIdOf(mediatedPublicKey({ kemPublicKey: holderHalf(seed).kemPublicKey, point }))
}
