import { getScrub, getStorage, startScrub } from '@curo/client/audit'
import { readOwnRecords } from '@curo/client/own-records'
import { collectBytes } from '@curo/client/record-content'
import { putUploadPart, startUpload } from '@curo/contract/vault'
import { equalBytes } from '@curo/crypto/bytes'
import { randomBytes } from '@curo/crypto/random'
import { type FaultyBucket, makeFaultyBucket } from '@curo/vault/testing/faulty-bucket'
import { makeMemoryBucket } from '@curo/vault/testing/memory-bucket'
import { makeVault, type Vault } from '@curo/vault/vault'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type CardHolder, type Hospital, makeHospital } from '../testing/hospital.ts'

let hospital: Hospital
let holder: CardHolder
let vault: Vault
let buckets: FaultyBucket[]
beforeAll(async () => {
  buckets = Array.from({ length: 6 }, (_, i) => makeFaultyBucket(makeMemoryBucket(`bucket-${i + 1}`)))
  vault = makeVault({ buckets, timeoutMs: 1_000, restMs: 1, hedgeMs: 50, threads: 0 })
  hospital = await makeHospital({ services: { vault } })
  holder = await hospital.makeCardHolder()
})
afterEach(heal)
afterAll(async () => {
  await hospital.stop()
  await vault.close()
})

/** Every bucket is well, and the vault has noticed: one that stalled rests for a moment, and then is tried by one call. */
async function heal() {
  for (const bucket of buckets) {
    bucket.fault = 'none'
    bucket.release()
  }
  const areWell = async () => Object.values(await vault.probe()).every(({ writable }) => writable)
  await expect.poll(areWell, { timeout: 60_000 }).toBe(true)
}

const contents = new Map<string, Uint8Array>()
async function store(size = 400_000) {
  const content = randomBytes(size)
  const [stored] = await hospital.store(holder, [{ content }])
  contents.set(stored?.id ?? '', content)
}

/** Everything that was acknowledged, as its patient reads it. */
async function readAll() {
  let read = 0
  for await (const record of readOwnRecords(holder.app)) {
    if (record.fault) throw record.fault
    const content = await collectBytes(record.read(), 1e9)
    expect(equalBytes(content, contents.get(record.record) ?? new Uint8Array(0))).toBe(true)
    read++
  }
  expect(read).toBe(contents.size)
}

async function scrub() {
  const id = await startScrub(hospital.admin)
  await hospital.node.runJobs()
  return getScrub(hospital.admin, id)
}

const token = () => ({ token: hospital.doctor.api.token ?? '' })

test.each(['read-only', 'full', 'stalls'] as const)(
  'one bucket that is %s: records are stored, open, and are whole again after a scrub',
  async (fault) => {
    const bad = buckets[2] as FaultyBucket
    bad.fault = fault
    await store()
    await store(1_500_000)
    await readAll()
    await heal()
    expect(await scrub()).toMatchObject({ state: 'done', lost: 0 })
    expect(await scrub()).toMatchObject({ missing: 0, corrupt: 0, repaired: 0 })
    const [one, two] = [buckets[0] as FaultyBucket, buckets[5] as FaultyBucket]
    one.fault = two.fault = 'stalls'
    await readAll()
  },
)

test.each([
  ['full', 507, 'storage-full'],
  ['read-only', 503, 'unavailable'],
  ['stalls', 503, 'unavailable'],
] as const)(
  'two buckets that are %s: a part is refused with %i, and goes through when they are well',
  async (fault, status, code) => {
    const content = randomBytes(400_000)
    const { upload } = (
      await hospital.node.call(startUpload, { body: { sealedSize: content.length } }, token())
    ).body
    const put = () =>
      hospital.node.call(putUploadPart, { params: { upload, part: 0 }, body: content }, token())
    const bad = [buckets[1], buckets[4]] as FaultyBucket[]
    for (const bucket of bad) bucket.fault = fault
    const refused = await put()
    expect([refused.status, refused.problem.code]).toEqual([status, code])
    const { db } = hospital.node.context
    expect(await db.selectFrom('upload_parts').select('part').where('upload', '=', upload).execute()).toEqual(
      [],
    )
    await readAll()
    await heal()
    expect((await put()).status).toBe(200)
  },
)

test('buckets are shown as they are', async () => {
  const bad = buckets.slice(0, 3) as FaultyBucket[]
  const faults = ['read-only', 'full', 'stalls'] as const
  for (const [index, bucket] of bad.entries()) bucket.fault = faults[index] ?? 'none'
  const { buckets: shown } = await getStorage(hospital.admin)
  expect(shown.map(({ state }) => state)).toEqual(['read-only', 'full', 'unreachable', 'ok', 'ok', 'ok'])
})

test('a lying bucket is found out by the scrub, and what it held is written anew', async () => {
  const bad = buckets[3] as FaultyBucket
  bad.fault = 'flips-bits'
  await readAll()
  expect(await scrub()).toMatchObject({ lost: 0 })
})
