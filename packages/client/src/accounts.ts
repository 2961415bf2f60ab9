import {
  type Account,
  decideAccount as decideAccountRoute,
  endSession,
  finishRegistration as finishRegistrationRoute,
  finishSession,
  getOwnAccount,
  listAccounts as listAccountsRoute,
  listSessions as listSessionsRoute,
  type SecondFactorAsked,
  type SignedIn,
  startRegistration as startRegistrationRoute,
  startSession,
} from '@curo/contract/accounts'
import type { Role } from '@curo/contract/route'
import { answerSecondFactor } from '@curo/contract/second-factors'
import { makeAccountRoot } from '@curo/crypto/account'
import { fromBase64Url, toBase64Url, utf8Bytes } from '@curo/crypto/bytes'
import { CuroError, isCuroError } from '@curo/crypto/errors'
import { finishLogin, finishRegistration, startLogin, startRegistration } from '@curo/crypto/password'
import { randomId } from '@curo/crypto/random'
import { unwrapSecret, wrapSecret } from '@curo/crypto/wrap'
import type { Api, CallInput, CallOptions } from './api.ts'
import type { Connection } from './connection.ts'
import { openKeyring, sealKeyring } from './keyring.ts'
import { type PasskeyAnswer, readPasskeyAnswer } from './passkey-answers.ts'
import { makeAccountKeys, makePerson, type Person, verifyAccountKeys } from './person.ts'

const ROOT_BY_PASSWORD = 'account root by password'
export const SHORTEST_PASSWORD = 10

type RegistrationBody = CallInput<typeof finishRegistrationRoute>['body']

export type RegisterOptions = {
  /** Telephone number with its country code: what one signs in with. */
  contact: string
  password: string
  role: Exclude<Role, 'patient'>
  name: string
  profession?: RegistrationBody['profession']
  /** From `curo init`, for the first administrator of a node. */
  setupCode?: string | undefined
}

export type Registered = { account: string; status: Account['status'] }

/**
 * Registers a doctor, staff member, administrator or auditor. The root is made here and leaves only wrapped; the
 * password never leaves. Whoever registers waits for an administrator's approval (`status`).
 * @throws CuroError 'invalid-input' (weak password), 'conflict' (number already registered), 'unauthorized' (setup code)
 */
export async function registerAccount(
  connection: Connection,
  { contact, password, role, name, profession = {}, setupCode }: RegisterOptions,
  options: CallOptions = {},
): Promise<Registered> {
  const id = randomId()
  const root = makeAccountRoot()
  const { account, status } = await registerWithPassword(
    connection,
    {
      password,
      body: {
        id,
        contact,
        role,
        name,
        profession,
        keys: await makeAccountKeys({ account: id, root }),
        setupCode,
      },
      root,
    },
    options,
  )
  root.fill(0)
  return { account, status }
}

export type RegisterWithPassword = {
  password: string
  root: Uint8Array
  body: Omit<RegistrationBody, 'record' | 'wrappedRoot'>
}

/** The OPAQUE registration (RFC 9807) and the account that comes of it. Used for patients by cards.ts. */
export async function registerWithPassword(
  { api }: Connection,
  { password, root, body }: RegisterWithPassword,
  options: CallOptions = {},
) {
  const { contact, id } = body
  const choosing = { password, root, account: id }
  const chosen = await choosePassword(choosing, async (request) => {
    const { response } = await api.call(startRegistrationRoute, { body: { contact, request } }, options)
    return response
  })
  return api.call(finishRegistrationRoute, { body: { ...body, ...chosen } }, options)
}

/**
 * The client's half of a new password: what the node keeps of it, and the root under its export key.
 * @param exchange sends OPAQUE's registration request and gives the node's response
 * @throws CuroError 'invalid-input' (weak password)
 */
