import { listSessions, signIn } from '@curo/client/accounts'
import { type Connection, connect } from '@curo/client/connection'
import {
  type AskedGuardians,
  askGuardians,
  checkGuardians,
  listOwnRecoveries,
  openByGuardians,
  refuseRecovery,
  refuseRecoveryByCode,
  startGuardianRecovery,
} from '@curo/client/guardian-recovery'
import {
  findGuardian,
  getGuardians,
  guardianInvitation,
  listGuardianships,
  nameGuardians,
  readGuardianInvitation,
  releaseShare,
  removeGuardians,
} from '@curo/client/guardians'
import { signOwnChange } from '@curo/client/own-change'
import type { Person } from '@curo/client/person'
import { finishWithNewPassword, makeRecoveryKit, startKitRecovery } from '@curo/client/recoveries'
import * as contract from '@curo/contract/guardians'
import { startRecoveredPassword } from '@curo/contract/recoveries'
import { fromBase64Url, toBase64Url } from '@curo/crypto/bytes'
import { openShareAsGuardian, requestNumber, sealShareToRequest } from '@curo/crypto/guardian-shares'
import * as password from '@curo/crypto/password'
import { randomBytes, randomId } from '@curo/crypto/random'
import { makeSealingKeyPair } from '@curo/crypto/xwing'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { parseConfig } from '../config.ts'
import type { OutboxMessage } from '../context.ts'
import { lookupToken } from '../sealed-columns.ts'
import { personOf } from '../testing/hospital.ts'
import { inventedPhone, makeAccount } from '../testing/people.ts'
import { makeRecordedNode } from '../testing/recorded-node.ts'
import { signUp, signUpPatient } from '../testing/signed-up.ts'
import type { TestNode } from '../testing/test-node.ts'
import { waitingMs } from './asking.ts'

const DAY_MS = 24 * 3_600_000
/** Shorter than a day, so that sessions outlast it. */
const WAIT_MS = 60 * 60_000

let node: TestNode
let sent: OutboxMessage[]
let connection: Connection
beforeAll(async () => {
  ;({ node, sent } = await makeRecordedNode({
    session: { idleMinutes: 24 * 60 },
    recovery: { guardianWaitMinutes: WAIT_MS / 60_000 },
  }))
  connection = await connect({ node: node.address })
})
afterAll(() => node.stop())
beforeEach(() => node.context.db.deleteFrom('attempts').execute())
afterEach(() => void vi.useRealTimers())

/** Moves everybody's clock: what is signed has to be fresh by the node's. */
function wait(milliseconds: number) {
  const now = Date.now() + milliseconds
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime(now)
}

const somebody = async (role: 'doctor' | 'staff' = 'staff') =>
  personOf(connection, await makeAccount(node, { role }))

async function appoint(owner: Person, guardians: readonly Person[]) {
  const invitations = guardians.map(guardianInvitation)
  const candidates = await Promise.all(invitations.map((one) => findGuardian(owner, one)))
  await nameGuardians(owner, candidates)
}

/** An owner without a password and three guardians. */
async function family() {
  const [owner, ...guardians] = await Promise.all([somebody(), somebody(), somebody(), somebody()])
  if (!owner) throw new Error('nobody')
  await appoint(owner, guardians)
  return { owner, guardians: guardians as [Person, Person, Person] }
}

const codeTo = (contact: string) =>
  String(sent.findLast(({ template, to }) => template === 'recovery-otp' && to === contact)?.values.code)

async function ask(contact: string): Promise<AskedGuardians> {
  const { recovery } = await startGuardianRecovery(connection, { contact })
  await node.runJobs()
  return askGuardians(connection, { recovery, otp: codeTo(contact) })
}

async function help(guardian: Person, asked: AskedGuardians) {
  const { requests } = await listGuardianships(guardian)
  const request = requests.find(({ recovery }) => recovery === asked.recovery)
  if (!request) throw new Error('this guardian was not asked')
  expect(request.number).toBe(asked.number)
  await releaseShare(guardian, request)
}

const templatesTo = (to: string, from: number) =>
  sent
    .slice(from)
    .filter((message) => message.to === to)
    .map(({ template }) => template)

