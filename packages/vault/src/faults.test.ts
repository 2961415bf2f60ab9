import { expect, test } from 'vitest'
import type { Damage } from './context.ts'
import { combineParts, type Manifest } from './manifest.ts'
import { objectsOf } from './orphans.ts'
import { PIECE_BYTES } from './stripes.ts'
import type { Fault } from './testing/faulty-bucket.ts'
import { collect, contentOf, isSame, makeVaultFixture } from './testing/vault-fixture.ts'

const PART = 32 * PIECE_BYTES
const content = contentOf(PART + 3 * PIECE_BYTES + 1234, 3)
/** Long enough for a busy machine, whose event loop may pause; only stalling buckets ever take that long. */
const quick = { timeoutMs: 1_000, hedgeMs: 20, restMs: 60_000 }

async function storedFixture(options: Parameters<typeof makeVaultFixture>[0] = {}) {
  const damages: Damage[] = []
  const fixture = makeVaultFixture({ ...quick, onDamage: (damage) => damages.push(damage), ...options })
  const manifest = await fixture.vault.put({ source: [content] })
  return { ...fixture, manifest, damages }
}

const reads = async (
  vault: { read(o: { manifest: Manifest }): AsyncIterable<Uint8Array> },
  manifest: Manifest,
) => isSame(await collect(vault.read({ manifest })), content)

test.each<Fault>(['flips-bits', 'swaps-objects', 'cuts-short'])(
  'attack: two buckets whose answers are wrong (%s) are caught, named and read around',
  async (fault) => {
    const { vault, buckets, manifest, damages } = await storedFixture()
    for (const bucket of buckets.slice(2, 4)) bucket.fault = fault
    expect(await reads(vault, manifest)).toBe(true)
    expect(new Set(damages.map(({ bucket }) => bucket))).toEqual(new Set(['bucket-2', 'bucket-3']))
    expect(new Set(damages.map(({ state }) => state))).toEqual(new Set(['corrupt']))
  },
)

test('attack: three lying buckets cannot make a read give out a wrong byte', async () => {
  const { vault, buckets, manifest } = await storedFixture()
  for (const bucket of buckets.slice(0, 3)) bucket.fault = 'flips-bits'
  const given: Uint8Array[] = []
  const reading = (async () => {
    for await (const chunk of vault.read({ manifest })) given.push(chunk)
  })()
  await expect(reading).rejects.toMatchObject({ code: 'storage-damaged' })
  const start = Buffer.concat(given)
  expect(isSame(start, content.subarray(0, start.length))).toBe(true)
})

test('any two buckets may vanish, whichever they are', async () => {
  const { vault, stores, manifest } = await storedFixture()
  for (let a = 0; a < 6; a++)
    for (let b = a + 1; b < 6; b++) {
      const kept = [a, b].map((i) => new Map(stores[i]?.objects))
      for (const i of [a, b]) stores[i]?.objects.clear()
      expect(await reads(vault, manifest)).toBe(true)
      for (const [at, i] of [a, b].entries())
        for (const [key, object] of kept[at] ?? []) stores[i]?.objects.set(key, object)
    }
})

test('three deleted buckets are reported as damage, in words that name nobody and nothing', async () => {
  const { vault, stores, manifest } = await storedFixture()
  for (const store of stores.slice(0, 3)) store.objects.clear()
  const failure = await collect(vault.read({ manifest })).catch((error) => error)
  expect(failure).toMatchObject({ code: 'storage-damaged', details: { have: 3, needed: 4 } })
  expect(failure.message).toBe('Only 3 of 4 needed pieces are left: restore a bucket.')
})

test.concurrent('three buckets that do not answer are called unavailable, not damaged', async () => {
  const { vault, buckets, manifest } = await storedFixture()
  for (const bucket of buckets.slice(0, 3)) bucket.fault = 'stalls'
  await expect(collect(vault.read({ manifest }))).rejects.toMatchObject({ code: 'unavailable' })
})

test.concurrent('a read goes around two stalling buckets without waiting for their timeout, and stops asking them', async () => {
  const { vault, buckets, manifest } = await storedFixture()
  for (const bucket of buckets.slice(0, 2)) bucket.fault = 'stalls'
  expect(await reads(vault, manifest)).toBe(true)
  await expect.poll(() => buckets[0]?.calls.get, { timeout: 5_000 }).toBeGreaterThan(0)
  await new Promise((resolve) => setTimeout(resolve, 1_100)) // their deadline has passed, so they rest
  const before = buckets[0]?.calls.get
  expect(await reads(vault, manifest)).toBe(true)
  expect(buckets[0]?.calls.get).toBe(before)
})

