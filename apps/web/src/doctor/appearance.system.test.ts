import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import enConsultations from '../consultations/locales/en.ts'
import hiConsultations from '../consultations/locales/hi.ts'
import enEmergencies from '../emergencies/locales/en.ts'
import hiEmergencies from '../emergencies/locales/hi.ts'
import enRecords from '../records/locales/en.ts'
import hiRecords from '../records/locales/hi.ts'
import { findFaultsNow } from '../testing/accessibility.ts'
import { findChromium } from '../testing/browser.ts'
import { type AtTheDesk, comeToTheDesk, showCard } from '../testing/demo-card.ts'
import { type DemoPortal, signInAs, startDemoPortal } from '../testing/demo-portal.ts'
import { marked, takeOption } from '../testing/keyboard.ts'
import { takePicture } from '../testing/screenshots.ts'
import enDoctor from './locales/en.ts'
import hiDoctor from './locales/hi.ts'

/** A busy machine seals slowly. */
const SLOW = { timeout: 60_000 }
const WORDS = {
  en: {
    doctor: enDoctor,
    consultations: enConsultations,
    emergencies: enEmergencies,
    records: enRecords,
    saysWrongCode: /^That is not the code\. \d/,
  },
  hi: {
    doctor: hiDoctor,
    consultations: hiConsultations,
    emergencies: hiEmergencies,
    records: hiRecords,
    saysWrongCode: hiDoctor.code.wrong,
  },
}

type Appearance = {
  name: string
  language: keyof typeof WORDS
  /** Each has to ask anew: another doctor for each. */
  doctor: string
  options: BrowserContextOptions & { phone?: boolean }
}

const APPEARANCES: Appearance[] = [
  { name: 'telephone', language: 'en', doctor: 'Dr Asha Raghavan', options: { phone: true } },
  {
    name: 'dark telephone in Hindi',
    language: 'hi',
    doctor: 'Dr Ishwari Baptista',
    options: { phone: true, locale: 'hi-IN', colorScheme: 'dark' },
  },
  { name: 'dark desk', language: 'en', doctor: 'Dr Tomas Okafor', options: { colorScheme: 'dark' } },
]

