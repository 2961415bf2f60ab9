import { toBase64Url, utf8Bytes } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { sha256 } from '@curo/crypto/hash'
import { finishServerLogin, respondToRegistration, startServerLogin } from '@curo/crypto/password'
import { randomId } from '@curo/crypto/random'
import type { FastifyRequest } from 'fastify'
import { recordActivity } from '../audit/activity.ts'
import type { NodeContext } from '../context.ts'
import type { Queries } from '../database.ts'
import { lookupToken, openJson, sealJson } from '../sealed-columns.ts'
import { countPasswordTry } from './limits.ts'

/** Time for Argon2id on an old telephone, and for a person to look away. */
const LOGIN_LIFETIME_MS = 2 * 60_000

const loginCell = (row: string) => ({ table: 'logins', column: 'state', row }) as const
type LoginState = {
  readonly contact: string
  readonly opaque: string
  /** SHA-256 of the password record that the login was begun with, base64url; none for an unknown contact. */
  readonly record?: string
}

export async function startPasswordRegistration(
  node: NodeContext,
  given: { contact: string; request: string },
  request: FastifyRequest,
): Promise<{ response: string }> {
  await countPasswordTry(node, given.contact, request)
  const response = await respondToRegistration({
    setup: node.keys.opaqueSetup,
    accountKey: given.contact,
    request: given.request,
  })
  return { response }
}

/**
 * The server's first message. A contact that nobody has goes the same way with a made-up record (RFC 9807 §6.3.2.2),
 * with as many queries and the same answer, so that neither the answer nor its time says who is registered.
 */
export async function startPasswordLogin(
  node: NodeContext,
  given: { contact: string; request: string },
  request: FastifyRequest,
): Promise<{ login: string; response: string }> {
  await countPasswordTry(node, given.contact, request)
  const contactToken = lookupToken(node, 'contact', given.contact)
  const found = await node.db
    .selectFrom('accounts')
    .select(['id', 'opaque_record'])
    .where('contact_token', '=', contactToken)
    .executeTakeFirst()
  const { response, state } = await startServerLogin({
    setup: node.keys.opaqueSetup,
    record: found?.opaque_record ?? null,
    accountKey: given.contact,
    request: given.request,
  })
  const login = randomId()
  await node.db
    .insertInto('logins')
    .values({
      id: login,
      account: found?.id ?? null,
      contact_token: contactToken,
      state: await sealJson(node, loginCell(login), {
        contact: given.contact,
        opaque: state,
        ...(found ? { record: digestOf(found.opaque_record) } : {}),
      } satisfies LoginState),
      expires_at: new Date(node.clock().getTime() + LOGIN_LIFETIME_MS),
    })
    .execute()
  return { login, response }
}

export type ProvedLogin = { readonly account: string; readonly contact: string; readonly record: string }

/**
 * Checks the client's proof that it knew the password. One login is proved once.
 * @throws 'unauthorized', the same for a wrong password, an unknown contact and a login that is over
 */
export async function proveLogin(
  node: NodeContext,
  given: { login: string; finish: string },
): Promise<ProvedLogin> {
  const login = await node.db
    .deleteFrom('logins')
    .where('id', '=', given.login)
    .returningAll()
    .executeTakeFirst()
  if (!login || login.expires_at <= node.clock()) throw refused()
  const { contact, opaque, record } = await openJson<LoginState>(node, loginCell(login.id), login.state)
  try {
    await finishServerLogin({ state: opaque, finishMessage: given.finish })
  } catch (cause) {
    await recordUnfinishedLogins(node.db, [login])
    throw refused(cause)
  }
  if (login.account === null || record === undefined) throw refused()
  return { account: login.account, contact, record }
}

/** Whether the password that was proved is still the account's: it may have been replaced between the two messages. */
export function stillIts(proved: ProvedLogin, row: { opaque_record: string }): boolean {
  return proved.record === digestOf(row.opaque_record)
}

const digestOf = (record: string) => toBase64Url(sha256(utf8Bytes(record)))

/** A client notices a wrong password itself and goes no further: a login that nobody finished is a refused one. */
export async function recordUnfinishedLogins(
  db: Queries,
  logins: readonly { account: string | null; expires_at: Date }[],
): Promise<void> {
  const ids = logins.flatMap(({ account }) => account ?? [])
  const known =
    ids.length > 0
      ? await db.selectFrom('accounts').select(['id', 'role']).where('id', 'in', ids).execute()
      : []
  const byId = new Map(known.map((account) => [account.id, account]))
  for (const { account, expires_at } of logins) {
    const at = new Date(expires_at.getTime() - LOGIN_LIFETIME_MS)
    const by = byId.get(account ?? '') ?? null
    await recordActivity(db, { kind: 'sign-in', outcome: 'refused', by, at })
  }
}

export function refused(cause?: unknown): CuroError {
  return new CuroError('unauthorized', 'The number or the password is wrong: try again.', { cause })
}
