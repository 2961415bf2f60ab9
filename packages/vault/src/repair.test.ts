import { expect, test } from 'vitest'
import { objectsOf } from './orphans.ts'
import { PIECE_BYTES } from './stripes.ts'
import { collect, contentOf, isSame, makeVaultFixture, type VaultFixture } from './testing/vault-fixture.ts'
import { makeVault } from './vault.ts'

const content = contentOf(40 * PIECE_BYTES + 77_777, 5)
const storeOf = ({ stores }: VaultFixture, name: string | undefined) =>
  stores.find((store) => store.name === name) as VaultFixture['stores'][0]

async function storedFixture(options: Parameters<typeof makeVaultFixture>[0] = {}) {
  const fixture = makeVaultFixture(options)
  return { ...fixture, manifest: await fixture.vault.put({ source: [content] }) }
}

test('scrub finds nothing in a healthy object, and counts every object', async () => {
  const { vault, manifest } = await storedFixture()
  const report = await vault.scrub({ manifest })
  expect(report.damages).toEqual([])
  expect(report.unreadableParts).toEqual([])
  expect(Object.keys(report.buckets)).toHaveLength(6)
  for (const counts of Object.values(report.buckets))
    expect(counts).toEqual({ ok: 2, missing: 0, corrupt: 0, unreachable: 0 })
})

test.concurrent('scrub tells missing, flipped, cut, lengthened and unreachable objects apart', async () => {
  const fixture = await storedFixture({ timeoutMs: 1_000 })
  const { vault, manifest, buckets } = fixture
  const [first] = manifest.parts
  const stored = first?.objects.map((object) => {
    const store = storeOf(fixture, object?.bucket)
    return { store, key: object?.key ?? '', bytes: store.objects.get(object?.key ?? '')?.bytes as Uint8Array }
  })
  const [missing, flipped, cut, longer, silent] = stored ?? []
  missing?.store.objects.delete(missing.key)
  if (flipped) flipped.bytes[flipped.bytes.length - 1] = (flipped.bytes.at(-1) ?? 0) ^ 0x80
  cut?.store.objects.set(cut.key, { bytes: cut.bytes.subarray(0, -1), modified: new Date() })
  longer?.store.objects.set(longer.key, {
    bytes: Buffer.concat([longer.bytes, Buffer.of(0)]),
    modified: new Date(),
  })
  const silentBucket = buckets.find(({ name }) => name === silent?.store.name)
  if (silentBucket) silentBucket.fault = 'stalls'
  const { damages, unreadableParts } = await vault.scrub({ manifest })
  const states = damages.filter(({ part }) => part === 0).map(({ object, state }) => [object, state])
  expect(states).toEqual([
    [0, 'missing'],
    [1, 'corrupt'],
    [2, 'corrupt'],
    [3, 'corrupt'],
    [4, 'unreachable'],
  ])
  expect(unreadableParts).toEqual([0])
})

test('repair rebuilds two lost buckets in place; the old manifest stays readable until the new one is stored', async () => {
  const { vault, stores, manifest } = await storedFixture()
  for (const store of stores.slice(0, 2)) store.objects.clear()
  const outcome = await vault.repair({ manifest })
  expect(outcome.repaired).toHaveLength(4)
  expect(outcome.remaining).toEqual([])
  expect(outcome.manifest.root).toBe(manifest.root)
  expect(outcome.replaced.map(({ bucket }) => bucket).sort()).toEqual([
    'bucket-0',
    'bucket-0',
    'bucket-1',
    'bucket-1',
  ])
  expect((await vault.scrub({ manifest: outcome.manifest })).damages).toEqual([])
  expect(isSame(await collect(vault.read({ manifest })), content)).toBe(true)
  await vault.remove(outcome.replaced)
  // The other four may go now.
  for (const store of stores.slice(4)) store.objects.clear()
  expect(isSame(await collect(vault.read({ manifest: outcome.manifest })), content)).toBe(true)
})

test('repair replaces a corrupt object under a new key, never over the old one', async () => {
  const fixture = await storedFixture()
  const { vault, manifest } = fixture
  const victim = manifest.parts[0]?.objects[2]
  const store = storeOf(fixture, victim?.bucket)
  const bytes = store.objects.get(victim?.key ?? '')?.bytes as Uint8Array
  bytes[100] = (bytes[100] ?? 0) ^ 1
  const outcome = await vault.repair({ manifest })
  expect(outcome.replaced).toEqual([victim])
  expect(store.objects.has(victim?.key ?? '')).toBe(true)
  const repaired = outcome.manifest.parts[0]?.objects[2]
  expect(repaired?.bucket).toBe(victim?.bucket)
  expect(repaired?.key).not.toBe(victim?.key)
  expect((await vault.scrub({ manifest: outcome.manifest })).damages).toEqual([])
})

test('repair completes a write that one bucket had refused', async () => {
  const { vault, buckets } = makeVaultFixture()
  const full = buckets[1] as (typeof buckets)[0]
  full.fault = 'full'
  const manifest = await vault.put({ source: [content] })
  full.fault = 'none'
  const outcome = await vault.repair({ manifest })
  expect(outcome.repaired).toHaveLength(2)
  expect(outcome.manifest.parts.every(({ objects }) => objects.every((object) => object !== null))).toBe(true)
  expect((await vault.scrub({ manifest: outcome.manifest })).damages).toEqual([])
})

