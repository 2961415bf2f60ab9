import { decideAccount } from '@curo/client/accounts'
import { requestConsent } from '@curo/client/consent'
import { getSettings, type Settings, saveSettings } from '@curo/client/settings'
import { getSettings as getRoute } from '@curo/contract/settings'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Hospital, makeHospital, personOf } from '../testing/hospital.ts'
import { makeAccount } from '../testing/people.ts'

let hospital: Hospital
beforeAll(async () => {
  hospital = await makeHospital()
})
afterAll(() => hospital.stop())

const HINDI: Settings = { language: 'hi', theme: 'dark', notify: { sms: false, email: true, push: true } }

test('settings have defaults, are saved, and two devices do not overwrite each other', async () => {
  const { staff } = hospital
  expect(await getSettings(staff)).toEqual({
    settings: { theme: 'system', notify: { sms: true, email: true, push: true } },
    revision: 0,
  })
  const first = await saveSettings(staff, { settings: HINDI, revision: 0 })
  expect(first).toEqual({ settings: HINDI, revision: 1 })
  const both = await Promise.allSettled([
    saveSettings(staff, { settings: { ...HINDI, theme: 'light' }, revision: 1 }),
    saveSettings(staff, { settings: { ...HINDI, theme: 'system' }, revision: 1 }),
  ])
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  await expect(saveSettings(staff, { settings: HINDI, revision: 0 })).rejects.toMatchObject({
    code: 'conflict',
  })
  expect((await getSettings(hospital.doctor)).revision).toBe(0)
})

test('who waits for approval chooses her language, and is told in it', async () => {
  const account = await makeAccount(hospital.node, { role: 'staff', status: 'pending' })
  const person = await personOf(hospital.connection, account)
  await saveSettings(person, { settings: HINDI, revision: 0 })
  await decideAccount(hospital.admin, { account: account.id, decision: 'approve' })
  expect(hospital.sent.at(-1)).toMatchObject({ template: 'account-approved', language: 'hi' })
})

test('a code goes to a patient in the language that she chose in her app, else in the one the desk wrote down', async () => {
  const holder = await hospital.makeCardHolder()
  const ask = () =>
    requestConsent(hospital.doctor, {
      patient: holder.id,
      scope: { categories: ['laboratory'] },
      purpose: { code: 'CAREMGT' },
      use: 'single',
      notAfter: new Date(Date.now() + 3_600_000),
      card: holder.card,
    })
  await ask()
  expect(hospital.sent.at(-1)?.language).toBeUndefined()
  await saveSettings(holder.app, { settings: HINDI, revision: 0 })
  await ask()
  expect(hospital.sent.at(-1)).toMatchObject({ template: 'consent-otp', language: 'hi' })
})

test('the database does not show who chose what, and nobody reads another’s', async () => {
  await saveSettings(hospital.auditor, { settings: HINDI, revision: 0 })
  const { rows } = await hospital.node.context.pool.query('select settings from account_settings')
  for (const { settings } of rows) expect(Buffer.from(settings).toString('latin1')).not.toContain('theme')
  expect((await hospital.node.call(getRoute)).status).toBe(401)
})
