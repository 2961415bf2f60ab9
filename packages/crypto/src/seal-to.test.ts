import { AEAD_AES_256_GCM, KDF_HKDF_SHA256, KEM_MLKEM768_X25519 } from '@panva/hpke-noble'
import * as HPKE from 'hpke'
import { describe, expect, it } from 'vitest'
import { asBufferSource, concatBytes, utf8Bytes } from './bytes.ts'
import { randomBytes } from './random.ts'
import { openSealed, SEALING_OVERHEAD_BYTES, sealTo } from './seal-to.ts'
import { deriveSealingKeyPair, makeSealingKeyPair } from './xwing.ts'

const info = 'curo/v1/test'
const aad = utf8Bytes('where it belongs')

describe('sealing to a person', () => {
  it('opens with the key, the info and the AAD it was sealed with', async () => {
    const keyPair = makeSealingKeyPair()
    for (const length of [0, 1, 32, 5000]) {
      const plaintext = randomBytes(length)
      const sealed = await sealTo({ publicKey: keyPair.publicKey, plaintext, info, aad })
      expect(sealed.length).toBe(length + SEALING_OVERHEAD_BYTES)
      expect(await openSealed({ keyPair, sealed, info, aad })).toEqual(plaintext)
      expect(await openSealed({ seed: keyPair.seed.slice(), sealed, info, aad })).toEqual(plaintext)
    }
  })

  it('refuses another key, info or AAD as the wrong key', async () => {
    const keyPair = makeSealingKeyPair()
    const sealed = await sealTo({ publicKey: keyPair.publicKey, plaintext: utf8Bytes('secret'), info, aad })
    const wrong = { code: 'wrong-key' }
    await expect(openSealed({ keyPair: makeSealingKeyPair(), sealed, info, aad })).rejects.toMatchObject(
      wrong,
    )
    await expect(openSealed({ keyPair, sealed, info: 'curo/v1/other', aad })).rejects.toMatchObject(wrong)
    await expect(openSealed({ keyPair, sealed, info })).rejects.toMatchObject(wrong)
  })

  it('refuses a flipped bit anywhere and every truncation', async () => {
    const keyPair = makeSealingKeyPair()
    const sealed = await sealTo({ publicKey: keyPair.publicKey, plaintext: utf8Bytes('secret'), info, aad })
    for (const at of [0, 500, 1087, 1088, 1119, 1120, 1125, sealed.length - 1]) {
      const flipped = sealed.slice()
      flipped[at] = (flipped[at] as number) ^ 1
      await expect(openSealed({ keyPair, sealed: flipped, info, aad })).rejects.toMatchObject({
        code: 'wrong-key',
      })
    }
    for (const length of [0, 1, 1119, 1120, 1135])
      await expect(openSealed({ keyPair, sealed: sealed.slice(0, length), info, aad })).rejects.toMatchObject(
        {
          code: 'truncated',
        },
      )
    await expect(openSealed({ keyPair, sealed: sealed.slice(0, -1), info, aad })).rejects.toMatchObject({
      code: 'wrong-key',
    })
    await expect(
      openSealed({ keyPair, sealed: concatBytes(sealed, sealed), info, aad }),
    ).rejects.toMatchObject({
      code: 'wrong-key',
    })
  })

  it('does not keep the expansion of a seed that was overwritten', async () => {
    const keyPair = makeSealingKeyPair()
    const sealed = await sealTo({ publicKey: keyPair.publicKey, plaintext: utf8Bytes('secret'), info })
    await openSealed({ keyPair, sealed, info })
    keyPair.seed.fill(0)
    await expect(openSealed({ keyPair, sealed, info })).rejects.toMatchObject({ code: 'wrong-key' })
  })
})

describe('against a second HPKE implementation', () => {
  const suite = new HPKE.CipherSuite(KEM_MLKEM768_X25519, KDF_HKDF_SHA256, AEAD_AES_256_GCM)

  it('opens what the other sealed', async () => {
    const keyPair = makeSealingKeyPair()
    const recipient = await suite.DeserializePublicKey(asBufferSource(keyPair.publicKey))
    const { encapsulatedSecret, ciphertext } = await suite.Seal(recipient, utf8Bytes('from the other'), {
      info: utf8Bytes(info),
      aad,
    })
    const sealed = concatBytes(encapsulatedSecret, ciphertext)
    expect(await openSealed({ keyPair, sealed, info, aad })).toEqual(utf8Bytes('from the other'))
  })

  it('the other opens what this one sealed', async () => {
    const seed = randomBytes(32)
    const { publicKey } = deriveSealingKeyPair(seed)
    const sealed = await sealTo({ publicKey, plaintext: utf8Bytes('to the other'), info, aad })
    const privateKey = await suite.DeserializePrivateKey(seed, false)
    const opened = await suite.Open(privateKey, sealed.subarray(0, 1120), sealed.subarray(1120), {
      info: utf8Bytes(info),
      aad,
    })
    expect(new Uint8Array(opened)).toEqual(utf8Bytes('to the other'))
  })
})
