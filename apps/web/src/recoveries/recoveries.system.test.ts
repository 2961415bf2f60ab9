import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { findChromium, type Visitor, visit } from '../testing/browser.ts'
import { type DemoPortal, demoPeople, signInAs, startDemoPortal } from '../testing/demo-portal.ts'
import { nextMessage, sentTo } from '../testing/sent-messages.ts'
import { seen, withVisitor } from '../testing/visitors.ts'

const PASSWORD = 'curo demo only'
const SIX_DIGITS = /^(\d{6}) /
const DOCTOR = 'Dr Asha Raghavan'
const DESK = 'Tenzin Bhutia'
const ADMIN = 'Leela Marar'
const AUDITOR = 'Farah Lindqvist'
const PATIENT = 'Meenakshi Sundaresan'

const contactOf = (name: string): string => {
  const person = demoPeople().find((one) => one.name === name)
  if (!person) throw new Error(`Nobody is called ${name}.`)
  return person.contact
}

describe.skipIf(!findChromium())('recovering an account (skipped without Chromium)', () => {
  let portal: DemoPortal
  beforeAll(async () => {
    portal = await startDemoPortal({ patients: 1 })
  }, 600_000)
  afterAll(() => portal?.stop())
  beforeEach(() => portal.node.context.db.deleteFrom('attempts').execute())

  test('a recovery kit: made, printed alone on its paper, tried, and good for a new password', async () => {
    const contact = contactOf(DOCTOR)
    let kit = ''
    await withVisitor(portal, async ({ page }) => {
      await signInAs(page, DOCTOR)
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
      expect(onPaper).toContain(DOCTOR)
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
      portal,
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
        await page.getByText(`You are back, ${DOCTOR}.`).waitFor()
        await seen(page, 'recovered')
        await page.getByRole('button', { name: 'Go on' }).click()
        await page.waitForURL('**/doctor')
      },
      { phone: true },
    )

    await withVisitor(portal, async ({ page }) => {
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
    const contact = contactOf(DOCTOR)
    const before = (await sentTo(portal.node, contact)).length
    await withVisitor(portal, async ({ page }) => {
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
    const contact = contactOf(PATIENT)
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
})
