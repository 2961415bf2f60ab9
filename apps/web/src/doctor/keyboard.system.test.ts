import { signIn } from '@curo/client/accounts'
import { verifyClinician } from '@curo/client/clinicians'
import { connect } from '@curo/client/connection'
import { listRequests } from '@curo/client/consent'
import { grantConsent } from '@curo/client/granting'
import { asPatient } from '@curo/client/person'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findChromium } from '../testing/browser.ts'
import { type AtTheDesk, comeToTheDesk } from '../testing/demo-card.ts'
import { type DemoPortal, demoPeople, startDemoPortal } from '../testing/demo-portal.ts'
import { type KeyboardUser, keyboardOf, takeOption } from '../testing/keyboard.ts'

/** A busy machine seals slowly. */
const SLOW = { timeout: 60_000 }
const PATIENT = 'Meenakshi Sundaresan'

/** No test here touches the mouse: `click`, `fill`, `check` and `goto` after the first page are not used. */
describe.skipIf(!findChromium())('doctors without a mouse (skipped where no Chromium is installed)', () => {
  let portal: DemoPortal
  let meenakshi: AtTheDesk
  beforeAll(async () => {
    portal = await startDemoPortal({ patients: 1 })
    meenakshi = await comeToTheDesk(portal, 'meenakshi')
  })
  afterAll(() => portal?.stop())

  const personOf = (name: string) => {
    const person = demoPeople().find((one) => one.name === name)
    if (!person) throw new Error(`The demo has no ${name}.`)
    return person
  }

  /** Signs in by typing, does it, and looks whether the focus was seen wherever it went. */
  async function asDoctor(name: string, run: (page: Page, keyboard: KeyboardUser) => Promise<void>) {
    const visitor = await portal.visit({ reducedMotion: 'reduce' })
    try {
      const { page } = visitor
      const keyboard = await keyboardOf(page)
      const { contact, password } = personOf(name)
      await page.goto('/sign-in')
      await keyboard.type(page.getByLabel('Telephone number'), contact)
      await keyboard.type(page.getByLabel('Password', { exact: true }), password)
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { level: 1, name: new RegExp(name) }).waitFor(SLOW)
      await run(page, keyboard)
      expect(keyboard.faults).toEqual([])
      expect(visitor.faults).toEqual([])
    } finally {
      await visitor.close()
    }
  }

  /** In the list below the field that has the focus: opens it, goes down to what is wanted, and takes it. */
  async function choose(page: Page, name: string): Promise<void> {
    const field = page.locator('input:focus')
    await page.keyboard.press('Enter')
    const wanted = page.getByRole('option', { name, exact: true })
    await wanted.waitFor()
    // The list looks for the option it starts from in a task of its own: a key before that is lost.
    await page.evaluate(() => new Promise<void>((resolve) => setTimeout(resolve)))
    for (let steps = 0; steps < 12; steps++) {
      if ((await wanted.getAttribute('data-combobox-selected')) === 'true') break
      await page.keyboard.press('ArrowDown')
    }
    await page.keyboard.press('Enter')
    await wanted.waitFor({ state: 'hidden' })
    expect(await field.inputValue()).toBe(name)
  }

  /** As she does it in her app. */
  async function allowInApp(): Promise<void> {
    const { address } = portal.node
    const app = asPatient(await signIn(await connect({ node: address }), personOf(PATIENT)))
    const [asked] = await listRequests(app, { state: 'pending' })
    if (!asked) throw new Error('Nobody asks.')
    const { request } = asked
    await grantConsent(app, {
      doctor: await verifyClinician(app, { account: request.account }),
      scope: request.scope,
      purpose: request.purpose,
      use: request.use,
      notAfter: new Date(request.notAfter),
      request,
    })
  }

  test('the number is typed, a part is asked for, she allows it in her app, and the chart is read', async () => {
    await asDoctor('Dr Tomas Okafor', async (page, keyboard) => {
      await keyboard.press(page.getByRole('button', { name: /^Scan a card/ }))
      await keyboard.type(page.getByLabel('Or type the number'), meenakshi.cardNumber)
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { level: 1, name: 'Patient' }).waitFor(SLOW)
      await keyboard.press(page.getByRole('checkbox', { name: 'Imaging' }), ' ')
      await keyboard.tabTo(page.getByRole('combobox', { name: 'How long' }))
      await choose(page, 'One week')
      await keyboard.type(page.getByLabel('In your words (optional)'), 'Heart and blood pressure')
      await keyboard.press(page.getByRole('button', { name: 'Ask in her app' }))
      await page.getByText(/She sees your request in her app/).waitFor(SLOW)
      expect(await keyboard.hasFocus()).toBe(true)

      await allowInApp()
      await page.getByRole('heading', { level: 1, name: PATIENT }).waitFor(SLOW)
      await page.getByRole('heading', { name: 'Active problems' }).waitFor(SLOW)
      expect(await keyboard.hasFocus()).toBe(true)

      await keyboard.tabTo(page.getByRole('radio', { name: 'Summary' }))
      await page.keyboard.press('ArrowRight')
      const lines = page.getByRole('list', { name: 'Records' }).locator('button[data-category]')
      await lines.first().waitFor()
      await keyboard.type(page.getByRole('searchbox'), 'kidney')
      await page.getByText(/^\d+ records? found/).waitFor()
      await keyboard.press(lines.filter({ hasText: 'Chronic kidney disease' }).first())
      const record = page.getByRole('article', { name: /Chronic kidney disease/ })
      await record.waitFor()
      await keyboard.press(page.getByRole('button', { name: 'Close the record' }))
      await record.waitFor({ state: 'detached' })
      expect(await keyboard.hasFocus()).toBe(true)

      await keyboard.press(page.getByRole('link', { name: 'Requests' }), 'Enter')
      const granted = page.getByRole('row', { name: /In the app/ })
      await granted.getByText('Open').waitFor(SLOW)
      expect(await granted.innerText()).not.toContain('Scans and X-rays')
      await keyboard.press(granted.getByRole('link'))
      await page.getByRole('heading', { name: 'Active problems' }).waitFor(SLOW)
    })
  })

  test('with the card she asks, types the code, writes, signs, adds, uploads, and locks', async () => {
    await asDoctor('Dr Asha Raghavan', async (page, keyboard) => {
      await openWithCard(page, keyboard)
      await keyboard.press(page.getByRole('link', { name: 'Write a consultation' }))
      await writeConsultation(page, keyboard)
      await signIt(page, keyboard)
      await addToIt(page, keyboard)
      await uploadResult(page, keyboard)
      await endAndLock(page, keyboard)
    })
  })

  async function openWithCard(page: Page, keyboard: KeyboardUser): Promise<void> {
    const choosing = page.waitForEvent('filechooser')
    await keyboard.press(page.getByRole('button', { name: /^Scan a card/ }))
    await keyboard.press(page.getByRole('button', { name: 'Choose a picture of the card' }))
    await (await choosing).setFiles({
      name: 'card.png',
      mimeType: 'image/png',
      buffer: meenakshi.picture,
    })
    await page.getByRole('heading', { level: 1, name: PATIENT }).waitFor(SLOW)
    await keyboard.tabTo(page.getByRole('combobox', { name: 'What for' }))
    await choose(page, 'At her own request')
    await keyboard.type(page.getByLabel('In your words (optional)'), 'Fever since Sunday')
    const since = new Date()
    await keyboard.press(page.getByRole('button', { name: 'Ask, and send the code' }))
    await page.getByText(/A code was sent/).waitFor(SLOW)
    await page.keyboard.type(await meenakshi.readCode(since))
    await page.getByRole('heading', { name: 'Active problems' }).waitFor(SLOW)
    expect(await keyboard.hasFocus()).toBe(true)
  }

  async function writeConsultation(page: Page, keyboard: KeyboardUser): Promise<void> {
    await keyboard.type(page.getByLabel('Complaint'), 'Fever and cough for three days')
    await keyboard.type(page.getByLabel('Systolic'), '128')
    await keyboard.type(page.getByLabel('Diastolic'), '84')
    await keyboard.type(page.getByRole('textbox', { name: 'Add a diagnosis' }), 'typhoid')
    await takeOption(page, /A01.00/)
    await page.getByRole('button', { name: /Remove Typhoid fever/ }).waitFor()
    await keyboard.tabTo(page.getByRole('combobox', { name: 'How certain' }), { back: true })
    await choose(page, 'Provisional')
    await keyboard.type(page.getByRole('textbox', { name: 'Add a medicine' }), 'paracetamol')
    await takeOption(page, /^Paracetamol /)
    await page.getByRole('button', { name: 'Remove Paracetamol' }).waitFor()
    await keyboard.tabTo(page.getByLabel('What else the patient should know'), { back: true })
    await page.keyboard.type('Drink plenty')
    await keyboard.press(page.getByRole('button', { name: 'Review and sign' }))
  }

  async function signIt(page: Page, keyboard: KeyboardUser): Promise<void> {
    const sign = page.getByRole('button', { name: 'Sign and seal' })
    await sign.waitFor()
    expect(await keyboard.hasFocus()).toBe(true)
    for (const danger of await page.getByLabel('I have seen this and decide so').all())
      await keyboard.press(danger, ' ')
    await keyboard.press(sign)
    await page.getByText('Signed and sealed').waitFor(SLOW)
    expect(await keyboard.hasFocus()).toBe(true)
    await keyboard.press(page.getByRole('link', { name: 'To the chart', exact: true }))
    await page
      .getByRole('article', { name: 'Consultation' })
      .getByText('Fever and cough')
      .first()
      .waitFor(SLOW)
  }

  async function addToIt(page: Page, keyboard: KeyboardUser): Promise<void> {
    const add = page.getByRole('button', { name: 'Add to this note' })
    await keyboard.press(add)
    await keyboard.arrives(page.getByLabel('What you add'))
    await page.keyboard.type('Blood culture sent as well.')
    await keyboard.press(page.getByRole('dialog').getByRole('button', { name: 'Sign and seal' }))
    await page.getByRole('heading', { name: /^Added .*Asha Raghavan/ }).waitFor(SLOW)
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await keyboard.hasFocus()).toBe(true)
  }

  async function uploadResult(page: Page, keyboard: KeyboardUser): Promise<void> {
    // Chromium needs a while to hand file choosers over.
    const choosing = page.waitForEvent('filechooser')
    await keyboard.press(page.getByRole('button', { name: 'Upload a result' }))
    const dialog = page.getByRole('dialog')
    const choose = dialog.getByRole('button', { name: 'Choose a file' })
    await keyboard.arrives(choose)
    await page.keyboard.press('Enter')
    await (await choosing).setFiles({
      name: 'lab_slip.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('Haemoglobin 11.2 g/dL\n'),
    })
    await keyboard.type(dialog.getByLabel('What it is'), 'Blood count of today')
    await keyboard.press(dialog.getByRole('button', { name: 'Seal and upload' }))
    await page.getByText('Haemoglobin 11.2 g/dL').waitFor(SLOW)
    await dialog.waitFor({ state: 'detached' })
    expect(await keyboard.hasFocus()).toBe(true)
  }

  async function endAndLock(page: Page, keyboard: KeyboardUser): Promise<void> {
    await keyboard.press(page.getByRole('button', { name: 'End the visit' }))
    await page.getByText('Open for you now').waitFor(SLOW)
    await keyboard.press(page.getByRole('button', { name: 'Lock', exact: true }))
    const password = page.getByLabel('Password', { exact: true })
    await password.waitFor()
    expect(await page.getByText(PATIENT).count()).toBe(0)
    await keyboard.type(password, personOf(PATIENT).password)
    await page.keyboard.press('Enter')
    await page.getByText('Open for you now').waitFor(SLOW)
  }
})
