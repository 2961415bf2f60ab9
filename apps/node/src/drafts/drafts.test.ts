import { dropDraft, listDrafts, readDraft, saveDraft } from '@curo/client/drafts'
import type { Person } from '@curo/client/person'
import { dropDraft as dropRoute, getDraft, putDraft } from '@curo/contract/drafts'
import { fromBase64Url, toBase64Url } from '@curo/crypto/bytes'
import { randomBytes, randomId } from '@curo/crypto/random'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CardHolder, type Hospital, makeHospital } from '../testing/hospital.ts'

const PLANTED = 'PLANTED: suspected appendicitis'
let hospital: Hospital
let holder: CardHolder
beforeAll(async () => {
  hospital = await makeHospital()
  holder = await hospital.makeCardHolder()
})
afterAll(() => hospital.stop())

const as = (person: Person) => ({ token: person.api.token ?? '' })
const save = (content: unknown, version: number, by = hospital.doctor, patient = holder.id) =>
  saveDraft(by, { patient, content, version })
const start = async () => {
  await dropDraft(hospital.doctor, { patient: holder.id })
  return (await save({ complaint: PLANTED }, 0)).version
}

test('a draft is kept while it is written, read back whole, and gone once it is signed', async () => {
  expect(await readDraft(hospital.doctor, holder.id)).toBeNull()
  const first = await save({ complaint: PLANTED }, 0)
  const second = await save({ complaint: PLANTED, plan: 'Surgery' }, first.version)
  const draft = await readDraft<{ plan: string }>(hospital.doctor, holder.id)
  expect(draft).toMatchObject({ content: { plan: 'Surgery' }, version: second.version })
  expect(await listDrafts(hospital.doctor)).toMatchObject([{ patient: holder.id, version: second.version }])
  await dropDraft(hospital.doctor, { patient: holder.id, version: second.version })
  expect(await readDraft(hospital.doctor, holder.id)).toBeNull()
  await dropDraft(hospital.doctor, { patient: holder.id, version: second.version })
})

test('two windows do not fight: the second is told, and neither loses what it wrote', async () => {
  const version = await start()
  const both = await Promise.allSettled([save({ window: 1 }, version), save({ window: 2 }, version)])
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  const refused = both.find(({ status }) => status === 'rejected') as PromiseRejectedResult
  const there = await readDraft(hospital.doctor, holder.id)
  expect(refused.reason).toMatchObject({ code: 'conflict', details: { version: there?.version } })
  // Having looked at it, the second window may go on.
  await save({ window: 2 }, there?.version ?? 0)
})

test('a window left open does not bring a signed draft back to life, nor overwrite the next one', async () => {
  const version = await start()
  await dropDraft(hospital.doctor, { patient: holder.id, version })
  await expect(save({ stale: true }, version)).rejects.toMatchObject({
    code: 'conflict',
    details: { version: 0 },
  })
  const next = await save({ next: true }, 0)
  expect(next.version).not.toBe(version)
  await expect(save({ stale: true }, version)).rejects.toMatchObject({ details: { version: next.version } })
  await expect(dropDraft(hospital.doctor, { patient: holder.id, version })).rejects.toMatchObject({
    code: 'conflict',
  })
  expect((await readDraft(hospital.doctor, holder.id))?.content).toEqual({ next: true })
})

test('two windows that begin at the same moment: one has it', async () => {
  await dropDraft(hospital.doctor, { patient: holder.id })
  const both = await Promise.allSettled([save({ window: 1 }, 0), save({ window: 2 }, 0)])
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
})

