import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import enConsent from '../consent/locales/en.ts'
import hiConsent from '../consent/locales/hi.ts'
import enOpenings from '../openings/locales/en.ts'
import hiOpenings from '../openings/locales/hi.ts'
import { findBarriers, findFaultsNow } from '../testing/accessibility.ts'
import { findChromium } from '../testing/browser.ts'
import { playConsentScenes } from '../testing/consent-scenes.ts'
import { type DemoPortal, demoPeople, signInAs, startDemoPortal } from '../testing/demo-portal.ts'
import { keyboardOf } from '../testing/keyboard.ts'
import { takePictures } from '../testing/screenshots.ts'
import enDoctor from './locales/en.ts'
import hiDoctor from './locales/hi.ts'

/** A busy machine seals slowly. */
const SLOW = { timeout: 60_000 }
const PATIENT = 'Meenakshi Sundaresan'
const DOCTOR = 'Dr Tomas Okafor'
const WORDS = {
  en: { doctor: enDoctor, consent: enConsent, openings: enOpenings },
  hi: { doctor: hiDoctor, consent: hiConsent, openings: hiOpenings },
}

describe.skipIf(!findChromium())(
  'a permission that the doctor gives back (skipped where no Chromium is installed)',
  () => {
    let portal: DemoPortal
    const allow = () =>
      playConsentScenes(portal.node.address, {
        patient: PATIENT,
        allowed: DOCTOR,
        asking: 'Dr Ishwari Baptista',
      })
    beforeAll(async () => {
      portal = await startDemoPortal({ patients: 1 })
      await allow()
    })
    afterAll(() => portal?.stop())

    /** The chart in another window of the same doctor, which has keys of its own. */
    async function openInAnotherWindow(page: Page, address: string): Promise<Page> {
      const other = await page.context().newPage()
      await other.goto(address)
      const { password } = demoPeople().find(({ name }) => name === DOCTOR) ?? { password: '' }
      await other.getByLabel('Password', { exact: true }).fill(password)
      await other.getByRole('button', { name: 'Unlock' }).click()
      await other.getByRole('heading', { name: 'Active problems' }).waitFor(SLOW)
      return other
    }

    test('with the keyboard, the consequences having been named: the chart in another window closes and says why', async () => {
      const visitor = await portal.visit({ reducedMotion: 'reduce' })
      try {
        const { page } = visitor
        const keyboard = await keyboardOf(page)
        await signInAs(page, DOCTOR)
        const link = page.getByRole('link', { name: new RegExp(PATIENT) })
        await link.waitFor(SLOW)
        const other = await openInAnotherWindow(page, (await link.getAttribute('href')) ?? '')
        await page.bringToFront()
        await keyboard.press(page.getByRole('link', { name: 'Requests', exact: true }))
        const row = page.getByRole('row', { name: /In the app/ })
        const giveBack = row.getByRole('button', { name: `Give back: ${PATIENT}` })
        await keyboard.press(giveBack)
        const dialog = page.getByRole('dialog', { name: 'Give this permission back?' })
        await keyboard.arrives(dialog.getByRole('button', { name: 'Keep it' }).last())
        expect(await findBarriers(page)).toEqual([])
        await page.keyboard.press('Enter')
        await keyboard.arrives(giveBack)

        await page.keyboard.press('Enter')
        await dialog.getByText('The patient sees in the app that you gave it back').waitFor()
        await keyboard.press(dialog.getByRole('button', { name: 'Give back' }))
        await dialog
          .getByRole('status')
          .getByText(/^Given back\./)
          .waitFor(SLOW)
        await keyboard.arrives(dialog.getByRole('button', { name: 'Done' }).last())
        expect(await findBarriers(page)).toEqual([])
        await page.keyboard.press('Enter')
        await keyboard.arrives(row.getByRole('link', { name: PATIENT }))
        await row.getByText('Given back').waitFor()
        expect(await giveBack.count()).toBe(0)

        await other.getByText('You have given her permission back').waitFor(SLOW)
        expect(await other.getByRole('heading', { name: 'Active problems' }).count()).toBe(0)
        await page.keyboard.press('Enter')
        await page.getByText('You have given her permission back').waitFor(SLOW)
        expect(keyboard.faults).toEqual([])
        expect(visitor.faults).toEqual([])
      } finally {
        await visitor.close()
      }
    })

    test('the patient sees that it ended so and when, and her history is whole', async () => {
      const visitor = await portal.visit({ phone: true })
      try {
        const { page } = visitor
        await signInAs(page, PATIENT)
        await page.goto('/patient/sharing')
        const card = page.getByRole('article').filter({ hasText: `${DOCTOR}` })
        await card.getByText(/given back by the doctor on \d/).waitFor(SLOW)
        await page.getByText('Nobody may read your records').waitFor()
        await page.goto('/patient/looked')
        const line = page.getByRole('listitem').filter({ hasText: 'gave your permission back' })
        await line.waitFor(SLOW)
        await line.getByRole('button', { name: 'Proof' }).click()
        await line.getByText(/This line stands at place|written down and signed/).waitFor()
        await page.getByRole('button', { name: 'Check now' }).click()
        await page.getByText('Complete', { exact: true }).waitFor(SLOW)
        await page.getByText(/a doctor gave a permission back/).waitFor({ state: 'attached' })
        expect(visitor.faults).toEqual([])
      } finally {
        await visitor.close()
      }
    })

    test.each(['en', 'hi'] as const)(
      'in %s, light and dark, no screen of it has a barrier or runs over',
      async (language) => {
        await allow()
        const { doctor, consent, openings } = WORDS[language]
        const faults: string[] = []
        const look = async (page: Page, step: string) => {
          for (const colorScheme of ['light', 'dark'] as const) {
            await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
            const name = `giving-back-${step}-${language}-${colorScheme}`
            faults.push(...(await findFaultsNow(page)).map((fault) => `${name}: ${fault}`))
            await takePictures(page, name)
          }
        }
        const locale = language === 'hi' ? 'hi-IN' : 'en-IN'
        const visitor = await portal.visit({ locale })
        try {
          const { page } = visitor
          await signInAs(page, DOCTOR)
          await page.goto('/doctor/requests')
          const open = page.getByRole('button', { name: new RegExp(`^${doctor.giveBack.action}`) })
          await open.waitFor(SLOW)
          await look(page, 'requests')
          await open.click()
          const dialog = page.getByRole('dialog')
          await dialog.getByText(doctor.giveBack.again).waitFor()
          await look(page, 'dialog')
          await dialog.getByRole('button', { name: doctor.giveBack.confirm }).click()
          await dialog.getByRole('button', { name: doctor.giveBack.close }).last().waitFor(SLOW)
          await look(page, 'done')
          await dialog.getByRole('button', { name: doctor.giveBack.close }).last().click()
          await page.getByRole('row').getByRole('link').first().click()
          await page.getByText(doctor.ask.ended['given-back']).waitFor(SLOW)
          await look(page, 'closed-chart')
          expect(visitor.faults).toEqual([])
        } finally {
          await visitor.close()
        }
        const hers = await portal.visit({ locale })
        try {
          const { page } = hers
          await signInAs(page, PATIENT)
          await page.getByText(openings.what['given-back']).first().waitFor(SLOW)
          await look(page, 'patient-home')
          await page.goto('/patient/sharing')
          await page.getByText(consent.states['given-back'], { exact: true }).first().waitFor(SLOW)
          await look(page, 'sharing')
          await page.goto('/patient/looked')
          await page.getByText(openings.what['given-back']).first().waitFor(SLOW)
          await look(page, 'looked')
          expect(hers.faults).toEqual([])
        } finally {
          await hers.close()
        }
        expect(faults).toEqual([])
      },
    )
  },
)
