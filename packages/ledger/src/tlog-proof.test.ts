import { utf8Bytes } from '@curo/crypto/bytes'
import { leafHash } from '@curo/crypto/merkle'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeTestHospital } from './testing/hospital.ts'
import { formatTlogProof, parseTlogProof, verifyTlogProof } from './tlog-proof.ts'

const entry = (i: number) => utf8Bytes(`entry ${i}`)
const hospital = await makeTestHospital({ witnesses: 4, threshold: 3 })
hospital.log.append(...Array.from({ length: 1000 }, (_, i) => entry(i)))
const file = await hospital.proofFile(345)
const { policy } = hospital

describe('a proof file', () => {
  it('proves offline where an entry stands and who saw it', async () => {
    const verdict = await verifyTlogProof({ file, leafHash: leafHash(entry(345)), policy })
    expect(verdict).toMatchObject({
      index: 345,
      quorum: true,
      checkpoint: { size: 1000, origin: hospital.origin },
    })
    expect(verdict.cosignatures).toHaveLength(3)
    expect(
      (await verifyTlogProof({ file: utf8Bytes(file), leafHash: leafHash(entry(345)), policy })).index,
    ).toBe(345)
  })

  it('stays below 2 kB for a log of a million entries and four witnesses', async () => {
    const { proof, checkpoint } = parseTlogProof(file)
    const twenty = Array.from({ length: 20 }, (_, i) => proof[i % proof.length] as Uint8Array)
    expect(formatTlogProof({ index: 999_999, proof: twenty, checkpoint }).length).toBeLessThan(2048)
  })

  it('is written as it was read, with and without extra data', () => {
    fc.assert(
      fc.property(
        fc.maxSafeNat(),
        fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { maxLength: 63 }),
        fc.option(fc.uint8Array({ maxLength: 50 }), { nil: undefined }),
        (index, proof, extra) => {
          const { checkpoint } = parseTlogProof(file)
          const written = { index, proof, checkpoint, ...(extra && { extra }) }
          const { note, ...read } = parseTlogProof(formatTlogProof(written))
          expect(read).toEqual(written)
          expect(note.text.endsWith('\n')).toBe(true)
        },
      ),
      { numRuns: 50 },
    )
  })

  it('attack: for another entry or at another index it does not hold', async () => {
    const fails = { code: 'ledger-inconsistent' }
    await expect(verifyTlogProof({ file, leafHash: leafHash(entry(346)), policy })).rejects.toMatchObject(
      fails,
    )
    const moved = file.replace('index 345\n', 'index 346\n')
    await expect(
      verifyTlogProof({ file: moved, leafHash: leafHash(entry(345)), policy }),
    ).rejects.toMatchObject(fails)
  })

  it('attack: under a checkpoint with too few cosignatures it does not hold', async () => {
    const { proof, index } = parseTlogProof(file)
    const checkpoint = await hospital.checkpoint({ cosigners: 2 })
    const weak = formatTlogProof({ index, proof, checkpoint })
    await expect(verifyTlogProof({ file: weak, leafHash: leafHash(entry(345)), policy })).rejects.toThrow(
      /Too few/,
    )
  })

  it('attack: in any other form it is refused', () => {
    const lines = file.split('\n')
    const hash = lines[2] as string
    const bad = [
      file.replace('@v1', '@v2'),
      file.replace('index 345', 'index 0345'),
      file.replace('index 345', 'index 18446744073709551616'),
      file.replace('index 345\n', ''),
      file.replace('index 345', 'extra AA==\nextra AA==\nindex 345'),
      file.replace('index 345', 'extra AB==\nindex 345'),
      file.replace(hash, hash.replace('=', '')),
      file.replace(hash, `${hash} `),
      file.replace(hash, 'AAAA'),
      file.replace('\n\n', '\n'),
      file.replace(`${hash}\n`, `${hash}\n`.repeat(64)),
      file.slice(0, -1),
      `${file}\n`,
      ` ${file}`,
      '',
    ]
    for (const changed of bad) {
      expect(changed).not.toBe(file)
      expect(() => parseTlogProof(changed), changed.slice(0, 60)).toThrow(
        expect.objectContaining({ code: 'malformed' }),
      )
    }
  })
})