test('a healthy object is repaired into itself', async () => {
  const { vault, manifest } = await storedFixture()
  const outcome = await vault.repair({ manifest })
  expect(outcome).toEqual({ manifest, repaired: [], remaining: [], replaced: [] })
})

test('a bucket that refuses its rebuilt piece passes it on to a spare that holds nothing else of the part', async () => {
  const { vault, stores, buckets, manifest } = await storedFixture({ count: 7 })
  stores[0]?.objects.clear()
  ;(buckets[0] as (typeof buckets)[0]).fault = 'full'
  const outcome = await vault.repair({ manifest })
  expect(outcome.remaining).toEqual([])
  for (const { objects } of outcome.manifest.parts)
    expect(new Set(objects.map((object) => object?.bucket)).size).toBe(6)
  expect(objectsOf(outcome.manifest).some(({ bucket }) => bucket === 'bucket-0')).toBe(false)
})

test('without a bucket to take it, the damage remains and is said to', async () => {
  const { vault, stores, buckets, manifest } = await storedFixture()
  stores[0]?.objects.clear()
  ;(buckets[0] as (typeof buckets)[0]).fault = 'read-only'
  const outcome = await vault.repair({ manifest })
  expect(outcome.repaired).toEqual([])
  expect(outcome.remaining).toHaveLength(2)
  expect(outcome.manifest).toEqual(manifest)
})

test.concurrent('a bucket that does not answer is left alone, unless it is said to be gone for good', async () => {
  const { vault, buckets, manifest } = await storedFixture({ count: 7, timeoutMs: 1_000, restMs: 60_000 })
  ;(buckets[3] as (typeof buckets)[0]).fault = 'stalls'
  const held = objectsOf(manifest).filter(({ bucket }) => bucket === 'bucket-3').length
  const cautious = await vault.repair({ manifest })
  expect(cautious.repaired).toEqual([])
  expect(cautious.remaining).toHaveLength(held)
  const moved = await vault.repair({ manifest, moveUnreachable: true })
  expect(moved.repaired).toHaveLength(held)
  expect(objectsOf(moved.manifest).some(({ bucket }) => bucket === 'bucket-3')).toBe(false)
})

test('buckets that were taken out of the configuration are replaced by others', async () => {
  const old = await storedFixture()
  const fresh = makeVaultFixture({ count: 8 })
  const kept = old.buckets.slice(0, 4)
  const added = fresh.buckets.slice(6)
  const vault = makeVault({ buckets: [...kept, ...added], threads: 0 })
  const outcome = await vault.repair({ manifest: old.manifest })
  expect(outcome.remaining).toEqual([])
  expect((await vault.scrub({ manifest: outcome.manifest })).damages).toEqual([])
  expect(isSame(await collect(vault.read({ manifest: outcome.manifest })), content)).toBe(true)
})

test('a part with three lost objects is reported as lost; the other parts are repaired all the same', async () => {
  const fixture = await storedFixture()
  const { vault, manifest } = fixture
  const [first, second] = manifest.parts
  for (const object of first?.objects.slice(0, 3) ?? [])
    storeOf(fixture, object?.bucket).objects.delete(object?.key ?? '')
  storeOf(fixture, second?.objects[0]?.bucket).objects.delete(second?.objects[0]?.key ?? '')
  expect((await vault.scrub({ manifest })).unreadableParts).toEqual([0])
  const outcome = await vault.repair({ manifest })
  expect(outcome.remaining.map(({ part }) => part)).toEqual([0, 0, 0])
  expect(outcome.repaired.map(({ part }) => part)).toEqual([1])
})

test('orphans are what no manifest names and no upload can still need', async () => {
  const fixture = await storedFixture()
  const { vault, stores, manifest } = fixture
  const orphan = await vault.putPart({ source: contentOf(70_000) })
  const known = new Set(objectsOf(manifest).map(({ key }) => key))
  const find = async (olderThan: Date) => {
    const found = []
    const isKnown = async (_: string, keys: readonly string[]) =>
      new Set(keys.filter((key) => known.has(key)))
    for await (const object of vault.findOrphans({ isKnown, olderThan })) found.push(object)
    return found
  }
  expect(await find(new Date(Date.now() - 60_000))).toEqual([])
  const found = await find(new Date(Date.now() + 1000))
  const stored = orphan.objects.filter((name) => storeOf(fixture, name?.bucket).objects.has(name?.key ?? ''))
  expect(new Set(found.map(({ key }) => key))).toEqual(new Set(stored.map((name) => name?.key)))
  await vault.remove(found)
  expect(stores.flatMap(({ objects }) => [...objects.keys()]).sort()).toEqual([...known].sort())
})

test('repair of a small object whose data pieces are partly empty', async () => {
  const { vault, stores } = makeVaultFixture()
  for (const size of [1, 4096, 4097, 9000, 65_537, 300_000]) {
    const bytes = contentOf(size, size)
    const manifest = await vault.put({ source: [bytes] })
    for (const store of stores.slice(0, 2)) store.objects.clear()
    const outcome = await vault.repair({ manifest })
    expect(outcome.remaining).toEqual([])
    expect((await vault.scrub({ manifest: outcome.manifest })).damages).toEqual([])
    expect(isSame(await collect(vault.read({ manifest: outcome.manifest })), bytes)).toBe(true)
  }
})
