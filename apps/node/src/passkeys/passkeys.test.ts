import { answerSignIn, listSessions, signIn, startSignIn } from '@curo/client/accounts'
import { type Connection, connect } from '@curo/client/connection'
import { signOwnChange } from '@curo/client/own-change'
import { readPasskeyCreation } from '@curo/client/passkey-answers'
import {
  addPasskeyUnlock,
  finishPasskey,
  finishPasskeySignIn,
  listPasskeys,
  removePasskey,
  startPasskey,
  startPasskeySignIn,
  unlockOptions,
} from '@curo/client/passkeys'
import type { Person } from '@curo/client/person'
import { finishWithNewPassword, makeRecoveryKit, openByKit, startKitRecovery } from '@curo/client/recoveries'
import { getSecondFactors } from '@curo/client/second-factors'
import * as contract from '@curo/contract/passkeys'
import { toBase64Url } from '@curo/crypto/bytes'
import { randomBytes, randomId } from '@curo/crypto/random'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { OutboxMessage } from '../context.ts'
import {
  type Authenticator,
  cborBytes,
  cborList,
  cborMap,
  cborNumber,
  cborText,
  makeAuthenticator,
} from '../testing/authenticator.ts'
import { personOf } from '../testing/hospital.ts'
import { makeAccount } from '../testing/people.ts'
import { makeRecordedNode } from '../testing/recorded-node.ts'
import { signUp } from '../testing/signed-up.ts'
import type { TestNode } from '../testing/test-node.ts'
import { findRelyingParty } from './relying-party.ts'
import { NO_ATTESTATION, verifyCreation } from './verifying.ts'

let node: TestNode
let sent: OutboxMessage[]
/** Everything that clients sent, to be searched. */
const requests: string[] = []
let connection: Connection
let origin: string
beforeAll(async () => {
  ;({ node, sent } = await makeRecordedNode())
  origin = node.address.replace('127.0.0.1', 'localhost')
  connection = await connect({
    node: node.address,
    fetch: (url, init) => {
      requests.push(`${url} ${init.body ?? ''}`)
      return fetch(url, init)
    },
  })
})
afterAll(() => node.stop())
beforeEach(() => node.context.db.deleteFrom('attempts').execute())

const somebody = async (role: 'doctor' | 'staff' = 'doctor') =>
  personOf(connection, await makeAccount(node, { role }))

async function add(person: Person, authenticator: Authenticator, name = 'An invented telephone') {
  const { ceremony, options } = await startPasskey(person)
  return finishPasskey(person, { ceremony, answer: authenticator.create(options), name })
}

async function signInWith(authenticator: Authenticator, lies: Parameters<Authenticator['get']>[1] = {}) {
  const { ceremony, options } = await startPasskeySignIn(connection)
  return finishPasskeySignIn(connection, { ceremony, answer: authenticator.get(options, lies) })
}

const refused = { code: 'unauthorized' }

