import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { combineShares, splitAmongGuardians } from './guardians.ts'
import { randomBytes } from './random.ts'

const secret = randomBytes(32)

describe('guardians', () => {
  it('any two of three restore the secret', async () => {
    const { shares, commitment } = await splitAmongGuardians(secret)
    const [a, b, c] = shares as [Uint8Array, Uint8Array, Uint8Array]
    for (const pair of [
      [a, b],
      [b, c],
      [c, a],
      [a, b, c],
    ])
      expect(await combineShares({ shares: pair, commitment })).toEqual(secret)
  })

  it('one alone does not, nor one twice', async () => {
    const { shares, commitment } = await splitAmongGuardians(secret)
    const [a] = shares as [Uint8Array]
    await expect(combineShares({ shares: [a], commitment })).rejects.toMatchObject({ code: 'invalid-input' })
    await expect(combineShares({ shares: [], commitment })).rejects.toMatchObject({ code: 'invalid-input' })
    await expect(combineShares({ shares: [a, a], commitment })).rejects.toMatchObject({ code: 'wrong-key' })
  })

  it('a wrong set of shares is refused instead of giving garbage', async () => {
    const { shares, commitment } = await splitAmongGuardians(secret)
    const [a, b] = shares as [Uint8Array, Uint8Array]
    const forged = b.slice()
    forged[20] = (forged[20] as number) ^ 1
    await expect(combineShares({ shares: [a, forged], commitment })).rejects.toMatchObject({
      code: 'wrong-key',
    })
    const other = await splitAmongGuardians(randomBytes(32))
    const foreign = other.shares[0] as Uint8Array
    await expect(combineShares({ shares: [a, foreign], commitment })).rejects.toMatchObject({
      code: 'wrong-key',
    })
    const dressedUp = foreign.slice()
    dressedUp.set(a.subarray(0, 10))
    await expect(combineShares({ shares: [a, dressedUp], commitment })).rejects.toMatchObject({
      code: 'wrong-key',
    })
  })

  it('one lying guardian cannot prevent what two honest ones can do', async () => {
    const { shares, commitment } = await splitAmongGuardians(secret)
    const [a, b, c] = shares as [Uint8Array, Uint8Array, Uint8Array]
    for (const at of [1, 11, c.length - 1]) {
      const lie = c.slice()
      lie[at] = (lie[at] as number) ^ 0x55
      expect(await combineShares({ shares: [lie, a, b], commitment })).toEqual(secret)
    }
    expect(await combineShares({ shares: [c.slice(0, -3), a, b], commitment })).toEqual(secret)
  })

  it('shares cut off or of a later version are named so', async () => {
    const { shares, commitment } = await splitAmongGuardians(secret)
    const [a, b] = shares as [Uint8Array, Uint8Array]
    await expect(combineShares({ shares: [a, b.slice(0, 20)], commitment })).rejects.toMatchObject({
      code: 'truncated',
    })
    const later = b.slice()
    later[0] = 2
    await expect(combineShares({ shares: [a, later], commitment })).rejects.toMatchObject({
      code: 'unsupported-suite',
    })
  })

  it('the same secret shared twice gives unrelated commitments', async () => {
    const [first, second] = [await splitAmongGuardians(secret), await splitAmongGuardians(secret)]
    expect(first.commitment).not.toEqual(second.commitment)
  })

  it('any k of n restore any secret', async () => {
    const counts = fc
      .integer({ min: 2, max: 6 })
      .chain((threshold) => fc.tuple(fc.constant(threshold), fc.integer({ min: threshold, max: 9 })))
    await fc.assert(
      fc.asyncProperty(
        counts,
        fc.uint8Array({ minLength: 1, maxLength: 40 }),
        async ([threshold, n], any) => {
          const { shares, commitment } = await splitAmongGuardians(any, { shares: n, threshold })
          const some = [...shares].reverse().slice(0, threshold)
          expect([...(await combineShares({ shares: some, commitment }))]).toEqual([...any])
          await expect(combineShares({ shares: some.slice(1), commitment })).rejects.toMatchObject({
            code: 'invalid-input',
          })
        },
      ),
      { numRuns: 30 },
    )
  })

  it.each([
    [1, 1],
    [2, 3],
    [300, 2],
    [3, 1],
    [2.5, 2],
    [3, Number.NaN],
  ])('refuses %d shares with a threshold of %d', async (shares, threshold) => {
    await expect(splitAmongGuardians(secret, { shares, threshold })).rejects.toMatchObject({
      code: 'invalid-input',
    })
  })
})
