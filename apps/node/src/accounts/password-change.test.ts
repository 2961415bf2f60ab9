import { listSessions, signIn } from '@curo/client/accounts'
import { signOwnChange } from '@curo/client/own-change'
import { changePassword } from '@curo/client/password-change'
import { changePassword as route, startSession } from '@curo/contract/accounts'
import * as password from '@curo/crypto/password'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { OutboxMessage } from '../context.ts'
import { makeRecordedNode } from '../testing/recorded-node.ts'
import { signUp } from '../testing/signed-up.ts'
import type { TestNode } from '../testing/test-node.ts'

let node: TestNode
let sent: OutboxMessage[]
beforeAll(async () => {
  ;({ node, sent } = await makeRecordedNode())
})
afterAll(() => node.stop())
beforeEach(() => node.context.db.deleteFrom('attempts').execute())

test('a new password takes the place of the old one; other devices are out, this one stays', async () => {
  const { connection, contact, password: current, person } = await signUp(node, 'doctor')
  const elsewhere = await signIn(connection, { contact, password: current })
  await changePassword(person, { current, next: 'an altogether new one' })
  expect(await listSessions(person)).toHaveLength(1)
  await expect(listSessions(elsewhere)).rejects.toMatchObject({ code: 'unauthorized' })
  await expect(signIn(connection, { contact, password: current })).rejects.toMatchObject({
    code: 'unauthorized',
  })
  const again = await signIn(connection, { contact, password: 'an altogether new one' })
  expect(again.root).toEqual(person.root)
  expect(sent.at(-1)).toMatchObject({ to: contact, template: 'account-changed' })
})

test('a wrong present password and a weak new one change nothing', async () => {
  const { connection, contact, password: current, person } = await signUp(node, 'staff')
  const change = (given: { current: string; next: string }) => changePassword(person, given)
  await expect(change({ current: 'not the password', next: 'long enough now' })).rejects.toMatchObject({
    code: 'unauthorized',
  })
  await expect(change({ current, next: 'short' })).rejects.toMatchObject({ code: 'invalid-input' })
  expect((await signIn(connection, { contact, password: current })).root).toEqual(person.root)
})

/** The proof of a login that a client makes before its last message. */
async function proveLogin({ contact, password: secret }: { contact: string; password: string }) {
  const { request, state } = await password.startLogin(secret)
  const { body } = await node.call(startSession, { body: { contact, request } })
  const result = await password.finishLogin({ password: secret, state, response: body.response })
  return { login: body.login, finish: result?.finishMessage ?? '' }
}

test('attack: a stolen session, without the root or with somebody else’s password, sets another password', async () => {
  const owner = await signUp(node, 'doctor')
  const thief = await signUp(node, 'doctor')
  const stolen = { token: owner.person.api.token ?? '' }
  const made = { record: 'A'.repeat(256), wrappedRoot: 'AAAA' }
  const send = async (login: { login: string; finish: string }, signer: typeof owner) => {
    const content = { ...login, ...made }
    const change = await signOwnChange(
      { account: owner.person.account, identity: signer.person.identity },
      route,
      content,
    )
    return node.call(route, { body: { ...content, change } }, stolen)
  }
  expect((await send(await proveLogin(owner), thief)).problem.code).toBe('forged-signature')
  expect((await send(await proveLogin(thief), owner)).problem.code).toBe('unauthorized')
  expect((await signIn(owner.connection, owner)).root).toEqual(owner.person.root)
})

test('attack: a login begun with the old password is finished after it was changed', async () => {
  const { connection, contact, password: current, person } = await signUp(node, 'doctor')
  const begun = await Promise.all([1, 2, 3].map(() => proveLogin({ contact, password: current })))
  await changePassword(person, { current, next: 'an altogether new one' })
  for (const login of begun) {
    const content = { ...login, record: 'A'.repeat(256), wrappedRoot: 'AAAA' }
    const change = await signOwnChange(person, route, content)
    const answer = await node.call(route, { body: { ...content, change } }, { token: person.api.token ?? '' })
    expect(answer.problem.code).toBe('unauthorized')
  }
  expect((await signIn(connection, { contact, password: 'an altogether new one' })).root).toEqual(person.root)
})

test('of two changes at once one wins, and the password is that one’s', async () => {
  const { connection, contact, password: current, person } = await signUp(node, 'doctor')
  const wishes = ['the first new password', 'the second new password']
  const results = await Promise.allSettled(wishes.map((next) => changePassword(person, { current, next })))
  const won = results.findIndex(({ status }) => status === 'fulfilled')
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect((await signIn(connection, { contact, password: wishes[won] ?? '' })).root).toEqual(person.root)
})
