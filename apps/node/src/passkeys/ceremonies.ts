import type { CreationOptions, RequestOptions } from '@curo/contract/passkey-ceremonies'
import { fromBase64Url, toBase64Url } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { randomBytes, randomId } from '@curo/crypto/random'
import type { NodeContext } from '../context.ts'
import type { Queries } from '../database.ts'
import { findRelyingParty, relyingParty } from './relying-party.ts'
import type { PasskeyTables } from './tables.ts'

/** Time to find the key and to touch it. */
const LIFETIME_MS = 5 * 60_000
/** EdDSA, ES256, RS256 (RFC 9053, RFC 8812): what every process can check, whatever its Node. */
export const ALGORITHMS = [-8, -7, -257]

type Purpose = PasskeyTables['passkey_ceremonies']['purpose']

async function begin(
  db: Queries,
  node: NodeContext,
  given: { purpose: Purpose; account: string | null; id?: string },
): Promise<{ ceremony: string; challenge: string }> {
  const { purpose, account, id = randomId() } = given
  const challenge = toBase64Url(randomBytes(32))
  const expiresAt = new Date(node.clock().getTime() + LIFETIME_MS)
  await db
    .insertInto('passkey_ceremonies')
    .values({ id, purpose, account, challenge, expires_at: expiresAt })
    .execute()
  return { ceremony: id, challenge }
}

export type Ceremony = { readonly challenge: string; readonly account: string | null }

/** Ends a ceremony, whatever comes of it: one challenge is answered once. @throws 'unauthorized' */
export async function takeCeremony(
  db: Queries,
  node: NodeContext,
  { id, purpose }: { id: string; purpose: Purpose },
): Promise<Ceremony> {
  const taken = await db
    .deleteFrom('passkey_ceremonies')
    .where('id', '=', id)
    .where('purpose', '=', purpose)
    .returning(['challenge', 'account', 'expires_at'])
    .executeTakeFirst()
  if (!taken || taken.expires_at <= node.clock())
    throw new CuroError('unauthorized', 'That took too long, or was answered before: begin again.')
  return taken
}

async function descriptorsOf(db: Queries, account: string) {
  const rows = await db
    .selectFrom('passkeys')
    .select(['credential', 'transports'])
    .where('account', '=', account)
    .orderBy('created_at')
    .execute()
  return rows.map(({ credential, transports }) => ({
    id: toBase64Url(credential),
    type: 'public-key' as const,
    ...(transports.length > 0 ? { transports } : {}),
  }))
}

/** To add a passkey that can do everything: found without a name, and used with the person's finger or PIN. */
export async function creationOptionsFor(
  node: NodeContext,
  account: { id: string; name: string },
): Promise<{ ceremony: string; options: CreationOptions }> {
  const party = relyingParty(node.config)
  const { ceremony, challenge } = await begin(node.db, node, { purpose: 'add', account: account.id })
  const options: CreationOptions = {
    rp: { id: party.id, name: node.config.hospitalName },
    user: { id: toBase64Url(fromBase64Url(account.id)), name: account.name, displayName: account.name },
    challenge,
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
    timeout: LIFETIME_MS,
    attestation: 'none',
    excludeCredentials: await descriptorsOf(node.db, account.id),
    authenticatorSelection: {
      residentKey: 'required',
      requireResidentKey: true,
      userVerification: 'required',
    },
  }
  return { ceremony, options }
}

/** To sign in with a passkey alone. */
export async function signInOptions(
  node: NodeContext,
): Promise<{ ceremony: string; options: RequestOptions }> {
  const { id: rpId } = relyingParty(node.config)
  const { ceremony, challenge } = await begin(node.db, node, { purpose: 'sign-in', account: null })
  const options: RequestOptions = {
    ...{ challenge, rpId, timeout: LIFETIME_MS },
    allowCredentials: [],
    userVerification: 'required',
  }
  return { ceremony, options }
}

export async function hasPasskeys(db: Queries, account: string): Promise<boolean> {
  return (await descriptorsOf(db, account)).length > 0
}

/** For the question after a password; null while this node has no name that passkeys work under. */
export async function secondFactorOptions(
  trx: Queries,
  node: NodeContext,
  { question, account }: { question: string; account: string },
): Promise<RequestOptions | null> {
  const party = findRelyingParty(node.config)
  if (!party) return null
  const { challenge } = await begin(trx, node, { purpose: 'second-factor', account, id: question })
  return {
    ...{ challenge, rpId: party.id, timeout: LIFETIME_MS },
    allowCredentials: await descriptorsOf(trx, account),
    userVerification: 'preferred',
  }
}
