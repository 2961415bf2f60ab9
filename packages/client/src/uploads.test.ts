import { PART_BYTES } from '@curo/contract/vault'
import { concatBytes, equalBytes } from '@curo/crypto/bytes'
import { merkleRootOfChunks } from '@curo/crypto/merkle'
import { openBytes, sealedLength } from '@curo/crypto/stream'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Fetch } from './api.ts'
import type { Person } from './person.ts'
import { FakeHospital } from './testing/fake-hospital.ts'
import { FileUpload, type KeptUpload } from './uploads.ts'

const PIECE = 1024 * 1024
let hospital: FakeHospital
let doctor: Person

beforeAll(async () => {
  hospital = await FakeHospital.make()
  doctor = await hospital.person('doctor')
})

/** A source that is made while it is read; `onPiece` sees how far the reader is. */
async function* pieces(count: number, onPiece: (i: number) => void = () => {}) {
  for (let i = 0; i < count; i++) {
    onPiece(i)
    yield new Uint8Array(PIECE).fill(i)
  }
}

const content = (count: number) =>
  concatBytes(...Array.from({ length: count }, (_, i) => new Uint8Array(PIECE).fill(i)))

async function readBack(upload: { upload: string; dek: Uint8Array; root: Uint8Array; sealedSize: number }) {
  const { parts } = hospital.uploads.get(upload.upload) ?? { parts: new Map<number, Uint8Array>() }
  const inOrder = [...parts].sort(([a], [b]) => a - b).map(([, bytes]) => bytes)
  const sealed = concatBytes(...inOrder)
  expect(sealed.length).toBe(upload.sealedSize)
  expect(equalBytes(merkleRootOfChunks(sealed), upload.root)).toBe(true)
  expect(inOrder.slice(0, -1).every(({ length }) => length === PART_BYTES)).toBe(true)
  return openBytes({ dek: upload.dek, root: upload.root, sealed })
}

