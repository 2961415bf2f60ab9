import type { SecondFactorAsked } from '@curo/contract/accounts'
import type { Transaction } from 'kysely'
import type { NodeContext } from '../context.ts'
import type { Database } from '../database.ts'
import { hasPasskeys, secondFactorOptions } from '../passkeys/ceremonies.ts'
import { asBuffer } from '../sealed-columns.ts'
import { hasTotp } from './service.ts'

/** Time to find the telephone. */
const QUESTION_LIFETIME_MS = 5 * 60_000
const TRIES = 5

/** The question after a right password, for an account that has a second factor; null for one that has none. */
export async function askSecondFactor(
  trx: Transaction<Database>,
  node: NodeContext,
  { id, account, device }: { id: string; account: string; device: Uint8Array | null },
): Promise<SecondFactorAsked | null> {
  const methods: SecondFactorAsked['methods'] = []
  if (await hasTotp(trx, account)) methods.push('totp')
  if (await hasPasskeys(trx, account)) methods.push('passkey')
  if (methods.length === 0) return null
  const expiresAt = new Date(node.clock().getTime() + QUESTION_LIFETIME_MS)
  await trx
    .insertInto('second_factor_questions')
    .values({
      id,
      account,
      device: device === null ? null : asBuffer(device),
      tries_left: TRIES,
      expires_at: expiresAt,
    })
    .execute()
  const passkey = methods.includes('passkey')
    ? await secondFactorOptions(trx, node, { question: id, account })
    : null
  return { signIn: id, methods, passkey, expiresAt: expiresAt.toISOString() }
}
