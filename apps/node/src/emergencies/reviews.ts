import type { EmergencyView } from '@curo/contract/emergencies'
import { toBase64Url } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { recordActivity } from '../audit/activity.ts'
import type { NodeContext } from '../context.ts'
import { inTransaction } from '../database.ts'
import { sealText } from '../sealed-columns.ts'
import type { Session } from '../sessions.ts'
import { emergencyCell, noSuchEmergency } from './rules.ts'
import { viewEmergencies } from './views.ts'

/**
 * The hospital's judgement of an emergency, once; it stands in the patient's ledger with the administrator's name.
 * @throws 'not-found', 'conflict' when it was judged before, or nobody has confirmed it
 */
export async function reviewOneEmergency(
  node: NodeContext,
  given: { session: Session; id: string; outcome: 'justified' | 'not-justified'; reason: string },
): Promise<EmergencyView> {
  const { session, id, outcome, reason } = given
  const now = node.clock()
  const sealed = await sealText(node, emergencyCell('review_reason', id), reason)
  const row = await inTransaction(node.db, async (trx) => {
    const reviewed = await trx
      .updateTable('emergencies')
      .set({
        reviewed_by: session.account.id,
        reviewed_at: now,
        review_outcome: outcome,
        review_reason: sealed,
      })
      .where('id', '=', id)
      .where('confirmed_by', 'is not', null)
      .where('reviewed_by', 'is', null)
      .returningAll()
      .executeTakeFirst()
    if (!reviewed) {
      const there = await trx.selectFrom('emergencies').select('id').where('id', '=', id).executeTakeFirst()
      throw there
        ? new CuroError('conflict', 'This emergency has been reviewed already, or nobody confirmed it.')
        : noSuchEmergency()
    }
    await node.ledger.submit(trx, [
      {
        patient: reviewed.patient,
        class: 'patient',
        kind: 'review',
        id,
        at: now.toISOString(),
        details: {
          emergency: id,
          by: { account: session.account.id, identity: toBase64Url(session.account.identity) },
          outcome,
          reason,
        },
      },
    ])
    await recordActivity(trx, { kind: 'emergency', outcome: 'reviewed', by: session.account, at: now })
    return reviewed
  })
  const [view] = await viewEmergencies(node, [row])
  return view as EmergencyView
}
