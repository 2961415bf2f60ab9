import { mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { getScrub, getStorage, startScrub } from '@curo/client/audit'
import { putUploadPart, startUpload } from '@curo/contract/vault'
import { randomBytes } from '@curo/crypto/random'
import type { Manifest } from '@curo/vault/manifest'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { consentByCode, tryOpening } from '../testing/consents.ts'
import { type CardHolder, type Hospital, makeHospital } from '../testing/hospital.ts'
import { runScrubStep, watchScrubs } from './scrub-step.ts'

let hospital: Hospital
let holder: CardHolder
const large: string[] = []
beforeAll(async () => {
  hospital = await makeHospital()
  holder = await hospital.makeCardHolder()
  for (let i = 0; i < 11; i++) {
    const [stored] = await hospital.store(holder, [{ content: randomBytes(250_000 + i) }, {}])
    large.push(stored?.id ?? '')
  }
})
afterAll(() => hospital.stop())

const bucket = (number: number) => join(hospital.node.context.config.dataFolder, 'buckets', String(number))

/** Files that hold pieces in one bucket. */
async function piecesIn(number: number): Promise<string[]> {
  const entries = await readdir(bucket(number), { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && /^[0-9a-f]{2}$/.test(entry.parentPath.split('/').at(-1) ?? ''))
    .map((entry) => join(entry.parentPath, entry.name))
}

const manifestOf = async (record: string) =>
  (
    await hospital.node.context.db
      .selectFrom('records')
      .select('manifest')
      .where('id', '=', record)
      .executeTakeFirstOrThrow()
  ).manifest as Manifest

async function scrub() {
  const id = await startScrub(hospital.admin)
  await hospital.node.runJobs()
  return getScrub(hospital.admin, id)
}
const idle = { missing: 0, corrupt: 0, repaired: 0, lost: 0, orphans: 0 }

test('a scrub of a sound vault reads every piece and finds nothing', async () => {
  expect(await scrub()).toMatchObject({ state: 'done', records: 11, pieces: 66, ...idle })
})

test('what is missing or altered is rebuilt, and the records open byte for byte from other buckets', async () => {
  const gone = await piecesIn(2)
  for (const path of gone) await rm(path)
  const [altered] = await piecesIn(5)
  const bytes = await readFile(altered ?? '')
  bytes[100] = (bytes[100] ?? 0) ^ 1
  await writeFile(altered ?? '', bytes)
  const report = await scrub()
  expect(report).toMatchObject({ ...idle, missing: gone.length, corrupt: 1, repaired: gone.length + 1 })
  expect(await scrub()).toMatchObject(idle)
  // Two other buckets go: only with the rebuilt pieces is there enough.
  for (const number of [1, 6]) for (const path of await piecesIn(number)) await rm(path)
  expect(await scrub()).toMatchObject({ ...idle, missing: 22, repaired: 22 })
})

test('more than parity gone is lost, and said so; the others are repaired all the same', async () => {
  const { db } = hospital.node.context
  const victim = large[3] ?? ''
  const objects = (await manifestOf(victim)).parts[0]?.objects.flatMap((object) => object ?? []) ?? []
  for (const { bucket: name, key } of objects.slice(0, 3)) {
    const path = (await piecesIn(Number(name.at(-1)))).find((path) => path.endsWith(key)) ?? ''
    await rm(path)
  }
  const bystander = (await piecesIn(4)).find((path) => !objects.some(({ key }) => path.endsWith(key))) ?? ''
  await rm(bystander)
  expect(await scrub()).toMatchObject({ ...idle, missing: 4, repaired: 1, lost: 3 })
  await db.deleteFrom('records').where('id', '=', victim).execute()
})

test('a second scrub waits until the first is done, also when both are asked for at once', async () => {
  const asked = await Promise.allSettled([1, 2, 3].map(() => startScrub(hospital.admin)))
  expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const outcome of asked) if (outcome.status === 'rejected') expect(outcome.reason.code).toBe('conflict')
  await hospital.node.runJobs()
  expect((await getStorage(hospital.admin)).lastScrub?.state).toBe('done')
})

test('a scrub whose process was killed goes on where it was, without counting twice', async () => {
  const { db } = hospital.node.context
  const id = await startScrub(hospital.admin)
  // The process got as far as two batches and died holding the row.
  const ids = await db
    .selectFrom('records')
    .select('id')
    .where('manifest', 'is not', null)
    .orderBy('id')
    .execute()
  await db
    .updateTable('scrubs')
    .set({ runner: 'dead', records: 8, pieces: 48, after_record: ids[7]?.id ?? '', beat_at: new Date() })
    .where('id', '=', id)
    .execute()
  await hospital.node.runJobs()
  expect((await getScrub(hospital.admin, id)).state).toBe('running')
  await watchScrubs(hospital.node.context)
  await hospital.node.runJobs()
  expect(await getScrub(hospital.admin, id)).toMatchObject({ state: 'running', records: 8 })
  await db
    .updateTable('scrubs')
    .set({ beat_at: new Date(Date.now() - 3 * 60_000) })
    .where('id', '=', id)
    .execute()
  await watchScrubs(hospital.node.context)
  await hospital.node.runJobs()
  expect(await getScrub(hospital.admin, id)).toMatchObject({ state: 'done', records: 10, pieces: 60 })
})

test('two steps at one scrub: one works, the other leaves it alone', async () => {
  const id = await startScrub(hospital.admin)
  const { context } = hospital.node
  await Promise.all([runScrubStep(context, id), runScrubStep(context, id), runScrubStep(context, id)])
  await hospital.node.runJobs()
  expect(await getScrub(hospital.admin, id)).toMatchObject({ state: 'done', records: 10, pieces: 60 })
})

test('orphans are collected once they are a day old; what an upload under way owns never is', async () => {
  const token = hospital.doctor.api.token ?? ''
  const content = randomBytes(400_000)
  const started = await hospital.node.call(startUpload, { body: { sealedSize: content.length } }, { token })
  const params = { upload: started.body.upload, part: 0 }
  expect((await hospital.node.call(putUploadPart, { params, body: content }, { token })).status).toBe(200)
  const young = await hospital.node.context.vault.putPart({ source: randomBytes(400_000) })
  const old = await hospital.node.context.vault.putPart({ source: randomBytes(400_000) })
  const aged = new Set(old.objects.map((object) => object?.key))
  const before = new Date(Date.now() - 25 * 3_600_000)
  const owned = await hospital.node.context.db.selectFrom('vault_objects').select('key').execute()
  const known = new Set(owned.map(({ key }) => key))
  for (let number = 1; number <= 6; number++)
    for (const path of await piecesIn(number)) {
      const key = path.split('/').at(-1) ?? ''
      if (aged.has(key) || known.has(key)) await utimes(path, before, before)
    }
  expect(await scrub()).toMatchObject({ ...idle, orphans: 6 })
  const left = (await Promise.all([1, 2, 3, 4, 5, 6].map(piecesIn))).flat()
  for (const { key = '' } of young.objects.flatMap((object) => object ?? []))
    expect(left.some((path) => path.endsWith(key))).toBe(true)
  // Ten records, what is left of the lost one, the young piece and the upload.
  expect(left).toHaveLength(10 * 6 + 3 + 6 + 6)
})

test('attack: a bucket that another hospital uses too keeps what is not ours', async () => {
  const before = new Date(Date.now() - 25 * 3_600_000)
  const strangers = Array.from({ length: 130 }, (_, i) => join(bucket(6), '00', `stranger-${i}`))
  await mkdir(join(bucket(6), '00'), { recursive: true })
  for (const path of strangers) {
    await writeFile(path, 'theirs')
    await utimes(path, before, before)
  }
  expect(await scrub()).toMatchObject(idle)
  expect(await piecesIn(6)).toEqual(expect.arrayContaining(strangers))
  for (const path of strangers) await rm(path)
})

test('uploads that nobody finished are dropped with their pieces', async () => {
  const { db } = hospital.node.context
  await db
    .updateTable('uploads')
    .set({ expires_at: new Date(Date.now() - 1) })
    .execute()
  const before = (await Promise.all([1, 2, 3, 4, 5, 6].map(piecesIn))).flat().length
  await scrub()
  expect(await db.selectFrom('uploads').select('id').execute()).toEqual([])
  expect(await db.selectFrom('upload_parts').select('part').execute()).toEqual([])
  expect((await Promise.all([1, 2, 3, 4, 5, 6].map(piecesIn))).flat()).toHaveLength(before - 6)
})

test('a read that meets damage has it repaired in the background', async () => {
  const [record = ''] = large
  const [part] = (await manifestOf(record)).parts
  // A reader asks for the data pieces first.
  const first = part?.objects[part.stripes[0]?.order[0] ?? 0]
  for (const path of await piecesIn(Number(first?.bucket.at(-1)))) await rm(path)
  const consent = (await consentByCode(hospital, holder)).grant.id
  const opened = await tryOpening(hospital, holder, { consent, records: [record] })
  const path = `${hospital.node.address}/v1/openings/${opened.body.opening}/records/${record}/content`
  const headers = { authorization: `Bearer ${hospital.doctor.api.token}` }
  const whole = await fetch(path, { headers }).then((answer) => answer.arrayBuffer())
  expect(whole.byteLength).toBeGreaterThan(250_000)
  await hospital.node.runJobs()
  expect(await scrub()).toMatchObject({ ...idle, missing: 9, repaired: 9 })
})

test('buckets are shown with their health and what lies in them', async () => {
  const storage = await getStorage(hospital.auditor)
  expect(storage).toMatchObject({ dataPieces: 4, parityPieces: 2 })
  expect(storage.buckets.map(({ name, kind, state }) => `${name} ${kind} ${state}`)).toEqual(
    [1, 2, 3, 4, 5, 6].map((number) => `bucket-${number} folder ok`),
  )
  for (const { objects, bytes } of storage.buckets) {
    expect(objects).toBeGreaterThanOrEqual(10)
    expect(bytes).toBeGreaterThan(10 * 60_000)
  }
})