describe('an upload', () => {
  test('goes in parts, says how far it is, and reads no further ahead than a few parts', async () => {
    let read = 0
    let sent = 0
    let ahead = 0
    const source = pieces(56, (i) => {
      read = i * PIECE
      ahead = Math.max(ahead, read - sent)
    })
    const upload = new FileUpload({ sealing: { person: doctor }, source, size: 56 * PIECE })
    const uploaded = await upload.run({
      onUpload: ({ sentBytes, totalBytes }) => {
        sent = sentBytes
        expect(totalBytes).toBe(sealedLength(56 * PIECE))
      },
    })
    expect(sent).toBe(uploaded.sealedSize)
    expect(ahead).toBeLessThan(5 * PART_BYTES)
    expect(equalBytes(await readBack(uploaded), content(56))).toBe(true)
  })

  test('that fails goes on where it stopped, and sends nothing twice that is durable', async () => {
    let broken = true
    const controller = new AbortController()
    const durable = new Set<string>()
    const flaky: Fetch = async (url, init) => {
      if (broken && /parts\/[2-9]/.test(url)) throw new TypeError('connection reset')
      const answer = await hospital.fetch(url, init)
      if (/parts\/[01]$/.test(url) && durable.add(url).size === 2) controller.abort()
      return answer
    }
    const person = hospital.through(doctor, flaky)
    const upload = new FileUpload({ sealing: { person }, source: pieces(24), size: 24 * PIECE })
    await expect(upload.run({ signal: controller.signal })).rejects.toThrow()
    expect(durable.size).toBe(2)
    broken = false
    const before = hospital.fetch.requests.length
    const uploaded = await upload.run()
    const again = hospital.fetch.requests.slice(before).map(({ path }) => path)
    expect(again.filter((path) => /parts\/[01]$/.test(path))).toEqual([])
    expect(equalBytes(await readBack(uploaded), content(24))).toBe(true)
  })

  test('of a Blob is read slice by slice', async () => {
    const blob = new Blob([content(3)])
    const upload = new FileUpload({ sealing: { person: doctor }, source: blob, size: blob.size })
    expect(equalBytes(await readBack(await upload.run()), content(3))).toBe(true)
  })

  test('of nothing is still a sealed record', async () => {
    const upload = new FileUpload({ sealing: { person: doctor }, source: new Uint8Array(), size: 0 })
    expect(await readBack(await upload.run())).toHaveLength(0)
  })

  test('stops when the file is not as long as it was said to be', async () => {
    for (const size of [PIECE, 3 * PIECE]) {
      const upload = new FileUpload({ sealing: { person: doctor }, source: pieces(2), size })
      await expect(upload.run()).rejects.toMatchObject({ code: 'invalid-input' })
    }
  })

  test('is not run twice at once', async () => {
    const upload = new FileUpload({ sealing: { person: doctor }, source: pieces(2), size: 2 * PIECE })
    const first = upload.run()
    await expect(upload.run()).rejects.toMatchObject({ code: 'conflict' })
    await first
  })

  describe('that the end of the program cut short', () => {
    const fails: Fetch = async (url, init) => {
      if (/parts\/[2-9]/.test(url)) throw new TypeError('the page was closed')
      return hospital.fetch(url, init)
    }
    const begin = async (count: number) => {
      let kept: KeptUpload | undefined
      const person = hospital.through(doctor, fails)
      const upload = new FileUpload({ sealing: { person }, source: pieces(count), size: count * PIECE })
      const onKeep = async (state: KeptUpload) => {
        kept = structuredClone(state)
      }
      await expect(upload.run({ onKeep })).rejects.toMatchObject({ code: 'unavailable' })
      return kept as KeptUpload
    }

    test('goes on with the same file, and sends only what is not there', async () => {
      const kept = await begin(40)
      expect(kept.digests.length).toBeGreaterThan(2)
      const before = hospital.fetch.requests.length
      const upload = new FileUpload({
        sealing: { person: doctor },
        source: pieces(40),
        size: 40 * PIECE,
        kept,
      })
      const progress: number[] = []
      const uploaded = await upload.run({ onUpload: ({ sentBytes }) => progress.push(sentBytes) })
      const sent = hospital.fetch.requests.slice(before).map(({ path }) => path)
      expect(sent.filter((path) => /parts\/[01]$/.test(path))).toEqual([])
      expect(progress.at(-1)).toBe(uploaded.sealedSize)
      expect(equalBytes(await readBack(uploaded), content(40))).toBe(true)
    })

    test('attack: another file of the same size under the same key: nothing of it leaves', async () => {
      const kept = await begin(40)
      const before = hospital.fetch.requests.length
      async function* others() {
        for (let i = 0; i < 40; i++) yield new Uint8Array(PIECE).fill(i === 17 ? 255 : i)
      }
      const upload = new FileUpload({ sealing: { person: doctor }, source: others(), size: 40 * PIECE, kept })
      await expect(upload.run()).rejects.toMatchObject({ code: 'conflict' })
      const sent = hospital.fetch.requests.slice(before).filter(({ method }) => method === 'PUT')
      expect(sent.map(({ path }) => path).filter((path) => /parts\/2$/.test(path))).toEqual([])
    })

    test('bug: a part was sent before its digest was kept, because the one before it was still on its way', async () => {
      const states: KeptUpload[] = []
      const seen: Fetch = async (url, init) => {
        const part = url.match(/parts\/(\d+)$/)?.[1]
        if (part !== undefined) expect(states.at(-1)?.digests[Number(part)]).toEqual(expect.any(String))
        return hospital.fetch(url, init)
      }
      const person = hospital.through(doctor, seen)
      const upload = new FileUpload({ sealing: { person }, source: pieces(56), size: 56 * PIECE })
      let slow = 5
      await upload.run({
        onKeep: async (state) => {
          const copy = structuredClone(state)
          await new Promise((resolve) => setTimeout(resolve, slow--))
          states.push(copy)
        },
      })
      expect(states.at(-1)?.digests.every((digest) => digest !== null)).toBe(true)
    })
  })
})
