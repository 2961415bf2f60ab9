import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Bytes, concatBytes, equalBytes, toHex, u32be, utf8Bytes } from './bytes.ts'
import { makeChunkCipher } from './chunk-cipher.ts'
import { hkdfSha256 } from './hash.ts'
import { merkleRootOfChunks } from './merkle.ts'
import { randomBytes } from './random.ts'
import {
  DEFAULT_CHUNK_BYTES,
  HEADER_BYTES,
  openBytes,
  openStream,
  sealBytes,
  sealedLength,
  sealStream,
} from './stream.ts'
import { makeStreamKey } from './stream-header.ts'

const CHUNK = 100
const STEP = CHUNK + 16

async function collect(pieces: AsyncIterable<Uint8Array>): Promise<Bytes> {
  const parts: Uint8Array[] = []
  for await (const piece of pieces) parts.push(piece)
  return concatBytes(...parts)
}

async function makeSealed(plainBytes: number, chunkBytes = CHUNK) {
  const [dek, plaintext] = [randomBytes(32), randomBytes(plainBytes)]
  return { dek, plaintext, ...(await sealBytes({ dek, plaintext, chunkBytes })) }
}

/** The sealed chunks one by one, without the header. */
function chunksOfSealed(sealed: Uint8Array): Uint8Array[] {
  const count = Math.ceil((sealed.length - HEADER_BYTES) / STEP)
  return Array.from({ length: count }, (_, i) => {
    const start = HEADER_BYTES + i * STEP
    const end = Math.min(start + STEP, sealed.length)
    return sealed.subarray(start, end)
  })
}

