import { readFile } from 'node:fs/promises'
import { registerAccount, signIn } from '@curo/client/accounts'
import { findByCard, readCard } from '@curo/client/cards'
import { connect } from '@curo/client/connection'
import { DEMO_WORKERS } from '@curo/client/demo/workers'
import { changePassword } from '@curo/client/password-change'
import { findPatients } from '@curo/client/patients'
import { DOCTORS } from '@curo/fhir/demo/people/staff'
import { makeTestNode, type TestNode } from '@curo/node/testing/test-node'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findBarriers } from '../testing/accessibility.ts'
import { findChromium, startBrowser, type Visitor, visit } from '../testing/browser.ts'
import { buildSite } from '../testing/demo-portal.ts'
import { takePictures } from '../testing/screenshots.ts'

const ADMIN = { contact: '+919811100011', password: 'river stone lantern' }
const FILL_MS = 600_000
const MINUTE_MS = 60_000

/** A hospital with nobody in it but its administrator. */
async function makeHospital({ training }: { training: boolean }): Promise<TestNode> {
  const node = await makeTestNode({ training, hospitalName: 'Hill Hospital', withJobs: true })
  const { setupCode } = node
  const name = 'Amma Invented'
  await registerAccount(await connect({ node: node.address }), { ...ADMIN, role: 'admin', name, setupCode })
  return node
}

async function signInAs(page: Page, { contact, password }: { contact: string; password: string }) {
  await page.goto('/sign-in')
  await page.getByLabel('Telephone number').fill(contact)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('navigation').first().waitFor({ state: 'attached' })
}

async function unlock(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'Locked' }).waitFor()
  await page.getByLabel('Password', { exact: true }).fill(ADMIN.password)
  await page.getByRole('button', { name: 'Unlock' }).click()
}

/** Waits until more than `than` records are done, and says how many are. */
async function recordsPast(page: Page, than: number): Promise<number> {
  let done = 0
  await expect
    .poll(
      async () => {
        const text = await page.getByText(/^[\d,]+ of [\d,]+ records$/).textContent()
        done = Number(text?.split(' ')[0]?.replaceAll(',', ''))
        return done
      },
      { timeout: FILL_MS, interval: 20 },
    )
    .toBeGreaterThan(than)
  return done
}

/** The last sign of life is set back by so many minutes; then how old it is now. */
const setIdle = (page: Page, minutes: number) =>
  page.evaluate((at) => localStorage.setItem('curo.active-at', String(at)), Date.now() - minutes * MINUTE_MS)
const idleMs = (page: Page) =>
  page.evaluate(() => Date.now() - Number(localStorage.getItem('curo.active-at')))

/** What a window holds while it fills. */
const LOCK = 'curo.demo'
const heldLocks = (page: Page) =>
  page.evaluate(async () => (await navigator.locks.query()).held?.map(({ name }) => name))

