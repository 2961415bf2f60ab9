import type { CreationOptions, RequestOptions } from '@curo/contract/passkey-ceremonies'
import {
  finishPasskey as finishPasskeyRoute,
  finishPasskeySession,
  listPasskeys as listPasskeysRoute,
  type Passkey,
  putPasskeyRoot,
  removePasskey as removePasskeyRoute,
  startPasskey as startPasskeyRoute,
  startPasskeySession,
} from '@curo/contract/passkeys'
import { fromBase64Url, toBase64Url } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { unwrapByPasskey, wrapByPasskey } from '@curo/crypto/passkey'
import { randomBytes } from '@curo/crypto/random'
import { personOfSession, sessionKindOf } from './accounts.ts'
import type { CallOptions } from './api.ts'
import type { Connection } from './connection.ts'
import { signOwnChange } from './own-change.ts'
import {
  type PasskeyAnswer,
  type PasskeyCreation,
  type PrfExtensions,
  prfExtensions,
  readPasskeyAnswer,
  readPasskeyCreation,
} from './passkey-answers.ts'
import type { Person } from './person.ts'

/** One's own passkeys. */
export async function listPasskeys(person: Person, options: CallOptions = {}): Promise<Passkey[]> {
  return (await person.api.call(listPasskeysRoute, {}, options)).passkeys
}

export type PasskeyToCreate = { ceremony: string; options: CreationOptions & { extensions: PrfExtensions } }

/**
 * Begins to add a passkey: `options` go to the page, which gives them to the browser (`startRegistration({ optionsJSON })`).
 * @throws CuroError 'unavailable' where this node has no name that passkeys work under
 */
export async function startPasskey(person: Person, options: CallOptions = {}): Promise<PasskeyToCreate> {
  const started = await person.api.call(startPasskeyRoute, {}, options)
  return { ...started, options: { ...started.options, extensions: prfExtensions() } }
}

/**
 * Adds the passkey that the browser made. `unlocks` is false where the authenticator kept its PRF for later:
 * `unlockOptions` and `addPasskeyUnlock` then get it with one more touch, if it has one at all.
 * @throws CuroError 'unauthorized' (not accepted, or too late), 'conflict' (registered already, or too many)
 */
export async function finishPasskey(
  person: Person,
  { ceremony, answer: creation, name }: { ceremony: string; answer: PasskeyCreation; name: string },
  options: CallOptions = {},
): Promise<Passkey> {
  const { answer, prfOutput } = readPasskeyCreation(creation)
  const wrappedRoot = prfOutput && (await wrapRoot(person, { prfOutput, credential: answer.id }))
  const content = { ceremony, name, answer, wrappedRoot }
  const body = { ...content, change: await signOwnChange(person, finishPasskeyRoute, content) }
  return person.api.call(finishPasskeyRoute, { body }, options)
}

async function wrapRoot(
  { root, account }: Person,
  { prfOutput, credential }: { prfOutput: Uint8Array; credential: string },
): Promise<string> {
  const wrapped = await wrapByPasskey({ prfOutput, account: account.id, credential, root })
  prfOutput.fill(0)
  return toBase64Url(wrapped)
}

/** What the page gives to the browser (`startAuthentication`) to use one passkey, for its PRF only. */
export function unlockOptions(
  passkey: Pick<Passkey, 'credential'>,
  rpId: string,
): RequestOptions & { extensions: PrfExtensions } {
  return {
    // Nobody checks the signature: it is the PRF that is wanted.
    challenge: toBase64Url(randomBytes(32)),
    rpId,
    timeout: 5 * 60_000,
    allowCredentials: [{ id: passkey.credential, type: 'public-key' }],
    userVerification: 'required',
    extensions: prfExtensions(),
  }
}

/**
 * Makes a passkey one that can be signed in with alone, from the browser's answer to `unlockOptions`.
 * @throws CuroError 'unavailable' when the authenticator has no PRF, 'invalid-input' when another passkey answered
 */
export async function addPasskeyUnlock(
  person: Person,
  { passkey, answer: given }: { passkey: Pick<Passkey, 'id' | 'credential'>; answer: PasskeyAnswer },
  options: CallOptions = {},
): Promise<void> {
  const { answer, prfOutput } = readPasskeyAnswer(given)
  if (!prfOutput)
    throw new CuroError(
      'unavailable',
      'This passkey cannot open your keys; it still serves as a second factor.',
    )
  if (answer.id !== passkey.credential) throw new CuroError('invalid-input', 'Another passkey answered.')
  const content = { wrappedRoot: await wrapRoot(person, { prfOutput, credential: answer.id }) }
  const params = { passkey: passkey.id }
  const change = await signOwnChange(person, putPasskeyRoot, { ...content, ...params })
  await person.api.call(putPasskeyRoot, { params, body: { ...content, change } }, options)
}

/** @throws CuroError 'not-found' */
export async function removePasskey(
  person: Person,
  passkey: string,
  options: CallOptions = {},
): Promise<void> {
  const body = { change: await signOwnChange(person, removePasskeyRoute, { passkey }) }
  await person.api.call(removePasskeyRoute, { params: { passkey }, body }, options)
}

export type PasskeyToUse = { ceremony: string; options: RequestOptions & { extensions: PrfExtensions } }

/** Begins to sign in with a passkey alone; `options` go to the browser (`startAuthentication({ optionsJSON })`). */
export async function startPasskeySignIn(
  { api }: Connection,
  options: CallOptions = {},
): Promise<PasskeyToUse> {
  const started = await api.call(startPasskeySession, {}, options)
  return { ...started, options: { ...started.options, extensions: prfExtensions() } }
}

/**
 * Signs in with the passkey that answered: no number, no password.
 * @throws CuroError 'unavailable' when the authenticator gave no PRF, 'unauthorized' (not accepted), 'forbidden' (it
 * does not open the keys, or the account is not approved), 'bad-key' as signIn does
 */
export async function finishPasskeySignIn(
  connection: Connection,
  given: { ceremony: string; answer: PasskeyAnswer; device?: string | undefined },
  options: CallOptions = {},
): Promise<Person> {
  const { ceremony, device } = given
  const { api } = connection
  const { answer, prfOutput } = readPasskeyAnswer(given.answer)
  if (!prfOutput)
    throw new CuroError('unavailable', 'This device cannot open your keys with a passkey: use your password.')
  const body = { ceremony, answer, session: sessionKindOf(api), ...(device ? { device } : {}) }
  const signedIn = await api.call(finishPasskeySession, { body }, options)
  const root = await unwrapByPasskey({
    prfOutput,
    account: signedIn.account.id,
    credential: answer.id,
    wrapped: fromBase64Url(signedIn.wrappedRoot),
  })
  prfOutput.fill(0)
  return personOfSession(connection, signedIn, root)
}
