import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto'
import { randomBytes } from '@curo/crypto/random'
import { openSealed, sealTo } from '@curo/crypto/seal-to'
import { makeSealingKeyPair } from '@curo/crypto/xwing'
import { type Figure, type Measure, paired, rateFigure, type Size, secondsOf } from './measure.ts'

const INFO = 'curo/v1/dek'

type ClassicSealed = { ephemeral: KeyObject; sealed: Buffer; tag: Buffer }

/** Sealing to X25519 alone, as most systems do: one ephemeral key, one agreement, HKDF, AES-256-GCM. */
function makeClassic() {
  const recipient = generateKeyPairSync('x25519')
  const publicKey = createPublicKey(recipient.privateKey)
  const privateKey = createPrivateKey(recipient.privateKey.export({ format: 'pem', type: 'pkcs8' }))
  const keysOf = (secret: Buffer) => {
    const keys = Buffer.from(hkdfSync('sha256', secret, '', INFO, 44))
    return { key: keys.subarray(0, 32), nonce: keys.subarray(32) }
  }
  return {
    seal(plaintext: Uint8Array): ClassicSealed {
      const ephemeral = generateKeyPairSync('x25519')
      const { key, nonce } = keysOf(diffieHellman({ privateKey: ephemeral.privateKey, publicKey }))
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      const sealed = Buffer.concat([cipher.update(plaintext), cipher.final()])
      return { ephemeral: ephemeral.publicKey, sealed, tag: cipher.getAuthTag() }
    },
    open({ ephemeral, sealed, tag }: ClassicSealed): Uint8Array {
      const { key, nonce } = keysOf(diffieHellman({ privateKey, publicKey: ephemeral }))
      const decipher = createDecipheriv('aes-256-gcm', key, nonce)
      decipher.setAuthTag(tag)
      return Buffer.concat([decipher.update(sealed), decipher.final()])
    },
  }
}

async function run({ size }: { size: Size }): Promise<Figure[]> {
  const count = size === 'full' ? 500 : 5
  const { seed, publicKey } = makeSealingKeyPair()
  const classic = makeClassic()
  const dek = randomBytes(32)
  const aad = randomBytes(40)
  const sealed = await sealTo({ publicKey, plaintext: dek, info: INFO, aad })
  const classicSealed = classic.seal(dek)
  const repeat = (work: () => unknown) => () =>
    secondsOf(async () => {
      for (let i = 0; i < count; i++) await work()
    })
  const runs = size === 'full' ? 5 : 1
  const given = { amount: count, unit: 'keys/s', baselineName: 'X25519 alone, through node:crypto' }
  const seal = await paired({
    subject: repeat(() => sealTo({ publicKey, plaintext: dek, info: INFO, aad })),
    baseline: repeat(() => classic.seal(dek)),
    runs,
  })
  const open = await paired({
    subject: repeat(() => openSealed({ seed, sealed, info: INFO, aad })),
    baseline: repeat(() => classic.open(classicSealed)),
    runs,
  })
  return [
    rateFigure(seal, { ...given, part: 'a data key sealed to X-Wing' }),
    rateFigure(open, { ...given, part: 'and opened' }),
  ]
}

export const measures: readonly Measure[] = [
  { name: 'wrap', what: 'what hybrid post-quantum sealing of a data key costs', run },
]