describe.skipIf(!findChromium())('inventing people (skipped where no Chromium is installed)', () => {
  let training: TestNode
  let browser: Browser
  let visitor: Visitor
  beforeAll(async () => {
    await buildSite()
    training = await makeHospital({ training: true })
    browser = await startBrowser()
    visitor = await visit(browser, training.address)
  })
  afterAll(async () => {
    await visitor?.close()
    await browser?.close()
    await training?.stop()
  })

  const goOn = (page: Page) => page.getByRole('button', { name: 'Go on' }).click()
  const stopped = (page: Page) =>
    page.getByRole('heading', { name: /^Stopped at [01] of 2 patients$/ }).waitFor()

  test('a count that is none is said at its field, which keeps what was typed', async () => {
    const { page } = visitor
    await signInAs(page, ADMIN)
    await page.getByRole('link', { name: 'Invent people' }).click()
    await page.getByRole('heading', { level: 1, name: 'Invented people' }).waitFor()
    const count = page.getByLabel('How many patients')
    expect(await count.inputValue()).toBe('12')
    for (const typed of ['', '0', '1001', '2.5', 'दो']) {
      await count.fill(typed)
      await page.getByRole('button', { name: 'Invent them' }).click()
      await page.getByText('Enter a whole number from 1 to 1,000.').waitFor()
      expect(await count.inputValue()).toBe(typed)
      await expect.poll(() => count.evaluate((input) => input === document.activeElement)).toBe(true)
      await count.blur()
    }
    expect(await findBarriers(page)).toEqual([])
    await takePictures(page, 'invented-people-form')
  })

  test('a filling that was stopped, cut off, locked out and reloaded goes on', {
    timeout: FILL_MS,
  }, async () => {
    const { page, context, faults } = visitor
    await page.getByLabel('How many patients').fill('2')
    await page.getByRole('button', { name: 'Invent them' }).click()
    const first = await recordsPast(page, 0)
    expect(await heldLocks(page)).toContain(LOCK)
    expect(await findBarriers(page)).toEqual([])
    await takePictures(page, 'invented-people-running')
    await page.getByRole('button', { name: 'Stop', exact: true }).click()
    await stopped(page)
    expect(await findBarriers(page)).toEqual([])
    await takePictures(page, 'invented-people-stopped')

    await goOn(page)
    const second = await recordsPast(page, first)
    expect(faults).toEqual([])
    await context.setOffline(true)
    await page.getByText('It could not go on').waitFor({ timeout: FILL_MS })
    await stopped(page)
    await context.setOffline(false)
    await page.getByRole('button', { name: 'Stop', exact: true }).waitFor()
    // The browser's own words about the lost connection.
    faults.length = 0

    await setIdle(page, 14)
    const third = await recordsPast(page, second)
    await expect.poll(() => idleMs(page), { timeout: FILL_MS }).toBeLessThan(MINUTE_MS)
    await setIdle(page, 16)
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
    await unlock(page)
    await stopped(page)

    await goOn(page)
    await recordsPast(page, third)
    await page.reload()
    await stopped(page)
  })

  test('two windows do not fill at once', { timeout: FILL_MS }, async () => {
    const { page, context } = visitor
    const other = await context.newPage()
    await other.goto('/sign-in')
    await other.evaluate(
      (lock) =>
        new Promise<void>((held) => {
          void navigator.locks.request(lock, () => new Promise(() => held()))
        }),
      LOCK,
    )
    await goOn(page)
    await page.getByText('Another window of this browser is inventing people.').waitFor()
    expect(await page.getByRole('button', { name: 'Stop', exact: true }).count()).toBe(0)
    await other.close()
    await stopped(page)
    await goOn(page)
    await page.getByText('2 invented patients are here').waitFor({ timeout: FILL_MS })
  })

  test('nothing is there twice, and what is kept opens the charts', async () => {
    const { page } = visitor
    expect(await findBarriers(page)).toEqual([])
    await takePictures(page, 'invented-people-done')
    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save password and cards' }).click()
    const { password, people, patients } = JSON.parse(
      await readFile(await (await downloading).path(), 'utf8'),
    )
    const connection = await connect({ node: training.address })
    const desk = await signIn(connection, { contact: '+919000000021', password })
    const found = (await findPatients(desk, { limit: 10 })).patients
    expect(found.map(({ demographics }) => demographics.name.family).sort()).toEqual([
      'Sundaresan',
      'Thakkar',
    ])
    expect(patients.map(({ name }: { name: string }) => name)).toEqual([
      'Meenakshi Sundaresan',
      'Arjun Thakkar',
    ])

    const said = await page.getByText(/^Their charts have [\d,]+ records/).textContent()
    const { count } = await training.context.db
      .selectFrom('records')
      .select(({ fn }) => fn.countAll().as('count'))
      .executeTakeFirstOrThrow()
    expect(said).toContain(`have ${Number(count).toLocaleString('en-IN')} records`)

    const doctor = people.find(({ role }: { role: string }) => role === 'doctor')
    const asha = await signIn(connection, { contact: doctor.contact, password })
    for (const { card } of patients)
      expect(found.map(({ id }) => id)).toContain((await findByCard(asha, await readCard(card))).keys.patient)
  })

  test('an invented doctor signs in', async () => {
    const password = await visitor.page.locator('code').textContent()
    const row = visitor.page.getByRole('row', { name: /^Dr Tomas Okafor/ })
    const contact = await row.getByRole('cell').last().textContent()
    const { page, faults, close } = await visit(browser, training.address)
    await signInAs(page, { contact: contact ?? '', password: password ?? '' })
    await page.waitForURL('**/doctor')
    await page.getByRole('heading', { level: 1 }).waitFor()
    expect(faults).toEqual([])
    await close()
  })

  test('in another browser the password is asked for, and what is there stays as it is', {
    timeout: FILL_MS,
  }, async () => {
    const password = await visitor.page.locator('code').textContent()
    const other = await visit(browser, training.address, { phone: true, colorScheme: 'dark' })
    const { page, faults } = other
    await signInAs(page, ADMIN)
    await page.goto('/admin/invented-people')
    const field = page.getByLabel('Password of the invented people')
    await page.getByLabel('How many patients').fill('2')
    await field.fill('not the password')
    await page.getByRole('button', { name: 'Invent them' }).click()
    await page.getByText('This is not the password of the invented people.').waitFor()
    expect(await page.getByLabel('How many patients').inputValue()).toBe('2')
    await expect.poll(() => field.evaluate((input) => input === document.activeElement)).toBe(true)
    expect(await findBarriers(page)).toEqual([])
    faults.length = 0
    await field.fill(password ?? '')
    await page.getByRole('button', { name: 'Invent them' }).click()
    await page.getByText('Cards of 0 of them lie in this browser').waitFor({ timeout: FILL_MS })
    const connection = await connect({ node: training.address })
    const desk = await signIn(connection, { contact: '+919000000021', password: password ?? '' })
    expect((await findPatients(desk, { limit: 10 })).patients).toHaveLength(2)
    expect(faults).toEqual([])
    await other.close()
  })

  test('invented doctors with passwords of their own hold up nobody', { timeout: FILL_MS }, async () => {
    const password = (await visitor.page.locator('code').textContent()) ?? ''
    const connection = await connect({ node: training.address })
    // Whose password is tried first, and who writes the third patient's chart.
    for (const name of [DOCTORS.medicine.name, DOCTORS.paediatrics.name]) {
      const { contact = '' } = DEMO_WORKERS.find((worker) => worker.name === name) ?? {}
      const doctor = await signIn(connection, { contact, password })
      await changePassword(doctor, { current: password, next: 'chosen by herself' })
    }

    const other = await visit(browser, training.address)
    const { page, faults } = other
    await signInAs(page, ADMIN)
    await page.goto('/admin/invented-people')
    await page.getByLabel('How many patients').fill('3')
    await page.getByLabel('Password of the invented people').fill(password)
    await page.getByRole('button', { name: 'Invent them' }).click()
    await page
      .getByText(`${DOCTORS.paediatrics.name} can no longer be signed in as with the first password`)
      .waitFor({ timeout: FILL_MS })
    expect(await findBarriers(page)).toEqual([])
    await takePictures(page, 'invented-people-away')
    const desk = await signIn(connection, { contact: '+919000000021', password })
    expect((await findPatients(desk, { limit: 10 })).patients).toHaveLength(3)
    // What the browser says itself of a sign-in that was refused.
    expect(faults.filter((fault) => !fault.includes('401'))).toEqual([])
    await other.close()
  })

  test('a real hospital offers nothing of it', async () => {
    const real = await makeHospital({ training: false })
    const { page, faults, close } = await visit(browser, real.address)
    try {
      await signInAs(page, ADMIN)
      await page.getByText('This is a real hospital, so nobody can be invented in it.').waitFor()
      expect(await page.getByRole('link', { name: 'Invent people' }).count()).toBe(0)
      await page.goto('/admin/invented-people')
      await page.getByText('This is not a training hospital').waitFor()
      expect(await page.locator('main').getByRole('button').count()).toBe(0)
      expect(await findBarriers(page)).toEqual([])
      expect(faults).toEqual([])
    } finally {
      await close()
      await real.stop()
    }
  })

  test('nothing on the way broke the page’s policy', () => {
    expect(visitor.faults).toEqual([])
  })
})
