import type { ConsentView, Scope } from '@curo/contract/consent'

/** One visit: what a single-use consent allows after it was first used. */
export const SINGLE_USE_MS = 60 * 60_000
/** The longest a consent may last. */
export const LONGEST_CONSENT_MS = 366 * 24 * 60 * 60_000
/** A request that nobody answers lapses after a day. */
export const REQUEST_LIFETIME_MS = 24 * 60 * 60_000
/** How far a signed statement's clock may be from ours. */
export const CLOCK_TOLERANCE_MS = 5 * 60_000

export type ConsentTimes = {
  not_after: Date
  single_use: boolean
  first_used_at: Date | null
  revoked_at: Date | null
  given_back: boolean
}

/** The state of a consent at an instant. What was ended before its time stays so. */
export function consentStateAt(consent: ConsentTimes, now: Date): ConsentView['state'] {
  if (consent.revoked_at) return consent.given_back ? 'given-back' : 'revoked'
  if (consent.not_after <= now) return 'expired'
  if (
    consent.single_use &&
    consent.first_used_at &&
    now.getTime() - consent.first_used_at.getTime() >= SINGLE_USE_MS
  )
    return 'used'
  return 'active'
}

/** Whether a record falls under a scope: by category or by id, and within its days. */
export function inScope(scope: Scope, record: { id: string; category: string; occurred: string }): boolean {
  const named = scope.records.includes(record.id) || (scope.categories as string[]).includes(record.category)
  if (!named) return false
  if (scope.from && record.occurred < scope.from) return false
  return !(scope.to && record.occurred > scope.to)
}

/** Whether a statement signed elsewhere was made just now, by our clock. */
export function isFresh(at: string, now: Date): boolean {
  return Math.abs(new Date(at).getTime() - now.getTime()) <= CLOCK_TOLERANCE_MS
}