describe('a passkey with a PRF', () => {
  test('is added, shown, signs in alone and opens the root; removed, it does nothing', async () => {
    const person = await somebody()
    const authenticator = makeAuthenticator({ origin })
    const passkey = await add(person, authenticator)
    expect(passkey).toMatchObject({ unlocks: true, name: 'An invented telephone', lastUsedAt: null })
    expect(sent.at(-1)).toMatchObject({ template: 'account-changed', to: person.account.contact })

    const again = await signInWith(authenticator)
    expect(again.root).toEqual(person.root)
    expect(again.account.id).toBe(person.account.id)
    expect(await listPasskeys(again)).toMatchObject([{ id: passkey.id, lastUsedAt: expect.any(String) }])
    expect(await getSecondFactors(again)).toMatchObject({ passkeys: 1 })

    await removePasskey(again, passkey.id)
    expect(await listPasskeys(again)).toEqual([])
    await expect(signInWith(authenticator)).rejects.toMatchObject(refused)
  })

  test('opens with one more touch where the PRF comes only with use', async () => {
    const person = await somebody()
    const authenticator = makeAuthenticator({ origin, prf: 'later' })
    const passkey = await add(person, authenticator)
    expect(passkey.unlocks).toBe(false)
    await expect(signInWith(authenticator)).rejects.toMatchObject({ code: 'forbidden' })
    const answer = authenticator.get(unlockOptions(passkey, 'localhost'))
    await addPasskeyUnlock(person, { passkey, answer })
    expect((await signInWith(authenticator)).root).toEqual(person.root)
  })

  test('a synced one, which does not count, works too', async () => {
    const person = await somebody()
    const authenticator = makeAuthenticator({ origin, counts: false })
    await add(person, authenticator)
    expect((await signInWith(authenticator)).root).toEqual(person.root)
    expect((await signInWith(authenticator)).root).toEqual(person.root)
  })

  test('one without a PRF is a second factor, and says that it opens nothing', async () => {
    const person = await somebody()
    const authenticator = makeAuthenticator({ origin, prf: 'never' })
    const passkey = await add(person, authenticator)
    expect(passkey.unlocks).toBe(false)
    await expect(signInWith(authenticator)).rejects.toMatchObject({ code: 'unavailable' })
    const answer = authenticator.get(unlockOptions(passkey, 'localhost'))
    await expect(addPasskeyUnlock(person, { passkey, answer })).rejects.toMatchObject({ code: 'unavailable' })
  })

  test('the node never receives what the PRF gives, nor what is wrapped with it', async () => {
    const person = await somebody()
    const authenticator = makeAuthenticator({ origin, prf: 'always' })
    const { ceremony, options } = await startPasskey(person)
    const created = authenticator.create(options)
    const outputs = [created.clientExtensionResults]
    await finishPasskey(person, { ceremony, answer: created, name: 'planted' })
    const started = await startPasskeySignIn(connection)
    const answer = authenticator.get(started.options)
    outputs.push(answer.clientExtensionResults)
    // Taken out before it is used up.
    const planted = outputs.map((results) => {
      const first = (results as { prf: { results: { first: ArrayBuffer } } }).prf.results.first
      return Buffer.from(first.slice(0))
    })
    await finishPasskeySignIn(connection, { ceremony: started.ceremony, answer })
    expect(planted[0]).toEqual(planted[1])
    const all = requests.join('\n')
    expect(all).toContain('planted')
    for (const secret of [...planted, Buffer.from(person.root)])
      for (const form of ['base64url', 'base64', 'hex'] as const)
        expect(all).not.toContain(secret.toString(form))
    expect(all).not.toMatch(/"prf"|clientExtensionResults/)
  })
})

describe('attacks on signing in with a passkey', () => {
  let owner: Person
  let authenticator: Authenticator
  beforeAll(async () => {
    owner = await somebody()
    authenticator = makeAuthenticator({ origin })
    await add(owner, authenticator)
  })

  test('attack: a challenge is answered twice, also at the same moment', async () => {
    const { ceremony, options } = await startPasskeySignIn(connection)
    const { clientExtensionResults, ...answer } = authenticator.get(options)
    expect(clientExtensionResults).toBeTruthy()
    const body = {
      ceremony,
      answer: {
        ...answer,
        type: 'public-key' as const,
        response: { ...answer.response, userHandle: answer.response.userHandle ?? '' },
      },
    }
    const answers = await Promise.all([1, 2, 3].map(() => node.call(contract.finishPasskeySession, { body })))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 401, 401])
    // The same signature under a challenge that is still open.
    const other = await startPasskeySignIn(connection)
    const replayed = await node.call(contract.finishPasskeySession, {
      body: { ...body, ceremony: other.ceremony },
    })
    expect(replayed.status).toBe(401)
  })

  test.each([
    ['on another site', { origin: 'https://evil.example' }],
    ['on a subdomain of another port', { origin: 'http://localhost:1' }],
    ['for another site', { rpId: 'evil.example' }],
    ['in a frame of another site', { crossOrigin: true }],
    ['as a registration', { type: 'webauthn.create' }],
    ['for another challenge', { challenge: toBase64Url(randomBytes(32)) }],
    ['without finger or PIN', { userVerified: false }],
    ['for another person', { userHandle: randomId() }],
  ])('attack: the passkey is used %s', async (_how, lies) => {
    await expect(signInWith(authenticator, lies)).rejects.toMatchObject(refused)
  })

  test('attack: a copied authenticator, whose counter is behind', async () => {
    await signInWith(authenticator)
    const [credential] = authenticator.credentials
    const behind = (credential?.counter ?? 0) - 1
    const before = sent.length
    for (const counter of [behind, behind + 1, 0])
      await expect(signInWith(authenticator, { counter })).rejects.toMatchObject(refused)
    expect(sent.slice(before).map(({ template }) => template)).toEqual(Array(3).fill('account-changed'))
    expect((await signInWith(authenticator)).account.id).toBe(owner.account.id)
  })

  test('attack: another passkey signs for this one', async () => {
    const thief = makeAuthenticator({ origin })
    await add(await somebody(), thief)
    const { ceremony, options } = await startPasskeySignIn(connection)
    const theirs = thief.get(options)
    const [own] = authenticator.credentials
    const answer = { ...theirs, id: own?.id ?? '', rawId: own?.id ?? '' }
    await expect(finishPasskeySignIn(connection, { ceremony, answer })).rejects.toMatchObject(refused)
  })

  test('an unknown passkey and a wrong signature look alike', async () => {
    const send = async (using: Authenticator, lies: object) => {
      const { ceremony, options } = await startPasskeySignIn(connection)
      const given = using.get(options, lies)
      const { clientExtensionResults: _, ...answer } = given
      const whole = { ...answer, type: 'public-key' as const } as never
      return (await node.call(contract.finishPasskeySession, { body: { ceremony, answer: whole } })).problem
    }
    const stranger = makeAuthenticator({ origin })
    const { options } = await startPasskey(owner)
    stranger.create(options)
    expect(await send(stranger, {})).toEqual(await send(authenticator, { challenge: 'AAAA' }))
  })

  test('a suspended person does not come in by her passkey', async () => {
    const person = await somebody()
    const own = makeAuthenticator({ origin })
    await add(person, own)
    const { id } = person.account
    await node.context.db.updateTable('accounts').set({ status: 'suspended' }).where('id', '=', id).execute()
    await expect(signInWith(own)).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('a challenge is over after five minutes', async () => {
    const { ceremony, options } = await startPasskeySignIn(connection)
    await node.context.db
      .updateTable('passkey_ceremonies')
      .set({ expires_at: node.clock.now() })
      .where('id', '=', ceremony)
      .execute()
    const answer = authenticator.get(options)
    await expect(finishPasskeySignIn(connection, { ceremony, answer })).rejects.toMatchObject(refused)
  })
})