describe.skipIf(!findChromium())('what a doctor sees (skipped where no Chromium is installed)', () => {
  let portal: DemoPortal
  let meenakshi: AtTheDesk
  beforeAll(async () => {
    portal = await startDemoPortal({ patients: 1 })
    meenakshi = await comeToTheDesk(portal, 'meenakshi')
  })
  afterAll(() => portal?.stop())

  test.each(APPEARANCES)(
    '$name: no step of the visit and no dialog has a barrier or runs over the edge',
    async ({ name, language, doctor, options }) => {
      const words = WORDS[language]
      const visitor = await portal.visit({ reducedMotion: 'reduce', ...options })
      const { page } = visitor
      const faults: string[] = []
      const look = async (step: string) => {
        faults.push(...(await findFaultsNow(page)).map((fault) => `${step}: ${fault}`))
        await takePicture(page, `doctor ${name} ${step}`.replace(/\W+/g, '-'))
      }
      const steps = { page, words, look }
      try {
        await signInAs(page, doctor)
        await page.waitForURL('**/doctor')
        await ask(steps)
        await readChart(steps)
        await write(steps)
        await reviewAndSign(steps)
        await addAndUpload(steps)
        expect(faults).toEqual([])
        expect(visitor.faults).toEqual([])
      } finally {
        await visitor.close()
      }
    },
  )

  type Steps = { page: Page; words: (typeof WORDS)['en' | 'hi']; look: (step: string) => Promise<void> }

  /** Shows it, looks, and closes it again. */
  async function lookAtDialog({ page, look }: Steps, step: string, close: string): Promise<void> {
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button').first().waitFor()
    await look(step)
    await dialog.getByRole('button', { name: close, exact: true }).first().click()
    await dialog.waitFor({ state: 'detached' })
  }

  async function ask(steps: Steps): Promise<void> {
    const { page, words, look } = steps
    await page.getByRole('button', { name: words.doctor.home.scan }).waitFor(SLOW)
    await page.keyboard.press('Alt+k')
    await lookAtDialog(steps, 'shortcuts', words.doctor.shortcuts.close)
    await page.keyboard.press('Alt+s')
    await page.getByRole('dialog').getByRole('textbox').waitFor()
    await look('scanner')
    await showCard(page, meenakshi)
    const send = page.getByRole('button', { name: words.doctor.ask.submit })
    await send.waitFor(SLOW)
    await page.getByRole('button', { name: words.emergencies.ask.open }).click()
    await look('asking, and an emergency')
    const since = new Date()
    await send.click()
    await page.getByLabel(words.doctor.code.digit.replace('{{number}}', '1')).waitFor(SLOW)
    await look('code')
    await page.keyboard.type('000000')
    await page.getByRole('alert').getByText(words.saysWrongCode).waitFor(SLOW)
    await look('wrong code')
    await page.getByLabel(words.doctor.code.digit.replace('{{number}}', '1')).click()
    await page.keyboard.type(await meenakshi.readCode(since))
  }

  async function readChart({ page, words, look }: Steps): Promise<void> {
    await page.getByRole('heading', { name: words.records.summary.problems }).waitFor(SLOW)
    await look('summary')
    await page.keyboard.press('Alt+2')
    const lines = page.getByRole('list', { name: words.records.list.label }).locator('[data-record]')
    await lines.first().waitFor()
    await look('timeline')
    await lines.first().click()
    await page.locator('[aria-current=true]').waitFor({ state: 'attached' })
    await page.getByRole('article').first().waitFor()
    await look('record')
    await page.keyboard.press('Alt+3')
    const trends = page.getByRole('radio', { name: words.records.chart.views.trends, checked: true })
    await trends.waitFor({ state: 'attached' })
    await look('trends')
  }

  async function write(steps: Steps): Promise<void> {
    const { page, words, look } = steps
    const { consultations } = words
    await page.keyboard.press('Alt+w')
    await page.getByLabel(consultations.parts.complaint).fill('Fever and cough for three days')
    await page.getByLabel(consultations.vitals.systolic).fill('142')
    await page.keyboard.press('Alt+d')
    await page.keyboard.type('typhoid')
    await page
      .getByRole('option', { name: /A01.00/ })
      .and(marked(page))
      .waitFor()
    await look('diagnosis picker')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Alt+m')
    await page.keyboard.type('amoxicillin')
    await takeOption(page, /^Amoxicillin /)
    await page
      .getByText(/Allergy to penicillin/)
      .first()
      .waitFor(SLOW)
    await page.keyboard.press('Control+Enter')
    await page.getByText(consultations.problems['half-a-pressure']).waitFor()
    await look('consultation, with a fault and a warning')
    await page.keyboard.type('88')
    await page.getByRole('button', { name: consultations.giveUp.action }).click()
    await lookAtDialog(steps, 'discarding', consultations.giveUp.cancel)
  }

  async function reviewAndSign({ page, words: { consultations }, look }: Steps): Promise<void> {
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { name: consultations.review.title }).waitFor()
    await page.getByLabel(consultations.warnings.seen).first().waitFor(SLOW)
    await look('review')
    for (const danger of await page.getByLabel(consultations.warnings.seen).all()) await danger.check()
    await page.getByRole('button', { name: consultations.review.sign }).click()
    await page.getByText(consultations.signed.title).waitFor(SLOW)
    await look('signed')
    await page.getByRole('link', { name: consultations.signed.chart, exact: true }).click()
  }

  async function addAndUpload(steps: Steps): Promise<void> {
    const { page, words, look } = steps
    const { addendum, upload } = words.consultations
    await page.getByRole('button', { name: addendum.action }).click(SLOW)
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: addendum.sign }).click()
    await dialog.getByText(addendum.required).waitFor()
    await lookAtDialog(steps, 'addendum', addendum.cancel)
    await look('signed note')
    await page.keyboard.press('Alt+u')
    await dialog.getByRole('button', { name: upload.add }).click()
    await dialog.getByText(upload.faults.none).waitFor()
    await lookAtDialog(steps, 'upload', upload.cancel)
    await page.getByRole('link', { name: words.doctor.nav.requests }).click()
    await page.getByRole('row').getByRole('link').first().waitFor(SLOW)
    await look('requests')
  }
})
