import { makeTestNode, type TestNode } from '@curo/node/testing/test-node'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findBarriers } from '../testing/accessibility.ts'
import { findChromium, startBrowser, type Visitor, visit } from '../testing/browser.ts'
import { buildSite } from '../testing/demo-portal.ts'

describe.skipIf(!findChromium())(
  'the first run of a hospital (skipped where no Chromium is installed)',
  () => {
    let node: TestNode
    let browser: Browser
    let visitor: Visitor
    beforeAll(async () => {
      await buildSite()
      node = await makeTestNode({ hospitalName: 'Untitled' })
      browser = await startBrowser()
      visitor = await visit(browser, node.address)
    })
    afterAll(async () => {
      await visitor?.close()
      await browser?.close()
      await node?.stop()
    })

    test('whoever started it becomes its administrator, and a wrong setup code is said at its field', async () => {
      const { page, faults } = visitor
      await page.goto('/')
      await page.getByRole('heading', { level: 1, name: 'Set up the hospital' }).waitFor()
      expect(await findBarriers(page)).toEqual([])
      await page.getByRole('button', { name: 'Create the administrator' }).click()
      await page.getByText('Enter your name.').waitFor()
      const code = page.getByLabel(/Setup code/)
      await code.fill('WRONG-CODE')
      await page.getByLabel('Your name').fill('Amma Invented')
      await page.getByLabel('Telephone number').fill('90000 00011')
      await page.getByLabel('New password').fill('river stone lantern')
      await page.getByRole('button', { name: 'Create the administrator' }).click()
      await page.getByText('This code is not right').waitFor()
      expect(await code.getAttribute('aria-invalid')).toBe('true')
      expect(await page.getByLabel('Your name').inputValue()).toBe('Amma Invented')
      // The browser's own word about the refusal.
      faults.length = 0
      await code.fill(node.setupCode)
      await page.getByRole('button', { name: 'Create the administrator' }).click()
      await page.waitForURL('**/admin')
      await page.getByRole('heading', { name: 'Set the hospital up' }).waitFor()
      await page.getByText('This is a real hospital, so nobody can be invented in it.').waitFor()
      expect(await findBarriers(page)).toEqual([])
    })

    test('she describes the hospital: what is wrong stands at its field, what is saved is said and seen at once', async () => {
      const { page, faults } = visitor
      await page.getByRole('link', { name: 'Describe it now' }).click()
      await page.getByRole('heading', { level: 1, name: 'Hospital' }).waitFor()
      expect(await page.getByRole('combobox', { name: 'Time zone' }).inputValue()).toBe('Asia/Kolkata')
      const name = page.getByLabel('Name of the hospital')
      await name.fill('')
      await page.getByLabel('Email').fill('nobody')
      await page.getByLabel('Website').fill('hospital.example')
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByText('Enter the hospital’s name.').waitFor()
      await page.getByText('it looks like name@example.org').waitFor()
      await page.getByText('Write the whole address').waitFor()
      await expect
        .poll(() => name.evaluate((input) => input === document.activeElement), { timeout: 20_000 })
        .toBe(true)
      expect(await page.getByLabel('Email').inputValue()).toBe('nobody')
      expect(await findBarriers(page)).toEqual([])

      await name.fill('Nilgiri Hill Hospital مستشفى 🏥')
      await page.getByLabel('Email').fill('desk@hospital.example')
      await page.getByLabel('Website').fill('https://hospital.example')
      await page.getByLabel('Lines under the name').fill('1 Invented Road\nOoty 643001')
      await page.getByRole('button', { name: 'Add a facility' }).click()
      await page.getByLabel('Facility').fill('Main building')
      await page.getByRole('button', { name: 'Add a department' }).click()
      await page.getByLabel('Department').fill('Cardiology')
      const zone = page.getByRole('combobox', { name: 'Time zone' })
      await zone.fill('Kathmandu')
      await page
        .getByRole('option', { name: /Kathmandu/ })
        .first()
        .click()
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByText('Saved. Everybody sees it from now on.').waitFor()
      await page.getByRole('banner').getByText('Nilgiri Hill Hospital').waitFor()
      await page.getByRole('link', { name: 'Overview' }).first().click()
      await page.getByText('Nothing is wrong').or(page.getByText('6 of 6 buckets well')).first().waitFor()
      await page.getByRole('heading', { name: 'Set the hospital up' }).waitFor({ state: 'detached' })
      expect(faults).toEqual([])
    })

    test('of two administrators who save at once the second is told, and keeps what she typed', async () => {
      const { page, context } = visitor
      await page.getByRole('link', { name: 'Hospital', exact: true }).first().click()
      await page.getByLabel('Registration number').fill('TN-4711')
      const second = await context.newPage()
      await second.goto('/admin/hospital')
      await second.getByLabel('Password', { exact: true }).fill('river stone lantern')
      await second.getByRole('button', { name: 'Unlock' }).click()
      await second.getByLabel('Telephone', { exact: true }).first().fill('+91 90000 00000')
      await second.getByRole('button', { name: 'Save' }).click()
      await second.getByText('Saved.').waitFor()
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByText('Another administrator saved meanwhile.').waitFor()
      expect(await page.getByLabel('Registration number').inputValue()).toBe('TN-4711')
      await second.close()
    })
  },
)
