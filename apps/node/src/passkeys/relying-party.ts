import { isIP } from 'node:net'
import { CuroError } from '@curo/crypto/errors'
import type { Config } from '../config.ts'

/** Whom a passkey is made for (WebAuthn §5.1.2), and the pages that may use it. */
export type RelyingParty = { readonly id: string; readonly origins: string[] }

const LOOPBACK = /^(127\.|\[?::1\]?$)/

/**
 * The name that people type; null for a node that is known by an address only. A browser makes no passkey for an
 * address; on this machine itself it does for `localhost`, wherever the node listens.
 */
export function findRelyingParty({ publicUrl }: Pick<Config, 'publicUrl'>): RelyingParty | null {
  const url = new URL(publicUrl ?? 'http://localhost')
  if (LOOPBACK.test(url.hostname)) url.hostname = 'localhost'
  if (isIP(url.hostname.replace(/[[\]]/g, '')) !== 0) return null
  return { id: url.hostname, origins: [url.origin] }
}

/** @throws 'unavailable' where there is none */
export function relyingParty(config: Pick<Config, 'publicUrl'>): RelyingParty {
  const party = findRelyingParty(config)
  if (party) return party
  throw new CuroError('unavailable', 'Passkeys need a host name: set publicUrl to the one that people type.')
}
