import type { Person } from '@curo/client/person'
import type { Sealing } from '@curo/client/sealing'
import { dropUploadById } from '@curo/client/uploads'
import { putRecords } from '@curo/contract/records'
import {
  dropUpload,
  getUpload,
  listUploads,
  PART_BYTES,
  putUploadPart,
  startUpload,
} from '@curo/contract/vault'
import { toBase64Url } from '@curo/crypto/bytes'
import { merkleRootOfChunks } from '@curo/crypto/merkle'
import { randomBytes, randomId } from '@curo/crypto/random'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { forgeRecord } from '../testing/envelopes.ts'
import { type CardHolder, type Hospital, makeHospital } from '../testing/hospital.ts'
import { signProof } from '../testing/statements.ts'

let hospital: Hospital
let holder: CardHolder
let sealing: Sealing
beforeAll(async () => {
  hospital = await makeHospital()
  holder = await hospital.makeCardHolder()
  sealing = await hospital.sealingFor(hospital.doctor, holder)
})
afterAll(() => hospital.stop())

const as = (person: Person = hospital.doctor) => ({ token: person.api.token ?? '' })
const start = (sealedSize: number, by?: Person) =>
  hospital.node.call(startUpload, { body: { sealedSize } }, as(by))
const put = (upload: string, part: number, body: Uint8Array, by?: Person) =>
  hospital.node.call(putUploadPart, { params: { upload, part }, body }, as(by))
const state = (upload: string, by?: Person) => hospital.node.call(getUpload, { params: { upload } }, as(by))
const drop = (upload: string, by?: Person) => hospital.node.call(dropUpload, { params: { upload } }, as(by))

/** A record whose content is what was uploaded. */
async function finish(upload: string, content: Uint8Array, over: object = {}, by = hospital.doctor) {
  const root = toBase64Url(merkleRootOfChunks(content))
  const { envelope } = await forgeRecord(
    by === hospital.doctor ? sealing : await hospital.sealingFor(by, holder),
    {
      over: { root, sealedSize: content.length, ...over },
    },
  )
  const proof = await signProof(hospital, holder.card, { account: by.account.id })
  const records = [{ envelope, content: { in: 'vault' as const, upload } }]
  const body = { patient: holder.id, authority: { by: 'card' as const, proof }, records }
  return { envelope, answer: await hospital.node.call(putRecords, { body }, as(by)) }
}

/** Objects in all buckets, and those that the database knows. */
async function countObjects() {
  let stored = 0
  for (let number = 1; number <= 6; number++)
    for await (const _ of hospital.node.context.vault.list({ bucket: `bucket-${number}` })) stored++
  const { db } = hospital.node.context
  const known = await db.selectFrom('vault_objects').select('key').execute()
  return { stored, known: known.length }
}

test('an upload of two parts becomes a record, once', async () => {
  const content = randomBytes(PART_BYTES + 5000)
  const { upload } = (await start(content.length)).body
  expect((await put(upload, 1, content.subarray(PART_BYTES))).status).toBe(200)
  expect((await state(upload)).body.parts).toEqual([1])
  const early = await finish(upload, content)
  expect([early.answer.status, early.answer.problem.detail]).toEqual([
    400,
    '1 parts of this upload are missing. Send them first.',
  ])
  expect((await put(upload, 0, content.subarray(0, PART_BYTES))).status).toBe(200)
  const { envelope, answer } = await finish(upload, content)
  expect(answer.status).toBe(201)
  const rows = await hospital.node.context.db
    .selectFrom('records')
    .select('id')
    .where('id', '=', envelope.id)
    .execute()
  expect(rows).toHaveLength(1)
  expect((await finish(upload, content)).answer.status).toBe(404)
  expect((await state(upload)).status).toBe(404)
  expect((await put(upload, 0, content.subarray(0, PART_BYTES))).status).toBe(404)
  expect((await drop(upload)).status).toBe(404)
})

