import { beforeAll, describe, expect, it } from 'vitest'
import { concatBytes, equalBytes, utf8Bytes } from './bytes.ts'
import {
  checkMediationPoint,
  checkStepProof,
  holderHalf,
  makeMediationScalar,
  mediatedPublicKey,
  mediationPoint,
  mediationShare,
  mediationStep,
  openMediated,
  sealToMediated,
} from './mediated.ts'
import { randomBytes } from './random.ts'
import { openSealed, sealTo } from './seal-to.ts'

const info = 'curo/v1/test'
const aad = utf8Bytes('record 1')
const dek = utf8Bytes('a key of thirty-two bytes, no mo')

async function makeHolderAndCustodian() {
  const seed = randomBytes(32)
  const { kemPublicKey, x25519PublicKey: holderPoint } = holderHalf(seed)
  const scalar = makeMediationScalar()
  const point = await mediationPoint(scalar, holderPoint)
  const share = mediationShare(scalar, holderPoint)
  return { seed, holderPoint, scalar, point, share, publicKey: mediatedPublicKey({ kemPublicKey, point }) }
}
type Parties = Awaited<ReturnType<typeof makeHolderAndCustodian>>

describe('a mediated key', () => {
  let parties: Parties
  let sealed: Uint8Array
  let proof: Uint8Array
  beforeAll(async () => {
    parties = await makeHolderAndCustodian()
    ;({ sealed, proof } = await sealToMediated({ ...parties, plaintext: dek, info, aad }))
  })

  it('takes its step with the scalar that the array holds now, for each holder’s point', async () => {
    const other = await makeHolderAndCustodian()
    const scalar = parties.scalar.slice()
    const first = await mediationStep(scalar, parties.holderPoint, sealed)
    expect(await mediationStep(parties.scalar, parties.holderPoint, sealed)).toEqual(first)
    expect(await mediationStep(scalar, other.holderPoint, sealed)).not.toEqual(first)
    scalar.set(other.scalar)
    expect(await mediationStep(scalar, parties.holderPoint, sealed)).toEqual(
      await mediationStep(other.scalar, parties.holderPoint, sealed),
    )
  })

  it('opens with the holder and the custodian together', async () => {
    const step = await mediationStep(parties.scalar, parties.holderPoint, sealed)
    expect(await openMediated({ ...parties, sealed, step, info, aad })).toEqual(dek)
  })

  it('opens what plain sealTo sealed to it: senders need nothing special', async () => {
    const plain = await sealTo({ publicKey: parties.publicKey, plaintext: dek, info, aad })
    const step = await mediationStep(parties.scalar, parties.holderPoint, plain)
    expect(await openMediated({ ...parties, sealed: plain, step, info, aad })).toEqual(dek)
  })

  it('does not open for the holder alone', async () => {
    await expect(openSealed({ seed: parties.seed, sealed, info, aad })).rejects.toMatchObject({
      code: 'wrong-key',
    })
    const ownStep = sealed.slice(1088, 1120)
    await expect(openMediated({ ...parties, sealed, step: ownStep, info, aad })).rejects.toMatchObject({
      code: 'wrong-key',
    })
  })

  it('does not open with the step of another record or another custodian', async () => {
    const other = await sealTo({ publicKey: parties.publicKey, plaintext: dek, info, aad })
    for (const step of [
      await mediationStep(parties.scalar, parties.holderPoint, other),
      await mediationStep(makeMediationScalar(), parties.holderPoint, sealed),
    ])
      await expect(openMediated({ ...parties, sealed, step, info, aad })).rejects.toMatchObject({
        code: 'wrong-key',
      })
  })

  it('the holder accepts the true point and refuses one that a node slipped in', async () => {
    const { seed, share, point } = parties
    await checkMediationPoint({ seed, share, point })
    const nodesOwnKey = holderHalf(randomBytes(32)).x25519PublicKey
    await expect(checkMediationPoint({ seed, share, point: nodesOwnKey })).rejects.toMatchObject({
      code: 'bad-key',
    })
    await expect(checkMediationPoint({ seed, share: nodesOwnKey, point })).rejects.toMatchObject({
      code: 'bad-key',
    })
  })

  it('a step proof holds for the sealed bytes and the place it was made for, and for nothing else', async () => {
    await checkStepProof({ ...parties, sealed, aad, proof })
    const elsewhere = checkStepProof({ ...parties, sealed, aad: utf8Bytes('record 2'), proof })
    await expect(elsewhere).rejects.toMatchObject({ code: 'forged-signature' })
    await expect(
      checkStepProof({ ...parties, sealed, aad, proof: new Uint8Array(32) }),
    ).rejects.toMatchObject({
      code: 'forged-signature',
    })
  })

  it('offering a stored E as a holder’s X does not make the custodian compute its step', async () => {
    const stolenPoint = sealed.slice(1088, 1120)
    const step = await mediationPoint(parties.scalar, stolenPoint)
    expect(equalBytes(step, await mediationStep(parties.scalar, parties.holderPoint, sealed))).toBe(false)
    await expect(openMediated({ ...parties, sealed, step, info, aad })).rejects.toMatchObject({
      code: 'wrong-key',
    })
  })

  it('a decoy record that carries a copied E is refused before it is stored', async () => {
    const decoy = concatBytes(randomBytes(1088), sealed.subarray(1088, 1120), randomBytes(48))
    const decoyAad = utf8Bytes('the decoy')
    await expect(checkStepProof({ ...parties, sealed: decoy, aad: decoyAad, proof })).rejects.toMatchObject({
      code: 'forged-signature',
    })
  })

  it.each([0, 1])('points of small order are refused everywhere (u = %d)', async (u) => {
    const small = Uint8Array.of(u, ...new Uint8Array(31))
    const { seed, scalar, holderPoint, share, point, publicKey } = parties
    const bad = { code: 'bad-key' }
    const forged = concatBytes(sealed.subarray(0, 1088), small, sealed.subarray(1120))
    await expect(mediationPoint(scalar, small)).rejects.toMatchObject(bad)
    expect(() => mediationShare(scalar, small)).toThrow(expect.objectContaining(bad))
    await expect(mediationStep(scalar, holderPoint, forged)).rejects.toMatchObject(bad)
    expect(() => mediatedPublicKey({ kemPublicKey: publicKey.slice(0, 1184), point: small })).toThrow(
      expect.objectContaining(bad),
    )
    await expect(checkMediationPoint({ seed, share: small, point })).rejects.toMatchObject(bad)
    await expect(checkMediationPoint({ seed, share, point: small })).rejects.toMatchObject(bad)
    await expect(openMediated({ seed, point, sealed, step: small, info, aad })).rejects.toMatchObject(bad)
    await expect(
      sealToMediated({ publicKey, share: small, plaintext: dek, info, aad }),
    ).rejects.toMatchObject(bad)
  })

  it('a second encoding of the right step is refused', async () => {
    const step = await mediationStep(parties.scalar, parties.holderPoint, sealed)
    step[31] = (step[31] as number) | 0x80
    await expect(openMediated({ ...parties, sealed, step, info, aad })).rejects.toMatchObject({
      code: 'bad-key',
    })
  })

  it('truncated bytes are refused by both sides', async () => {
    const { scalar, holderPoint } = parties
    const short = sealed.slice(0, 1119)
    await expect(mediationStep(scalar, holderPoint, short)).rejects.toMatchObject({ code: 'truncated' })
    const step = await mediationStep(scalar, holderPoint, sealed)
    await expect(
      openMediated({ ...parties, sealed: sealed.slice(0, 1130), step, info, aad }),
    ).rejects.toMatchObject({
      code: 'truncated',
    })
  })
})
