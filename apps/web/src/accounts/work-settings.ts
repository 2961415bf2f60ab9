import { endOtherSession, listSessions } from '@curo/client/accounts'
import { changePassword as changeOwnPassword, type PasswordChange } from '@curo/client/password-change'
import type { WorkCall, WorkContext } from '../work/context.ts'

/** @throws CuroError 'unauthorized' (not the present password), 'invalid-input' (too short), 'rate-limited' */
export const changePassword = (
  context: WorkContext,
  given: PasswordChange,
  { signal }: WorkCall,
): Promise<void> => changeOwnPassword(context.person(), given, { signal })

export const sessions = (context: WorkContext, _: undefined, { signal }: WorkCall) =>
  listSessions(context.person(), { signal })

export const endOne = (context: WorkContext, { session }: { session: string }): Promise<void> =>
  endOtherSession(context.person(), session)