export async function choosePassword(
  { password, root, account }: { password: string; root: Uint8Array; account: string },
  exchange: (request: string) => Promise<string>,
): Promise<{ record: string; wrappedRoot: string }> {
  if (password.length < SHORTEST_PASSWORD)
    throw new CuroError('invalid-input', `Choose a password of at least ${SHORTEST_PASSWORD} characters.`)
  const { request, state } = await startRegistration(password)
  const response = await exchange(request)
  const { record, exportKey } = await finishRegistration({ password, state, response })
  const wrapped = await wrapSecret({
    wrappingKey: exportKey,
    secret: root,
    context: ROOT_BY_PASSWORD,
    aad: utf8Bytes(account),
  })
  return { record, wrappedRoot: toBase64Url(wrapped) }
}

export type SignInOptions = { contact: string; password: string; device?: string | undefined }

const WRONG_PASSWORD = 'The number or the password is not right. Check both and try again.'

/**
 * Signs in. The node learns that the password was right, not the password.
 * @param secondFactor answers for an account that has one (screens take startSignIn and answerSignIn instead)
 * @throws CuroError 'unauthorized' (number or password, or a second factor that nobody answers), 'rate-limited',
 * 'forbidden' (not approved, suspended), 'bad-key' when the node shows other public keys than this person's own
 */
export async function signIn(
  connection: Connection,
  given: SignInOptions & { secondFactor?: (asked: AskedSignIn) => Promise<SecondFactorAnswer> },
  options: CallOptions = {},
): Promise<Person> {
  const step = await startSignIn(connection, given, options)
  if (step.person) return step.person
  if (!given.secondFactor)
    throw new CuroError('unauthorized', 'This account has a second factor: it is needed to sign in.', {
      details: { secondFactor: step.asked.methods },
    })
  return answerSignIn(step.asked, await given.secondFactor(step.asked), options)
}

/** Somebody whose password was right and who is asked for more. Holds a key: it stays in memory, where it was made. */
export type AskedSignIn = SecondFactorAsked & {
  readonly finish: (signedIn: SignedIn) => Promise<Person>
} & Pick<Connection, 'api'>

export type SignInStep =
  | { readonly person: Person; readonly asked?: undefined }
  | { readonly person?: undefined; readonly asked: AskedSignIn }

/** The first part of signing in: the person, or what else she is asked for. @throws CuroError as signIn does */
export async function startSignIn(
  connection: Connection,
  { contact, password, device }: SignInOptions,
  options: CallOptions = {},
): Promise<SignInStep> {
  const { api } = connection
  const { request, state } = await startLogin(password)
  const started = await api.call(startSession, { body: { contact, request } }, options)
  const finished = await finishLogin({ password, state, response: started.response })
  if (!finished) throw new CuroError('unauthorized', WRONG_PASSWORD)
  const answer = await api.call(
    finishSession,
    {
      body: {
        login: started.login,
        finish: finished.finishMessage,
        session: sessionKindOf(api),
        ...(device ? { device } : {}),
      },
    },
    options,
  )
  const { exportKey: wrappingKey } = finished
  const finish = async (signedIn: SignedIn) =>
    personOfSession(
      connection,
      signedIn,
      await unwrapSecret({
        wrappingKey,
        wrapped: fromBase64Url(signedIn.wrappedRoot),
        context: ROOT_BY_PASSWORD,
        aad: utf8Bytes(signedIn.account.id),
      }),
    )
  if ('secondFactor' in answer) return { asked: { ...answer.secondFactor, api, finish } }
  return { person: await finish(answer) }
}

/** A code of the authenticator app, or what the browser gave for `asked.passkey` (navigator.credentials.get). */
export type SecondFactorAnswer = { code: string } | { passkey: PasskeyAnswer }

/**
 * The second part of signing in.
 * @throws CuroError 'unauthorized' (wrong or used code, wrong passkey, or the sign-in is over), 'rate-limited'
 */
