import { createHmac, hkdfSync } from 'node:crypto'
import { fromHex, toHex, utf8Bytes } from '@curo/crypto/bytes'
import { deriveChainKey } from '@curo/crypto/lookup'
import { randomBytes } from '@curo/crypto/random'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkCommitment, commitmentOf, OPENING_BYTES } from './commitments.ts'
import { findNextTags } from './find-tags.ts'
import { chainTag, chainTags } from './tags.ts'

const lookupKey = new Uint8Array(32).fill(1)
const origin = 'asha.example/log'

describe('tags', () => {
  it('are those of the design, computed a second way', () => {
    const info = Buffer.concat([Buffer.from(`chain\0${origin}\0`), Buffer.from([0, 0, 0, 2])])
    const chainKey = Buffer.from(hkdfSync('sha256', lookupKey, 'curo/v1', info, 32))
    const counter = Buffer.alloc(8)
    counter.writeBigUInt64BE(7n)
    const expected = createHmac('sha256', chainKey).update(`chain\0${origin}\0`).update(counter).digest('hex')
    expect(toHex(chainTags({ lookupKey, origin, epoch: 2 })(7))).toBe(expected.slice(0, 32))
    expect(
      toHex(chainTag({ chainKey: deriveChainKey({ lookupKey, origin, epoch: 2 }), origin, counter: 7 })),
    ).toBe(expected.slice(0, 32))
  })

  it('never change: this one is frozen', () => {
    expect(toHex(chainTags({ lookupKey, origin, epoch: 0 })(0))).toBe('8f21a914025e31b365542c2d8fc8467d')
  })

  it('of another counter, epoch, hospital or patient have nothing in common', () => {
    const tags = [
      chainTags({ lookupKey, origin, epoch: 0 })(0),
      chainTags({ lookupKey, origin, epoch: 0 })(1),
      chainTags({ lookupKey, origin, epoch: 1 })(0),
      chainTags({ lookupKey, origin: 'b.example/log', epoch: 0 })(0),
      chainTags({ lookupKey: new Uint8Array(32).fill(2), origin, epoch: 0 })(0),
    ].map(toHex)
    expect(new Set(tags).size).toBe(tags.length)
    expect(() => chainTags({ lookupKey, origin, epoch: 0 })(2 ** 53)).toThrow(/2\^53/)
  })
})

describe('commitments', () => {
  it('open only with the body and the random value that they were made of', () => {
    const r = randomBytes(OPENING_BYTES)
    const bodyBytes = utf8Bytes('{"amount":100,"kind":"payment"}')
    const commitment = commitmentOf({ r, bodyBytes })
    expect(checkCommitment({ commitment, r, bodyBytes })).toBe(true)
    expect(checkCommitment({ commitment, r, bodyBytes: utf8Bytes('{"amount":101,"kind":"payment"}') })).toBe(
      false,
    )
    expect(checkCommitment({ commitment, r: new Uint8Array(32), bodyBytes })).toBe(false)
    expect(checkCommitment({ commitment, r: r.subarray(1), bodyBytes })).toBe(false)
  })

  it('to the same body differ with the random value, so that a guessed body cannot be looked for', () => {
    const bodyBytes = utf8Bytes('{"a":1}')
    const [one, two] = [1, 2].map((byte) =>
      toHex(commitmentOf({ r: new Uint8Array(OPENING_BYTES).fill(byte), bodyBytes })),
    )
    expect(one).not.toBe(two)
  })

  it('need a random value of 32 bytes', () => {
    const bodyBytes = utf8Bytes('{}')
    for (const length of [0, OPENING_BYTES - 1, OPENING_BYTES + 1])
      expect(() => commitmentOf({ r: new Uint8Array(length), bodyBytes })).toThrow(/32 bytes/)
  })

  it('never change: this one is frozen', () => {
    const r = fromHex('00'.repeat(32))
    expect(toHex(commitmentOf({ r, bodyBytes: utf8Bytes('{}') }))).toBe(
      '6dffb86992546232ee8286a0193afe644a09322456459a5ae82a2b10168c0657',
    )
  })
})

describe('finding a chain’s entries', () => {
  const tag = chainTags({ lookupKey, origin, epoch: 0 })
  const lookupIn = (counters: Iterable<number>) => {
    const known = new Map([...counters].map((counter) => [toHex(tag(counter)), counter]))
    const batches: number[] = []
    const lookup = async (tags: Uint8Array[]) => {
      batches.push(tags.length)
      return tags.map((asked) => known.get(toHex(asked)))
    }
    return { lookup, batches }
  }

  it('finds every one and every gap, in few questions', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(2000),
        fc.uniqueArray(fc.nat(2000), { maxLength: 20 }),
        async (count, holes) => {
          const dropped = new Set(holes)
          const counters = Array.from({ length: count }, (_, i) => i).filter((i) => !dropped.has(i))
          const { lookup, batches } = lookupIn(counters)
          const { found, end, gaps } = await findNextTags({ tag, lookup })
          expect([...found.keys()]).toEqual(counters)
          expect([...found.values()]).toEqual(counters)
          expect(end).toBe((counters.at(-1) ?? -1) + 1)
          expect(gaps).toEqual([...dropped].filter((i) => i < end).sort((a, b) => a - b))
          expect(batches.length).toBeLessThanOrEqual(8)
        },
      ),
      { numRuns: 20 },
    )
  })

  it('goes on from where it stood', async () => {
    const { lookup } = lookupIn([0, 1, 2, 3, 4])
    const { found, end } = await findNextTags({ tag, lookup, from: 3 })
    expect([...found.keys()]).toEqual([3, 4])
    expect(end).toBe(5)
  })

  it('attack: a log that answers yes to everything, or too little, is not believed', async () => {
    const everything = async (tags: Uint8Array[]) => tags.map(() => 1)
    await expect(findNextTags({ tag: () => new Uint8Array(16), lookup: everything })).rejects.toMatchObject({
      code: 'ledger-inconsistent',
    })
    await expect(findNextTags({ tag, lookup: async () => [1] })).rejects.toMatchObject({ code: 'malformed' })
  })
})
