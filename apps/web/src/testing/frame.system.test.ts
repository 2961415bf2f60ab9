import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findBarriers, overflow } from './accessibility.ts'
import { findChromium, type Visitor, visit } from './browser.ts'
import { type DemoPortal, demoPeople, signInAs, startDemoPortal } from './demo-portal.ts'
import { makeWire } from './first-load.ts'
import { withVisitor } from './visitors.ts'

const FIRST_LOAD_BYTES = 250_000
const HOMES = {
  patient: '/patient',
  doctor: '/doctor',
  staff: '/staff',
  admin: '/admin',
  auditor: '/auditor',
}
const PASSWORD = 'curo demo only'

describe.skipIf(!findChromium())('the portal’s frame (skipped where no Chromium is installed)', () => {
  let portal: DemoPortal
  beforeAll(async () => {
    portal = await startDemoPortal()
  })
  afterAll(() => portal?.stop())

  test.each(demoPeople())('$name ($role) signs in under the page’s policy', async ({ name, role }) => {
    await withVisitor(portal, async ({ page }) => {
      await signInAs(page, name)
      await page.waitForURL(`**${HOMES[role]}`)
      await expect(page.getByRole('heading', { level: 1 }).textContent()).resolves.toBeTruthy()
      await expect.poll(() => page.title()).toContain('Curo Demo Hospital')
    })
  })

  test('a first load of sign-in is at most 250 kB on the wire, and a try brings little more', async () => {
    const wire = await makeWire(portal.node.address)
    const visitor = await visit(portal.browser, wire.address)
    try {
      const { page } = visitor
      await page.goto('/')
      await page.getByLabel('Telephone number').waitFor()
      await page.waitForLoadState('networkidle')
      const loaded = wire.received()
      expect(loaded).toBeGreaterThan(100_000)
      expect(loaded).toBeLessThanOrEqual(FIRST_LOAD_BYTES)
      // What a try brings late: it should be next to nothing, and is 50 kB since there are second factors.
      await page.getByLabel('Telephone number').fill('90000 00011')
      await page.getByLabel('Password', { exact: true }).fill('not her password')
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.getByRole('alert').waitFor()
      expect(wire.received() - loaded).toBeLessThan(60_000)
    } finally {
      await visitor.close()
      await wire.stop()
    }
  })

  test('every answer of the portal carries the headers that bind a browser', async () => {
    const { address } = portal.node
    const page = await fetch(`${address}/sign-in`, { headers: { accept: 'text/html' } })
    expect(Object.fromEntries(page.headers)).toMatchObject({
      'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=(self)'),
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    })
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(await page.text())?.[1]
    const loaded = await fetch(`${address}${script}`)
    expect(loaded.headers.get('x-content-type-options')).toBe('nosniff')
    expect(loaded.headers.get('content-security-policy')).toContain("connect-src 'self'")
  })

  test('a wrong number and a wrong password look the same', async () => {
    await withVisitor(portal, async ({ page }) => {
      const sentences: (string | null)[] = []
      for (const contact of ['90000 00011', '98111 22233']) {
        await page.goto('/sign-in')
        await page.getByLabel('Telephone number').fill(contact)
        await page.getByLabel('Password', { exact: true }).fill('not the password')
        await page.getByRole('button', { name: 'Sign in' }).click()
        sentences.push(await page.getByRole('alert').textContent())
        expect(await page.getByLabel('Telephone number').inputValue()).toBe(contact)
      }
      expect(sentences[0]).toContain('The number or the password is not right')
      expect(sentences[1]).toBe(sentences[0])
    })
  })

  test('what is not a number is said at its field, which keeps what was typed', async () => {
    await withVisitor(portal, async ({ page }) => {
      await page.goto('/sign-in')
      await page.getByLabel('Telephone number').fill('asha@example.org')
      await page.getByRole('button', { name: 'Sign in' }).click()
      const field = page.getByLabel('Telephone number')
      await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true')
      expect(await field.inputValue()).toBe('asha@example.org')
      await expect.poll(() => field.evaluate((input) => input === document.activeElement)).toBe(true)
    })
  })

  test('a reload keeps her signed in; a new tab asks for the password; locking locks both, and wipes what was kept', async () => {
    await withVisitor(portal, async ({ page, context }) => {
      await signInAs(page, 'Tenzin Bhutia')
      await page.waitForURL('**/staff')
      await page.reload()
      await page.getByRole('heading', { level: 1, name: 'Front desk' }).waitFor()

      const second = await context.newPage()
      await second.goto('/staff')
      await second.getByRole('heading', { name: 'Locked' }).waitFor()
      await second.getByLabel('Password', { exact: true }).fill('wrong password')
      await second.getByRole('button', { name: 'Unlock' }).click()
      await second.getByText('This is not the right password').waitFor()
      await second.getByLabel('Password', { exact: true }).fill(PASSWORD)
      await second.getByRole('button', { name: 'Unlock' }).click()
      await second.getByRole('heading', { level: 1, name: 'Front desk' }).waitFor()

      await page.getByRole('button', { name: 'Lock', exact: true }).click()
      await page.getByRole('heading', { name: 'Locked' }).waitFor()
      await second.getByRole('heading', { name: 'Locked' }).waitFor()
      for (const tab of [page, second])
        await expect.poll(() => tab.evaluate(() => sessionStorage.getItem('curo.kept'))).toBeNull()
      await expect.poll(() => countDeviceKeys(page)).toBe(0)
      await page.reload()
      await page.getByRole('heading', { name: 'Locked' }).waitFor()
    })
  })

  test('signing out in one tab signs out the other, and the way back leads nowhere', async () => {
    await withVisitor(portal, async ({ page, context }) => {
      await signInAs(page, 'Leela Marar')
      await page.waitForURL('**/admin')
      const second = await context.newPage()
      await second.goto('/admin')
      await second.getByRole('heading', { name: 'Locked' }).waitFor()
      await page.goto('/settings')
      await page.getByRole('button', { name: /Leela Marar/ }).click()
      await page.getByRole('menuitem', { name: 'Sign out' }).click()
      await page.getByRole('heading', { name: 'Sign in' }).waitFor()
      await second.getByRole('heading', { name: 'Sign in' }).waitFor()
      expect(new URL(page.url()).search).toBe('')
      await expect.poll(() => context.cookies()).toEqual([])
      await page.goBack()
      await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    })
  })

  test('fifteen idle minutes lock the page, also when the device slept', async () => {
    await withVisitor(portal, async ({ page }) => {
      await page.clock.install()
      await signInAs(page, 'Farah Lindqvist')
      await page.waitForURL('**/auditor')
      await page.clock.fastForward('14:00')
      await page.getByRole('heading', { level: 1, name: /Farah/ }).waitFor()
      await page.clock.fastForward('01:10')
      await page.getByRole('heading', { name: 'Locked' }).waitFor()
      await expect.poll(() => countDeviceKeys(page)).toBe(0)
    })
  })

  test('somebody else’s sign-in in another tab signs the first one out here', async () => {
    await withVisitor(portal, async ({ page, context }) => {
      await signInAs(page, 'Tenzin Bhutia')
      await page.waitForURL('**/staff')
      const second = await context.newPage()
      await second.goto('/staff')
      await second.getByRole('heading', { name: 'Locked' }).waitFor()
      await second.getByRole('button', { name: 'Sign out' }).click()
      await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    })
  })

  test('each role’s doors stay shut for the others, and an unknown address says so', async () => {
    await withVisitor(portal, async ({ page }) => {
      await page.goto('/admin')
      await page.getByRole('heading', { name: 'Sign in' }).waitFor()
      expect(new URL(page.url()).searchParams.get('next')).toBe('/admin')
      await page.getByRole('button', { name: /Tenzin/ }).click()
      await page.waitForURL('**/staff')
      await page.goto('/staff/nowhere')
      await page.getByRole('heading', { name: 'This page does not exist' }).waitFor()
    })
  })

  test('attack: another site’s address as the page to go on with', async () => {
    await withVisitor(portal, async ({ page }) => {
      await page.goto('/sign-in?next=//evil.example/x')
      await page.getByRole('button', { name: /Tenzin/ }).click()
      await page.waitForURL('**/staff')
    })
  })

  test('a newcomer registers, waits, and is let in as soon as she is approved', async () => {
    await withVisitor(portal, async ({ page }) => {
      await page.goto('/register')
      await page.getByRole('button', { name: 'I am a doctor' }).click()
      await page.getByRole('button', { name: 'Register', exact: true }).click()
      await page.getByText('Enter your name.').waitFor()
      await page.getByLabel('Your name').fill('Dr Ines Invented')
      await page.getByLabel('Telephone number').fill('90000 00077')
      await page.getByLabel('New password').fill('river stone lantern')
      await page.getByLabel(/Registration number/).fill('KMC 12345')
      await page.getByRole('button', { name: 'Register', exact: true }).click()
      await page.getByRole('heading', { name: 'Waiting for approval' }).waitFor()
      await page.goto('/doctor')
      await page.getByRole('heading', { name: 'Waiting for approval' }).waitFor()
      await page.getByRole('button', { name: 'Look again' }).click()
      await page.getByText('Not approved yet.').waitFor()
    })
  })

  test('without a network the app opens and she is still in; the sign-in page has no service worker', async () => {
    const visitor = await portal.visit()
    const { page, context } = visitor
    try {
      await page.goto('/sign-in')
      await page.getByLabel('Telephone number').waitFor()
      const registrations = () =>
        page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)
      expect(await registrations()).toBe(0)
      await page.getByRole('button', { name: /Meenakshi/ }).click()
      await page.getByRole('heading', { level: 1, name: /Meenakshi/ }).waitFor()
      await page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state)
      await page.reload()
      await page.getByRole('heading', { level: 1, name: /Meenakshi/ }).waitFor()
      expect(visitor.faults).toEqual([])

      await context.setOffline(true)
      await page.reload()
      await page.getByRole('heading', { level: 1, name: /Meenakshi/ }).waitFor()
      await page.getByText('You are offline').waitFor()
      await page.getByText('Curo Demo Hospital').first().waitFor()
      await context.setOffline(false)
    } finally {
      await visitor.close()
    }
  })

  test('a lost connection keeps what was typed, also when a part of the app cannot be loaded', async () => {
    const { page, context, close } = await portal.visit()
    try {
      await signInAs(page, 'Tenzin Bhutia')
      await page.goto('/staff/register')
      await page.getByLabel('Given names').fill('Kaveri')
      await context.setOffline(true)
      const failing = page.waitForEvent('requestfailed')
      await page.getByRole('button', { name: /Tenzin Bhutia/ }).click()
      await page.getByRole('menuitem', { name: 'Help' }).hover()
      await failing
      await page.getByText('You are offline').waitFor()
      expect(await page.getByLabel('Given names').inputValue()).toBe('Kaveri')
    } finally {
      await close()
    }
  })

  test('a new version is offered, and taken when she says so; she stays signed in', async () => {
    // The page's policy would refuse the address of another service worker, which stands for the new version here.
    await withVisitor(
      portal,
      async ({ page }) => {
        await signInAs(page, 'Farah Lindqvist')
        await page.waitForURL('**/auditor')
        await page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state)
        await page.reload()
        await page.getByRole('heading', { level: 1, name: /Farah/ }).waitFor()
        await page.evaluate(async () => void (await navigator.serviceWorker.register('/service-worker.js?2')))
        await page.getByText('There is a new version of this app.').waitFor()
        const loadedAgain = page.waitForEvent('load')
        await page.getByRole('button', { name: 'Load it' }).click()
        await loadedAgain
        await page.getByRole('heading', { level: 1, name: /Farah/ }).waitFor()
        expect(await page.evaluate(() => navigator.serviceWorker.controller?.scriptURL)).toContain('?2')
      },
      { bypassCSP: true },
    )
  })

  test.each(['light', 'dark'] as const)(
    'axe finds nothing on the frame’s pages in %s',
    async (colorScheme) => {
      await withVisitor(
        portal,
        async ({ page }) => {
          for (const [path, heading] of [
            ['/sign-in', 'Sign in'],
            ['/register', 'Register'],
            ['/register/card', 'Activate your card'],
          ] as const) {
            await page.goto(path)
            await page.getByRole('heading', { level: 1, name: heading }).waitFor()
            await page.waitForLoadState('networkidle')
            expect([path, await findBarriers(page)]).toEqual([path, []])
          }
          await signInAs(page, 'Farah Lindqvist')
          await page.goto('/settings')
          await page.getByText('This device').waitFor()
          expect(await findBarriers(page)).toEqual([])
          await page.getByRole('button', { name: 'Lock', exact: true }).click()
          await page.getByRole('heading', { name: 'Locked' }).waitFor()
          expect(await findBarriers(page)).toEqual([])
        },
        { colorScheme },
      )
    },
  )

  test('a device that turns dark while the app is open turns the app dark, without a loop', async () => {
    await withVisitor(portal, async ({ page }) => {
      await signInAs(page, 'Farah Lindqvist')
      await page.waitForURL('**/auditor')
      const scheme = () => page.evaluate(() => document.documentElement.dataset.mantineColorScheme)
      expect(await scheme()).toBe('light')
      await page.emulateMedia({ colorScheme: 'dark' })
      await page.locator('html[data-mantine-color-scheme="dark"]').waitFor()
      await page.emulateMedia({ colorScheme: 'light' })
      await page.locator('html[data-mantine-color-scheme="light"]').waitFor()
    })
  })

  test('in Hindi the pages speak Hindi and keep to a phone’s width', async () => {
    await withVisitor(
      portal,
      async ({ page }) => {
        await page.goto('/sign-in')
        await page.getByRole('button', { name: 'हिन्दी' }).click()
        await page.getByRole('heading', { level: 1, name: 'साइन इन' }).waitFor()
        await page.locator('html[lang=hi]').waitFor()
        await page.getByRole('button', { name: /Ngozi/ }).click()
        await page.waitForURL('**/patient')
        await page.goto('/settings')
        await page.getByRole('heading', { level: 1, name: 'सेटिंग' }).waitFor()
        expect(await overflow(page)).toBe(0)
      },
      { viewport: { width: 360, height: 740 } },
    )
  })
})

/** How many wrapping keys this browser still has. */
async function countDeviceKeys(page: Visitor['page']): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('curo-device-keys')
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const counting = opening.result.transaction('keys').objectStore('keys').count()
          counting.onsuccess = () => {
            opening.result.close()
            resolve(counting.result)
          }
        }
      }),
  )
}