test('a part has exactly its size, and there are no others', async () => {
  const { upload } = (await start(PART_BYTES + 10)).body
  expect((await put(upload, 0, randomBytes(100))).status).toBe(400)
  expect((await put(upload, 1, randomBytes(11))).status).toBe(400)
  expect((await put(upload, 1, new Uint8Array(0))).status).toBe(400)
  expect((await put(upload, 2, randomBytes(10))).status).toBe(400)
  expect((await put(upload, 100_001, randomBytes(10))).status).toBe(400)
  expect((await put(upload, 0, randomBytes(PART_BYTES + 1))).status).toBe(413)
  expect((await state(upload)).body.parts).toEqual([])
})

test('attack: another account’s upload', async () => {
  const content = randomBytes(70_000)
  const { upload } = (await start(content.length)).body
  const { otherDoctor } = hospital
  const answers = [
    await state(upload, otherDoctor),
    await put(upload, 0, content, otherDoctor),
    await drop(upload, otherDoctor),
    await state(randomId(), otherDoctor),
    await put(randomId(), 0, content, otherDoctor),
    await drop(randomId(), otherDoctor),
  ]
  expect(new Set(answers.map(({ status, problem }) => `${status} ${problem.detail}`)).size).toBe(1)
  await put(upload, 0, content)
  expect((await finish(upload, content, {}, otherDoctor)).answer.status).toBe(404)
  expect((await finish(upload, content)).answer.status).toBe(201)
})

test('attack: other content than the envelope describes', async () => {
  const content = randomBytes(70_000)
  const { upload } = (await start(content.length)).body
  await put(upload, 0, content)
  expect((await finish(upload, randomBytes(70_000))).answer.problem.code).toBe('tampered')
  expect((await finish(upload, content, { sealedSize: 70_001 })).answer.problem.code).toBe('tampered')
  expect((await finish(upload, content)).answer.status).toBe(201)
})

test('finishing one upload five times at once makes one record', async () => {
  const content = randomBytes(70_000)
  const { upload } = (await start(content.length)).body
  await put(upload, 0, content)
  const finished = await Promise.all(Array.from({ length: 5 }, () => finish(upload, content)))
  expect(finished.map(({ answer }) => answer.status).sort()).toEqual([201, 404, 404, 404, 404])
  const rows = await hospital.node.context.db
    .selectFrom('records')
    .select('id')
    .where('root', '=', Buffer.from(merkleRootOfChunks(content)))
    .execute()
  expect(rows).toHaveLength(1)
})

test('one part sent six times at once is stored once, and the others leave nothing behind', async () => {
  const before = await countObjects()
  const content = randomBytes(400_000)
  const { upload } = (await start(content.length)).body
  const answers = await Promise.all(Array.from({ length: 6 }, () => put(upload, 0, content)))
  expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(200))
  expect((await finish(upload, content)).answer.status).toBe(201)
  const after = await countObjects()
  expect([after.stored - before.stored, after.known - before.known]).toEqual([6, 6])
})

test('bug: a part that arrived while its upload was dropped or finished was an error, and its pieces stayed for ever', async () => {
  const before = await countObjects()
  const content = randomBytes(400_000)
  for (let round = 0; round < 10; round++) {
    const { upload } = (await start(content.length)).body
    const parts = [put(upload, 0, content), put(upload, 0, content)]
    const [dropped, ...sent] = await Promise.all([drop(upload), ...parts])
    expect(dropped.status).toBe(204)
    for (const { status } of sent) expect([200, 404]).toContain(status)
  }
  expect(await countObjects()).toEqual(before)
  const { upload } = (await start(content.length)).body
  await put(upload, 0, content)
  const [finished, ...late] = await Promise.all([
    finish(upload, content),
    put(upload, 0, content),
    put(upload, 0, content),
  ])
  expect(finished.answer.status).toBe(201)
  for (const { status } of late) expect([200, 404]).toContain(status)
  const after = await countObjects()
  expect([after.stored - before.stored, after.known - before.known]).toEqual([6, 6])
  const leftover = await hospital.node.context.db
    .selectFrom('upload_parts')
    .select('part')
    .where('upload', '=', upload)
    .execute()
  expect(leftover).toEqual([])
})

