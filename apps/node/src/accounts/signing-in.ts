import type { OwnAccount, SecondFactorAsked } from '@curo/contract/accounts'
import { toBase64Url } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { randomId } from '@curo/crypto/random'
import type { FastifyRequest } from 'fastify'
import type { Transaction } from 'kysely'
import { recordActivity } from '../audit/activity.ts'
import type { NodeContext } from '../context.ts'
import { type Database, inTransaction } from '../database.ts'
import { sealText } from '../sealed-columns.ts'
import { askSecondFactor } from '../second-factors/asking.ts'
import { startSession } from '../sessions.ts'
import { forgetPasswordTries } from './limits.ts'
import { proveLogin, refused, stillIts } from './password-login.ts'
import { type AccountRow, viewOwnAccount } from './views.ts'

export type SignedIn = {
  token: string
  expiresAt: string
  account: OwnAccount
  wrappedRoot: string
  keyring: string | null
}

const REFUSED = {
  rejected: 'Your registration was not approved; ask the administrator.',
  suspended: 'Your account is suspended; ask the administrator.',
} as const

/**
 * The client's proof that it knew the password: for a session, or where there is a second factor for the question
 * after it. Someone whose approval is pending may sign in, to see that it is.
 * @throws 'unauthorized', the same for a wrong password, an unknown contact and a login that is over
 */
export async function finishPasswordLogin(
  node: NodeContext,
  given: { login: string; finish: string; device?: string | undefined },
  request: FastifyRequest,
): Promise<SignedIn | { secondFactor: SecondFactorAsked }> {
  const proved = await proveLogin(node, given)
  const id = randomId()
  const device = given.device ? await sealText(node, deviceCell(id), given.device) : null
  const begun = await inTransaction(node.db, async (trx) => {
    const row = await lockAccount(trx, proved.account)
    if (!stillIts(proved, row)) throw refused()
    await forgetPasswordTries(node, trx, proved.contact, request)
    const secondFactor = await askSecondFactor(trx, node, { id, account: row.id, device })
    if (secondFactor) return { secondFactor }
    return beginSession(trx, node, { id, row, device, wrappedRoot: row.wrapped_root })
  })
  return 'secondFactor' in begun ? begun : showSession(node, begun)
}

export const deviceCell = (row: string) => ({ table: 'sessions', column: 'device', row }) as const

/**
 * The account that somebody is about to sign in to, locked: whoever changes the password or suspends the account
 * meanwhile ends the sessions there are, and this one is then among them.
 * @throws 'forbidden' when it is not one to sign in to
 */
export async function lockAccount(trx: Transaction<Database>, account: string): Promise<AccountRow> {
  const row = await trx
    .selectFrom('accounts')
    .selectAll()
    .where('id', '=', account)
    .forShare()
    .executeTakeFirstOrThrow()
  if (row.status === 'rejected' || row.status === 'suspended')
    throw new CuroError('forbidden', REFUSED[row.status])
  return row
}

export type BegunSession = {
  row: AccountRow
  token: string
  expiresAt: Date
  wrappedRoot: Uint8Array
  keyring: Uint8Array | null
}

/** The session itself, once everything that the account asks for has been shown. */
export async function beginSession(
  trx: Transaction<Database>,
  node: NodeContext,
  given: { id: string; row: AccountRow; device: Uint8Array | null; wrappedRoot: Uint8Array },
): Promise<BegunSession> {
  const { id, row, device, wrappedRoot } = given
  const now = node.clock()
  const { token, expiresAt } = await startSession(trx, {
    ...{ id, account: row.id, sealedDevice: device },
    ...{ now, config: node.config },
  })
  await recordActivity(trx, { kind: 'sign-in', outcome: 'succeeded', by: row, at: now })
  const patient = row.patient
    ? await trx.selectFrom('patients').select('keyring').where('id', '=', row.patient).executeTakeFirst()
    : undefined
  return { row, token, expiresAt, wrappedRoot, keyring: patient?.keyring ?? null }
}

export async function showSession(node: NodeContext, begun: BegunSession): Promise<SignedIn> {
  const { row, token, expiresAt, wrappedRoot, keyring } = begun
  return {
    token,
    expiresAt: expiresAt.toISOString(),
    account: await viewOwnAccount(node, row),
    wrappedRoot: toBase64Url(wrappedRoot),
    keyring: keyring && toBase64Url(keyring),
  }
}