test('one piece that is late costs one hedge, and a piece that comes late is still used', async () => {
  const { vault, buckets, stores, manifest } = await storedFixture({ timeoutMs: 5_000, hedgeMs: 10 })
  // Two are gone and one is slow: the slow one is needed after all.
  for (const store of stores.slice(1, 3)) store.objects.clear()
  const slow = buckets[0] as (typeof buckets)[0]
  slow.fault = 'stalls'
  const reading = reads(vault, manifest)
  await new Promise((resolve) => setTimeout(resolve, 60))
  slow.fault = 'none'
  slow.release()
  expect(await reading).toBe(true)
})

test.concurrent.each<Fault>(['read-only', 'full', 'stalls'])(
  'one bucket that is %s does not stop a write: the piece is left for the repair',
  async (fault) => {
    const { vault, buckets } = makeVaultFixture(quick)
    ;(buckets[4] as (typeof buckets)[0]).fault = fault
    const manifest = await vault.put({ source: [content] })
    for (const part of manifest.parts) {
      expect(part.objects.filter((object) => object === null)).toHaveLength(1)
      expect(part.objects.some((object) => object?.bucket === 'bucket-4')).toBe(false)
    }
    expect(await reads(vault, manifest)).toBe(true)
  },
)

test.concurrent('after a stall a bucket rests, so that later writes do not wait for it', async () => {
  const { vault, buckets } = makeVaultFixture(quick)
  const stalling = buckets[0] as (typeof buckets)[0]
  stalling.fault = 'stalls'
  await vault.putPart({ source: contentOf(PIECE_BYTES * 4) })
  const sent = stalling.calls.put
  for (let i = 0; i < 5; i++) await vault.putPart({ source: contentOf(PIECE_BYTES * 4) })
  expect(stalling.calls.put).toBe(sent)
})

test.concurrent('a bucket that answers again after its rest is used again', async () => {
  const { vault, buckets } = makeVaultFixture({ timeoutMs: 2_000, restMs: 50 })
  const stalling = buckets[0] as (typeof buckets)[0]
  stalling.fault = 'stalls'
  await vault.putPart({ source: contentOf(PIECE_BYTES * 4) })
  stalling.fault = 'none'
  stalling.release()
  await new Promise((resolve) => setTimeout(resolve, 100))
  const part = await vault.putPart({ source: contentOf(PIECE_BYTES * 4) })
  expect(part.objects.every((object) => object !== null)).toBe(true)
})

test('a spare bucket takes over from a full one', async () => {
  const { vault, buckets } = makeVaultFixture({ ...quick, count: 7 })
  ;(buckets[2] as (typeof buckets)[0]).fault = 'full'
  for (let i = 0; i < 8; i++) {
    const part = await vault.putPart({ source: contentOf(PIECE_BYTES * 4, i) })
    expect(part.objects.every((object) => object !== null && object.bucket !== 'bucket-2')).toBe(true)
    expect(new Set(part.objects.map((object) => object?.bucket)).size).toBe(6)
  }
})

test.concurrent.each<[Fault, string]>([
  ['full', 'storage-full'],
  ['read-only', 'unavailable'],
  ['stalls', 'unavailable'],
])('a write that reaches too few buckets (%s) fails as %s and leaves nothing behind', async (fault, code) => {
  const { vault, buckets, stores } = makeVaultFixture(quick)
  for (const bucket of buckets.slice(0, 2)) bucket.fault = fault
  await expect(vault.putPart({ source: content.subarray(0, PART) })).rejects.toMatchObject({
    code,
    details: { durable: 4, needed: 5 },
  })
  expect(stores.slice(2).map(({ objects }) => objects.size)).toEqual([0, 0, 0, 0])
})

test('minimumPieces says how many must be durable', async () => {
  const strict = makeVaultFixture({ ...quick, minimumPieces: 6 })
  ;(strict.buckets[0] as (typeof strict.buckets)[0]).fault = 'full'
  await expect(strict.vault.putPart({ source: content.subarray(0, PART) })).rejects.toMatchObject({
    code: 'storage-full',
  })
  const lax = makeVaultFixture({ ...quick, minimumPieces: 4 })
  for (const bucket of lax.buckets.slice(0, 2)) bucket.fault = 'full'
  const part = await lax.vault.putPart({ source: content.subarray(0, PART) })
  expect(part.objects.filter((object) => object !== null)).toHaveLength(4)
})

