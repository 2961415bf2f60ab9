import { fromBase64Url } from '@curo/crypto/bytes'
import { sha256 } from '@curo/crypto/hash'
import { randomId } from '@curo/crypto/random'
import { checkSealingPublicKey } from '@curo/crypto/xwing'
import type { FastifyRequest } from 'fastify'
import { tellOwner } from '../accounts/owner.ts'
import { accountCell } from '../accounts/views.ts'
import { recordActivity } from '../audit/activity.ts'
import type { Config } from '../config.ts'
import type { NodeContext } from '../context.ts'
import { countStart } from '../recoveries/limits.ts'
import { confirmRecovery, startRecovery } from '../recoveries/starting.ts'
import { asBuffer, lookupToken, openText } from '../sealed-columns.ts'

const DAY_MINUTES = 24 * 60
/** A demo is tried out in one sitting. */
const DEMO_MINUTES = 1
/** After it opens: guardians are people, and people are away. */
const OPEN_FOR_MS = 7 * DAY_MINUTES * 60_000

/** How long the owner has to refuse. */
export function waitingMs({ recovery, demo }: Pick<Config, 'recovery' | 'demo'>): number {
  return (recovery.guardianWaitMinutes ?? (demo ? DEMO_MINUTES : DAY_MINUTES)) * 60_000
}

/** [Note: recoveries look alike] As with a kit: nobody, and somebody without guardians, look like somebody. */
export async function startWithGuardians(
  node: NodeContext,
  { contact }: { contact: string },
  request: FastifyRequest,
): Promise<{ recovery: string; expiresAt: string }> {
  await countStart(node, contact, request)
  const row = await node.db
    .selectFrom('accounts')
    .innerJoin('guardian_sets', 'guardian_sets.owner', 'accounts.id')
    .select('accounts.id')
    .where('contact_token', '=', lookupToken(node, 'contact', contact))
    .where('status', 'in', ['active', 'pending'])
    .executeTakeFirst()
  return startRecovery(node, { means: 'guardians', account: row?.id ?? null })
}

/**
 * The right code asks the guardians and tells the owner, in the same transaction; from now on the waiting time runs.
 * @throws as `checkCode` does; 'bad-key'
 */
export async function askGuardians(
  node: NodeContext,
  given: { recovery: string; code: string; requestKey: string },
) {
  const requestKey = fromBase64Url(given.requestKey)
  checkSealingPublicKey(requestKey)
  const now = node.clock()
  const opensAt = new Date(now.getTime() + waitingMs(node.config))
  const expiresAt = new Date(opensAt.getTime() + OPEN_FOR_MS)
  const { recovery, code } = given
  const refusal = randomId()
  const confirmed = await confirmRecovery(
    node,
    { means: 'guardians', recovery, code, expiresAt },
    async (trx, account) => {
      await trx
        .insertInto('guardian_requests')
        .values({
          recovery,
          owner: account,
          request_key: asBuffer(requestKey),
          asked_at: now,
          opens_at: opensAt,
          refusal_hash: hashOfRefusal(refusal),
        })
        .execute()
      const owner = await trx
        .selectFrom('accounts')
        .select(['id', 'role', 'contact', 'patient', 'name'])
        .where('id', '=', account)
        .executeTakeFirstOrThrow()
      const link = `${node.config.publicUrl ?? ''}/recoveries/refuse#${refusal}`
      await tellOwner(trx, node, owner, { template: 'recovery-asked', values: { at: opensAt, link } })
      const name = await openText(node, accountCell('name', owner.id), owner.name)
      const guardians = await trx
        .selectFrom('guardianships')
        .innerJoin('accounts', 'accounts.id', 'guardianships.guardian')
        .select(['accounts.id', 'accounts.contact', 'accounts.patient'])
        .where('guardianships.owner', '=', account)
        .execute()
      for (const guardian of guardians)
        await tellOwner(trx, node, guardian, { template: 'guardian-asked', values: { owner: name } })
      await recordActivity(trx, { kind: 'account', outcome: 'guardians-asked', by: owner, at: now })
    },
  )
  return { ...confirmed, opensAt: opensAt.toISOString(), expiresAt: expiresAt.toISOString() }
}

export const hashOfRefusal = (refusal: string) => asBuffer(sha256(fromBase64Url(refusal)))