describe('an owner without password and kit', () => {
  test.each(['patient', 'doctor'] as const)('(%s) comes back with two of three guardians', async (role) => {
    const owner = role === 'patient' ? await signUpPatient(node, sent) : await signUp(node, role)
    const guardians = await Promise.all([somebody('doctor'), somebody(), somebody()])
    const before = sent.length
    await appoint(owner.person, guardians)
    for (const guardian of guardians)
      expect(templatesTo(guardian.account.contact, before)).toEqual(['guardian-named'])
    expect((await getGuardians(owner.person)).guardians.map(({ account }) => account).sort()).toEqual(
      guardians.map(({ account }) => account.id).sort(),
    )

    const asking = sent.length
    const asked = await ask(owner.contact)
    expect(templatesTo(owner.contact, asking)).toEqual(['recovery-otp', 'recovery-asked'])
    for (const guardian of guardians)
      expect(templatesTo(guardian.account.contact, asking)).toEqual(['guardian-asked'])
    const [, second, third] = guardians
    await help(second, asked)
    expect(await checkGuardians(connection, asked)).toMatchObject({
      state: 'waiting',
      released: 1,
      needed: 2,
    })
    await help(third, asked)
    expect(await checkGuardians(connection, asked)).toMatchObject({ state: 'waiting', released: 2 })
    await expect(openByGuardians(connection, asked)).rejects.toMatchObject({ code: 'forbidden' })
    expect(await listOwnRecoveries(owner.person)).toMatchObject([{ recovery: asked.recovery, released: 2 }])

    wait(WAIT_MS + 1000)
    expect((await checkGuardians(connection, asked)).state).toBe('ready')
    const recovered = await openByGuardians(connection, JSON.parse(JSON.stringify(asked)))
    const choice = { contact: owner.contact, password: 'battery staple anew' }
    const again = await finishWithNewPassword(connection, { ...recovered, ...choice })
    expect(again.root).toEqual(owner.person.root)
    expect(again.keyring).toEqual(owner.person.keyring)
    await expect(listSessions(owner.person)).rejects.toMatchObject({ code: 'unauthorized' })
    await expect(
      signIn(connection, { contact: owner.contact, password: owner.password }),
    ).rejects.toMatchObject({ code: 'unauthorized' })
    expect(templatesTo(owner.contact, asking).at(-1)).toBe('account-recovered')
    expect((await checkGuardians(connection, asked)).state).toBe('over')
    expect((await listGuardianships(second)).requests).toEqual([])
  })

  test('waits a day; in a demo a minute; as long as the hospital says', () => {
    const config = (more: object) => parseConfig({ origin: 'node.test/log', ...more })
    expect(waitingMs(config({}))).toBe(DAY_MS)
    expect(waitingMs(config({ demo: true }))).toBe(60_000)
    expect(waitingMs(config({ recovery: { guardianWaitMinutes: 90 } }))).toBe(90 * 60_000)
  })
})