test.concurrent('a write that was given up keeps its memory until the bucket lets go: no bytes of a later part slip into it', async () => {
  const { vault, buckets, stores } = makeVaultFixture({ timeoutMs: 2_000, restMs: 1 })
  const slow = buckets[0] as (typeof buckets)[0]
  slow.fault = 'stalls'
  const full = contentOf(PART, 1)
  const part = await vault.putPart({ source: full })
  for (let i = 0; i < 4; i++) await vault.putPart({ source: contentOf(PART, 50 + i) })
  slow.fault = 'none'
  slow.release()
  // The late object is the missing piece of the first part, bit for bit: with it in place, nothing needs repair.
  const isThere = async () => {
    const late = [...(stores[0]?.objects.keys() ?? [])].map((key) => ({
      ...part,
      objects: part.objects.map((object) => object ?? { bucket: 'bucket-0', key }),
    }))
    const reports = await Promise.all(late.map((each) => vault.scrub({ manifest: combineParts([each]) })))
    return reports.some(({ damages }) => damages.length === 0)
  }
  await expect.poll(isThere, { timeout: 10_000 }).toBe(true)
})

test('a read that is given up by its caller ends at once', async () => {
  const { vault, buckets, manifest } = await storedFixture({ timeoutMs: 60_000, hedgeMs: 60_000 })
  for (const bucket of buckets) bucket.fault = 'stalls'
  const controller = new AbortController()
  const reading = collect(vault.read({ manifest, signal: controller.signal }))
  controller.abort(new Error('The doctor closed the page.'))
  await expect(reading).rejects.toThrow('The doctor closed the page.')
  for (const bucket of buckets) bucket.release()
})

test('a source that fails half way fails the upload with its own error', async () => {
  const { vault } = makeVaultFixture()
  async function* broken() {
    yield content.subarray(0, 1000)
    throw new Error('The network went away.')
  }
  await expect(vault.putPart({ source: broken() })).rejects.toThrow('The network went away.')
  await expect(vault.put({ source: broken() })).rejects.toThrow('The network went away.')
})

test('an upload whose sender falls silent ends with the caller’s signal, and its source is told', async () => {
  const { vault, stores } = makeVaultFixture()
  for (const upload of [vault.putPart, vault.put]) {
    const controller = new AbortController()
    let isReturned = false
    const source = {
      [Symbol.asyncIterator]: () => ({
        count: 0,
        async next() {
          if (this.count++ < 3) return { done: false as const, value: content.subarray(0, 1000) }
          controller.abort(new Error('The sender was silent for a minute.'))
          return new Promise<never>(() => {})
        },
        async return() {
          isReturned = true
          return { done: true as const, value: undefined }
        },
      }),
    }
    await expect(upload({ source, signal: controller.signal })).rejects.toThrow('silent for a minute')
    expect(isReturned).toBe(true)
  }
  expect(stores.every(({ objects }) => objects.size === 0)).toBe(true)
})

test('a failed put leaves nothing behind that nobody was told of', async () => {
  const { vault, stores } = makeVaultFixture({ partsInFlight: 3 })
  async function* source() {
    for (let i = 0; i < 5; i++) yield contentOf(PART, i)
    throw new Error('The network went away.')
  }
  await expect(vault.put({ source: source() })).rejects.toThrow('went away')
  expect(stores.map(({ objects }) => objects.size)).toEqual([0, 0, 0, 0, 0, 0])
  const told: Manifest['parts'][number][] = []
  const telling = vault.put({ source: source(), onPart: (part) => void told.push(part) })
  await expect(telling).rejects.toThrow('went away')
  expect(told.length).toBeGreaterThan(0)
  const left = stores.flatMap(({ objects }) => [...objects.keys()])
  expect(left.sort()).toEqual(
    objectsOf({ parts: told })
      .map(({ key }) => key)
      .sort(),
  )
})

test('every part that put told of is stored, even when a later one fails', async () => {
  const { vault, buckets } = makeVaultFixture({ ...quick, partsInFlight: 2 })
  const parts: Manifest['parts'][number][] = []
  async function* source() {
    for (let i = 0; i < 6; i++) {
      if (i === 3) for (const bucket of buckets.slice(0, 2)) bucket.fault = 'full'
      yield contentOf(PART, i)
    }
  }
  const failing = vault.put({ source: source(), onPart: (part) => void parts.push(part) })
  await expect(failing).rejects.toMatchObject({ code: 'storage-full' })
  expect(parts.length).toBeGreaterThan(0)
  for (const [i, part] of parts.entries())
    expect(isSame(await collect(vault.read({ manifest: combineParts([part]) })), contentOf(PART, i))).toBe(
      true,
    )
})

test.concurrent('objects whose bucket does not answer are handed back by remove', async () => {
  const { vault, buckets, manifest } = await storedFixture()
  ;(buckets[3] as (typeof buckets)[0]).fault = 'stalls'
  const left = await vault.remove(objectsOf(manifest))
  expect(left.map(({ bucket }) => bucket)).toEqual(manifest.parts.map(() => 'bucket-3'))
})
