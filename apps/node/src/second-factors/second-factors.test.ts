import { answerSignIn, listSessions, signIn, startSignIn } from '@curo/client/accounts'
import { type Connection, connect } from '@curo/client/connection'
import { signOwnChange } from '@curo/client/own-change'
import { changePassword } from '@curo/client/password-change'
import type { Person } from '@curo/client/person'
import { finishWithNewPassword, makeRecoveryKit, openByKit, startKitRecovery } from '@curo/client/recoveries'
import { confirmTotp, getSecondFactors, removeTotp, startTotp } from '@curo/client/second-factors'
import { ROUTES } from '@curo/contract/api'
import { ROLES, type RouteDefinition } from '@curo/contract/route'
import * as contract from '@curo/contract/second-factors'
import { type TOTP, URI } from 'otpauth'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { OutboxMessage } from '../context.ts'
import { personOf } from '../testing/hospital.ts'
import { makeAccount } from '../testing/people.ts'
import { makeRecordedNode } from '../testing/recorded-node.ts'
import { type SignedUp, signUp } from '../testing/signed-up.ts'
import { makeTestNode, type TestNode } from '../testing/test-node.ts'

let node: TestNode
let sent: OutboxMessage[]
beforeAll(async () => {
  ;({ node, sent } = await makeRecordedNode())
})
afterAll(() => node.stop())
beforeEach(async () => {
  await node.context.db.deleteFrom('attempts').execute()
  // In the middle of a step, so that none ends between making a code and using it.
  node.clock.set(new Date(Math.floor(Date.now() / 30_000) * 30_000 + 15_000))
})

type App = { code(stepsFromNow?: number): string }

/** An authenticator app, made from what it scans. */
function appOf(uri: string): App {
  const totp = URI.parse(uri) as TOTP
  return { code: (steps = 0) => totp.generate({ timestamp: node.clock.now().getTime() + steps * 30_000 }) }
}

/** Enrols, and lets the step of the confirming code pass. */
async function enrol(person: Person): Promise<App> {
  const { uri } = await startTotp(person)
  const app = appOf(uri)
  await confirmTotp(person, { code: app.code() })
  node.clock.advance(60_000)
  return app
}

async function somebody(role: 'doctor' | 'staff' = 'doctor') {
  return personOf(await connect({ node: node.address }), await makeAccount(node, { role }))
}

const wrong = (app: App) => {
  const right = new Set([-2, -1, 0, 1, 2].map((steps) => app.code(steps)))
  return ['000000', '111111', '222222', '333333', '444444', '555555'].find((code) => !right.has(code)) ?? ''
}

const asked = async ({ connection, contact, password }: SignedUp & { connection: Connection }) => {
  const step = await startSignIn(connection, { contact, password })
  if (!step.asked) throw new Error('the second factor was not asked for')
  return step.asked
}