describe('attacks on adding a passkey', () => {
  test('attack: a stolen session adds a passkey, or takes the owner’s away', async () => {
    const [owner, thief] = [await somebody(), await somebody()]
    const token = { token: owner.api.token ?? '' }
    const { ceremony, options } = await startPasskey(owner)
    const { clientExtensionResults: _, ...made } = makeAuthenticator({ origin }).create(options)
    const answer = { ...made, type: 'public-key' as const, response: { ...made.response, transports: [] } }
    const content = { ceremony, name: 'mine', answer, wrappedRoot: null }
    const forger = { account: owner.account, identity: thief.identity }
    const change = await signOwnChange(forger, contract.finishPasskey, content)
    const added = await node.call(contract.finishPasskey, { body: { ...content, change } }, token)
    expect(added.problem.code).toBe('forged-signature')
    const passkey = await add(owner, makeAuthenticator({ origin }))
    const another = await add(owner, makeAuthenticator({ origin }))
    const params = { passkey: passkey.id }
    for (const forged of [
      await signOwnChange(forger, contract.removePasskey, params),
      await signOwnChange(owner, contract.removePasskey, { passkey: another.id }),
    ]) {
      const removed = await node.call(contract.removePasskey, { params, body: { change: forged } }, token)
      expect(removed.problem.code).toBe('forged-signature')
    }
    expect(await listPasskeys(owner)).toHaveLength(2)
  })

  test.each([
    ['another site', { origin: 'https://evil.example' }],
    ['another challenge', { challenge: toBase64Url(randomBytes(32)) }],
    ['another relying party', { rpId: 'evil.example' }],
    ['a sign-in', { type: 'webauthn.get' }],
    ['a frame of another site', { crossOrigin: true }],
    ['nobody’s finger', { userVerified: false }],
  ])('attack: a passkey made for %s is added', async (_what, lies) => {
    const person = await somebody()
    const { ceremony, options } = await startPasskey(person)
    const answer = makeAuthenticator({ origin }).create(options, lies)
    await expect(finishPasskey(person, { ceremony, answer, name: 'lie' })).rejects.toMatchObject(refused)
    expect(await listPasskeys(person)).toEqual([])
  })

  test('attack: somebody finishes what another began, or the same twice', async () => {
    const [owner, other] = [await somebody(), await somebody()]
    const { ceremony, options } = await startPasskey(owner)
    const answer = makeAuthenticator({ origin }).create(options)
    await expect(finishPasskey(other, { ceremony, answer, name: 'x' })).rejects.toMatchObject(refused)
    await expect(finishPasskey(owner, { ceremony, answer, name: 'x' })).rejects.toMatchObject(refused)
    const again = await startPasskey(owner)
    const fresh = makeAuthenticator({ origin }).create(again.options)
    await finishPasskey(owner, { ceremony: again.ceremony, answer: fresh, name: 'x' })
    await expect(
      finishPasskey(owner, { ceremony: again.ceremony, answer: fresh, name: 'x' }),
    ).rejects.toMatchObject(refused)
  })

  test('attack: certificates in an attestation, whose revocation lists the library would fetch', async () => {
    const statement = cborMap([
      [cborText('alg'), cborNumber(-7)],
      [cborText('sig'), cborBytes(Buffer.alloc(70))],
      [cborText('x5c'), cborList([cborBytes(Buffer.from('a certificate'))])],
    ])
    const person = await somebody()
    for (const fmt of ['packed', 'tpm', 'android-key', 'android-safetynet', 'apple', 'fido-u2f']) {
      const { options } = await startPasskey(person)
      const made = makeAuthenticator({ origin }).create(options, { attestation: { fmt, statement } })
      const { answer } = readPasskeyCreation(made)
      const verified = verifyCreation(node.context, { answer, challenge: options.challenge })
      await expect(verified).rejects.toMatchObject({ ...refused, cause: { message: NO_ATTESTATION } })
    }
  })

  test('attack: credentials without end', async () => {
    const person = await somebody()
    const authenticator = makeAuthenticator({ origin })
    for (let count = 0; count < 20; count++) await add(person, authenticator, `key ${count}`)
    await expect(add(person, authenticator)).rejects.toMatchObject({ code: 'conflict' })
  })

  test('a passkey belongs to one account', async () => {
    const [owner, other] = [await somebody(), await somebody()]
    const { ceremony, options } = await startPasskey(owner)
    const answer = makeAuthenticator({ origin }).create(options)
    await finishPasskey(owner, { ceremony, answer, name: 'x' })
    const theirs = await startPasskey(other)
    await node.context.db
      .updateTable('passkey_ceremonies')
      .set({ challenge: options.challenge })
      .where('id', '=', theirs.ceremony)
      .execute()
    await expect(finishPasskey(other, { ...theirs, answer, name: 'x' })).rejects.toMatchObject({
      code: 'conflict',
    })
  })
})

