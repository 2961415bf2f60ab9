import type { Role } from '@curo/contract/route'
import { fromBase64Url, toBase64Url } from '@curo/crypto/bytes'
import { sha256 } from '@curo/crypto/hash'
import { randomBytes, randomId } from '@curo/crypto/random'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { AccountStatus } from './accounts/tables.ts'
import { accountCell } from './accounts/views.ts'
import type { Config } from './config.ts'
import type { NodeFrame } from './context.ts'
import type { Database } from './database.ts'
import { openText } from './sealed-columns.ts'
import { secondFactorIsMissing } from './second-factors/missing.ts'

/** Whoever is signed in, as every handler sees her. */
export type Session = {
  readonly sessionId: string
  readonly account: {
    readonly id: string
    readonly role: Role
    readonly status: AccountStatus
    readonly name: string
    /** Ed25519 public key (32 bytes) and X-Wing public key (1216 bytes). */
    readonly identity: Uint8Array
    readonly seal: Uint8Array
  }
  /** Her hospital asks for a second factor, and she has none yet. */
  readonly needsSecondFactor: boolean
}

/** Use is written down at most this often, so that reading does not write. */
const TOUCH_EVERY_MS = 60_000

export type NewSession = { readonly id: string; readonly token: string; readonly expiresAt: Date }

/** The token is shown once; the database keeps its SHA-256. */
export async function startSession(
  trx: Transaction<Database>,
  options: { account: string; sealedDevice: Uint8Array | null; id?: string; now: Date; config: Config },
): Promise<NewSession> {
  const id = options.id ?? randomId()
  const token = randomBytes(32)
  const expiresAt = new Date(options.now.getTime() + options.config.session.longestHours * 3_600_000)
  await trx
    .insertInto('sessions')
    .values({
      id,
      account: options.account,
      token_hash: Buffer.from(sha256(token)),
      device: options.sealedDevice === null ? null : Buffer.from(options.sealedDevice),
      created_at: options.now,
      last_used_at: options.now,
      expires_at: expiresAt,
      ended_at: null,
    })
    .execute()
  return { id, token: toBase64Url(token), expiresAt }
}

/** The live session of this token: neither signed out, nor expired, nor idle too long. */
export async function findSession(
  node: Pick<NodeFrame, 'db' | 'clock' | 'config' | 'keys'>,
  token: string,
): Promise<Session | null> {
  const { db, config } = node
  const now = node.clock()
  const found = await db
    .selectFrom('sessions')
    .innerJoin('accounts', 'accounts.id', 'sessions.account')
    .select([
      'sessions.id',
      'sessions.last_used_at',
      'accounts.id as account',
      'accounts.role',
      'accounts.status',
      'accounts.name',
      'accounts.identity',
      'accounts.keys',
    ])
    .select(secondFactorIsMissing(config).as('needs_second_factor'))
    .where('token_hash', '=', Buffer.from(sha256(fromBase64Url(token))))
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now)
    .where('last_used_at', '>', idleSince(now, config))
    .executeTakeFirst()
  if (!found) return null
  if (now.getTime() - found.last_used_at.getTime() > TOUCH_EVERY_MS) await touch(db, found.id, now)
  const { account, role, status, identity, keys } = found
  const name = await nameOf(node, account, found.name)
  return {
    sessionId: found.id,
    needsSecondFactor: found.needs_second_factor,
    account: { id: account, role, status, name, identity, seal: fromBase64Url(keys.seal) },
  }
}

/** Opened names by their sealed bytes, which change with the name: every request would open one otherwise. */
const openedNames = new Map<string, string>()
const MOST_NAMES = 5000

async function nameOf(node: Pick<NodeFrame, 'keys'>, account: string, sealed: Buffer): Promise<string> {
  const key = sealed.toString('latin1')
  const known = openedNames.get(key)
  if (known !== undefined) return known
  const name = await openText(node, accountCell('name', account), sealed)
  if (openedNames.size >= MOST_NAMES) openedNames.clear()
  openedNames.set(key, name)
  return name
}

async function touch(db: Kysely<Database>, session: string, now: Date): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ last_used_at: sql`greatest(last_used_at, ${now})` })
    .where('id', '=', session)
    .where('ended_at', 'is', null)
    .execute()
}

export const idleSince = (now: Date, config: Config): Date =>
  new Date(now.getTime() - config.session.idleMinutes * 60_000)
