import type { PasskeyAnswer, PasskeyCreation } from '@curo/client/passkey-answers'
import {
  addPasskeyUnlock,
  finishPasskey,
  finishPasskeySignIn,
  listPasskeys,
  type PasskeyToCreate,
  type PasskeyToUse,
  removePasskey,
  startPasskey,
  startPasskeySignIn,
  unlockOptions,
} from '@curo/client/passkeys'
import type { Passkey } from '@curo/contract/passkeys'
import type { SignedIn } from '../accounts/work.ts'
import type { WorkCall, WorkContext } from '../work/context.ts'

export const list = (context: WorkContext, _: undefined, { signal }: WorkCall): Promise<Passkey[]> =>
  listPasskeys(context.person(), { signal })

/** @throws CuroError 'unavailable' where this node has no name that passkeys work under */
export const start = (context: WorkContext): Promise<PasskeyToCreate> => startPasskey(context.person())

/** @throws CuroError 'unauthorized' (not accepted, or too late), 'conflict' (registered already, or too many) */
export const finish = (
  context: WorkContext,
  given: { ceremony: string; answer: PasskeyCreation; name: string },
): Promise<Passkey> => finishPasskey(context.person(), given)

export type PasskeyName = Pick<Passkey, 'id' | 'credential'>

/** What the browser is asked so that a passkey gives its PRF, which it did not when it was made. */
export const unlocking = async (
  _: WorkContext,
  { passkey, rpId }: { passkey: PasskeyName; rpId: string },
): Promise<PasskeyToUse['options']> => unlockOptions(passkey, rpId)

/** @throws CuroError 'unavailable' when the authenticator has no PRF, 'invalid-input' when another passkey answered */
export const addUnlocking = (
  context: WorkContext,
  given: { passkey: PasskeyName; answer: PasskeyAnswer },
): Promise<void> => addPasskeyUnlock(context.person(), given)

export const remove = (context: WorkContext, { passkey }: { passkey: string }): Promise<void> =>
  removePasskey(context.person(), passkey)

export const startSignIn = async (context: WorkContext): Promise<PasskeyToUse> =>
  startPasskeySignIn(await context.connection())

/** @throws CuroError 'unavailable' (no PRF), 'unauthorized' (not accepted), 'forbidden' (it does not open the keys) */
export async function finishSignIn(
  context: WorkContext,
  given: { ceremony: string; answer: PasskeyAnswer; device: string },
): Promise<SignedIn> {
  const person = await finishPasskeySignIn(await context.connection(), given)
  await context.setPerson(person)
  return { account: person.account, expiresAt: person.expiresAt, offline: false }
}