describe('sealing content', () => {
  it.each([0, 1, 99, 100, 101, 200, 250, 1000, 1001])('%d bytes come back', async (length) => {
    const { dek, plaintext, sealed, root, plainBytes, sealedBytes } = await makeSealed(length)
    expect(plainBytes).toBe(length)
    expect(sealedBytes).toBe(sealed.length)
    expect(sealed.length).toBe(sealedLength(length, CHUNK))
    expect(toHex(root)).toBe(toHex(merkleRootOfChunks(sealed)))
    expect(await openBytes({ dek, sealed, root })).toEqual(plaintext)
  })

  it('comes back through streams cut anywhere, with the default chunk size', async () => {
    const plaintext = randomBytes(DEFAULT_CHUNK_BYTES * 2 + 77_777)
    const dek = randomBytes(32)
    async function* cut(bytes: Uint8Array, step: number) {
      for (let at = 0; at < bytes.length; at += step) yield bytes.subarray(at, at + step)
    }
    for (const step of [1_000_000, DEFAULT_CHUNK_BYTES, 65_536, 10_007]) {
      const sealer = sealStream({ dek })
      const sealed = await collect(sealer.seal(cut(plaintext, step)))
      const { root, sealedBytes } = sealer.result()
      expect(sealed.length).toBe(sealedBytes)
      expect(sealed.length).toBe(sealedLength(plaintext.length))
      const opened = await collect(openStream({ dek, root }).open(cut(sealed, step)))
      expect(equalBytes(opened, plaintext)).toBe(true)
    }
  })

  it('any bytes in any pieces come back', async () => {
    const pieces = fc.array(fc.uint8Array({ maxLength: 260 }), { maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(pieces, fc.integer({ min: 64, max: 128 }), async (parts, chunkBytes) => {
        const dek = randomBytes(32)
        const sealer = sealStream({ dek, chunkBytes })
        const sealed = await collect(sealer.seal(parts))
        const { root } = sealer.result()
        expect(await collect(openStream({ dek, root }).open([sealed]))).toEqual(concatBytes(...parts))
      }),
      { numRuns: 60 },
    )
  })

  it.each([CHUNK, 40_000])(
    'a source may use its buffer again for every piece (chunks of %d)',
    async (chunkBytes) => {
      const plaintext = randomBytes(chunkBytes * 7 + 31)
      for (const pieceBytes of [chunkBytes, chunkBytes * 2, chunkBytes * 3 + 1, 50]) {
        const buffer = new Uint8Array(pieceBytes)
        async function* reusing(bytes: Uint8Array) {
          for (let at = 0; at < bytes.length; at += pieceBytes) {
            const part = bytes.subarray(at, at + pieceBytes)
            buffer.set(part)
            yield buffer.subarray(0, part.length)
            buffer.fill(0xee)
          }
        }
        const dek = randomBytes(32)
        const sealer = sealStream({ dek, chunkBytes })
        const sealed = await collect(sealer.seal(reusing(plaintext)))
        const opened = await collect(openStream({ dek, root: sealer.result().root }).open(reusing(sealed)))
        expect(equalBytes(opened, plaintext)).toBe(true)
      }
    },
  )

  it('two seals of one content under one DEK share no key, no nonce and no bytes', async () => {
    const dek = randomBytes(32)
    const [a, b] = await Promise.all(
      [0, 1].map(() => sealBytes({ dek, plaintext: new Uint8Array(64), chunkBytes: 64 })),
    )
    if (!a || !b) throw new Error('two were sealed')
    expect(equalBytes(a.sealed.subarray(10, HEADER_BYTES), b.sealed.subarray(10, HEADER_BYTES))).toBe(false)
    expect(equalBytes(a.sealed.subarray(HEADER_BYTES), b.sealed.subarray(HEADER_BYTES))).toBe(false)
  })

  it('a sealer seals once and has no result before its end', async () => {
    const sealer = sealStream({ dek: randomBytes(32) })
    expect(() => sealer.result()).toThrow(expect.objectContaining({ code: 'invalid-input' }))
    await collect(sealer.seal([utf8Bytes('once')]))
    await expect(collect(sealer.seal([utf8Bytes('twice')]))).rejects.toMatchObject({ code: 'invalid-input' })
  })

  it.each([0, 63, 1.5, 16_777_217, Number.NaN])('refuses chunks of %d bytes', async (chunkBytes) => {
    expect(() => sealStream({ dek: randomBytes(32), chunkBytes })).toThrow(
      expect.objectContaining({ code: 'invalid-input' }),
    )
  })

  it('refuses a DEK of another length', () => {
    expect(() => sealStream({ dek: randomBytes(16) })).toThrow(expect.objectContaining({ code: 'bad-key' }))
  })

  it('passes on the error of its source, with chunks in flight', async () => {
    async function* failing() {
      for (let i = 0; i < 20; i++) yield randomBytes(CHUNK)
      throw new Error('disk gone')
    }
    const sealing = collect(sealStream({ dek: randomBytes(32), chunkBytes: CHUNK }).seal(failing()))
    await expect(sealing).rejects.toThrow('disk gone')
  })

  it('closes its source when the reader stops early', async () => {
    let closed = false
    async function* endless() {
      try {
        for (;;) yield randomBytes(CHUNK)
      } finally {
        closed = true
      }
    }
    for await (const piece of sealStream({ dek: randomBytes(32), chunkBytes: CHUNK }).seal(endless()))
      if (piece.length === STEP) break
    expect(closed).toBe(true)
  })
})

describe('attacks on sealed content', () => {
  const opening = (dek: Uint8Array, sealed: Uint8Array) => openBytes({ dek, sealed })

  it('a flipped bit anywhere is refused', async () => {
    const { dek, sealed } = await makeSealed(250)
    for (let at = 0; at < sealed.length; at++) {
      const flipped = sealed.slice()
      flipped[at] = (flipped[at] as number) ^ (1 << (at % 8))
      const codes =
        at < 4
          ? ['malformed']
          : at < 6
            ? ['unsupported-suite']
            : at < HEADER_BYTES
              ? ['wrong-key', 'malformed']
              : ['tampered']
      const error = await opening(dek, flipped).catch((caught) => caught)
      expect(codes).toContain(error.code)
    }
  })

  it('every truncation is refused, at chunk borders as truncated', async () => {
    const { dek, sealed } = await makeSealed(300)
    for (let length = 0; length < sealed.length; length++) {
      const error = await opening(dek, sealed.slice(0, length)).catch((caught) => caught)
      const atBorder = length <= HEADER_BYTES || (length - HEADER_BYTES) % STEP < 16
      if (atBorder) expect(error.code).toBe('truncated')
      else expect(error.code).toBe('tampered')
    }
  })

  it('trailing bytes are refused: one, a chunk, the whole content again', async () => {
    const { dek, sealed } = await makeSealed(200)
    const chunks = chunksOfSealed(sealed)
    for (const trailing of [Uint8Array.of(0), randomBytes(16), chunks[0], chunks[1], sealed])
      await expect(opening(dek, concatBytes(sealed, trailing as Uint8Array))).rejects.toMatchObject({
        code: expect.stringMatching(/^(tampered|truncated)$/),
      })
  })

  it('reordered, doubled and left-out chunks are refused', async () => {
    const { dek, sealed } = await makeSealed(400)
    const header = sealed.subarray(0, HEADER_BYTES)
    const [a, b, c, d] = chunksOfSealed(sealed) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array]
    for (const order of [[b, a, c, d], [a, a, b, c, d], [a, c, d], [b, c, d], [a, b, d, c], [d]])
      await expect(opening(dek, concatBytes(header, ...order))).rejects.toMatchObject({ code: 'tampered' })
  })

  it('chunks of another content under the same DEK are refused, header and all', async () => {
    const { dek, plaintext, sealed } = await makeSealed(250)
    const other = await sealBytes({ dek, plaintext, chunkBytes: CHUNK })
    const grafted = concatBytes(
      sealed.subarray(0, HEADER_BYTES + STEP),
      other.sealed.subarray(HEADER_BYTES + STEP),
    )
    await expect(opening(dek, grafted)).rejects.toMatchObject({ code: 'tampered' })
    const foreignHeader = concatBytes(other.sealed.subarray(0, HEADER_BYTES), sealed.subarray(HEADER_BYTES))
    await expect(opening(dek, foreignHeader)).rejects.toMatchObject({ code: 'tampered' })
  })

  it('another DEK is refused by the commitment, before any chunk is read', async () => {
    const { sealed } = await makeSealed(250)
    const neverRead = (async function* () {
      yield sealed.subarray(0, HEADER_BYTES)
      throw new Error('a chunk was read')
    })()
    await expect(collect(openStream({ dek: randomBytes(32) }).open(neverRead))).rejects.toMatchObject({
      code: 'wrong-key',
    })
  })

  it('one ciphertext cannot open under two keys: GCM alone would not commit', async () => {
    // A forger who knows both DEKs still cannot make one header carry both commitments.
    const [mine, theirs] = [randomBytes(32), randomBytes(32)]
    const { sealed } = await sealBytes({ dek: mine, plaintext: utf8Bytes('innocent'), chunkBytes: CHUNK })
    const forged = sealed.slice()
    const info = utf8Bytes('curo/v1/stream')
    const derived = hkdfSha256({ ikm: theirs, salt: forged.subarray(0, 17), info, length: 64 })
    forged.set(derived.subarray(32), 17)
    await expect(opening(mine, forged)).rejects.toMatchObject({ code: 'wrong-key' })
    await expect(opening(theirs, forged)).rejects.toMatchObject({ code: 'tampered' })
  })

  it('content sealed anew by someone who was given the DEK has another root', async () => {
    const { dek, root } = await makeSealed(250)
    const forged = await sealBytes({ dek, plaintext: utf8Bytes('never happened'), chunkBytes: CHUNK })
    await expect(openBytes({ dek, sealed: forged.sealed, root })).rejects.toMatchObject({ code: 'tampered' })
    await expect(collect(openStream({ dek, root }).open([forged.sealed]))).rejects.toMatchObject({
      code: 'tampered',
    })
  })

  it('a header that asks for gigabytes of memory is refused', async () => {
    const { dek, sealed } = await makeSealed(10)
    const forged = sealed.slice()
    forged.set(u32be(0xffffffff), 6)
    await expect(opening(dek, forged)).rejects.toMatchObject({ code: 'malformed' })
  })

  it('an empty last chunk, made by someone who has the DEK, is refused: one content has one length', async () => {
    const dek = randomBytes(32)
    const stream = makeStreamKey(dek, CHUNK)
    const cipher = makeChunkCipher(stream)
    const full = await cipher.seal(0, false, randomBytes(CHUNK))
    const empty = await cipher.seal(1, true, new Uint8Array(0))
    await expect(opening(dek, concatBytes(stream.header, full, empty))).rejects.toMatchObject({
      code: 'malformed',
    })
  })

  it('nothing of a chunk is given before it is authenticated', async () => {
    const { dek, sealed, plaintext } = await makeSealed(1000)
    const flipped = sealed.slice()
    flipped[HEADER_BYTES + 3 * STEP] = (flipped[HEADER_BYTES + 3 * STEP] as number) ^ 1
    const given: Uint8Array[] = []
    const reading = (async () => {
      for await (const piece of openStream({ dek }).open([flipped])) given.push(piece)
    })()
    await expect(reading).rejects.toMatchObject({ code: 'tampered' })
    expect(concatBytes(...given)).toEqual(plaintext.slice(0, 3 * CHUNK))
  })
})

describe('sealing the same content again after the program has ended', () => {
  it('gives the same bytes and root under the header made before', async () => {
    const [dek, plaintext] = [randomBytes(32), randomBytes(1050)]
    const first = sealStream({ dek, chunkBytes: CHUNK })
    const sealed = await collect(first.seal([plaintext]))
    expect(equalBytes(first.header, sealed.subarray(0, HEADER_BYTES))).toBe(true)
    const again = sealStream({ dek, header: first.header })
    expect(
      equalBytes(await collect(again.seal([plaintext.subarray(0, 30), plaintext.subarray(30)])), sealed),
    ).toBe(true)
    expect(again.result()).toEqual(first.result())
  })

  it('refuses a header that belongs to another key', async () => {
    const { header } = sealStream({ dek: randomBytes(32) })
    expect(() => sealStream({ dek: randomBytes(32), header })).toThrow(
      expect.objectContaining({ code: 'wrong-key' }),
    )
  })
})
