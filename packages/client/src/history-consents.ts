import type { Body } from '@curo/ledger/bodies'

/**
 * An opening is written before the right is checked for the last time (the node's [Note: log then release]): one that met
 * the end of its consent stands after it, and nothing was released. Not later than this.
 */
const LATEST_LINE_MS = 60_000

/** What the lines of a history say of consents. */
export type HistoryConsents = {
  /** Whether this key was given the consent, as far as the line by which it was given is there. */
  isOf(consent: string, identity: string): boolean
  /** Whether a consent had been taken back, or given back, when this was written. */
  hadEnded(consent: string, at: string): boolean
}

export function consentsIn(bodies: readonly Body[]): HistoryConsents {
  const grantees = new Map<string, string | undefined>()
  const ends = new Map<string, number>()
  for (const body of bodies) {
    if (body.kind === 'grant') grantees.set(body.consent, body.grantee.identity)
    if (body.kind === 'emergency') grantees.set(body.consent, body.by[0]?.identity)
    if (body.kind === 'revoke' && !ends.has(body.consent)) ends.set(body.consent, Date.parse(body.at))
  }
  return {
    isOf: (consent, identity) => !grantees.has(consent) || grantees.get(consent) === identity,
    hadEnded: (consent, at) =>
      Date.parse(at) > (ends.get(consent) ?? Number.POSITIVE_INFINITY) + LATEST_LINE_MS,
  }
}
