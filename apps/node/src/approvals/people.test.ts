import { decideAccount } from '@curo/client/accounts'
import { changeAccount, findAccounts, getAccount } from '@curo/client/approvals'
import { AuthorDirectory, findClinicians, verifyClinician } from '@curo/client/clinicians'
import type { Person } from '@curo/client/person'
import { getOwnAccount } from '@curo/contract/accounts'
import { changeAccount as changeRoute } from '@curo/contract/approvals'
import { toBase64Url } from '@curo/crypto/bytes'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Hospital, makeHospital, personOf } from '../testing/hospital.ts'
import { makeAccount } from '../testing/people.ts'

let hospital: Hospital
beforeAll(async () => {
  hospital = await makeHospital()
})
afterAll(() => hospital.stop())

const as = (person: Person) => ({ token: person.api.token ?? '' })
const hireNamed = async (role: 'doctor' | 'staff' | 'admin', name: string) =>
  personOf(hospital.connection, await makeAccount(hospital.node, { role, name }))
const idsOf = async (filter: Parameters<typeof findAccounts>[1]) =>
  (await findAccounts(hospital.admin, filter)).accounts.map(({ id }) => id)

test('people are found by the beginnings of their names, their number, role and state, in pages', async () => {
  const clerk = await hireNamed('staff', 'Kavita Searchable')
  const doctor = await hireNamed('doctor', 'कविता Searchable')
  expect(await idsOf({ search: 'kav' })).toEqual([clerk.account.id])
  expect(await idsOf({ search: 'search KAVITA' })).toEqual([clerk.account.id])
  expect(await idsOf({ search: 'कवि' })).toEqual([doctor.account.id])
  expect(new Set(await idsOf({ search: 'searchable' }))).toEqual(
    new Set([clerk.account.id, doctor.account.id]),
  )
  expect(await idsOf({ search: 'searchable', role: 'doctor' })).toEqual([doctor.account.id])
  expect(await idsOf({ search: 'searchable', status: 'suspended' })).toEqual([])
  const { contact } = clerk.account
  expect(await idsOf({ search: contact })).toEqual([clerk.account.id])
  expect(
    await idsOf({ search: `${contact.slice(0, 3)} ${contact.slice(3, 8)}-${contact.slice(8)}` }),
  ).toEqual([clerk.account.id])
  expect(await idsOf({ search: '!' })).toEqual([])
  const seen: string[] = []
  for (let after: string | undefined; ; ) {
    const page = await findAccounts(hospital.admin, { limit: 2, ...(after ? { after } : {}) })
    seen.push(...page.accounts.map(({ id }) => id))
    if (page.next === null) break
    after = page.next
  }
  expect(new Set(seen).size).toBe(seen.length)
  expect(seen).toHaveLength((await idsOf({ limit: 200 })).length)
  await expect(findAccounts(hospital.admin, { after: 'nowhere' })).rejects.toMatchObject({
    code: 'invalid-input',
  })
})

test('suspended and resumed: out at once, told why, back again', async () => {
  const clerk = await hireNamed('staff', 'Ravi Suspended')
  const account = clerk.account.id
  await decideAccount(hospital.admin, { account, decision: 'suspend', reason: 'On leave' })
  expect(hospital.sent.at(-1)).toMatchObject({
    template: 'account-suspended',
    values: { reason: 'On leave' },
  })
  expect((await hospital.node.call(getOwnAccount, {}, as(clerk))).status).toBe(401)
  expect((await getAccount(hospital.admin, account)).decision).toMatchObject({ reason: 'On leave' })
  await decideAccount(hospital.admin, { account, decision: 'reinstate' })
  expect(hospital.sent.at(-1)?.template).toBe('account-reinstated')
  expect((await getAccount(hospital.admin, account)).status).toBe('active')
})

