import {
  confirmGuardianRecovery,
  GUARDIANS_NEEDED,
  getGuardianRecovery,
  listOwnRecoveries as listOwnRecoveriesRoute,
  refuseRecoveryByCode as refuseRecoveryByCodeRoute,
  refuseRecovery as refuseRecoveryRoute,
  startGuardianRecovery as startGuardianRecoveryRoute,
} from '@curo/contract/guardians'
import { deriveIdentityKey } from '@curo/crypto/account'
import { equalBytes, fromBase64Url, toBase64Url } from '@curo/crypto/bytes'
import { CuroError, isCuroError } from '@curo/crypto/errors'
import { areOfOneSet, type GuardianShare, openRelease, requestNumber } from '@curo/crypto/guardian-shares'
import { combineShares } from '@curo/crypto/guardians'
import { makeSealingKeyPair } from '@curo/crypto/xwing'
import type { CallOptions, CallOutput } from './api.ts'
import type { Connection } from './connection.ts'
import type { Person } from './person.ts'
import type { RecoveredRoot, StartedRecovery } from './recoveries.ts'

/**
 * Begins to recover an account with its guardians. If it has any, a code is on its way to the telephone; the answer is
 * the same if not.
 * @throws CuroError 'rate-limited'
 */
export async function startGuardianRecovery(
  { api }: Connection,
  { contact }: { contact: string },
  options: CallOptions = {},
): Promise<StartedRecovery> {
  return api.call(startGuardianRecoveryRoute, { body: { contact } }, options)
}

/**
 * A request that waits for guardians. Plain data, to be kept on this device until it is done, as secret as a password:
 * `seed` opens what the guardians release.
 */
export type AskedGuardians = {
  readonly recovery: string
  readonly account: string
  readonly token: string
  readonly seed: string
  /** Twenty digits that each guardian must see too. */
  readonly number: string
  readonly opensAt: string
  readonly expiresAt: string
}

/**
 * The code from the telephone asks the guardians.
 * @throws CuroError 'unauthorized' (code), 'attempts-exhausted', 'expired'
 */
export async function askGuardians(
  { api }: Connection,
  { recovery, otp }: { recovery: string; otp: string },
  options: CallOptions = {},
): Promise<AskedGuardians> {
  const { seed, publicKey } = makeSealingKeyPair()
  const answer = await api.call(
    confirmGuardianRecovery,
    { params: { recovery }, body: { code: otp, requestKey: toBase64Url(publicKey) } },
    options,
  )
  const number = requestNumber({ request: recovery, requestKey: publicKey })
  return { recovery, seed: toBase64Url(seed), number, ...answer }
}

export type GuardiansState = Omit<CallOutput<typeof getGuardianRecovery>, 'releases'> & { needed: number }

/** How far it is: `waiting` (for guardians, or for the time to refuse), `ready`, `refused`, `over`. */
export async function checkGuardians(
  { api }: Connection,
  { token }: Pick<AskedGuardians, 'token'>,
  options: CallOptions = {},
): Promise<GuardiansState> {
  const { releases: _, ...state } = await api.call(getGuardianRecovery, { body: { token } }, options)
  return { ...state, needed: GUARDIANS_NEEDED }
}

/**
 * The root, of what two guardians released; `finishWithNewPassword` of recoveries.ts comes next. A guardian who released
 * something else does no harm once two honest ones have helped.
 * @throws CuroError 'forbidden' (still waiting), 'expired' (refused or over), 'wrong-key' when what was released does not
 * give this account's root: ask the third guardian
 */
export async function openByGuardians(
  { api }: Connection,
  asked: AskedGuardians,
  options: CallOptions = {},
): Promise<RecoveredRoot> {
  const { token, recovery: request, account } = asked
  const { state, releases } = await api.call(getGuardianRecovery, { body: { token } }, options)
  if (state === 'waiting')
    throw new CuroError('forbidden', 'Two guardians have to help first, and the waiting time has to be over.')
  if (state !== 'ready') throw new CuroError('expired', 'This request was refused, or is over: start again.')
  const seed = fromBase64Url(asked.seed)
  const shares: GuardianShare[] = []
  for (const { guardian, sealedShare } of releases) {
    const opened = openRelease({
      sealed: fromBase64Url(sealedShare),
      ...{ seed, request, owner: account, guardian },
    })
    const share = await opened.catch(skipForeign)
    if (share) shares.push(share)
  }
  const root = await rootOf(shares)
  if (!root)
    throw new CuroError(
      'wrong-key',
      'What the guardians released does not open this account: one of them may have another share. Ask the third.',
    )
  return { account, token, root }
}

/** Sealed for something else, or garbage: as if that guardian had not helped. */
function skipForeign(error: unknown): null {
  if (isCuroError(error, 'wrong-key', 'truncated', 'malformed')) return null
  throw error
}

/** Of each two shares that claim one set: whether they give a root with the identity that both name. */
async function rootOf(shares: readonly GuardianShare[]): Promise<Uint8Array | null> {
  for (const [at, one] of shares.entries())
    for (const other of shares.slice(at + 1)) {
      if (!areOfOneSet(one, other)) continue
      const pair = { shares: [one.share, other.share], commitment: one.commitment }
      const root = await combineShares(pair).catch(noRoot)
      if (!root) continue
      const { publicKey } = await deriveIdentityKey(root)
      if (equalBytes(publicKey, one.identity)) return root
    }
  return null
}

function noRoot(error: unknown): null {
  if (isCuroError(error)) return null
  throw error
}

export type OwnRecovery = CallOutput<typeof listOwnRecoveriesRoute>['recoveries'][number]

/** Attempts under way to get into one's own account with the help of guardians. */
export async function listOwnRecoveries(person: Person, options: CallOptions = {}): Promise<OwnRecovery[]> {
  return (await person.api.call(listOwnRecoveriesRoute, {}, options)).recoveries
}

/** It was not oneself who asked. @throws CuroError 'not-found' when it is over */
export async function refuseRecovery(
  person: Person,
  recovery: string,
  options: CallOptions = {},
): Promise<void> {
  await person.api.call(refuseRecoveryRoute, { params: { recovery } }, options)
}

/** The same from the link in the message (`/recoveries/refuse#…`), without signing in. @throws CuroError 'not-found' */
export async function refuseRecoveryByCode(
  { api }: Connection,
  refusal: string,
  options: CallOptions = {},
): Promise<void> {
  await api.call(refuseRecoveryByCodeRoute, { body: { refusal } }, options)
}