test('no more than 64 GiB are announced', async () => {
  expect((await start(65 * 2 ** 30)).problem.code).toBe('too-large')
  for (const size of [0, -1, 1.5, Number.MAX_SAFE_INTEGER + 1])
    expect((await start(size)).status).toBeGreaterThanOrEqual(400)
})

test('bug: of uploads begun at the same moment more than twenty were let in', async () => {
  const by = hospital.otherDoctor
  const answers = await Promise.all(Array.from({ length: 40 }, () => start(100, by)))
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(20)
  expect(answers.filter(({ problem }) => problem?.code === 'rate-limited')).toHaveLength(20)
  const { upload } = answers.find(({ status }) => status === 201)?.body ?? { upload: '' }
  expect((await drop(upload, by)).status).toBe(204)
  expect((await start(100, by)).status).toBe(201)
})

test('an upload lapses after a week', async () => {
  const { upload } = (await start(100)).body
  await hospital.node.context.db
    .updateTable('uploads')
    .set({ expires_at: new Date(Date.now() - 1) })
    .where('id', '=', upload)
    .execute()
  for (const { status } of [await state(upload), await put(upload, 0, randomBytes(100)), await drop(upload)])
    expect(status).toBe(404)
})

test('bug: more than twenty large records given to the client at once met the limit of uploads', async () => {
  const records = Array.from({ length: 30 }, () => ({ content: randomBytes(70_000) }))
  expect(await hospital.store(holder, records)).toHaveLength(30)
})

const GIB = 2 ** 30

test('attack: one account reserves the whole vault with uploads it never finishes, also many at once', async () => {
  const doctor = await hospital.hire('doctor')
  expect((await start(64 * GIB + 1, doctor)).problem.code).toBe('too-large')
  const answers = await Promise.all([1, 2, 3, 4, 5].map(() => start(20 * GIB, doctor)))
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(3)
  const refused = answers.find(({ status }) => status !== 201)
  expect(refused?.problem).toMatchObject({ status: 413, details: { reservedBytes: 60 * GIB } })
  expect((await start(4 * GIB, doctor)).status).toBe(201)
  expect((await start(1, doctor)).problem.code).toBe('too-large')
  const { uploads } = (await hospital.node.call(listUploads, {}, as(doctor))).body
  await drop(uploads[0]?.upload ?? '', doctor)
  expect((await start(4 * GIB, doctor)).status).toBe(201)
  // A patient has a patient's share, and another's is none of hers.
  const neighbour = await hospital.makeCardHolder()
  expect((await start(16 * GIB + 1, neighbour.app)).problem.code).toBe('too-large')
  expect((await start(16 * GIB, neighbour.app)).status).toBe(201)
  expect((await start(1, neighbour.app)).problem.code).toBe('too-large')
})

test('one sees one’s own unfinished uploads, and what of them has arrived', async () => {
  const doctor = await hospital.hire('doctor')
  const size = PART_BYTES + 5000
  const { upload } = (await start(size, doctor)).body
  await put(upload, 1, randomBytes(5000), doctor)
  const listed = async (by: Person) => (await hospital.node.call(listUploads, {}, as(by))).body
  expect(await listed(doctor)).toMatchObject({
    uploads: [{ upload, sealedSize: size, parts: [1], receivedBytes: 5000 }],
    reservedBytes: size,
    mostBytes: 64 * GIB,
  })
  expect((await listed(hospital.otherDoctor)).uploads.map((one) => one.upload)).not.toContain(upload)
  await dropUploadById(doctor, upload)
  await dropUploadById(doctor, upload)
  expect(await listed(doctor)).toMatchObject({ uploads: [], reservedBytes: 0 })
})
