import {
  askGuardians as askGuardiansOf,
  checkGuardians,
  type GuardiansState,
  listOwnRecoveries,
  type OwnRecovery,
  openByGuardians as openByGuardiansOf,
  refuseRecovery,
  refuseRecoveryByCode,
  startGuardianRecovery,
} from '@curo/client/guardian-recovery'
import {
  finishWithNewPassword,
  getRecoveryKit,
  makeRecoveryKit,
  openByKit as openByKitOf,
  type RecoveredRoot,
  type RecoveryKitState,
  rehearseRecoveryKit,
  type StartedRecovery,
  startKitRecovery,
} from '@curo/client/recoveries'
import { CuroError } from '@curo/crypto/errors'
import type { SignedIn } from '../accounts/work.ts'
import type { WorkCall, WorkContext } from '../work/context.ts'
import { forgetRequest, keepRequest, keptRequest } from './asked-guardians.ts'

export const kit = (
  context: WorkContext,
  _: undefined,
  { signal }: WorkCall,
): Promise<RecoveryKitState | null> => getRecoveryKit(context.person(), { signal })

/** A new kit in place of the one before. The code is the one thing that leaves: it is to be printed. */
export const makeKit = (context: WorkContext): Promise<{ recoveryCode: string }> =>
  makeRecoveryKit(context.person())

/** @throws CuroError 'malformed' (typing mistake), 'wrong-key' (an older kit), 'not-found' (none) */
export const rehearse = (context: WorkContext, { code }: { code: string }) =>
  rehearseRecoveryKit(context.person(), { code })

/** Whose root is here again and who has no password yet; the root stays here. */
let recovered: (RecoveredRoot & { contact: string }) | undefined
let kitCode: string | undefined

/** The same answer whether number and kit belong together or not. @throws CuroError 'malformed', 'rate-limited' */
export async function startByKit(
  context: WorkContext,
  { contact, code }: { contact: string; code: string },
): Promise<StartedRecovery> {
  const started = await startKitRecovery(await context.connection(), { contact, code })
  kitCode = code
  return started
}

/** @throws CuroError 'unauthorized' (code), 'attempts-exhausted', 'expired', 'wrong-key' (replaced kit) */
export async function openByKit(
  context: WorkContext,
  { recovery, otp, contact }: { recovery: string; otp: string; contact: string },
): Promise<void> {
  if (kitCode === undefined) throw over()
  const opened = await openByKitOf(await context.connection(), { recovery, otp, code: kitCode })
  kitCode = undefined
  recovered = { ...opened, contact }
}

const over = () => new CuroError('expired', 'This page was reloaded meanwhile: begin again.')

export const startByGuardians = async (
  context: WorkContext,
  { contact }: { contact: string },
): Promise<StartedRecovery> => startGuardianRecovery(await context.connection(), { contact })

/** What the page shows of a request; what opens the guardians' shares stays here. */
export type RequestInSight = { number: string; opensAt: string; expiresAt: string; contact: string }

const inSight = ({ number, opensAt, expiresAt, contact }: RequestInSight): RequestInSight => ({
  number,
  opensAt,
  expiresAt,
  contact,
})

/** @throws CuroError 'unauthorized' (code), 'attempts-exhausted', 'expired' */
export async function askGuardians(
  context: WorkContext,
  { contact, ...given }: { recovery: string; otp: string; contact: string },
): Promise<RequestInSight> {
  const request = { ...(await askGuardiansOf(await context.connection(), given)), contact }
  await keepRequest(request)
  return inSight(request)
}

/** The request that this browser waits for; null when there is none. */
export async function ownRequest(_: WorkContext): Promise<RequestInSight | null> {
  const kept = await keptRequest()
  return kept && inSight(kept)
}

async function neededRequest() {
  const kept = await keptRequest()
  if (!kept) throw new CuroError('expired', 'This request is over, or was forgotten here: begin again.')
  return kept
}

export async function requestState(
  context: WorkContext,
  _: undefined,
  { signal }: WorkCall,
): Promise<GuardiansState> {
  return checkGuardians(await context.connection(), await neededRequest(), { signal })
}

/** @throws CuroError 'forbidden' (still waiting), 'expired' (refused or over), 'wrong-key' (ask the third guardian) */
export async function openByGuardians(context: WorkContext): Promise<void> {
  const kept = await neededRequest()
  const opened = await openByGuardiansOf(await context.connection(), kept)
  recovered = { ...opened, contact: kept.contact }
}

export const forgetOwnRequest = (_: WorkContext): Promise<void> => forgetRequest()

/** @throws CuroError 'invalid-input' (weak password), 'unauthorized' (the recovery is over) */
export async function finish(
  context: WorkContext,
  { password, device }: { password: string; device: string },
): Promise<SignedIn> {
  if (!recovered) throw over()
  const person = await finishWithNewPassword(await context.connection(), { ...recovered, password, device })
  recovered = undefined
  await forgetRequest()
  await context.setPerson(person)
  return { account: person.account, expiresAt: person.expiresAt, offline: false }
}

/** Attempts under way to get into her own account. */
export const attempts = (context: WorkContext, _: undefined, { signal }: WorkCall): Promise<OwnRecovery[]> =>
  listOwnRecoveries(context.person(), { signal })

/** @throws CuroError 'not-found' when it is over */
export const refuse = (context: WorkContext, { recovery }: { recovery: string }): Promise<void> =>
  refuseRecovery(context.person(), recovery)

/** By the link in the message, without signing in. @throws CuroError 'not-found', 'invalid-input' */
export const refuseByCode = async (context: WorkContext, { code }: { code: string }): Promise<void> =>
  refuseRecoveryByCode(await context.connection(), code)
