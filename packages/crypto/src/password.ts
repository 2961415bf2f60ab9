import * as opaque from '@serenity-kit/opaque'
import { type Bytes, fromBase64Url, utf8Bytes } from './bytes.ts'
import { CuroError } from './errors.ts'
import { hkdfSha256 } from './hash.ts'

/**
 * OPAQUE (RFC 9807): login by password without the server ever seeing it, nor anything to guess it by before its
 * database is stolen. All messages and states are the library's base64url texts. Each guess costs Argon2id 64 MiB,
 * t = 3, p = 1 on the client (a third of a second); pinned, because a change locks every account out. Run the client's
 * finishing steps in a Worker.
 */
const KEY_STRETCHING = { 'argon2id-custom': { memory: 65_536, iterations: 3, parallelism: 1 } } as const

/** Names bound into the exchange; given at registration, they must be given again at each login, by both sides. */
export type LoginIdentifiers = { client?: string; server?: string }

type WithIdentifiers = { identifiers?: LoginIdentifiers | undefined }

/** Runs a library call; what it throws means that the other side's message is not one. */
async function exchange<T>(call: () => T): Promise<T> {
  await opaque.ready
  try {
    return call()
  } catch (cause) {
    throw new CuroError('malformed', 'The login message is not in form; start the login again.', { cause })
  }
}

function optional({ identifiers }: WithIdentifiers): { identifiers?: LoginIdentifiers } {
  return identifiers ? { identifiers } : {}
}

/** OPAQUE's export key (64 bytes) as a wrapping key: known to whoever knows the password, never to the server. */
function wrappingKeyOf(exportKey: string): Bytes {
  return hkdfSha256({
    ikm: fromBase64Url(exportKey),
    salt: new Uint8Array(0),
    info: utf8Bytes('curo/v1/password-wrap'),
    length: 32,
  })
}

/** Client, first: `request` goes to the server, `state` stays. */
export async function startRegistration(password: string): Promise<{ request: string; state: string }> {
  const { clientRegistrationState, registrationRequest } = await exchange(() =>
    opaque.client.startRegistration({ password }),
  )
  return { request: registrationRequest, state: clientRegistrationState }
}

export type FinishRegistrationOptions = WithIdentifiers & {
  password: string
  state: string
  /** The server's answer. */
  response: string
}

export type Registration = {
  /** For the server to keep. */
  record: string
  /** 32 bytes: wraps the account root. */
  exportKey: Bytes
  serverPublicKey: string
}

export async function finishRegistration(options: FinishRegistrationOptions): Promise<Registration> {
  const { password, state, response } = options
  const finished = await exchange(() =>
    opaque.client.finishRegistration({
      password,
      clientRegistrationState: state,
      registrationResponse: response,
      keyStretching: KEY_STRETCHING,
      ...optional(options),
    }),
  )
  return {
    record: finished.registrationRecord,
    exportKey: wrappingKeyOf(finished.exportKey),
    serverPublicKey: finished.serverStaticPublicKey,
  }
}

/** Client, first step of a login. */
export async function startLogin(password: string): Promise<{ request: string; state: string }> {
  const { clientLoginState, startLoginRequest } = await exchange(() => opaque.client.startLogin({ password }))
  return { request: startLoginRequest, state: clientLoginState }
}

export type LoginResult = {
  finishMessage: string
  /** base64url; the server gets the same from finishServerLogin. */
  sessionKey: string
  /** 32 bytes, as at registration. */
  exportKey: Bytes
  serverPublicKey: string
}

/** Client, second step: null when the password (or the server, or an identifier) is not the registered one. */
export async function finishLogin(options: FinishRegistrationOptions): Promise<LoginResult | null> {
  const { password, state, response } = options
  const finished = await exchange(() =>
    opaque.client.finishLogin({
      password,
      clientLoginState: state,
      loginResponse: response,
      keyStretching: KEY_STRETCHING,
      ...optional(options),
    }),
  )
  if (!finished) return null
  return {
    finishMessage: finished.finishLoginRequest,
    sessionKey: finished.sessionKey,
    exportKey: wrappingKeyOf(finished.exportKey),
    serverPublicKey: finished.serverStaticPublicKey,
  }
}

/** Server: its long-lived secret, made once per node. Losing it locks every password out. */
export async function makeServerSetup(): Promise<string> {
  await opaque.ready
  return opaque.server.createSetup()
}

export type RespondToRegistrationOptions = {
  setup: string
  /** Stable name of the account, such as its id; the same at every login. */
  accountKey: string
  request: string
}

export async function respondToRegistration(options: RespondToRegistrationOptions): Promise<string> {
  const { setup, accountKey, request } = options
  const { registrationResponse } = await exchange(() =>
    opaque.server.createRegistrationResponse({
      serverSetup: setup,
      userIdentifier: accountKey,
      registrationRequest: request,
    }),
  )
  return registrationResponse
}

export type StartServerLoginOptions = WithIdentifiers & {
  setup: string
  /** null for an unknown account: the answer then looks like any other. */
  record: string | null
  accountKey: string
  request: string
}

/** Server, first step: `state` is kept for the second one, secret and used once. */
export async function startServerLogin(
  options: StartServerLoginOptions,
): Promise<{ response: string; state: string }> {
  const { setup, record, accountKey, request } = options
  const { serverLoginState, loginResponse } = await exchange(() =>
    opaque.server.startLogin({
      serverSetup: setup,
      registrationRecord: record,
      userIdentifier: accountKey,
      startLoginRequest: request,
      ...optional(options),
    }),
  )
  return { response: loginResponse, state: serverLoginState }
}

export type FinishServerLoginOptions = WithIdentifiers & { state: string; finishMessage: string }

/** Server, second step. Throws 'unauthorized' unless the client knew the password. */
export async function finishServerLogin(options: FinishServerLoginOptions): Promise<{ sessionKey: string }> {
  const { state, finishMessage } = options
  await opaque.ready
  try {
    return opaque.server.finishLogin({
      serverLoginState: state,
      finishLoginRequest: finishMessage,
      ...optional(options),
    })
  } catch (cause) {
    throw new CuroError('unauthorized', 'The name or the password is wrong. Try again.', { cause })
  }
}