test('a doctor’s corrected name follows into the ledger’s registry, and the search', async () => {
  const doctor = await hospital.hire('doctor')
  const account = doctor.account.id
  const profession = { speciality: 'Oncology', registrationNumber: 'MH-2' }
  const changed = await changeAccount(hospital.admin, { account, name: 'Dr. Corrected', profession })
  expect(changed).toMatchObject({ name: 'Dr. Corrected', profession, role: 'doctor' })
  await expect
    .poll(() => verifyClinician(hospital.staff, { account }).catch((error) => error.code), {
      timeout: 10_000,
    })
    .toMatchObject({ account: { name: 'Dr. Corrected' } })
  const found = await findClinicians(hospital.staff, { search: 'corrected onco' })
  expect(found.clinicians.map(({ id }) => id)).toEqual([account])
  expect((await findClinicians(hospital.staff, { search: 'invented onco' })).clinicians).toEqual([])
  // Still signed in: her role is what it was.
  expect((await hospital.node.call(getOwnAccount, {}, as(doctor))).body.name).toBe('Dr. Corrected')
})

test('who is a doctor no more can be given nothing, is signed out and told; what she wrote stays hers', async () => {
  const doctor = await hospital.hire('doctor')
  const account = doctor.account.id
  await changeAccount(hospital.admin, { account, role: 'staff' })
  expect((await hospital.node.call(getOwnAccount, {}, as(doctor))).status).toBe(401)
  expect(hospital.sent.at(-1)).toMatchObject({
    template: 'account-changed',
    values: { change: { en: 'you are a member of staff here now' } },
  })
  await expect
    .poll(() => verifyClinician(hospital.staff, { account }).catch((error) => error.code), {
      timeout: 10_000,
    })
    .toBe('bad-key')
  const author = await new AuthorDirectory(hospital.staff).find({
    account,
    key: toBase64Url(doctor.identity.publicKey),
  })
  expect(author.standing).toBe('registered')
  await changeAccount(hospital.admin, { account, role: 'doctor' })
  await expect
    .poll(() => verifyClinician(hospital.staff, { account }).catch((error) => error.code), {
      timeout: 10_000,
    })
    .toMatchObject({ account: { role: 'doctor' } })
})

test('a change that changes nothing writes nothing', async () => {
  const clerk = await hireNamed('staff', 'Same Same')
  const before = hospital.sent.length
  await changeAccount(hospital.admin, { account: clerk.account.id, name: 'Same Same', role: 'staff' })
  expect(hospital.sent.length).toBe(before)
  expect((await hospital.node.call(getOwnAccount, {}, as(clerk))).status).toBe(200)
})

test('attack: an administrator makes herself or a patient something else, or anyone but her does', async () => {
  const change = (account: string, body: object, by: Person = hospital.admin) =>
    hospital.node.call(changeRoute, { params: { account }, body }, as(by))
  expect((await change(hospital.admin.account.id, { role: 'doctor' })).problem.code).toBe('forbidden')
  const holder = await hospital.makeCardHolder()
  expect((await change(holder.app.account.id, { role: 'admin' })).status).toBe(404)
  expect((await change(hospital.staff.account.id, { role: 'patient' })).status).toBe(400)
  for (const by of [hospital.doctor, hospital.staff, hospital.auditor, holder.app])
    expect((await change(hospital.staff.account.id, { role: 'admin' }, by)).status).toBe(403)
})

test('attack: the last administrator is taken away, also by two who take each other away at the same moment', async () => {
  for (let round = 0; round < 5; round++) {
    const other = await makeHospital()
    try {
      const second = await other.hire('admin')
      const [one, two] = [other.admin, second]
      const attempts =
        round % 2
          ? [
              changeAccount(one, { account: two.account.id, role: 'staff' }),
              changeAccount(two, { account: one.account.id, role: 'staff' }),
            ]
          : [
              decideAccount(one, { account: two.account.id, decision: 'suspend', reason: 'Invented' }),
              changeAccount(two, { account: one.account.id, role: 'auditor' }),
            ]
      const outcomes = await Promise.allSettled(attempts)
      const left = await other.node.context.db
        .selectFrom('accounts')
        .select('id')
        .where('role', '=', 'admin')
        .where('status', '=', 'active')
        .execute()
      expect(left).toHaveLength(1)
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    } finally {
      await other.stop()
    }
  }
}, 120_000)
