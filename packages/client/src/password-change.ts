import {
  changePassword as changePasswordRoute,
  startRegistration,
  startSession,
} from '@curo/contract/accounts'
import { CuroError } from '@curo/crypto/errors'
import { finishLogin, startLogin } from '@curo/crypto/password'
import { choosePassword } from './accounts.ts'
import type { CallOptions } from './api.ts'
import { signOwnChange } from './own-change.ts'
import type { Person } from './person.ts'

export type PasswordChange = { current: string; next: string }

/**
 * A new password for whoever knows the present one. Every other session of hers ends; this one goes on.
 * @throws CuroError 'unauthorized' (present password), 'invalid-input' (weak new one), 'rate-limited'
 */
export async function changePassword(
  person: Person,
  { current, next }: PasswordChange,
  options: CallOptions = {},
): Promise<void> {
  const { api, account, root } = person
  const { contact, id } = account
  const chosen = await choosePassword({ password: next, root, account: id }, async (request) => {
    const { response } = await api.call(startRegistration, { body: { contact, request } }, options)
    return response
  })
  const { request, state } = await startLogin(current)
  const { login, response } = await api.call(startSession, { body: { contact, request } }, options)
  const proved = await finishLogin({ password: current, state, response })
  if (!proved)
    throw new CuroError('unauthorized', 'The present password is not right. Check it and try again.')
  const content = { login, finish: proved.finishMessage, ...chosen }
  const body = { ...content, change: await signOwnChange(person, changePasswordRoute, content) }
  await api.call(changePasswordRoute, { body }, options)
}