describe('attacks on guardians', () => {
  test('attack: one guardian alone, or the owner’s telephone alone, waits for ever', async () => {
    const { owner, guardians } = await family()
    const asked = await ask(owner.account.contact)
    await help(guardians[0], asked)
    await help(guardians[0], asked)
    wait(2 * WAIT_MS)
    expect(await checkGuardians(connection, asked)).toMatchObject({ state: 'waiting', released: 1 })
    const { request } = await password.startRegistration('the thief’s own')
    const tried = await node.call(startRecoveredPassword, { body: { token: asked.token, request } })
    expect(tried.problem.code).toBe('forbidden')
  })

  test('attack: who holds the telephone is fast; the node gives nothing before the time to refuse is over', async () => {
    const { owner, guardians } = await family()
    const asked = await ask(owner.account.contact)
    for (const guardian of guardians) await help(guardian, asked)
    wait(WAIT_MS - 60_000)
    const { body } = await node.call(contract.getGuardianRecovery, { body: { token: asked.token } })
    expect(body).toMatchObject({ state: 'waiting', released: 3, releases: [] })
    const { request } = await password.startRegistration('the thief’s own')
    const tried = await node.call(startRecoveredPassword, { body: { token: asked.token, request } })
    expect(tried.problem.code).toBe('forbidden')
  })

  test('the owner refuses, signed in or by the link in the message; then nothing opens', async () => {
    const { owner, guardians } = await family()
    const first = await ask(owner.account.contact)
    for (const guardian of guardians) await help(guardian, first)
    const [stranger] = guardians
    await expect(refuseRecovery(stranger, first.recovery)).rejects.toMatchObject({ code: 'not-found' })
    await refuseRecovery(owner, first.recovery)
    await expect(refuseRecovery(owner, first.recovery)).rejects.toMatchObject({ code: 'not-found' })
    const second = await ask(owner.account.contact)
    for (const guardian of guardians) await help(guardian, second)
    const link = String(sent.findLast(({ template }) => template === 'recovery-asked')?.values.link)
    expect(link).toMatch(/^http.*\/recoveries\/refuse#[\w-]{22}$/)
    await expect(refuseRecoveryByCode(connection, randomId())).rejects.toMatchObject({ code: 'not-found' })
    await refuseRecoveryByCode(connection, link.split('#')[1] ?? '')
    wait(2 * WAIT_MS)
    for (const asked of [first, second]) {
      expect((await checkGuardians(connection, asked)).state).toBe('refused')
      await expect(openByGuardians(connection, asked)).rejects.toMatchObject({ code: 'expired' })
      await expect(
        finishWithNewPassword(connection, {
          ...{ account: asked.account, token: asked.token, root: owner.root },
          ...{ contact: owner.account.contact, password: 'battery staple anew' },
        }),
      ).rejects.toMatchObject({ code: 'unauthorized' })
    }
    expect(sent.at(-1)).toMatchObject({ template: 'recovery-refused', to: owner.account.contact })
    const left = await node.context.db
      .selectFrom('guardian_releases')
      .select('guardian')
      .where('recovery', 'in', [first.recovery, second.recovery])
      .execute()
    expect(left).toEqual([])
  })

  test('attack: malicious server puts a key of its own into the request: the number differs', async () => {
    const { owner, guardians } = await family()
    const asked = await ask(owner.account.contact)
    const own = makeSealingKeyPair()
    await node.context.db
      .updateTable('guardian_requests')
      .set({ request_key: Buffer.from(own.publicKey) })
      .where('recovery', '=', asked.recovery)
      .execute()
    const [request] = (await listGuardianships(guardians[0])).requests
    expect(request?.recovery).toBe(asked.recovery)
    expect(request?.number).not.toBe(asked.number)
    expect(request?.number).toBe(requestNumber({ request: asked.recovery, requestKey: own.publicKey }))
  })

  /** What a guardian who lies sends: anything, signed by herself. */
  async function sendShare(guardian: Person, asked: AskedGuardians, sealedShare: string) {
    const content = { sealedShare }
    const { recovery } = asked
    const change = await signOwnChange(guardian, contract.releaseShare, { ...content, recovery })
    return node.call(
      contract.releaseShare,
      { params: { recovery }, body: { ...content, change } },
      { token: guardian.api.token ?? '' },
    )
  }

  async function heldShare(guardian: Person, owner: Person) {
    const { guardianships } = await listGuardianships(guardian)
    const held = guardianships.find((one) => one.owner === owner.account.id)
    return openShareAsGuardian({
      sealed: fromBase64Url(held?.sealedShare ?? ''),
      keyPair: guardian.seal,
      owner: owner.account.id,
      guardian: guardian.account.id,
    })
  }

  test('attack: a guardian releases a forged share: it is noticed, and the third one helps', async () => {
    const { owner, guardians } = await family()
    const [liar, honest, third] = guardians
    const asked = await ask(owner.account.contact)
    const [request] = (await listGuardianships(liar)).requests
    const requestKey = fromBase64Url(request?.requestKey ?? '')
    const real = await heldShare(liar, owner)
    const flipped = new Uint8Array(real.share)
    flipped[40] = (flipped[40] ?? 0) ^ 1
    const forged = await sealShareToRequest({
      share: { ...real, share: flipped },
      ...{ request: asked.recovery, requestKey },
    })
    expect((await sendShare(liar, asked, toBase64Url(forged))).status).toBe(204)
    await help(honest, asked)
    wait(WAIT_MS + 1000)
    await expect(openByGuardians(connection, asked)).rejects.toMatchObject({ code: 'wrong-key' })
    await help(third, asked)
    expect((await openByGuardians(connection, asked)).root).toEqual(owner.root)
  })

  test.each([
    ['garbage', async () => toBase64Url(randomBytes(1500))],
    ['nothing', async () => ''],
  ])('attack: a guardian releases %s: as if she had not helped', async (_what, make) => {
    const { owner, guardians } = await family()
    const [liar, honest, third] = guardians
    const asked = await ask(owner.account.contact)
    await sendShare(liar, asked, await make())
    await help(honest, asked)
    await help(third, asked)
    wait(WAIT_MS + 1000)
    expect((await openByGuardians(connection, asked)).root).toEqual(owner.root)
  })

  test('attack: two guardians bring a root of their own making', async () => {
    const { owner, guardians } = await family()
    const [one, two] = guardians
    const theirs = await family()
    const asked = await ask(owner.account.contact)
    const [request] = (await listGuardianships(one)).requests
    const requestKey = fromBase64Url(request?.requestKey ?? '')
    for (const [at, guardian] of [one, two].entries()) {
      const other = await heldShare(theirs.guardians[at] as Person, theirs.owner)
      // Whole, and of one set; but it leads to another person.
      const share = { ...other, owner: owner.account.id, guardian: guardian.account.id }
      const sealed = await sealShareToRequest({ share, request: asked.recovery, requestKey })
      await sendShare(guardian, asked, toBase64Url(sealed))
    }
    wait(WAIT_MS + 1000)
    const recovered = await openByGuardians(connection, asked)
    expect(recovered.root).toEqual(theirs.owner.root)
    const choice = { contact: owner.account.contact, password: 'battery staple anew' }
    await expect(finishWithNewPassword(connection, { ...recovered, ...choice })).rejects.toMatchObject({
      code: 'forged-signature',
    })
  })

  test('attack: somebody who is no guardian, or no longer one, releases or looks', async () => {
    const { owner, guardians } = await family()
    const stranger = await somebody()
    const asked = await ask(owner.account.contact)
    expect(await listGuardianships(stranger)).toEqual({ guardianships: [], requests: [] })
    expect((await sendShare(stranger, asked, 'AAAA')).problem.code).toBe('not-found')
    await appoint(owner, [stranger, guardians[0], guardians[1]])
    expect((await listGuardianships(guardians[2])).guardianships).toEqual([])
    for (const guardian of [...guardians, stranger])
      expect((await sendShare(guardian, asked, 'AAAA')).problem.code).toBe('not-found')
    expect((await checkGuardians(connection, asked)).state).toBe('over')
  })

  test('attack: a stolen session names its own guardians, or removes them', async () => {
    const { owner } = await family()
    const thief = await somebody()
    const token = { token: owner.api.token ?? '' }
    const forger = { account: owner.account, identity: thief.identity }
    const shares = [thief, await somebody(), await somebody()].map(({ account }) => ({
      account: account.id,
      sealedShare: 'AAAA',
    }))
    const content = { commitment: toBase64Url(randomBytes(32)), shares }
    const named = await node.call(
      contract.putGuardians,
      { body: { ...content, change: await signOwnChange(forger, contract.putGuardians, content) } },
      token,
    )
    expect(named.problem.code).toBe('forged-signature')
    const removed = await node.call(
      contract.removeGuardians,
      { body: { change: await signOwnChange(forger, contract.removeGuardians, {}) } },
      token,
    )
    expect(removed.problem.code).toBe('forged-signature')
    expect((await getGuardians(owner)).guardians).toHaveLength(3)
    await removeGuardians(owner)
    expect(await getGuardians(owner)).toEqual({ since: null, guardians: [] })
  })

  test('attack: who knows a number only learns neither whether it is here nor whether it has guardians', async () => {
    const { owner } = await family()
    const lonely = await somebody()
    const before = sent.length
    const answers = []
    for (const contact of [owner.account.contact, lonely.account.contact, inventedPhone()]) {
      const started = await node.call(contract.startGuardianRecovery, { body: { contact } })
      await node.runJobs()
      const right = codeTo(contact)
      const code = right === '000000' ? '111111' : '000000'
      const body = { code, requestKey: toBase64Url(makeSealingKeyPair().publicKey) }
      const params = { recovery: started.body.recovery }
      const guesses = []
      for (let guess = 0; guess < 6; guess++)
        guesses.push((await node.call(contract.confirmGuardianRecovery, { params, body })).problem)
      answers.push({ status: started.status, members: Object.keys(started.body), guesses })
    }
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect(sent.slice(before).map(({ template, to }) => [template, to])).toEqual([
      ['recovery-otp', owner.account.contact],
    ])
  })

  test('attack: who uses up the messages that ask guardians does not keep the owner’s kit from working', async () => {
    const { owner } = await family()
    const { id, contact } = owner.account
    const { recoveryCode: code } = await makeRecoveryKit(owner)
    const before = sent.length
    for (let start = 0; start < 17; start++) {
      const counted = lookupToken(node.context, 'recovery-codes', `guardians ${id}`)
      await node.context.db.deleteFrom('attempts').where('subject', '!=', counted).execute()
      await startGuardianRecovery(connection, { contact })
      await node.runJobs()
    }
    expect(templatesTo(contact, before)).toEqual(Array(15).fill('recovery-otp'))
    await startKitRecovery(connection, { contact, code })
    await node.runJobs()
    expect(templatesTo(contact, before)).toHaveLength(16)
  })
})

test('of two answers with one code one asks the guardians', async () => {
  const { owner, guardians } = await family()
  const { contact } = owner.account
  const { recovery } = await startGuardianRecovery(connection, { contact })
  await node.runJobs()
  const otp = codeTo(contact)
  const results = await Promise.allSettled([1, 2, 3].map(() => askGuardians(connection, { recovery, otp })))
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect((await listGuardianships(guardians[0])).requests).toHaveLength(1)
})

test('an invitation names one person and her key; cut off, mistyped or one’s own it is refused', async () => {
  const [owner, guardian] = [await somebody(), await somebody('doctor')]
  const invitation = guardianInvitation(guardian)
  expect(invitation).toMatch(/^http.*\/guardian#[\w-]{47}$/)
  const found = await findGuardian(owner, ` ${invitation}\n`)
  expect(found).toMatchObject({ account: guardian.account.id, name: guardian.account.name })
  for (const damaged of [invitation.slice(0, -1), `${invitation}A`, 'hello', invitation.replace(/.$/, '*')])
    expect(() => readGuardianInvitation(damaged)).toThrow(/whole invitation/)
  await expect(findGuardian(owner, guardianInvitation(owner))).rejects.toMatchObject({
    code: 'invalid-input',
  })
  const other = await somebody()
  const body = {
    account: guardian.account.id,
    fingerprint: readGuardianInvitation(guardianInvitation(other)).fingerprint,
  }
  const swapped = await node.call(contract.findGuardian, { body }, { token: owner.api.token ?? '' })
  const absent = await node.call(
    contract.findGuardian,
    { body: { ...body, account: randomId() } },
    { token: owner.api.token ?? '' },
  )
  expect(swapped.problem).toEqual(absent.problem)
  expect(swapped.status).toBe(404)
})

test('attack: malicious server shows its own key for a guardian', async () => {
  const [owner, guardian, swapped] = [await somebody(), await somebody(), await somebody()]
  const lying: Connection = await connect({
    node: node.address,
    fetch: async (url, init) => {
      const answer = await fetch(url, init)
      if (!url.endsWith('/guardians/candidates')) return answer
      const body = { ...(await answer.json()), keys: swapped.account.keys }
      return new Response(JSON.stringify(body), { status: 200, headers: answer.headers })
    },
  })
  const fooled = { ...owner, api: lying.api.withToken(owner.api.token) }
  await expect(findGuardian(fooled, guardianInvitation(guardian))).rejects.toMatchObject({ code: 'bad-key' })
})

test('three different people are named, and not oneself or somebody suspended', async () => {
  const [owner, a, b, c] = await Promise.all([somebody(), somebody(), somebody(), somebody()])
  if (!a || !b || !c || !owner) throw new Error('four')
  await expect(appoint(owner, [a, b, b])).rejects.toMatchObject({ code: 'invalid-input' })
  const candidates = await Promise.all([a, b, c].map((one) => findGuardian(owner, guardianInvitation(one))))
  const { id } = c.account
  await node.context.db.updateTable('accounts').set({ status: 'suspended' }).where('id', '=', id).execute()
  await expect(nameGuardians(owner, candidates)).rejects.toMatchObject({ code: 'not-found' })
  const self = { account: owner.account.id, name: '', keys: owner.account.keys }
  await expect(nameGuardians(owner, [...candidates.slice(0, 2), self])).rejects.toMatchObject({
    code: 'invalid-input',
  })
  expect((await getGuardians(owner)).guardians).toEqual([])
})