describe('a passkey after the password', () => {
  test('is asked for, and answers once; who lost it comes back with the kit', async () => {
    const owner = await signUp(node, 'doctor')
    const { contact, password, person } = owner
    const authenticator = makeAuthenticator({ origin, prf: 'never' })
    const other = makeAuthenticator({ origin })
    await add(person, authenticator)
    await add(await somebody(), other)
    const ask = async () => {
      const { asked } = await startSignIn(connection, { contact, password })
      if (!asked?.passkey) throw new Error('the passkey was not asked for')
      return { asked, options: asked.passkey }
    }
    const { asked, options } = await ask()
    expect(asked.methods).toEqual(['passkey'])
    expect(options.allowCredentials).toHaveLength(1)
    const answer = authenticator.get(options, { userVerified: false })
    const again = await answerSignIn(asked, { passkey: answer })
    expect(again.root).toEqual(person.root)
    await expect(answerSignIn(asked, { passkey: answer })).rejects.toMatchObject(refused)

    const wrong = await ask()
    await expect(
      answerSignIn(wrong.asked, { passkey: other.get({ ...wrong.options, allowCredentials: [] }) }),
    ).rejects.toMatchObject(refused)
    const copied = await ask()
    await expect(
      answerSignIn(copied.asked, { passkey: authenticator.get(copied.options, { counter: 1 }) }),
    ).rejects.toMatchObject(refused)
    await expect(signIn(connection, { contact, password })).rejects.toMatchObject(refused)

    const { recoveryCode: code } = await makeRecoveryKit(person)
    const { recovery } = await startKitRecovery(connection, { contact, code })
    await node.runJobs()
    const otp = String(sent.findLast(({ template }) => template === 'recovery-otp')?.values.code)
    const recovered = await openByKit(connection, { recovery, otp, code })
    const choice = { contact, password: 'battery staple anew' }
    const back = await finishWithNewPassword(connection, { ...recovered, ...choice })
    expect(await listPasskeys(back)).toEqual([])
    expect(await listSessions(back)).toHaveLength(1)
  })
})

test('a passkey is made for the name that people type; for localhost on this machine; for no address', () => {
  const party = (publicUrl: string) => findRelyingParty({ publicUrl })
  expect(party('https://curo.hospital.example/')).toEqual({
    id: 'curo.hospital.example',
    origins: ['https://curo.hospital.example'],
  })
  for (const host of ['127.0.0.1', '[::1]', 'localhost'])
    expect(party(`http://${host}:8080`)).toEqual({ id: 'localhost', origins: ['http://localhost:8080'] })
  expect(party('https://203.0.113.7')).toBeNull()
  expect(party('https://[2001:db8::7]')).toBeNull()
})
