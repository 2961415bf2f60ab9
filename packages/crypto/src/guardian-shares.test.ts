import { describe, expect, it } from 'vitest'
import { deriveIdentityKey, deriveSealKey, makeAccountRoot } from './account.ts'
import {
  areOfOneSet,
  type GuardianShare,
  openRelease,
  openShareAsGuardian,
  requestNumber,
  sealShareToGuardian,
  sealShareToRequest,
} from './guardian-shares.ts'
import { combineShares, splitAmongGuardians } from './guardians.ts'
import { randomId } from './random.ts'
import { makeSealingKeyPair } from './xwing.ts'

async function appointed() {
  const root = makeAccountRoot()
  const { commitment, shares } = await splitAmongGuardians(root)
  const { publicKey: identity } = await deriveIdentityKey(root)
  const owner = randomId()
  const guardians = await Promise.all(
    shares.map(async (share) => {
      const seal = await deriveSealKey(makeAccountRoot())
      const given: GuardianShare = { owner, guardian: randomId(), identity, commitment, share }
      return { given, seal, sealed: await sealShareToGuardian(given, seal.publicKey) }
    }),
  )
  return { root, owner, guardians, commitment }
}

describe('a guardian’s share', () => {
  it('goes from the owner to the guardian, from her to the request, and two of them give the root', async () => {
    const { root, owner, guardians, commitment } = await appointed()
    const request = randomId()
    const key = makeSealingKeyPair()
    const shares = await Promise.all(
      guardians.slice(1).map(async ({ given: { guardian }, seal, sealed }) => {
        const share = await openShareAsGuardian({ sealed, keyPair: seal, owner, guardian })
        const released = await sealShareToRequest({ share, request, requestKey: key.publicKey })
        return openRelease({ sealed: released, seed: key.seed, request, owner, guardian })
      }),
    )
    const [first, second] = shares as [GuardianShare, GuardianShare]
    expect(areOfOneSet(first, second)).toBe(true)
    expect(await combineShares({ shares: shares.map(({ share }) => share), commitment })).toEqual(root)
  })

  it('attack: a share is given to another guardian, owner or request', async () => {
    const { owner, guardians } = await appointed()
    const [one, two] = guardians
    if (!one || !two) throw new Error('there are three')
    const { guardian } = one.given
    for (const lie of [{ keyPair: two.seal }, { owner: randomId() }, { guardian: two.given.guardian }])
      await expect(
        openShareAsGuardian({ sealed: one.sealed, keyPair: one.seal, owner, guardian, ...lie }),
      ).rejects.toMatchObject({ code: 'wrong-key' })
    const [key, other] = [makeSealingKeyPair(), makeSealingKeyPair()]
    const request = randomId()
    const sealed = await sealShareToRequest({ share: one.given, request, requestKey: key.publicKey })
    for (const lie of [{ seed: other.seed }, { request: randomId() }, { guardian: two.given.guardian }])
      await expect(
        openRelease({ sealed, seed: key.seed, request, owner, guardian, ...lie }),
      ).rejects.toMatchObject({ code: 'wrong-key' })
  })

  it('attack: a share sealed to a guardian is passed off as one released to a request', async () => {
    const { owner, guardians } = await appointed()
    const [one] = guardians
    if (!one) throw new Error('there are three')
    const { guardian } = one.given
    await expect(
      openRelease({ sealed: one.sealed, seed: one.seal.seed, request: randomId(), owner, guardian }),
    ).rejects.toMatchObject({ code: 'wrong-key' })
  })

  it('a request’s number is twenty digits, of this request and this key', async () => {
    const [key, other] = [makeSealingKeyPair(), makeSealingKeyPair()]
    const request = randomId()
    const number = requestNumber({ request, requestKey: key.publicKey })
    expect(number).toMatch(/^\d{4}( \d{4}){4}$/)
    expect(requestNumber({ request, requestKey: key.publicKey })).toBe(number)
    expect(requestNumber({ request, requestKey: other.publicKey })).not.toBe(number)
    expect(requestNumber({ request: randomId(), requestKey: key.publicKey })).not.toBe(number)
  })
})
