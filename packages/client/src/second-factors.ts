import {
  confirmTotp as confirmTotpRoute,
  getSecondFactors as getSecondFactorsRoute,
  removeTotp as removeTotpRoute,
  startTotp as startTotpRoute,
} from '@curo/contract/second-factors'
import type { CallOptions, CallOutput } from './api.ts'
import { signOwnChange } from './own-change.ts'
import type { Person } from './person.ts'

export type SecondFactors = CallOutput<typeof getSecondFactorsRoute>

/** What one's sign-in asks for beside the password, and whether the hospital requires it. */
export function getSecondFactors(person: Person, options: CallOptions = {}): Promise<SecondFactors> {
  return person.api.call(getSecondFactorsRoute, {}, options)
}

export type TotpEnrolment = {
  /** `otpauth://…` for a QR code. A secret: shown once, then forgotten. */
  uri: string
  /** The same for typing, in groups of four. */
  typed: string
}

/**
 * Begins with an authenticator app; `confirmTotp` makes it count.
 * @throws CuroError 'conflict' when there is one already
 */
export async function startTotp(person: Person, options: CallOptions = {}): Promise<TotpEnrolment> {
  const body = { change: await signOwnChange(person, startTotpRoute, {}) }
  const { uri } = await person.api.call(startTotpRoute, { body }, options)
  const base32 = new URL(uri).searchParams.get('secret') ?? ''
  return { uri, typed: (base32.match(/.{1,4}/g) ?? []).join(' ') }
}

/** @throws CuroError 'unauthorized' (wrong code), 'conflict' (nothing begun), 'rate-limited' */
export async function confirmTotp(
  person: Person,
  { code }: { code: string },
  options: CallOptions = {},
): Promise<void> {
  await person.api.call(confirmTotpRoute, { body: { code } }, options)
}

/** @throws CuroError 'unauthorized' (wrong or used code), 'rate-limited' */
export async function removeTotp(
  person: Person,
  { code }: { code: string },
  options: CallOptions = {},
): Promise<void> {
  const body = { code, change: await signOwnChange(person, removeTotpRoute, { code }) }
  await person.api.call(removeTotpRoute, { body }, options)
}