describe('an account with an authenticator app', () => {
  let owner: Awaited<ReturnType<typeof signUp>>
  let app: App
  beforeAll(async () => {
    owner = await signUp(node, 'doctor')
    app = await enrol(owner.person)
  })

  test('is signed in to with password and code, and not with the password alone', async () => {
    const { contact, password, connection, person } = owner
    node.clock.advance(120_000)
    const before = (await listSessions(person)).length
    await expect(signIn(connection, { contact, password })).rejects.toMatchObject({
      code: 'unauthorized',
      details: { secondFactor: ['totp'] },
    })
    expect(await listSessions(person)).toHaveLength(before)
    const again = await signIn(connection, {
      ...{ contact, password, device: 'An invented laptop' },
      secondFactor: async ({ methods }) => ({ code: methods.includes('totp') ? app.code() : '' }),
    })
    expect(again.root).toEqual(person.root)
    expect((await listSessions(again)).map(({ device }) => device)).toContain('An invented laptop')
    expect(await getSecondFactors(again)).toMatchObject({
      required: false,
      totp: { since: expect.any(String) },
    })
  })

  test('takes the codes of one step before and after, no others, and none twice or older than the last', async () => {
    const tryCode = async (code: string) =>
      answerSignIn(await asked(owner), { code }).then(
        () => 'in',
        (error) => error.code,
      )
    node.clock.advance(300_000)
    expect(await tryCode(app.code(-2))).toBe('unauthorized')
    expect(await tryCode(app.code(2))).toBe('unauthorized')
    expect(await tryCode(app.code(-1))).toBe('in')
    expect(await tryCode(app.code(-1))).toBe('unauthorized')
    expect(await tryCode(app.code(1))).toBe('in')
    expect(await tryCode(app.code(0))).toBe('unauthorized')
    node.clock.advance(60_000)
    expect(await tryCode(app.code())).toBe('in')
  })

  test('attack: a code seen over the shoulder is used at the same moment', async () => {
    node.clock.advance(600_000)
    const code = app.code()
    const questions = [await asked(owner), await asked(owner), await asked(owner)]
    const results = await Promise.allSettled(questions.map((question) => answerSignIn(question, { code })))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('attack: who has the password guesses the code, in parallel and in ever new sign-ins', async () => {
    node.clock.advance(600_000)
    const code = wrong(app)
    const before = sent.length
    const question = await asked(owner)
    const body = { signIn: question.signIn, code }
    const parallel = await Promise.all(
      Array.from({ length: 12 }, () => node.call(contract.answerSecondFactor, { body })),
    )
    const details = parallel.map(({ problem }) => problem.detail)
    expect(details.filter((detail) => detail?.startsWith('That is not the code'))).toHaveLength(5)
    expect(parallel.every(({ status }) => status === 401)).toBe(true)
    expect(sent.slice(before)).toMatchObject([{ template: 'second-factor-refused', to: owner.contact }])
    const codes: string[] = []
    for (let guess = 0; guess < 8; guess++)
      codes.push(
        await answerSignIn(await asked(owner), { code }).then(
          () => 'in',
          (error) => error.code,
        ),
      )
    expect(codes).toEqual([...Array(5).fill('unauthorized'), ...Array(3).fill('rate-limited')])
    // Also the right one now: the tries are the account's.
    await expect(answerSignIn(await asked(owner), { code: app.code() })).rejects.toMatchObject({
      code: 'rate-limited',
    })
    node.clock.advance(3_601_000)
    expect((await answerSignIn(await asked(owner), { code: app.code() })).root).toBeTruthy()
  })

  test('attack: the question after an old password is answered when the password has been changed', async () => {
    const other = await signUp(node, 'staff')
    const { code } = await enrol(other.person)
    const question = await asked(other)
    await changePassword(other.person, { current: other.password, next: 'an altogether new one' })
    await expect(answerSignIn(question, { code: code() })).rejects.toMatchObject({ code: 'unauthorized' })
  })

  test('a question is over after five minutes', async () => {
    const question = await asked(owner)
    node.clock.advance(301_000)
    await expect(answerSignIn(question, { code: app.code() })).rejects.toMatchObject({ code: 'unauthorized' })
  })
})

test('an app counts only when it was confirmed; another one takes its place until then', async () => {
  const person = await somebody()
  const first = appOf((await startTotp(person)).uri)
  const { uri, typed } = await startTotp(person)
  expect(uri).toMatch(/^otpauth:\/\/totp\/Curo/)
  expect(typed.replaceAll(' ', '')).toBe(new URL(uri).searchParams.get('secret'))
  expect(uri).not.toContain(person.account.contact)
  expect((await getSecondFactors(person)).totp).toBeNull()
  await expect(confirmTotp(person, { code: first.code() })).rejects.toMatchObject({ code: 'unauthorized' })
  await confirmTotp(person, { code: appOf(uri).code() })
  await expect(startTotp(person)).rejects.toMatchObject({ code: 'conflict' })
  await expect(confirmTotp(person, { code: appOf(uri).code() })).rejects.toMatchObject({ code: 'conflict' })
  expect(sent.at(-1)).toMatchObject({ template: 'account-changed', to: person.account.contact })
})

test('an app is removed with a last code, not with a wrong one', async () => {
  const person = await somebody()
  const app = await enrol(person)
  await expect(removeTotp(person, { code: wrong(app) })).rejects.toMatchObject({ code: 'unauthorized' })
  await removeTotp(person, { code: app.code() })
  expect((await getSecondFactors(person)).totp).toBeNull()
})

test('attack: a stolen session adds an app, or removes the owner’s', async () => {
  const [owner, thief] = [await somebody(), await somebody()]
  const token = { token: owner.api.token ?? '' }
  const forged = (route: RouteDefinition, content: object) =>
    signOwnChange({ account: owner.account, identity: thief.identity }, route, content)
  const added = await node.call(
    contract.startTotp,
    { body: { change: await forged(contract.startTotp, {}) } },
    token,
  )
  expect(added.problem.code).toBe('forged-signature')
  const app = await enrol(owner)
  const content = { code: app.code() }
  const change = await forged(contract.removeTotp, content)
  const removed = await node.call(contract.removeTotp, { body: { ...content, change } }, token)
  expect(removed.problem.code).toBe('forged-signature')
  expect((await getSecondFactors(owner)).totp).not.toBeNull()
})

test('a stolen database shows no key of an app', async () => {
  const person = await somebody()
  const { uri } = await startTotp(person)
  const { key } = await node.context.db
    .selectFrom('totp')
    .select('key')
    .where('account', '=', person.account.id)
    .executeTakeFirstOrThrow()
  const planted = Buffer.from((URI.parse(uri) as TOTP).secret.bytes)
  expect(planted).toHaveLength(20)
  expect(key.includes(planted)).toBe(false)
})

test('who lost the telephone with the app comes back with the recovery kit, and is not asked for it', async () => {
  const owner = await signUp(node, 'doctor')
  const { connection, contact, person } = owner
  const { recoveryCode: code } = await makeRecoveryKit(person)
  await enrol(person)
  const { recovery } = await startKitRecovery(connection, { contact, code })
  await node.runJobs()
  const otp = String(sent.findLast(({ template }) => template === 'recovery-otp')?.values.code)
  const recovered = await openByKit(connection, { recovery, otp, code })
  const choice = { contact, password: 'battery staple anew' }
  const again = await finishWithNewPassword(connection, { ...recovered, ...choice })
  expect((await getSecondFactors(again)).totp).toBeNull()
})

describe('a hospital that requires a second factor', () => {
  let strict: TestNode
  beforeAll(async () => {
    strict = await makeTestNode({ session: { secondFactor: 'required' } })
  })
  afterAll(() => strict.stop())
  const open = ROUTES.filter(({ route }) => route.beforeSecondFactor).map(({ route }) => route.name)

  test('lets who has none set one up, and nothing else', async () => {
    expect(open.sort()).toEqual([
      'confirmTotp',
      'endSession',
      'finishPasskey',
      'getOwnAccount',
      'getSecondFactors',
      'startPasskey',
      'startTotp',
    ])
    for (const role of ROLES) {
      const { token } = await makeAccount(strict, { role })
      for (const { route } of ROUTES) {
        const named =
          route.access === 'signed-in' || (Array.isArray(route.access) && route.access.includes(role))
        // Asking for one's sessions as `current` would end this one.
        if (!named || route.name === 'endSession') continue
        const names = [...route.path.matchAll(/:([A-Za-z]+)/g)].map((match) => match[1] ?? '')
        const params = Object.fromEntries(names.map((name) => [name, '-'])) as never
        const { problem } = await strict.call(route, { params }, { token })
        const refused = problem?.details?.needsSecondFactor === true
        expect([role, route.name, refused]).toEqual([
          role,
          route.name,
          role !== 'patient' && !open.includes(route.name),
        ])
      }
    }
  })

  test('opens its doors with the first confirmed code', async () => {
    const person = await personOf(
      await connect({ node: strict.address }),
      await makeAccount(strict, { role: 'doctor' }),
    )
    expect(person.account.needsSecondFactor).toBe(true)
    await expect(listSessions(person)).rejects.toMatchObject({
      code: 'forbidden',
      details: { details: { needsSecondFactor: true } },
    })
    const { uri } = await startTotp(person)
    await expect(listSessions(person)).rejects.toMatchObject({ code: 'forbidden' })
    await confirmTotp(person, { code: (URI.parse(uri) as TOTP).generate() })
    expect(await listSessions(person)).toHaveLength(1)
    expect(await getSecondFactors(person)).toMatchObject({ required: true })
  })
})
