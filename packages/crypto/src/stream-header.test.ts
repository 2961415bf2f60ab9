import { describe, expect, it } from 'vitest'
import { toHex, u32be } from './bytes.ts'
import { randomBytes } from './random.ts'
import { chunkNonce, HEADER_BYTES, makeStreamKey, readStreamKey, sealedLength } from './stream-header.ts'

describe('the header of sealed content', () => {
  const dek = randomBytes(32)

  it('is magic, version, suite, chunk size, nonce prefix and commitment, in 49 bytes', () => {
    const { header, key, chunkBytes } = makeStreamKey(dek, 262_144)
    expect(header.length).toBe(HEADER_BYTES)
    expect(HEADER_BYTES).toBe(49)
    expect(toHex(header.subarray(0, 10))).toBe('4355524f' + '01' + '01' + '00040000')
    expect(readStreamKey(dek, header)).toEqual({ header, key, chunkBytes })
  })

  it('never uses the DEK itself, nor one key for two contents', () => {
    const [a, b] = [makeStreamKey(dek, 1024), makeStreamKey(dek, 1024)]
    expect(toHex(a.key)).not.toBe(toHex(b.key))
    expect(toHex(a.key)).not.toBe(toHex(dek))
    expect(toHex(a.header)).not.toContain(toHex(a.key))
  })

  it('every nonce is prefix ‖ counter ‖ last flag, so none comes twice under one key', () => {
    const stream = makeStreamKey(dek, 1024)
    const prefix = toHex(stream.header.subarray(10, 17))
    const nonces = new Set<string>()
    for (const index of [0, 1, 255, 256, 65_536, 0xffffffff]) {
      for (const last of [false, true]) {
        const nonce = toHex(chunkNonce(stream, index, last))
        expect(nonce).toBe(prefix + toHex(u32be(index)) + (last ? '01' : '00'))
        nonces.add(nonce)
      }
    }
    expect(nonces.size).toBe(12)
    expect(() => chunkNonce(stream, 2 ** 32, true)).toThrow(expect.objectContaining({ code: 'too-large' }))
  })

  it('the commitment differs for every DEK, so a header names one key', () => {
    const { header } = makeStreamKey(dek, 1024)
    for (let i = 0; i < 20; i++)
      expect(() => readStreamKey(randomBytes(32), header)).toThrow(
        expect.objectContaining({ code: 'wrong-key' }),
      )
  })
})

describe('lengths', () => {
  it('are those of the header and a tag for each chunk, of which empty content has one', () => {
    for (const [plainBytes, chunks] of [
      [0, 1],
      [1, 1],
      [100, 1],
      [101, 2],
      [1000, 10],
    ] as const)
      expect(sealedLength(plainBytes, 100)).toBe(HEADER_BYTES + plainBytes + 16 * chunks)
  })

  it('refuse what is no length', () => {
    for (const length of [-1, 0.5, Number.NaN, 2 ** 53])
      expect(() => sealedLength(length)).toThrow(expect.objectContaining({ code: 'invalid-input' }))
  })
})
