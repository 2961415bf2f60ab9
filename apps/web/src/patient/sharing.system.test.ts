import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { signIn } from '@curo/client/accounts'
import { findByCard, readCard } from '@curo/client/cards'
import { connect } from '@curo/client/connection'
import { listConsents, requestConsent } from '@curo/client/consent'
import { openGrantedKeys } from '@curo/client/granted-keys'
import { openRecords, openTimeline } from '@curo/client/openings'
import type { Person } from '@curo/client/person'
import { isCuroError } from '@curo/crypto/errors'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findBarriers, findFaultsNow } from '../testing/accessibility.ts'
import { findChromium, type Visitor } from '../testing/browser.ts'
import { type DemoPortal, demoPeople, signInAs, startDemoPortal } from '../testing/demo-portal.ts'
import { seen } from '../testing/visitors.ts'

const DOCTOR = 'Dr Tomas Okafor'
const DAY_MS = 86_400_000
/** The demo's people are made while other tests run. */
const START_MS = 300_000

describe.skipIf(!findChromium())(
  'a patient’s sharing, and who looked (skipped where no Chromium is installed)',
  () => {
    let portal: DemoPortal
    let doctor: Person
    let patient: string
    let hers: Visitor
    beforeAll(async () => {
      portal = await startDemoPortal({ patients: 1 })
      const { address, context } = portal.node
      const { contact = '', password = '' } = demoPeople().find(({ name }) => name === DOCTOR) ?? {}
      doctor = await signIn(await connect({ node: address }), { contact, password })
      const card = await readFile(join(context.config.dataFolder, 'demo', 'card-of-meenakshi.txt'), 'utf8')
      patient = (await findByCard(doctor, await readCard(card.trim()))).patient
      hers = await portal.visit({ phone: true })
      await signInAs(hers.page, 'Meenakshi Sundaresan')
    }, START_MS)
    afterAll(async () => {
      await hers?.close()
      await portal?.stop()
    })

    const ask = (text: string) =>
      requestConsent(doctor, {
        patient,
        scope: { categories: ['summary', 'laboratory', 'vitals'] },
        purpose: { code: 'CAREMGT', text },
        use: 'standing',
        notAfter: new Date(Date.now() + 30 * DAY_MS),
      })

    test('with nothing asked, allowed or looked at, each screen says what will stand there', async () => {
      const { page } = hers
      await page.goto('/patient/sharing')
      await page.getByText('Nobody asks').waitFor()
      await page.getByText('Nobody may read your records').waitFor()
      expect(await findFaultsNow(page)).toEqual([])
    })

    test('a request says who, what, why and until when; she allows less than was asked', async () => {
      const { page } = hers
      await ask('Fainting at school')
      await page.reload()
      const request = page.getByRole('article').first()
      await request
        .getByText(
          /Dr Tomas Okafor.* asks to read your .*laboratory results.*vital signs.* until .*Fainting at school/,
        )
        .waitFor()
      await request.getByText('Signed by this doctor.').waitFor()
      await request.getByRole('link', { name: 'Look and answer' }).click()
      await page.getByText('Only Dr Tomas Okafor can open this').waitFor()
      expect(await findBarriers(page)).toEqual([])
      for (const kind of ['health summary', 'laboratory results', 'vital signs'])
        await page.getByRole('checkbox', { name: new RegExp(kind) }).uncheck()
      await page.getByRole('button', { name: 'Allow only this' }).click()
      await page.getByText('Choose at least one kind of record, or refuse.').waitFor()
      await page.getByRole('checkbox', { name: /laboratory results/ }).check()
      await page.getByRole('button', { name: 'Allow only this' }).click()
      await page
        .getByRole('status')
        .getByText(/can open your laboratory results now/)
        .waitFor()
      await page.getByRole('link', { name: 'Back to sharing' }).click()
      await page.getByText(/may read your .*laboratory results.* until/).waitFor()
      const [consent] = await listConsents(doctor, { state: 'active', patient })
      expect(consent?.grant.scope.categories).toEqual(['laboratory'])
    })

    test('she refuses with a reason, which may be left out and may not be too long', async () => {
      const { page } = hers
      await ask('Curiosity')
      await page.goto('/patient/sharing')
      await page.getByRole('link', { name: 'Look and answer' }).click()
      await page.getByRole('button', { name: 'Refuse' }).click()
      const dialog = page.getByRole('dialog', { name: 'Refuse this request?' })
      await dialog.getByLabel('Why (if you like)').fill('x'.repeat(500))
      await dialog.getByText('Write at most 400 characters.').waitFor()
      expect(await dialog.getByRole('button', { name: 'Refuse', exact: true }).isDisabled()).toBe(true)
      await dialog.getByLabel('Why (if you like)').fill('You know enough. 🙂 شكرا')
      await dialog.getByRole('button', { name: 'Refuse', exact: true }).click()
      await page.getByText(/will see nothing/).waitFor()
    })

    test('each look stands under “Who looked” with its proof, and the whole history is checked in the browser', async () => {
      const { page } = hers
      const [consent] = await listConsents(doctor, { state: 'active', patient })
      if (!consent) throw new Error('There is no consent.')
      const granted = await openGrantedKeys(doctor, { consent })
      const by = { patient, consent: consent.grant.id, reader: { via: 'category', granted } as const }
      const { entries } = await openTimeline(doctor, by)
      await openRecords(doctor, { ...by, records: entries.slice(0, 1).map(({ id }) => id) })
      await page.goto('/patient/looked')
      await page.getByText(DOCTOR).first().waitFor()
      await page.getByText('read one record').first().waitFor()
      await page.getByRole('button', { name: 'Proof' }).first().click()
      await page.getByText(/This line stands at place|written down and signed/).waitFor()
      expect(await findBarriers(page)).toEqual([])
      await page.getByRole('button', { name: 'Check now' }).click()
      await page.getByText('Complete', { exact: true }).waitFor({ timeout: 60_000 })
      await page.getByText(/lines about you are there, unaltered and in order/).waitFor()
      expect(await findFaultsNow(page)).toEqual([])
    })

    test('what she takes back stops the very next opening, once the consequences were named', async () => {
      const { page } = hers
      const [consent] = await listConsents(doctor, { state: 'active', patient })
      if (!consent) throw new Error('There is no consent.')
      const granted = await openGrantedKeys(doctor, { consent })
      await page.goto('/patient/sharing')
      await page.getByRole('button', { name: 'Take back' }).click()
      const dialog = page.getByRole('dialog', { name: 'Take this permission back?' })
      await dialog.getByText('cannot be made unread').waitFor()
      expect(await findBarriers(page)).toEqual([])
      await dialog.getByRole('button', { name: 'Take back' }).click()
      await dialog.getByText(/can open nothing more of this/).waitFor({ timeout: 60_000 })
      await dialog.getByRole('button').last().click()
      await page.getByText('Nobody may read your records').waitFor()
      await page
        .getByText(/taken back/i)
        .first()
        .waitFor()
      const again = await openTimeline(doctor, {
        ...{ patient, consent: consent.grant.id, reader: { via: 'category', granted } },
      }).catch((error) => error)
      expect(isCuroError(again)).toBe(true)
    })

    test('she allows a doctor who has not asked', async () => {
      const { page } = hers
      await page.getByRole('link', { name: 'Allow a doctor' }).click()
      await page.getByLabel('Doctor’s name or speciality').fill('nobody of this name')
      await page.getByText('No doctor of this hospital has this name').waitFor()
      await page.getByLabel('Doctor’s name or speciality').fill('Okafor')
      await page.getByRole('button', { name: `Choose: ${DOCTOR}` }).click()
      await page.getByRole('button', { name: `Allow ${DOCTOR}` }).click()
      await page
        .getByRole('status')
        .getByText(/can open your/)
        .waitFor({ timeout: 60_000 })
    })

    test.each(['light', 'dark'] as const)(
      'axe finds nothing on her screens in %s, in Hindi, on a phone',
      async (colorScheme) => {
        const { page, faults, close } = await portal.visit({ colorScheme, phone: true })
        await page.goto('/sign-in')
        await page.getByRole('button', { name: 'हिन्दी' }).click()
        await page.getByRole('button', { name: /Meenakshi/ }).click()
        await page.waitForURL('**/patient')
        for (const path of [
          '/patient/sharing',
          '/patient/sharing/allow',
          '/patient/looked',
          '/patient/card',
          '/patient/profile',
        ]) {
          await page.goto(path)
          await page.waitForLoadState('networkidle')
          await seen(page, path)
        }
        expect(faults).toEqual([])
        await close()
      },
    )

    test('nothing on the way broke the page’s policy', () => {
      expect(hers.faults).toEqual([])
    })
  },
)
