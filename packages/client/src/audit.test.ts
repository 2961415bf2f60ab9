import { toBase64Url } from '@curo/crypto/bytes'
import { leafHash, merkleRootOfChunks, nodeHash, SEALED_LEAF_BYTES } from '@curo/crypto/merkle'
import { randomBytes } from '@curo/crypto/random'
import { describe, expect, test } from 'vitest'
import { makeApi } from './api.ts'
import { challengeStorage, demandHeld } from './audit.ts'
import type { Person } from './person.ts'
import { fakeFetch } from './testing/fake-fetch.ts'

/** Sealed content of four leaves, the last one short, and the node that stores it. */
const sealed = randomBytes(3 * SEALED_LEAF_BYTES + 100)
const root = toBase64Url(merkleRootOfChunks(sealed))
const leaves = [0, 1, 2, 3].map((i) => sealed.subarray(i * SEALED_LEAF_BYTES, (i + 1) * SEALED_LEAF_BYTES))
const hashes = leaves.map(leafHash) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array]
const pairs = [nodeHash(hashes[0], hashes[1]), nodeHash(hashes[2], hashes[3])] as const

type Answer = { root: string; leaf: number; leaves: number; data: string; path: string[] } | null

function answerTo({ leaf }: { leaf: number }): Answer {
  const sibling = hashes[leaf ^ 1] as Uint8Array
  const uncle = pairs[leaf < 2 ? 1 : 0]
  const data = toBase64Url(leaves[leaf] as Uint8Array)
  return { root, leaf, leaves: 4, data, path: [sibling, uncle].map(toBase64Url) }
}

function auditor(lie: (answer: Answer, question: { leaf: number }) => Answer = (answer) => answer) {
  const fetch = fakeFetch({
    'POST /v1/audit/challenges': ({ body }) => {
      const { challenges } = body as { challenges: { root: string; leaf: number }[] }
      return { json: { answers: challenges.map((one) => lie(answerTo(one), one)) } }
    },
  })
  return { person: { api: makeApi({ node: 'https://node.test', fetch }) } as Person, fetch }
}

const challenge = (person: Person, challenges = 40) =>
  challengeStorage(person, { records: [{ root, sealedSize: sealed.length }], challenges })

describe('a storage challenge', () => {
  test('is met by whoever still has every piece', async () => {
    const { person } = auditor()
    const results = await challenge(person, 300)
    expect(results).toHaveLength(300)
    expect(results.every(({ outcome }) => outcome === 'held')).toBe(true)
    expect(new Set(results.map(({ leaf }) => leaf))).toEqual(new Set([0, 1, 2, 3]))
    demandHeld(results)
  })

  test('never asks for more pieces in one call than a node takes', async () => {
    const { person, fetch } = auditor()
    await challenge(person, 600)
    expect(fetch.requests.map(({ body }) => (body as { challenges: [] }).challenges.length)).toEqual([
      256, 256, 88,
    ])
  })

  test.each<[string, 'altered' | 'missing', (answer: Answer, question: { leaf: number }) => Answer]>([
    ['a piece that is gone', 'missing', () => null],
    [
      'a piece whose bytes changed',
      'altered',
      (a) => a && { ...a, data: toBase64Url(randomBytes(SEALED_LEAF_BYTES)) },
    ],
    [
      'another piece with its own valid path',
      'altered',
      (a, { leaf }) => a && { ...a, ...answerTo({ leaf: leaf ^ 1 }), leaf },
    ],
    ['another piece under its own name', 'altered', (a, { leaf }) => a && answerTo({ leaf: leaf ^ 1 })],
    [
      'a smaller tree than was anchored',
      'altered',
      (a) => a && { ...a, leaves: 2, path: a.path.slice(0, 1) },
    ],
    ['a piece cut short', 'altered', (a) => a && { ...a, data: a.data.slice(0, 40) }],
    ['what is no piece at all, which once stopped the audit', 'altered', (a) => a && { ...a, data: 'A' }],
  ])('malicious storage passes off %s', async (_, outcome, lie) => {
    const results = await challenge(auditor(lie).person)
    expect(new Set(results.map((one) => one.outcome))).toEqual(new Set([outcome]))
    expect(() => demandHeld(results)).toThrow(expect.objectContaining({ code: 'storage-damaged' }))
  })

  test('about nothing asks nothing', async () => {
    const { person, fetch } = auditor()
    expect(await challengeStorage(person, { records: [], challenges: 5 })).toEqual([])
    expect(fetch.requests).toEqual([])
  })
})
