import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { findBarriers } from '../testing/accessibility.ts'
import { addAuthenticator, makeAuthenticatorApp } from '../testing/authenticators.ts'
import { findChromium, type Visitor, visit } from '../testing/browser.ts'
import { type DemoPortal, demoPeople, signInAs, startDemoPortal } from '../testing/demo-portal.ts'
import { pretendPushService } from '../testing/push-service.ts'
import { nextMessage, sentTo } from '../testing/sent-messages.ts'

const PASSWORD = 'curo demo only'
const SIX_DIGITS = /^(\d{6}) /

const personCalled = (name: string) => {
  const person = demoPeople().find((one) => one.name === name)
  if (!person) throw new Error(`Nobody is called ${name}.`)
  return person
}
const doctors = demoPeople().filter(({ role }) => role === 'doctor')
const [passkeyDoctor, requiredDoctor, kitDoctor] = doctors.map(({ name }) => name) as [string, string, string]
const DESK = 'Tenzin Bhutia'
const ADMIN = 'Leela Marar'
const AUDITOR = 'Farah Lindqvist'
const PATIENT = 'Meenakshi Sundaresan'

describe.skipIf(!findChromium())('keeping and recovering an account (skipped without Chromium)', () => {
  let portal: DemoPortal
  /** Passkeys work under a name only. */
  let named: string
  beforeAll(async () => {
    portal = await startDemoPortal({ patients: 1 })
    named = portal.node.address.replace('127.0.0.1', 'localhost')
  }, 600_000)
  afterAll(() => portal?.stop())
  beforeEach(() => portal.node.context.db.deleteFrom('attempts').execute())

  async function withVisitor(
    run: (visitor: Visitor) => Promise<void>,
    { address = portal.node.address, ...options }: Parameters<typeof visit>[2] & { address?: string } = {},
  ): Promise<void> {
    const visitor = await visit(portal.browser, address, options)
    try {
      await run(visitor)
      expect(visitor.faults).toEqual([])
    } finally {
      await visitor.close()
    }
  }

  test('an authenticator app: scanned or typed, confirmed, asked for at sign-in and unlock, removed', async () => {
    await withVisitor(async ({ page }) => {
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
      { address: named },
    )
  })

  test('under an address instead of a name the page says where passkeys work', async () => {
    await withVisitor(async ({ page }) => {
      await page.goto('/sign-in')
      await page.getByRole('button', { name: 'Use a passkey instead' }).click()
      await page.getByText(`Passkeys of this hospital work at ${named}`).waitFor()
    })
  })

  test('a hospital that asks for a second step shows nothing else until there is one', async () => {
    const session = portal.node.context.config.session as { secondFactor: 'optional' | 'required' }
    session.secondFactor = 'required'
    try {
      await withVisitor(async ({ page }) => {
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

  test('a recovery kit: made, printed alone on its paper, tried, and good for a new password', async () => {
    const { contact } = personCalled(kitDoctor)
    let kit = ''
    await withVisitor(async ({ page }) => {
      await signInAs(page, kitDoctor)
      await page.goto('/settings')
      const section = page.getByRole('region', { name: 'Recovery kit' })
      await section.getByText('You have no recovery kit').waitFor()
      await section.getByRole('button', { name: 'Make a recovery kit' }).click()
      await section.getByText('This code is shown once.').waitFor()
      kit = (await section.getByLabel('Recovery code').locator('span').allTextContents()).join('-')
      expect(kit).toMatch(/^([0-9A-Z]{4}-){6}[0-9A-Z]{4}$/)
      await seen(page, 'new-kit')
      await page.emulateMedia({ media: 'print' })
      const onPaper = await page.locator('body').innerText()
      expect(onPaper).toContain(kit.slice(0, 4))
      expect(onPaper).toContain(kitDoctor)
      expect(onPaper).toContain('/recover')
      expect(onPaper).not.toContain('Language')
      await page.emulateMedia({ media: 'screen' })

      await section.getByRole('button', { name: 'Try it now' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Recovery code').fill(kit.replace(kit.slice(0, 4), '0000'))
      await dialog.getByRole('button', { name: 'Check the code' }).click()
      await dialog.getByText('There is a typing mistake').waitFor()
      await dialog.getByLabel('Recovery code').fill(kit.toLowerCase().replaceAll('-', ' '))
      await dialog.getByRole('button', { name: 'Check the code' }).click()
      await section.getByText('The code is right: this paper opens your account.').waitFor()
      await section.getByText('Last tried on').waitFor()
    })

    await withVisitor(
      async ({ page }) => {
        const before = (await sentTo(portal.node, contact)).length
        await page.goto('/sign-in')
        await page.getByRole('link', { name: 'Password forgotten?' }).click()
        await seen(page, 'recover')
        await page.getByRole('button', { name: 'I have my recovery kit' }).click()
        await page.getByRole('button', { name: 'Send a code' }).click()
        await page.getByText('Type the code of your recovery kit.').waitFor()
        await page.getByLabel('Telephone number').fill(contact)
        await page.getByLabel('Recovery code').fill(kit)
        await seen(page, 'recover-kit')
        await page.getByRole('button', { name: 'Send a code' }).click()
        const [, code = ''] = await nextMessage(portal.node, {
          to: contact,
          from: before,
          saying: SIX_DIGITS,
        })
        await page.getByLabel('Code from the message').fill(code === '000000' ? '000001' : '000000')
        await page.getByRole('button', { name: 'Go on' }).click()
        await page.getByText('This is not the code that was sent.').waitFor()
        await page.getByLabel('Code from the message').fill(code)
        await page.getByRole('button', { name: 'Go on' }).click()
        await page.getByLabel('New password').fill('too short')
        await page.getByRole('button', { name: 'Set the password' }).click()
        await page.getByText('Too short').first().waitFor()
        await page.getByLabel('New password').fill('river stone lantern')
        await page.getByRole('button', { name: 'Set the password' }).click()
        await page.getByText(`You are back, ${kitDoctor}.`).waitFor()
        await seen(page, 'recovered')
        await page.getByRole('button', { name: 'Go on' }).click()
        await page.waitForURL('**/doctor')
      },
      { phone: true },
    )

    await withVisitor(async ({ page }) => {
      await page.goto('/sign-in')
      for (const [password, isRight] of [
        [PASSWORD, false],
        ['river stone lantern', true],
      ] as const) {
        await page.getByLabel('Telephone number').fill(contact)
        await page.getByLabel('Password', { exact: true }).fill(password)
        await page.getByRole('button', { name: 'Sign in', exact: true }).click()
        if (isRight) await page.waitForURL('**/doctor')
        else await page.getByText('The number or the password is not right').waitFor()
      }
    })
  })

  test('a wrong number and a wrong kit look like right ones, and no telephone rings', async () => {
    const { contact } = personCalled(kitDoctor)
    const before = (await sentTo(portal.node, contact)).length
    await withVisitor(async ({ page }) => {
      await page.goto('/recover')
      await page.getByRole('button', { name: 'I have my recovery kit' }).click()
      await page.getByLabel('Telephone number').fill(contact)
      await page.getByLabel('Recovery code').fill('0000-0000-0000-0000-0000-0000-00CC')
      await page.getByRole('button', { name: 'Send a code' }).click()
      await page.getByText('There is a typing mistake').waitFor()
    })
    expect(await sentTo(portal.node, contact)).toHaveLength(before)
  })

  test('guardians: invited, named, refuse and help; the owner comes back after the waiting time', async () => {
    const { contact } = personCalled(PATIENT)
    const visitors: Visitor[] = []
    const enter = async (name: string) => {
      const visitor = await visit(portal.browser, portal.node.address)
      visitors.push(visitor)
      await signInAs(visitor.page, name)
      await visitor.page.goto('/settings/guardians')
      return visitor.page
    }
    try {
      const guardians = [await enter(DESK), await enter(ADMIN), await enter(AUDITOR)]
      const owner = await enter(PATIENT)
      const invitations: string[] = []
      for (const page of [...guardians, owner]) {
        const link = page.getByText(/\/guardian#/)
        invitations.push((await link.textContent()) ?? '')
      }
      const own = owner.getByRole('region', { name: 'Your guardians' })
      const paste = async (text: string) => {
        await own.getByLabel('Invitation').fill(text)
        await own.getByRole('button', { name: 'Add', exact: true }).click()
      }
      await paste('not an invitation')
      await own.getByText('This is not a whole invitation').waitFor()
      await paste(invitations[3] ?? '')
      await own.getByText('This is your own invitation.').waitFor()
      await paste(invitations[0] ?? '')
      await own.getByText(DESK).waitFor()
      await paste(invitations[0] ?? '')
      await own.getByText('You have added this person already.').waitFor()
      await paste(invitations[1] ?? '')
      await own.getByText(ADMIN).waitFor()
      // The third one's link is opened, and the first two are still there.
      const path = new URL(invitations[2] ?? '')
      await owner.goto(`${path.pathname}${path.hash}`)
      await own.getByText(DESK).waitFor()
      expect(new URL(owner.url()).hash).toBe('')
      await own.getByRole('button', { name: 'Add', exact: true }).click()
      await own.getByText(AUDITOR).waitFor()
      await seen(owner, 'naming-guardians')
      await own.getByRole('button', { name: 'Name these three' }).click()
      await own.getByText('These three are your guardians now.').waitFor()
      await seen(owner, 'guardians')

      // An attempt that the owner refuses by the link in the message.
      const thief = await askForHelp(contact)
      await owner.goto('/patient')
      await owner.getByText('Your guardians were asked to open your account').waitFor()
      await owner.goto('/settings/guardians')
      await owner.getByRole('button', { name: 'It was not me: refuse' }).waitFor()
      await seen(owner, 'attempt')
      const [, link = ''] = await nextMessage(portal.node, {
        to: contact,
        from: thief.sentBefore,
        saying: /(https?:\/\/\S+\/recoveries\/refuse#\S+)/,
      })
      const refusing = await visit(portal.browser, portal.node.address)
      visitors.push(refusing)
      await refusing.page.goto(link)
      await seen(refusing.page, 'refuse-by-link')
      expect(new URL(refusing.page.url()).hash).toBe('')
      await refusing.page.getByRole('button', { name: 'It was not me: refuse' }).click()
      await refusing.page.getByText('Refused. Nothing was opened').waitFor()
      await thief.page.reload()
      await thief.page.getByText('This request was refused.').waitFor()
      visitors.push(thief.visitor)

      // Her own, with two of the three.
      const back = await askForHelp(contact)
      visitors.push(back.visitor)
      const number = await back.page.getByLabel('Number to compare').textContent()
      expect(number?.replace(/\D/g, '')).toHaveLength(20)
      for (const [at, guardian] of guardians.slice(0, 2).entries()) {
        await guardian.goto('/')
        await guardian.getByText(`${PATIENT} asks for your help`).waitFor()
        await guardian.getByRole('link', { name: 'Look at it now' }).click()
        await guardian.getByRole('button', { name: `Help ${PATIENT}` }).click()
        const dialog = guardian.getByRole('dialog')
        expect(await dialog.getByLabel('Number to compare').textContent()).toBe(number)
        if (at === 0) await seen(guardian, 'release')
        expect(await dialog.getByRole('button', { name: 'Give my part' }).isDisabled()).toBe(true)
        await dialog.getByLabel(/I have spoken to/).check()
        await dialog.getByRole('button', { name: 'Give my part' }).click()
        await guardian.getByText(`Your part was given to ${PATIENT}.`).waitFor()
      }
      await back.page.reload()
      await back.page.getByText('2 of 2 guardians have helped so far.').waitFor()
      expect(await back.page.getByRole('button', { name: 'Choose a new password' }).count()).toBe(0)
      await seen(back.page, 'waiting-for-guardians')
      portal.node.clock.advance(61_000)
      await back.page.reload()
      await back.page.getByRole('button', { name: 'Choose a new password' }).click()
      await back.page.getByLabel('New password').fill('monsoon letter harbour')
      await back.page.getByRole('button', { name: 'Set the password' }).click()
      await back.page.getByText(`You are back, ${PATIENT}.`).waitFor()
      await back.page.getByRole('button', { name: 'Go on' }).click()
      await back.page.waitForURL('**/patient')
      await back.page.goto('/settings/guardians')
      await back.page.getByText('Named on').waitFor()
      for (const { faults } of visitors) expect(faults).toEqual([])
    } finally {
      for (const visitor of visitors) await visitor.close()
    }
  })

  /** Somebody with the owner's number and telephone, at /recover, until the guardians are asked. */
  async function askForHelp(contact: string) {
    await portal.node.context.db.deleteFrom('attempts').execute()
    const sentBefore = (await sentTo(portal.node, contact)).length
    const visitor = await visit(portal.browser, portal.node.address)
    const { page } = visitor
    await page.goto('/recover')
    await page.getByRole('button', { name: 'My guardians help me' }).click()
    await page.getByLabel('Telephone number').fill(contact)
    await page.getByRole('button', { name: 'Send a code' }).click()
    const [, code = ''] = await nextMessage(portal.node, {
      to: contact,
      from: sentBefore,
      saying: SIX_DIGITS,
    })
    await page.getByLabel('Code from the message').fill(code)
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByText('0 of 2 guardians have helped so far.').waitFor()
    return { visitor, page, sentBefore }
  }

  test('a device is switched on for pushes and off again, and the choice of messages is kept', async () => {
    await withVisitor(
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
      { address: named },
    )
  })

  const savedRevisions = async () =>
    (await portal.node.context.db.selectFrom('account_settings').select('revision').execute()).map(
      ({ revision }) => revision,
    )

  const subscriptions = async () =>
    (await portal.node.context.db.selectFrom('push_subscriptions').selectAll().execute()).length

  test('another device is signed out from here, and asks for the password', async () => {
    await withVisitor(async ({ page }) => {
      await signInAs(page, DESK)
      await withVisitor(async ({ page: other }) => {
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

async function signOut(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(name) }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor()
}

/** What must hold of every page that a test comes by. */
async function seen(page: Page, name: string): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor()
  expect([name, await findBarriers(page)]).toEqual([name, []])
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect([name, overflow]).toEqual([name, 0])
}
