import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findChromium } from '../testing/browser.ts'
import { type DemoPortal, signInAs, startDemoPortal } from '../testing/demo-portal.ts'
import { pretendPushService } from '../testing/push-service.ts'
import { namedAddress, seen, withVisitor } from '../testing/visitors.ts'

const DESK = 'Tenzin Bhutia'
const AUDITOR = 'Farah Lindqvist'

describe.skipIf(!findChromium())('the settings of an account (skipped without Chromium)', () => {
  let portal: DemoPortal
  beforeAll(async () => {
    portal = await startDemoPortal({ patients: 1 })
  }, 600_000)
  afterAll(() => portal?.stop())

  test('a device is switched on for pushes and off again, and the choice of messages is kept', async () => {
    await withVisitor(
      portal,
      async ({ page, context }) => {
        await context.grantPermissions(['notifications'])
        await page.addInitScript(pretendPushService)
        await signInAs(page, AUDITOR)
        await page.evaluate(() => navigator.serviceWorker.ready)
        await page.goto('/settings')
        const section = page.getByRole('region', { name: 'Notifications' })
        await section.getByText('Notifications are off here').waitFor()
        await section.getByRole('button', { name: 'Notify me here' }).click()
        await section.getByText('Notifications are on here').waitFor()
        expect(await subscriptions()).toBe(1)

        // The switch follows what is kept, a moment after the click.
        const byText = section.getByLabel('By text message')
        await byText.click()
        await expect.poll(() => byText.isChecked()).toBe(false)
        await section.getByText('हिन्दी').click()
        await expect.poll(savedRevisions, { timeout: 30_000 }).toEqual([2])
        await page.reload()
        await section.getByText('Notifications are on here').waitFor()
        await section.getByRole('radio', { name: 'हिन्दी', checked: true }).waitFor({ state: 'attached' })
        expect(await byText.isChecked()).toBe(false)
        expect(await section.getByLabel('By e-mail').isChecked()).toBe(true)
        await byText.click()
        await expect.poll(() => byText.isChecked()).toBe(true)
        await expect.poll(savedRevisions, { timeout: 30_000 }).toEqual([3])

        await section.getByRole('button', { name: 'Stop' }).click()
        await section.getByText('Notifications are off here').waitFor()
        expect(await subscriptions()).toBe(0)
      },
      { address: namedAddress(portal) },
    )
  })

  const savedRevisions = async () =>
    (await portal.node.context.db.selectFrom('account_settings').select('revision').execute()).map(
      ({ revision }) => revision,
    )

  const subscriptions = async () =>
    (await portal.node.context.db.selectFrom('push_subscriptions').selectAll().execute()).length

  test('another device is signed out from here, and asks for the password', async () => {
    await withVisitor(portal, async ({ page }) => {
      await signInAs(page, DESK)
      await withVisitor(portal, async ({ page: other }) => {
        await signInAs(other, DESK)
        await page.goto('/settings')
        const section = page.getByRole('region', { name: 'Devices' })
        await section
          .getByRole('button', { name: /^Sign out/ })
          .first()
          .click()
        await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click()
        await section.getByText(/was signed out\.$/).waitFor()
        await other.goto('/settings')
        await other.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor()
      })
    })
  })

  test.each(['light', 'dark'] as const)(
    'in Hindi and on a phone nothing bars the way, in %s',
    async (scheme) => {
      await withVisitor(
        portal,
        async ({ page }) => {
          await page.goto('/recover')
          await page.getByRole('button', { name: 'हिन्दी' }).click()
          await page.getByRole('heading', { level: 1, name: 'अपना खाता वापस पाएँ' }).waitFor()
          await seen(page, `hindi-recover-${scheme}`)
          await signInAs(page, AUDITOR)
          await page.goto('/settings')
          await page.getByRole('region', { name: 'डिवाइस' }).getByText('यह डिवाइस').waitFor()
          await page.getByText('आपके पास रिकवरी किट नहीं है').waitFor()
          await seen(page, `hindi-settings-${scheme}`)
          await page.goto('/settings/guardians')
          await page.getByText(/\/guardian#/).waitFor()
          await page.getByRole('heading', { level: 1, name: 'संरक्षक' }).waitFor()
          await seen(page, `hindi-guardians-${scheme}`)
        },
        { phone: true, colorScheme: scheme },
      )
    },
  )
})
