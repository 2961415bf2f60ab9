import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addAuthenticator, makeAuthenticatorApp } from '../testing/authenticators.ts'
import { findChromium } from '../testing/browser.ts'
import { type DemoPortal, demoPeople, signInAs, startDemoPortal } from '../testing/demo-portal.ts'
import { namedAddress, seen, withVisitor } from '../testing/visitors.ts'

const PASSWORD = 'curo demo only'
const DESK = 'Tenzin Bhutia'
const doctors = demoPeople().filter(({ role }) => role === 'doctor')
const [passkeyDoctor, requiredDoctor] = doctors.map(({ name }) => name) as [string, string]

describe.skipIf(!findChromium())('second steps of signing in (skipped without Chromium)', () => {
  let portal: DemoPortal
  beforeAll(async () => {
    portal = await startDemoPortal({ patients: 1 })
  }, 600_000)
  afterAll(() => portal?.stop())
  beforeEach(() => portal.node.context.db.deleteFrom('attempts').execute())

  test('an authenticator app: scanned or typed, confirmed, asked for at sign-in and unlock, removed', async () => {
    await withVisitor(portal, async ({ page }) => {
      await signInAs(page, DESK)
      await page.goto('/settings')
      const section = page.getByRole('region', { name: 'Authenticator app' })
      await section.getByRole('button', { name: 'Set up' }).click()
      await section.getByRole('img', { name: 'Code to scan with the authenticator app' }).waitFor()
      const typed = await section.getByLabel('Key for the authenticator app').textContent()
      expect(typed).toMatch(/^([A-Z2-7]{4} ?)+$/)
      const app = makeAuthenticatorApp(portal.node, typed ?? '')

      await section.getByLabel('Code that the app shows now').fill('12')
      await section.getByRole('button', { name: 'Use this app' }).click()
      await section.getByText('The code has six digits.').waitFor()
      await section.getByLabel('Code that the app shows now').fill(app.wrongCode())
      await section.getByRole('button', { name: 'Use this app' }).click()
      await section.getByText('This code is not right').waitFor()
      await section.getByLabel('Code that the app shows now').fill(app.code())
      await section.getByRole('button', { name: 'Use this app' }).click()
      await section.getByText('From now on signing in asks for a code').waitFor()

      await page.getByRole('button', { name: 'Lock', exact: true }).click()
      await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
      await page.getByRole('button', { name: 'Unlock', exact: true }).click()
      await page.getByRole('heading', { name: 'One more step' }).waitFor()
      await seen(page, 'second-step')
      await page.getByLabel('Code of your authenticator app').fill(app.wrongCode())
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.getByText('This code is not right').waitFor()
      await page.getByLabel('Code of your authenticator app').fill(app.code())
      await page.getByRole('button', { name: 'Sign in' }).click()
      await section.getByText('Codes are asked for').waitFor()

      await section.getByRole('button', { name: 'Remove' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('One last code of the app').fill(app.code())
      await dialog.getByRole('button', { name: 'Stop asking' }).click()
      await section.getByText('Signing in no longer asks for a code.').waitFor()
      await section.getByRole('button', { name: 'Set up' }).waitFor()
    })
  })

  test('a passkey: added, signs in and unlocks alone, is the second step after the password, removed', async () => {
    await withVisitor(
      portal,
      async ({ page }) => {
        await addAuthenticator(page)
        await signInAs(page, passkeyDoctor)
        await page.goto('/settings')
        const section = page.getByRole('region', { name: 'Passkeys' })
        await section.getByRole('button', { name: 'Add a passkey' }).click()
        const dialog = page.getByRole('dialog')
        await dialog.getByLabel('Name').fill('')
        await dialog.getByRole('button', { name: 'Go on' }).click()
        await dialog.getByText('Give it a name.').waitFor()
        await dialog.getByLabel('Name').fill('An invented telephone')
        await dialog.getByRole('button', { name: 'Go on' }).click()
        await dialog.getByText('The passkey was added.').waitFor()
        const once = dialog.getByRole('button', { name: 'Touch once more' })
        const alone = dialog.getByText('You can sign in with it alone')
        await once.or(alone).first().waitFor()
        if (await once.isVisible()) await once.click()
        await alone.waitFor()
        await dialog.getByRole('button', { name: 'Done' }).click()
        await section.getByText('Signs you in without a password').waitFor()

        await page.getByRole('button', { name: 'Lock', exact: true }).click()
        await page.getByRole('heading', { name: 'Locked' }).waitFor()
        await seen(page, 'locked')
        await page.getByRole('button', { name: 'Use a passkey instead' }).click()
        await section.getByText('An invented telephone', { exact: true }).waitFor()

        await signOut(page, passkeyDoctor)
        await page.getByRole('button', { name: 'Use a passkey instead' }).click()
        await page.waitForURL('**/doctor')
        await signOut(page, passkeyDoctor)

        await page.getByRole('button', { name: new RegExp(passkeyDoctor) }).click()
        await page.getByRole('heading', { name: 'One more step' }).waitFor()
        expect(await page.getByLabel('Code of your authenticator app').count()).toBe(0)
        await page.getByRole('button', { name: 'Use your passkey' }).click()
        await page.waitForURL('**/doctor')

        await page.goto('/settings')
        await section.getByRole('button', { name: 'Remove the passkey An invented telephone' }).click()
        await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click()
        await section.getByText('You have no passkey yet.').waitFor()
        await signOut(page, passkeyDoctor)
        await page.getByRole('button', { name: 'Use a passkey instead' }).click()
        await page.getByText('This passkey was not accepted').waitFor()
      },
      { address: namedAddress(portal) },
    )
  })

  test('under an address instead of a name the page says where passkeys work', async () => {
    await withVisitor(portal, async ({ page }) => {
      await page.goto('/sign-in')
      await page.getByRole('button', { name: 'Use a passkey instead' }).click()
      await page.getByText(`Passkeys of this hospital work at ${namedAddress(portal)}`).waitFor()
    })
  })

  test('a hospital that asks for a second step shows nothing else until there is one', async () => {
    const session = portal.node.context.config.session as { secondFactor: 'optional' | 'required' }
    session.secondFactor = 'required'
    try {
      await withVisitor(portal, async ({ page }) => {
        await page.goto('/sign-in')
        await page.getByRole('button', { name: new RegExp(requiredDoctor) }).click()
        await page.getByRole('heading', { level: 1, name: 'One step is missing' }).waitFor()
        await page.goto('/doctor/requests')
        await page.getByRole('heading', { level: 1, name: 'One step is missing' }).waitFor()
        const section = page.getByRole('region', { name: 'Authenticator app' })
        await section.getByRole('button', { name: 'Set up' }).click()
        const typed = await section.getByLabel('Key for the authenticator app').textContent()
        await seen(page, 'set-up-second-step')
        const app = makeAuthenticatorApp(portal.node, typed ?? '')
        await section.getByLabel('Code that the app shows now').fill(app.code())
        await section.getByRole('button', { name: 'Use this app' }).click()
        await page.getByRole('navigation').first().waitFor()
      })
    } finally {
      session.secondFactor = 'optional'
    }
  })
})

async function signOut(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(name) }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor()
}
