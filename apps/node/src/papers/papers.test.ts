import { addPaper, listPapers, readPaper, removePaper } from '@curo/client/papers'
import type { Person } from '@curo/client/person'
import { listActivity } from '@curo/contract/audit'
import { PAPER_BYTES } from '@curo/contract/paper-size'
import * as routes from '@curo/contract/papers'
import { utf8Bytes } from '@curo/crypto/bytes'
import { randomId } from '@curo/crypto/random'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CardHolder, type Hospital, makeHospital } from '../testing/hospital.ts'

const MARK = 'PLANTED SIGNATURE 4711'
let hospital: Hospital
let holder: CardHolder
beforeAll(async () => {
  hospital = await makeHospital()
  holder = await hospital.makeCardHolder()
})
afterAll(() => hospital.stop())

const as = (person: Person) => ({ token: person.api.token ?? '' })
function pdf(length = 200) {
  const bytes = new Uint8Array(length)
  bytes.set(utf8Bytes(`%PDF-1.7\n${MARK}`))
  return bytes
}
const scan = (by: Person = hospital.staff, patient = holder.id) =>
  addPaper(by, { patient, kind: 'treatment', bytes: pdf() })

test('the desk scans a signed paper; the patient sees it, reads it, and sees who else did', async () => {
  const paper = await scan()
  expect(paper).toMatchObject({ kind: 'treatment', type: 'application/pdf', size: 200, readings: [] })
  expect(paper.addedBy).toBe(hospital.staff.account.name)
  expect(await readPaper(hospital.admin, paper)).toEqual(pdf())
  expect(await readPaper(holder.app, paper)).toEqual(pdf())
  const [seen] = await listPapers(holder.app, holder.id)
  // What she reads herself is not held against her.
  expect(seen?.readings).toEqual([{ at: expect.any(String), by: hospital.admin.account.name }])
  const { body } = await hospital.node.call(listActivity, { query: { kind: 'paper' } }, as(hospital.admin))
  expect(body.events.map(({ outcome }) => outcome)).toEqual(['read', 'stored'])
  expect(JSON.stringify(body.events)).not.toContain(holder.id)
})

test('a paper that is sent again because the answer was lost is kept once; another never takes its place', async () => {
  const { id: patient } = await hospital.makeCardHolder()
  const given = { patient, kind: 'treatment', bytes: pdf(), id: randomId() } as const
  const [one, again] = await Promise.all([1, 2].map(() => addPaper(hospital.staff, given)))
  expect(again).toEqual(one)
  const others = [
    { ...given, bytes: pdf(300) },
    { ...given, kind: 'privacy' as const },
    { ...given, patient: holder.id },
  ]
  for (const other of others)
    await expect(addPaper(hospital.staff, other)).rejects.toMatchObject({ code: 'conflict' })
  await expect(addPaper(hospital.admin, given)).rejects.toMatchObject({ code: 'conflict' })
  expect(await listPapers(hospital.staff, patient)).toEqual([one])
})

test('attack: a doctor, an auditor or another patient reads, lists or adds a paper', async () => {
  const paper = await scan()
  const stranger = await hospital.makeCardHolder()
  const read = { params: { paper: paper.id } }
  const list = { params: { patient: holder.id } }
  const add = { ...list, query: { kind: 'other' as const }, body: pdf() }
  for (const by of [hospital.doctor, hospital.auditor]) {
    expect((await hospital.node.call(routes.readPaper, read, as(by))).status).toBe(403)
    expect((await hospital.node.call(routes.listPapers, list, as(by))).status).toBe(403)
    expect((await hospital.node.call(routes.addPaper, add, as(by))).status).toBe(403)
  }
  expect((await hospital.node.call(routes.readPaper, read, as(stranger.app))).status).toBe(404)
  expect((await hospital.node.call(routes.listPapers, list, as(stranger.app))).status).toBe(404)
  for (const by of [stranger.app, holder.app]) {
    expect((await hospital.node.call(routes.addPaper, add, as(by))).status).toBe(403)
    expect((await hospital.node.call(routes.removePaper, read, as(by))).status).toBe(403)
  }
})

test('attack: a file that is not what it claims, too large, or for nobody', async () => {
  const send = (body: Uint8Array, patient = holder.id) =>
    hospital.node.call(
      routes.addPaper,
      { params: { patient }, query: { kind: 'other' }, body },
      as(hospital.staff),
    )
  for (const text of ['<html><script>alert(1)</script>', 'MZ\u0090', '<!-- %PDF-1.7 -->', ''])
    expect((await send(utf8Bytes(text))).problem).toMatchObject({ status: 400 })
  expect((await send(pdf(PAPER_BYTES + 1))).status).toBe(413)
  expect((await send(pdf(), randomId())).status).toBe(404)
  const { body } = await send(pdf())
  const answer = await hospital.node.call(
    routes.readPaper,
    { params: { paper: body.id } },
    as(hospital.staff),
  )
  expect(answer.headers.get('content-disposition')).toBe('attachment')
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
})

test('attack: one clerk fills the disk, also with many at once', async () => {
  const { id } = await hospital.makeCardHolder()
  const answers = await Promise.all(
    Array.from({ length: routes.MOST_PAPERS + 6 }, () =>
      hospital.node.call(
        routes.addPaper,
        { params: { patient: id }, query: { kind: 'other' }, body: pdf() },
        as(hospital.staff),
      ),
    ),
  )
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(routes.MOST_PAPERS)
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(6)
})

test('a database dump shows nothing of a paper', async () => {
  await scan()
  const { rows } = await hospital.node.context.pool.query('select encode(bytes, $1) as text from papers', [
    'escape',
  ])
  expect(rows.length).toBeGreaterThan(0)
  for (const { text } of rows) {
    expect(text).not.toContain(MARK)
    expect(text).not.toContain('%PDF')
  }
})

test('a mistake is taken away within a day by who made it, later by an administrator only', async () => {
  const other = await hospital.hire('staff')
  const [early, late] = [await scan(), await scan()]
  await expect(removePaper(other, early.id)).rejects.toMatchObject({ code: 'forbidden' })
  await removePaper(hospital.staff, early.id)
  await expect(readPaper(hospital.staff, early)).rejects.toMatchObject({ code: 'not-found' })
  // In two steps, with a sign of life between them: sessions end after an idle day.
  hospital.node.clock.advance(20 * 3_600_000)
  for (const by of [hospital.staff, hospital.admin]) await listPapers(by, holder.id)
  hospital.node.clock.advance(5 * 3_600_000)
  await expect(removePaper(hospital.staff, late.id)).rejects.toMatchObject({ code: 'forbidden' })
  await removePaper(hospital.admin, late.id)
  expect((await listPapers(hospital.staff, holder.id)).map(({ id }) => id)).not.toContain(late.id)
})
