import {
  confirmKitRecovery,
  finishRecovery,
  getRecoveryKit as getRecoveryKitRoute,
  putRecoveryKit,
  rehearseRecoveryKit as rehearseRecoveryKitRoute,
  startKitRecovery as startKitRecoveryRoute,
  startRecoveredPassword,
} from '@curo/contract/recoveries'
import { deriveIdentityKey } from '@curo/crypto/account'
import { equalBytes, fromBase64Url, toBase64Url } from '@curo/crypto/bytes'
import { CuroError, isCuroError } from '@curo/crypto/errors'
import {
  deriveRecoveryProof,
  makeRecoveryCode,
  parseRecoveryCode,
  recoveryVerifierOf,
  unwrapByRecoveryCode,
  wrapByRecoveryCode,
} from '@curo/crypto/recovery-kit'
import { choosePassword, signIn } from './accounts.ts'
import type { CallOptions } from './api.ts'
import type { Connection } from './connection.ts'
import { signOwnChange } from './own-change.ts'
import type { Person } from './person.ts'

/** What the node keeps of a kit: the root under its code, and the hash that a proof of the code is known by. */
export async function makeKit({ root, code }: { root: Uint8Array; code: string }) {
  const wrapped = await wrapByRecoveryCode({ root, code })
  const verifier = recoveryVerifierOf(deriveRecoveryProof(code))
  return { wrapped: toBase64Url(wrapped), verifier: toBase64Url(verifier) }
}

export type RecoveryKitState = { madeAt: string; rehearsedAt: string | null }

/** When one's kit was made and last tried; null where there is none yet. */
export async function getRecoveryKit(
  person: Person,
  options: CallOptions = {},
): Promise<RecoveryKitState | null> {
  const { kit } = await person.api.call(getRecoveryKitRoute, {}, options)
  return kit && { madeAt: kit.madeAt, rehearsedAt: kit.rehearsedAt }
}

/**
 * Tries the printed code: it must open one's own root, here, and be the one that the node would take.
 * @throws CuroError 'malformed' (typing mistake, with what to look at), 'wrong-key' (an older kit), 'not-found' (none)
 */
export async function rehearseRecoveryKit(
  person: Person,
  { code }: { code: string },
  options: CallOptions = {},
): Promise<{ rehearsedAt: string }> {
  const kitProof = toBase64Url(deriveRecoveryProof(code))
  const { kit } = await person.api.call(getRecoveryKitRoute, {}, options)
  if (!kit) throw new CuroError('not-found', 'There is no recovery kit yet. Make one and print it.')
  const root = await unwrapByRecoveryCode({ code, wrapped: fromBase64Url(kit.wrapped) })
  const isHers = equalBytes(root, person.root)
  root.fill(0)
  if (!isHers) throw new CuroError('wrong-key', 'This kit opens something else. Make a new one and print it.')
  return person.api.call(rehearseRecoveryKitRoute, { body: { kitProof } }, options)
}

/**
 * Makes the first kit, or a new one in place of the one before, which then opens nothing. `recoveryCode` is a secret: show
 * and print it once, have it rehearsed, then forget it.
 */
export async function makeRecoveryKit(
  person: Person,
  options: CallOptions = {},
): Promise<{ recoveryCode: string }> {
  const recoveryCode = makeRecoveryCode()
  const content = { kit: await makeKit({ root: person.root, code: recoveryCode }) }
  const body = { ...content, change: await signOwnChange(person, putRecoveryKit, content) }
  await person.api.call(putRecoveryKit, { body }, options)
  return { recoveryCode }
}

export type StartedRecovery = { recovery: string; expiresAt: string }

/**
 * Begins to recover an account. If number and kit belong together a code is on its way to the telephone; the answer is
 * the same if not.
 * @throws CuroError 'malformed' (typing mistake in the kit's code), 'rate-limited'
 */
export async function startKitRecovery(
  { api }: Connection,
  { contact, code }: { contact: string; code: string },
  options: CallOptions = {},
): Promise<StartedRecovery> {
  const kitProof = toBase64Url(deriveRecoveryProof(parseRecoveryCode(code)))
  return api.call(startKitRecoveryRoute, { body: { contact, kitProof } }, options)
}

/** An account whose root is here again and which waits for its new password. Keep it in memory only. */
export type RecoveredRoot = { readonly account: string; readonly token: string; readonly root: Uint8Array }

/**
 * The code from the telephone and the kit's code give the root back.
 * @throws CuroError 'unauthorized' (code), 'attempts-exhausted', 'expired', 'wrong-key' (replaced kit)
 */
export async function openByKit(
  { api }: Connection,
  { recovery, otp, code }: { recovery: string; otp: string; code: string },
  options: CallOptions = {},
): Promise<RecoveredRoot> {
  const confirmed = await api.call(confirmKitRecovery, { params: { recovery }, body: { code: otp } }, options)
  const { account, token, wrappedRoot } = confirmed
  const root = await unwrapByRecoveryCode({ code, wrapped: fromBase64Url(wrappedRoot) })
  return { account, token, root }
}

/**
 * The new password, and signed in with it. Every other session has ended; second factors and passkeys are gone.
 * @throws CuroError 'invalid-input' (weak password), 'unauthorized' (the recovery is over), 'forged-signature' (the root
 * is not the account's)
 */
export async function finishWithNewPassword(
  connection: Connection,
  given: RecoveredRoot & { contact: string; password: string; device?: string | undefined },
  options: CallOptions = {},
): Promise<Person> {
  const { api } = connection
  const { account, token, root, contact, password, device } = given
  const chosen = await choosePassword({ password, root, account }, async (request) => {
    const { response } = await api.call(startRecoveredPassword, { body: { token, request } }, options)
    return response
  })
  const identity = await deriveIdentityKey(root)
  const content = { token, ...chosen }
  const change = await signOwnChange({ account: { id: account }, identity }, finishRecovery, content)
  try {
    await api.call(finishRecovery, { body: { ...content, change } }, options)
  } catch (error) {
    // An answer lost on its way: the password tells whether it was set.
    if (!isCuroError(error, 'unavailable')) throw error
  }
  const person = await signIn(connection, { contact, password, device }, options)
  root.fill(0)
  return person
}