export async function answerSignIn(
  { api, signIn: id, finish }: AskedSignIn,
  answer: SecondFactorAnswer,
  options: CallOptions = {},
): Promise<Person> {
  const given =
    'code' in answer ? { code: answer.code } : { passkey: readPasskeyAnswer(answer.passkey).answer }
  const body = { signIn: id, ...given, session: sessionKindOf(api) }
  return finish(await api.call(answerSecondFactor, { body }, options))
}

/** How this connection keeps its session. */
export function sessionKindOf(api: Pick<Api, 'byCookie'>): 'cookie' | 'token' {
  return api.byCookie ? 'cookie' : 'token'
}

/** The person behind a session that was just given. */
export async function personOfSession(
  { api, hospital }: Connection,
  { account, token, expiresAt, keyring: sealed }: SignedIn,
  root: Uint8Array,
): Promise<Person> {
  const keyring =
    account.patient && sealed ? await openKeyring({ root, patient: account.patient, sealed }) : null
  return makePerson({ api: api.withToken(token ?? undefined), hospital, account, root, keyring, expiresAt })
}

/**
 * What must be kept, secret, to go on later without the password: `root` opens everything of hers. The token is empty
 * where a cookie carries the session.
 */
export type SavedSession = { token: string; root: string; keyring: string | null; expiresAt: string }

/** What `resumeSession` needs; as secret as the password. */
export async function saveSession(person: Person): Promise<SavedSession> {
  const { api, root, keyring, account, expiresAt } = person
  const sealed =
    keyring && account.patient ? await sealKeyring({ root, patient: account.patient, keyring }) : null
  return { token: api.token ?? '', root: toBase64Url(root), keyring: sealed, expiresAt }
}

/**
 * Takes a saved session up again.
 * @throws CuroError 'unauthorized' when it has ended; 'bad-key' as signIn does
 */
export async function resumeSession(
  { api, hospital }: Connection,
  saved: SavedSession,
  options: CallOptions = {},
): Promise<Person> {
  const withSession = api.withToken(saved.token || undefined)
  const account = await withSession.call(getOwnAccount, {}, options)
  const root = fromBase64Url(saved.root)
  const keyring =
    account.patient && saved.keyring
      ? await openKeyring({ root, patient: account.patient, sealed: saved.keyring })
      : null
  return makePerson({ api: withSession, hospital, account, root, keyring, expiresAt: saved.expiresAt })
}

/** Ends this session at the node; it counts as done when the node has forgotten it already. */
export async function signOut(person: Person, options: CallOptions = {}): Promise<void> {
  try {
    await person.api.call(endSession, { params: { session: 'current' } }, options)
  } catch (error) {
    if (!isCuroError(error, 'unauthorized', 'not-found')) throw error
  }
}

/** One's own sessions and devices. */
export async function listSessions(person: Person, options: CallOptions = {}) {
  return (await person.api.call(listSessionsRoute, {}, options)).sessions
}

/** Ends another of one's own sessions. @throws CuroError 'not-found' */
export async function endOtherSession(
  person: Person,
  session: string,
  options: CallOptions = {},
): Promise<void> {
  await person.api.call(endSession, { params: { session } }, options)
}

export type AccountFilter = NonNullable<CallInput<typeof listAccountsRoute>['query']>

/** A page of accounts, for an administrator. @throws CuroError 'forbidden' */
export async function listAccounts(person: Person, filter: AccountFilter = {}, options: CallOptions = {}) {
  return person.api.call(listAccountsRoute, { query: filter }, options)
}

export type Decision = CallInput<typeof decideAccountRoute>['body'] & { account: string }

/**
 * Approves, rejects, suspends or reinstates. Approval enters the account's keys in the ledger's registry.
 * @throws CuroError 'forbidden', 'not-found', 'conflict'; 'bad-key' when the answer shows keys that are not the account's
 */
export async function decideAccount(
  person: Person,
  { account, ...body }: Decision,
  options: CallOptions = {},
): Promise<Account> {
  const decided = await person.api.call(decideAccountRoute, { params: { account }, body }, options)
  await verifyAccountKeys(decided.keys, account)
  return decided
}
