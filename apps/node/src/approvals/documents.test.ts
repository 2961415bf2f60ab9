import { decideAccount } from '@curo/client/accounts'
import {
  addDocument,
  dropDocument,
  getAccount,
  listDocuments,
  listOwnDocuments,
  readDocument,
} from '@curo/client/approvals'
import type { Person } from '@curo/client/person'
import {
  addDocument as addRoute,
  dropDocument as dropRoute,
  readDocument as readRoute,
} from '@curo/contract/approvals'
import { listActivity } from '@curo/contract/audit'
import { utf8Bytes } from '@curo/crypto/bytes'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Hospital, makeHospital, personOf } from '../testing/hospital.ts'
import { makeAccount } from '../testing/people.ts'

const MARK = 'PLANTED LICENCE NUMBER 4711'
let hospital: Hospital
beforeAll(async () => {
  hospital = await makeHospital()
})
afterAll(() => hospital.stop())

const applicant = async (role: 'doctor' | 'staff' = 'doctor') => {
  const account = await makeAccount(hospital.node, { role, status: 'pending' })
  return personOf(hospital.connection, account)
}
const pdf = (length = 200) => {
  const bytes = new Uint8Array(length)
  bytes.set(utf8Bytes(`%PDF-1.7\n${MARK}`))
  return bytes
}
const as = (person: Person) => ({ token: person.api.token ?? '' })

test('who registers attaches documents, and an administrator reads them before she decides', async () => {
  const doctor = await applicant()
  const licence = await addDocument(doctor, { kind: 'licence', bytes: pdf() })
  expect(licence).toMatchObject({ type: 'application/pdf', size: 200, account: doctor.account.id })
  const spare = await addDocument(doctor, { kind: 'other', bytes: pdf() })
  await dropDocument(doctor, spare.id)
  expect(await listOwnDocuments(doctor)).toEqual([licence])

  expect(await getAccount(hospital.admin, doctor.account.id)).toMatchObject({ documents: 1, decision: null })
  const [listed] = await listDocuments(hospital.admin, doctor.account.id)
  expect(listed).toEqual(licence)
  expect(await readDocument(hospital.admin, licence)).toEqual(pdf())
  const { body } = await hospital.node.call(listActivity, { query: { kind: 'document' } }, as(hospital.admin))
  expect(body.events[0]).toMatchObject({ outcome: 'read', account: hospital.admin.account.id })

  await decideAccount(hospital.admin, { account: doctor.account.id, decision: 'approve' })
  await expect(dropDocument(doctor, licence.id)).rejects.toMatchObject({ code: 'conflict' })
  expect(await listDocuments(hospital.admin, doctor.account.id)).toHaveLength(1)
})

test('a refusal needs a reason, which is sent and shown; what was attached is forgotten', async () => {
  const staff = await applicant('staff')
  const { id } = await addDocument(staff, { kind: 'identity', bytes: pdf() })
  const account = staff.account.id
  await expect(decideAccount(hospital.admin, { account, decision: 'reject' })).rejects.toMatchObject({
    code: 'invalid-input',
  })
  await decideAccount(hospital.admin, { account, decision: 'reject', reason: 'The scan cannot be read' })
  expect(hospital.sent.at(-1)).toMatchObject({
    template: 'account-refused',
    values: { reason: 'The scan cannot be read' },
  })
  const refused = await getAccount(hospital.admin, account)
  expect(refused).toMatchObject({
    status: 'rejected',
    documents: 0,
    decision: { by: 'Invented admin', reason: 'The scan cannot be read' },
  })
  const gone = await hospital.node.call(readRoute, { params: { document: id } }, as(hospital.admin))
  expect(gone.status).toBe(404)
})

test('attack: a file that is not what it claims, empty, or too large', async () => {
  const doctor = await applicant()
  const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0])
  const jpeg = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0])
  const send = (body: Uint8Array) =>
    hospital.node.call(addRoute, { query: { kind: 'licence' }, body }, as(doctor))
  const bad = [
    '<html><script>alert(1)</script>',
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'MZ\u0090',
    'PK\u0003\u0004',
    '<!-- %PDF-1.7 -->',
    '',
  ]
  for (const text of bad) expect((await send(utf8Bytes(text))).problem).toMatchObject({ status: 400 })
  expect((await send(pdf(5 * 1024 * 1024 + 1))).status).toBe(413)
  expect((await send(png)).body.type).toBe('image/png')
  expect((await send(jpeg)).body.type).toBe('image/jpeg')
  expect((await send(pdf(5 * 1024 * 1024))).status).toBe(201)
  const answer = await hospital.node.call(
    readRoute,
    { params: { document: (await send(pdf())).body.id } },
    as(hospital.admin),
  )
  expect(answer.headers.get('content-disposition')).toBe('attachment')
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
})

test('attack: one applicant fills the disk, also with many at once', async () => {
  const doctor = await applicant()
  const answers = await Promise.all(
    Array.from({ length: 12 }, () =>
      hospital.node.call(addRoute, { query: { kind: 'other' }, body: pdf() }, as(doctor)),
    ),
  )
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(6)
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(6)
})

test('attack: an applicant, a doctor, staff or a patient reads or drops another’s document', async () => {
  const owner = await applicant()
  const { id } = await addDocument(owner, { kind: 'licence', bytes: pdf() })
  const holder = await hospital.makeCardHolder()
  for (const by of [await applicant(), owner, hospital.doctor, hospital.staff, hospital.auditor, holder.app])
    expect((await hospital.node.call(readRoute, { params: { document: id } }, as(by))).status).toBe(403)
  for (const by of [await applicant(), hospital.doctor, hospital.staff, hospital.admin])
    expect((await hospital.node.call(dropRoute, { params: { document: id } }, as(by))).status).toBe(404)
  expect(await listOwnDocuments(await applicant())).toEqual([])
})

test('a database dump shows nothing of a document', async () => {
  const doctor = await applicant()
  await addDocument(doctor, { kind: 'licence', bytes: pdf() })
  const { rows } = await hospital.node.context.pool.query(
    'select encode(bytes, $1) as text from account_documents',
    ['escape'],
  )
  expect(rows.length).toBeGreaterThan(0)
  for (const { text } of rows) {
    expect(text).not.toContain(MARK)
    expect(text).not.toContain('%PDF')
  }
})
