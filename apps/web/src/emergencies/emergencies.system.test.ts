import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findFaultsNow } from '../testing/accessibility.ts'
import { findChromium, type Visitor } from '../testing/browser.ts'
import { type AtTheDesk, comeToTheDesk, showCard } from '../testing/demo-card.ts'
import { type DemoPortal, signInAs, startDemoPortal } from '../testing/demo-portal.ts'
import { takePicture } from '../testing/screenshots.ts'
import en from './locales/en.ts'
import hi from './locales/hi.ts'

/** A busy machine seals slowly. */
const SLOW = { timeout: 60_000 }
const SECOND = 'Dr Tomas Okafor'
const PATIENT = 'Meenakshi Sundaresan'

type Appearance = {
  name: string
  words: typeof en | typeof hi
  doctor: string
  reason: string
  judgement: string
  outcome: 'justified' | 'not-justified'
  options: BrowserContextOptions & { phone?: boolean }
}

const APPEARANCES: Appearance[] = [
  {
    name: 'in English at a desk',
    words: en,
    doctor: 'Dr Asha Raghavan',
    reason: 'Unconscious after a fall',
    judgement: 'She was brought in unconscious and alone.',
    outcome: 'justified',
    options: {},
  },
  {
    name: 'in Hindi on a telephone in the dark',
    words: hi,
    doctor: 'Dr Ishwari Baptista',
    reason: 'दौरे के बाद बेहोश',
    judgement: 'साथ आई बेटी से पूछा जा सकता था।',
    outcome: 'not-justified',
    options: { phone: true, locale: 'hi-IN', colorScheme: 'dark' },
  },
]

describe.skipIf(!findChromium())('emergencies (skipped where no Chromium is installed)', () => {
  let portal: DemoPortal
  let meenakshi: AtTheDesk
  beforeAll(async () => {
    portal = await startDemoPortal({ patients: 1 })
    meenakshi = await comeToTheDesk(portal, 'meenakshi')
  })
  afterAll(() => portal?.stop())

  test.each(APPEARANCES)(
    '$name: asked with the card, confirmed by a second doctor, opened, reviewed once, read by the patient',
    async ({ words, doctor, reason, judgement, outcome, options }) => {
      const visitors: Visitor[] = []
      const faults: string[] = []
      const signedIn = async (name: string) => {
        const visitor = await portal.visit({ reducedMotion: 'reduce', ...options })
        visitors.push(visitor)
        await signInAs(visitor.page, name)
        return visitor.page
      }
      const look = async (page: Page, step: string) => {
        faults.push(...(await findFaultsNow(page)).map((fault) => `${step}: ${fault}`))
        await takePicture(page, `emergency-${outcome}-${step}`)
      }
      try {
        const first = await signedIn(doctor)
        await first.getByRole('heading', { level: 1 }).waitFor(SLOW)
        await first.keyboard.press('Alt+s')
        await showCard(first, meenakshi)
        await first.getByRole('button', { name: words.ask.open }).click(SLOW)
        await first.getByLabel(words.ask.reason).fill(reason)
        await look(first, 'asking')
        await first.getByRole('button', { name: words.ask.submit }).click()
        await first.getByText(words.waiting.title).waitFor(SLOW)
        await look(first, 'waiting')

        const second = await signedIn(SECOND)
        await second.getByRole('button', { name: words.toConfirm.look }).click(SLOW)
        await second.getByText(words.confirm.sure).waitFor()
        await look(second, 'confirming')
        await second.getByRole('button', { name: words.confirm.confirm }).click()
        const done = second.getByRole('dialog').getByRole('status')
        await done.getByText(doctor).waitFor(SLOW)
        await look(second, 'confirmed')

        await first.getByText(words.banner.title, { exact: true }).waitFor(SLOW)
        await first
          .getByText(/kidney disease/)
          .first()
          .waitFor(SLOW)
        await look(first, 'opened')

        const admin = await signedIn('Leela Marar')
        await admin.goto('/admin/emergencies')
        const row = admin.getByRole('row').filter({ hasText: reason })
        await row.getByText(SECOND).waitFor(SLOW)
        await look(admin, 'to-review')
        const state = row.getByText(words.states.confirmed, { exact: true })
        expect(await state.evaluate((badge) => badge.scrollWidth - badge.clientWidth)).toBeLessThan(1)
        await row.getByRole('button', { name: words.review.action }).click()
        const dialog = admin.getByRole('dialog', { name: words.review.title })
        await dialog.getByRole('button', { name: words.review.submit }).click()
        await dialog.getByText(words.review.outcomeMissing).waitFor()
        await dialog.getByText(words.review.reasonMissing).waitFor()
        await look(admin, 'reviewing')
        await dialog.getByRole('radio', { name: words.review[outcome], exact: true }).check()
        await dialog.getByLabel(words.review.reason, { exact: true }).fill(judgement)
        await dialog.getByRole('button', { name: words.review.submit }).click()
        await dialog.waitFor({ state: 'detached' })
        await row.getByText(judgement).waitFor(SLOW)
        expect(await row.getByText(words.review[outcome], { exact: true }).count()).toBe(1)
        expect(await row.getByRole('button').count()).toBe(0)
        await look(admin, 'reviewed')

        const patient = await signedIn(PATIENT)
        await patient.goto('/patient/looked')
        await patient.getByText(judgement).first().waitFor(SLOW)
        await look(patient, 'read-by-her')
        expect(faults).toEqual([])
        expect(visitors.flatMap((visitor) => visitor.faults)).toEqual([])
      } finally {
        for (const visitor of visitors) await visitor.close()
      }
    },
  )
})
