import { beforeAll, describe, expect, it } from 'vitest'
import {
  finishLogin,
  finishRegistration,
  finishServerLogin,
  type LoginIdentifiers,
  makeServerSetup,
  type Registration,
  respondToRegistration,
  startLogin,
  startRegistration,
  startServerLogin,
} from './password.ts'

const password = 'correct horse battery staple'
const accountKey = 'account 1'
let setup: string
let registration: Registration

async function register(identifiers?: LoginIdentifiers): Promise<Registration> {
  const { request, state } = await startRegistration(password)
  const response = await respondToRegistration({ setup, accountKey, request })
  return finishRegistration({ password, state, response, identifiers })
}

type Attempt = { password?: string; record?: string | null; identifiers?: LoginIdentifiers }

async function logIn({
  password: typed = password,
  record = registration.record,
  identifiers,
}: Attempt = {}) {
  const client = await startLogin(typed)
  const server = await startServerLogin({ setup, record, accountKey, request: client.request, identifiers })
  const result = await finishLogin({
    password: typed,
    state: client.state,
    response: server.response,
    identifiers,
  })
  return { result, server, client }
}

beforeAll(async () => {
  setup = await makeServerSetup()
  registration = await register()
})

describe('login by password', () => {
  it('gives both sides one session key, and the client the key that wraps her root', async () => {
    const { result, server } = await logIn()
    if (!result) throw new Error('the password is right')
    const { sessionKey } = await finishServerLogin({
      state: server.state,
      finishMessage: result.finishMessage,
    })
    expect(sessionKey).toBe(result.sessionKey)
    expect(result.exportKey).toEqual(registration.exportKey)
    expect(result.exportKey.length).toBe(32)
    expect(result.serverPublicKey).toBe(registration.serverPublicKey)
  })

  it('a wrong password gives null to the client and nothing to the server', async () => {
    const { result, server } = await logIn({ password: 'Correct horse battery staple' })
    expect(result).toBeNull()
    const right = await logIn()
    const finishMessage = right.result?.finishMessage as string
    await expect(finishServerLogin({ state: server.state, finishMessage })).rejects.toMatchObject({
      code: 'unauthorized',
    })
  })

  it('an unknown account looks like a known one to whoever asks', async () => {
    const known = await logIn()
    const unknown = await logIn({ record: null })
    expect(unknown.result).toBeNull()
    expect(unknown.server.response.length).toBe(known.server.response.length)
    expect(unknown.server.state.length).toBe(known.server.state.length)
  })

  it('a replayed finish message is refused in another login', async () => {
    const [first, second] = [await logIn(), await logIn()]
    const finishMessage = first.result?.finishMessage as string
    await expect(finishServerLogin({ state: second.server.state, finishMessage })).rejects.toMatchObject({
      code: 'unauthorized',
    })
  })

  it('another server’s setup does not log the account in', async () => {
    const client = await startLogin(password)
    const foreign = await makeServerSetup()
    const server = await startServerLogin({
      setup: foreign,
      record: registration.record,
      accountKey,
      request: client.request,
    })
    expect(await finishLogin({ password, state: client.state, response: server.response })).toBeNull()
  })

  it('identifiers given at registration are needed at login', async () => {
    const identifiers = { client: accountKey, server: 'asha.example' }
    const { record } = await register(identifiers)
    expect((await logIn({ record, identifiers })).result).not.toBeNull()
    expect((await logIn({ record })).result).toBeNull()
    expect(
      (await logIn({ record, identifiers: { ...identifiers, server: 'evil.example' } })).result,
    ).toBeNull()
  })

  it('messages out of form are refused as malformed, not as a crash', async () => {
    const bad = { code: 'malformed' }
    await expect(respondToRegistration({ setup, accountKey, request: 'AAAA' })).rejects.toMatchObject(bad)
    await expect(respondToRegistration({ setup, accountKey, request: '' })).rejects.toMatchObject(bad)
    await expect(startServerLogin({ setup, record: 'no', accountKey, request: 'x' })).rejects.toMatchObject(
      bad,
    )
    await expect(finishServerLogin({ state: 'x', finishMessage: 'y' })).rejects.toMatchObject({
      code: 'unauthorized',
    })
    const { state } = await startLogin(password)
    await expect(finishLogin({ password, state, response: 'AAAA' })).rejects.toMatchObject(bad)
  })
})