test('attack: another doctor, staff, an administrator or the patient reads, overwrites or drops a draft', async () => {
  await start()
  const { otherDoctor, node } = hospital
  const params = { patient: holder.id }
  const body = { draft: toBase64Url(randomBytes(100)), version: 0 }
  expect((await node.call(getDraft, { params }, as(otherDoctor))).status).toBe(404)
  for (const by of [hospital.staff, hospital.admin, hospital.auditor, holder.app])
    for (const route of [getDraft, putDraft, dropRoute])
      expect(
        (await node.call(route, { params, ...(route === putDraft ? { body } : {}) } as never, as(by))).status,
      ).toBe(403)
  // Her own is another draft.
  expect((await node.call(putDraft, { params, body }, as(otherDoctor))).status).toBe(200)
  await dropDraft(otherDoctor, { patient: holder.id })
  expect((await readDraft(hospital.doctor, holder.id))?.content).toEqual({ complaint: PLANTED })
})

test('attack: a node shows a doctor words she never wrote, hers about another patient, or a colleague’s', async () => {
  await start()
  const neighbour = await hospital.makeCardHolder()
  await save({ about: 'neighbour' }, 0, hospital.doctor, neighbour.id)
  await save({ by: 'colleague' }, 0, hospital.otherDoctor)
  const { db } = hospital.node.context
  const sealedOf = async (account: string, patient: string) =>
    (
      await db
        .selectFrom('drafts')
        .select('sealed')
        .where('account', '=', account)
        .where('patient', '=', patient)
        .executeTakeFirstOrThrow()
    ).sealed
  const mine = hospital.doctor.account.id
  const plant = (sealed: Buffer) =>
    db
      .updateTable('drafts')
      .set({ sealed })
      .where('account', '=', mine)
      .where('patient', '=', holder.id)
      .execute()
  await plant(await sealedOf(mine, neighbour.id))
  await expect(readDraft(hospital.doctor, holder.id)).rejects.toMatchObject({ code: 'tampered' })
  await plant(await sealedOf(hospital.otherDoctor.account.id, holder.id))
  await expect(readDraft(hospital.doctor, holder.id)).rejects.toMatchObject({ code: 'wrong-key' })
  await plant(Buffer.from(randomBytes(300)))
  await expect(readDraft(hospital.doctor, holder.id)).rejects.toMatchObject({ code: expect.any(String) })
})

test('the node never sees what a draft says', async () => {
  await start()
  const { rows } = await hospital.node.context.pool.query('select sealed from drafts')
  for (const { sealed } of rows) expect(Buffer.from(sealed).toString('latin1')).not.toContain('PLANTED')
  const { body } = await hospital.node.call(getDraft, { params: { patient: holder.id } }, as(hospital.doctor))
  expect(Buffer.from(fromBase64Url(body.draft)).toString('latin1')).not.toContain('PLANTED')
})

test('what is too long, or about nobody, is not kept', async () => {
  await dropDraft(hospital.doctor, { patient: holder.id })
  await expect(save({ text: 'x'.repeat(300_000) }, 0)).rejects.toMatchObject({ code: 'too-large' })
  const put = (bytes: number, patient = holder.id) =>
    hospital.node.call(
      putDraft,
      { params: { patient }, body: { draft: toBase64Url(new Uint8Array(bytes)), version: 0 } },
      as(hospital.doctor),
    )
  expect((await put(262_145)).status).toBe(400)
  expect((await put(262_144)).status).toBe(200)
  expect((await put(100, randomId())).status).toBe(404)
})

test('a draft that nobody signs is forgotten after three months', async () => {
  const other = await makeHospital()
  try {
    const her = await other.makeCardHolder()
    await saveDraft(other.doctor, { patient: her.id, content: {}, version: 0 })
    const { draftJobs } = await import('./service.ts')
    const forget = draftJobs(other.node.context).tasks['forget-old-drafts']
    other.node.clock.advance(89 * 86_400_000)
    await forget?.({}, { attempt: 1, lastAttempt: false })
    expect(await other.node.context.db.selectFrom('drafts').selectAll().execute()).toHaveLength(1)
    other.node.clock.advance(2 * 86_400_000)
    await forget?.({}, { attempt: 1, lastAttempt: false })
    expect(await other.node.context.db.selectFrom('drafts').selectAll().execute()).toHaveLength(0)
  } finally {
    await other.stop()
  }
})
