import {
  findGuardian,
  type GuardianRequest,
  type Guardians,
  getGuardians,
  guardianInvitation,
  listGuardianships,
  nameGuardians,
  releaseShare,
  removeGuardians,
} from '@curo/client/guardians'
import type { WorkCall, WorkContext } from '../work/context.ts'

/** A link to give to somebody who wants to name one. */
export const invitation = async (context: WorkContext): Promise<string> =>
  guardianInvitation(context.person())

/** @throws CuroError 'malformed', 'not-found', 'invalid-input' (one's own), 'bad-key' */
export async function find(
  context: WorkContext,
  { invitation: given }: { invitation: string },
  { signal }: WorkCall,
): Promise<{ account: string; name: string }> {
  const { account, name } = await findGuardian(context.person(), given, { signal })
  return { account, name }
}

export const mine = (context: WorkContext, _: undefined, { signal }: WorkCall): Promise<Guardians> =>
  getGuardians(context.person(), { signal })

/** @throws CuroError 'invalid-input' (not three different people), 'not-found' (one is not active any more) */
export async function name(
  context: WorkContext,
  { invitations }: { invitations: readonly string[] },
): Promise<void> {
  const person = context.person()
  await nameGuardians(person, await Promise.all(invitations.map((one) => findGuardian(person, one))))
}

export const remove = (context: WorkContext): Promise<void> => removeGuardians(context.person())

export type Ward = { owner: string; name: string; since: string }

/** Whose guardian one is, and who of them asks. */
export async function wards(
  context: WorkContext,
  _: undefined,
  { signal }: WorkCall,
): Promise<{ wards: Ward[]; requests: GuardianRequest[] }> {
  const { guardianships, requests } = await listGuardianships(context.person(), { signal })
  return { wards: guardianships.map(({ owner, name, since }) => ({ owner, name, since })), requests }
}

/** To the very key whose number was compared. @throws CuroError 'not-found' (over or refused), 'wrong-key' */
export const release = (
  context: WorkContext,
  request: Pick<GuardianRequest, 'recovery' | 'owner' | 'requestKey'>,
): Promise<void> => releaseShare(context.person(), request)
