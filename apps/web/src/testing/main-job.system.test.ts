import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openFolderKeeper } from '@curo/node/demo/folder-keeper'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readPages } from '../cards/testing/read-pdf.ts'
import { findChromium, type Visitor } from './browser.ts'
import { type DemoPortal, signInAs, startDemoPortal } from './demo-portal.ts'
import { takeOption } from './keyboard.ts'
import { cameraThatSees, holdBeforeCamera } from './printed-card.ts'
import { takePictures } from './screenshots.ts'

const PHONE = '+919000000901'
const SECOND_DOCTOR = { name: 'Dr Ines Carvalho', contact: '90000 00902', password: 'river stone lantern' }
const PASSWORD = 'marigold under the bridge'

/** The main job, as five people do it, each at a browser of her own; each test goes on where the one before ended. */
describe.skipIf(!findChromium())('the main job (skipped where no Chromium is installed)', () => {
  let portal: DemoPortal
  let folder: string
  let camera: string
  let card: Uint8Array
  const people: Record<'staff' | 'admin' | 'doctor' | 'second' | 'patient', Visitor> = {} as never
  const visitors: Visitor[] = []

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'curo-main-job-'))
    camera = join(folder, 'camera.mjpeg')
    portal = await startDemoPortal({ patients: 0, flags: cameraThatSees(camera) })
    for (const who of ['staff', 'admin', 'doctor', 'second', 'patient'] as const) {
      people[who] = await portal.visit({ phone: who === 'patient', reducedMotion: 'reduce' })
      visitors.push(people[who])
    }
  })
  afterAll(async () => {
    await Promise.all(visitors.map((visitor) => visitor.close()))
    await portal?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  /** The six digits in the message that was sent to the patient's telephone. */
  async function codeSent(since: Date): Promise<string> {
    const outbox = join(portal.node.context.config.dataFolder, 'outbox')
    const { codeSentTo } = await openFolderKeeper({ folder: join(folder, 'keeper'), outbox })
    if (!codeSentTo) throw new Error('There is no outbox.')
    return codeSentTo(PHONE, since)
  }

  const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name })

  test('the desk registers a patient, prints her card and hands it over', async () => {
    const { page } = people.staff
    await signInAs(page, 'Tenzin Bhutia')
    await heading(page, 'Front desk').waitFor()
    await takePictures(page, 'staff-home')
    await page.getByRole('link', { name: 'Register a patient' }).first().click()
    await page.getByLabel('Given names').fill('Kaveri')
    await page.getByLabel('Family name').fill('Ranganathan')
    await page.getByLabel('Date of birth').fill('1987-06-14')
    await page.getByRole('combobox', { name: 'Sex' }).click()
    await page.getByRole('option', { name: 'Female' }).click()
    await page.getByLabel('Mobile telephone').fill('90000 00901')
    await page.getByLabel('House and street').fill('8 Banyan Walk')
    await page.getByLabel('City or village').fill('Mysuru')
    await takePictures(page, 'staff-register')
    await page.getByRole('button', { name: 'Register and make the card' }).click()
    await heading(page, 'Kaveri Ranganathan is registered').waitFor()
    await takePictures(page, 'staff-hand-over')
    await page.getByRole('button', { name: 'Print the card' }).click()
    await page.getByRole('radio', { name: /Card printer/ }).check()
    await takePictures(page, 'staff-print-card')
    const saving = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save as PDF' }).click()
    card = new Uint8Array(await readFile(await (await saving).path()))
    const [front, back] = await readPages(card)
    expect(front?.lines.join(' ')).toContain('Kaveri Ranganathan')
    expect(front?.lines.join(' ')).toContain('8 Banyan Walk')
    expect(back?.width).toBeCloseTo(85.6, 1)
    await page.getByRole('button', { name: 'Close' }).click()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.getByRole('checkbox', { name: /the card and the recovery code/ }).check()
    await page.getByRole('button', { name: 'Next patient' }).click()
    await heading(page, 'Register a patient').waitFor()
    await holdBeforeCamera(card, portal.browser, camera)
  })

  test('a second doctor registers, and the administrator lets her in', async () => {
    const { page } = people.second
    await page.goto('/register')
    await page.getByRole('button', { name: 'I am a doctor' }).click()
    await page.getByLabel('Your name').fill(SECOND_DOCTOR.name)
    await page.getByLabel('Telephone number').fill(SECOND_DOCTOR.contact)
    await page.getByLabel('New password').fill(SECOND_DOCTOR.password)
    await page.getByLabel(/Registration number/).fill('KMC 90902')
    await page.getByRole('button', { name: 'Register', exact: true }).click()
    await heading(page, 'Waiting for approval').waitFor()
    await takePictures(page, 'waiting-for-approval')

    const admin = people.admin.page
    await signInAs(admin, 'Leela Marar')
    await admin.goto('/admin/approvals')
    await takePictures(admin, 'admin-approvals')
    await admin.getByRole('link', { name: new RegExp(SECOND_DOCTOR.name) }).click()
    await admin.getByRole('button', { name: 'Approve' }).click()
    await takePictures(admin, 'admin-approve')
    await admin.getByRole('dialog').getByRole('button', { name: 'Approve' }).click()
    await admin.getByRole('dialog').waitFor({ state: 'hidden' })

    await page.getByRole('button', { name: 'Look again' }).click()
    await heading(page, new RegExp(SECOND_DOCTOR.name)).waitFor()
  })

  test('the doctor scans the printed card, asks, enters the code from the telephone and reads the chart', async () => {
    const { page } = people.doctor
    await signInAs(page, 'Dr Asha Raghavan')
    await heading(page, /Asha Raghavan/).waitFor()
    await takePictures(page, 'doctor-home')
    await page.getByRole('button', { name: /^Scan a card/ }).click()
    await heading(page, 'Kaveri Ranganathan').waitFor({ timeout: 90_000 })
    await takePictures(page, 'doctor-ask')
    const since = new Date()
    await page.getByRole('button', { name: 'Ask, and send the code' }).click()
    await page.getByLabel('Digit 1').waitFor()
    await takePictures(page, 'doctor-code')
    await page.getByLabel('Digit 1').click()
    await page.keyboard.type(await codeSent(since))
    await page.getByText(/^Open for you until/).waitFor()
    await page.getByRole('region', { name: 'Summary' }).waitFor()
    await takePictures(page, 'doctor-chart')
  })

  test('she writes the visit down, reviews it, signs and seals it', async () => {
    const { page } = people.doctor
    await page.getByRole('link', { name: 'Write a consultation' }).click()
    await page.getByLabel('Complaint').fill('Fever and cough for three days')
    await page.getByLabel('Systolic').fill('124')
    await page.getByLabel('Diastolic').fill('82')
    await page.keyboard.press('Alt+d')
    await page.keyboard.type('typhoid')
    await takeOption(page, /A01.00/)
    await page.getByRole('button', { name: /Remove Typhoid fever/ }).waitFor()
    await page.locator('[data-save-state=saved]').waitFor()
    await takePictures(page, 'doctor-consultation')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('button', { name: 'Sign and seal' }).click()
    await page.getByText('Signed and sealed').waitFor()
    await page.getByRole('link', { name: 'To the chart', exact: true }).click()
    await page.getByText('Fever and cough for three days').first().waitFor()
    await takePictures(page, 'doctor-chart-written')
  })

  test('the patient activates her app with the card', async () => {
    const { page } = people.patient
    await page.goto('/')
    await page.getByLabel('Telephone number').waitFor()
    await takePictures(page, 'sign-in')
    await page.getByRole('link', { name: 'Register' }).click()
    await page.getByRole('link', { name: /I am a patient/ }).click()
    const since = new Date()
    await takePictures(page, 'activate-card')
    await page.getByRole('button', { name: 'Scan the card' }).click()
    await page.getByLabel('Code', { exact: true }).waitFor({ timeout: 90_000 })
    await page.getByLabel('Code', { exact: true }).fill(await codeSent(since))
    await page.getByLabel('Your name').fill('Kaveri Ranganathan')
    await page.getByLabel('Telephone number').fill('90000 00901')
    await page.getByLabel('New password').fill(PASSWORD)
    await takePictures(page, 'activate-account')
    await page.getByRole('button', { name: 'Make it mine' }).click()
    await page.getByText(/records? (is|are) yours now/).waitFor()
    await page.getByLabel('I have written it down').check()
    await takePictures(page, 'activate-recovery-code')
    await page.getByRole('button', { name: 'Begin' }).click()
    await heading(page, /Kaveri/).waitFor()
    await takePictures(page, 'patient-home-new')
  })

  test('she sees who looked, and her own browser finds her history complete', async () => {
    const { page } = people.patient
    await page.getByRole('link', { name: 'Who looked' }).first().click()
    await page
      .getByText(/Asha Raghavan/)
      .first()
      .waitFor()
    await page.getByRole('button', { name: 'Check now' }).click()
    await page.getByText('Complete', { exact: true }).waitFor({ timeout: 120_000 })
    expect(await page.getByText(/^All \d+ lines about you are there/).count()).toBe(1)
    await takePictures(page, 'patient-who-looked')
  })

  test('she allows the second doctor, who opens her chart without the card', async () => {
    const { page } = people.patient
    await page.getByRole('link', { name: 'Sharing' }).first().click()
    await page.getByRole('link', { name: 'Allow a doctor' }).click()
    await page.getByLabel('Doctor’s name or speciality').fill('Carvalho')
    await page.getByRole('button', { name: `Choose: ${SECOND_DOCTOR.name}` }).click()
    await takePictures(page, 'patient-allow')
    await page.getByRole('button', { name: `Allow ${SECOND_DOCTOR.name}` }).click()
    await page.getByText('Allowed', { exact: true }).waitFor()
    await page.getByRole('link', { name: 'Back to sharing' }).click()
    await page.getByRole('button', { name: 'Take back' }).first().waitFor()
    await takePictures(page, 'patient-sharing')

    const doctor = people.second.page
    await doctor.goto('/doctor')
    await doctor.getByRole('link', { name: /allowed in her app/ }).click()
    await doctor.getByText(/^Open for you until/).waitFor()
    await doctor
      .getByRole('region', { name: 'Summary' })
      .getByText(/Typhoid fever/)
      .first()
      .waitFor()
    await takePictures(doctor, 'doctor-chart-by-app')
  })

  test('she takes it back: the next opening is refused, and the page says why', async () => {
    const { page } = people.patient
    const entry = page.getByRole('article').filter({ hasText: SECOND_DOCTOR.name })
    await entry.getByRole('button', { name: 'Take back' }).click()
    await takePictures(page, 'patient-take-back')
    await page.getByRole('dialog').getByRole('button', { name: 'Take back' }).click()
    await page.getByText(`Taken back. ${SECOND_DOCTOR.name} can open nothing more of this.`).waitFor()
    await page.getByRole('button', { name: 'Done' }).click()

    const doctor = people.second.page
    await doctor.reload()
    await doctor.getByText('She has taken her permission back. Ask again if you need to.').waitFor()
    expect(await doctor.getByRole('region', { name: 'Summary' }).count()).toBe(0)
    await takePictures(doctor, 'doctor-taken-back')
  })

  test('nobody’s page did what it should not: no error, nothing against the policy, no request to elsewhere', () => {
    expect(visitors).toHaveLength(5)
    expect(visitors.flatMap(({ faults }) => faults)).toEqual([])
  })
})
