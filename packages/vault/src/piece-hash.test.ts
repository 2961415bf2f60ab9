import { merkleRootOfChunks } from '@curo/crypto/merkle'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dataPieceHash } from './piece-hash.ts'
import { LEAF_BYTES, PIECE_BYTES } from './stripes.ts'
import { contentOf, isSame } from './testing/vault-fixture.ts'

const content = contentOf(PIECE_BYTES + 10)

test('a piece’s hash is the RFC 6962 root of its leaves, and the piece is left as it was', () => {
  const lengths = [0, 1, 2, 3, 5, 7, 9, 31, 63, 64].flatMap((leaves) => [
    leaves * LEAF_BYTES,
    leaves * LEAF_BYTES + 1,
    Math.max(0, leaves * LEAF_BYTES - 1),
  ])
  fc.assert(
    fc.property(
      fc.oneof(fc.constantFrom(...lengths.filter((length) => length <= PIECE_BYTES)), fc.nat(PIECE_BYTES)),
      fc.nat(9),
      (length, offset) => {
        const piece = content.subarray(offset, offset + length)
        expect(dataPieceHash(piece)).toEqual(merkleRootOfChunks(piece))
      },
    ),
  )
  expect(isSame(content, contentOf(PIECE_BYTES + 10))).toBe(true)
})

test('shared memory hashes the same', () => {
  const shared = new Uint8Array(new SharedArrayBuffer(PIECE_BYTES))
  shared.set(content.subarray(0, PIECE_BYTES))
  expect(dataPieceHash(shared)).toEqual(merkleRootOfChunks(content.subarray(0, PIECE_BYTES)))
})
