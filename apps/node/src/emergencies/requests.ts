import type { CardProof } from '@curo/contract/cards'
import type { EmergencyRequest, EmergencyView } from '@curo/contract/emergencies'
import { canonicalJson } from '@curo/crypto/canonical-json'
import { CuroError } from '@curo/crypto/errors'
import { verifyBody } from '@curo/crypto/signatures'
import { countAttempt, type Limit } from '../attempts.ts'
import { recordActivity } from '../audit/activity.ts'
import { checkCardProof } from '../cards/service.ts'
import { isFresh } from '../consent/rules.ts'
import type { NodeContext } from '../context.ts'
import { inTransaction } from '../database.ts'
import { sealJson } from '../sealed-columns.ts'
import type { Session } from '../sessions.ts'
import { CONFIRM_WITHIN_MS, emergencyCell, noSuchEmergency, openEmergencyRequest } from './rules.ts'
import { viewEmergencies } from './views.ts'

/** More than any one doctor meets in a day; colleagues would no longer read what they are asked to confirm. */
const ASKED: Limit = { name: 'emergency', most: 30, seconds: 86_400 }

/**
 * A doctor with the card in hand asks for the emergency summary. Nothing opens yet. Repeating it changes nothing.
 * @throws 'not-found' for a card that is not hers or not there, 'forbidden' (blocked), 'expired', 'invalid-input',
 *   'forged-signature', 'conflict', 'rate-limited'
 */
export async function askForEmergency(
  node: NodeContext,
  { session, request, proof }: { session: Session; request: EmergencyRequest; proof: CardProof },
): Promise<EmergencyView> {
  await checkRequest(node, session, request)
  const card = await checkCardProof(node, { proof, account: session.account.id })
  if (card.patient !== request.patient) throw noSuchEmergency()
  const before = await node.db
    .selectFrom('emergencies')
    .selectAll()
    .where('id', '=', request.id)
    .executeTakeFirst()
  if (!before) await countAttempt(node, ASKED, session.account.id)
  const now = node.clock()
  const sealed = await sealJson(node, emergencyCell('request', request.id), request)
  const row = await inTransaction(node.db, async (trx) => {
    const inserted = await trx
      .insertInto('emergencies')
      .values({
        id: request.id,
        patient: request.patient,
        account: session.account.id,
        card_epoch: card.lookupEpoch,
        request: sealed,
        created_at: now,
        expires_at: new Date(now.getTime() + CONFIRM_WITHIN_MS),
      })
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst()
    if (inserted)
      await recordActivity(trx, { kind: 'emergency', outcome: 'asked', by: session.account, at: now })
    return (
      inserted ??
      (await trx
        .selectFrom('emergencies')
        .selectAll()
        .where('id', '=', request.id)
        .executeTakeFirstOrThrow(noSuchEmergency))
    )
  })
  if (canonicalJson(await openEmergencyRequest(node, row)) !== canonicalJson(request))
    throw new CuroError('conflict', 'This id was used before, for something else. Ask again.')
  const [view] = await viewEmergencies(node, [row])
  return view as EmergencyView
}

async function checkRequest(node: NodeContext, session: Session, request: EmergencyRequest): Promise<void> {
  const refuse = (sentence: string) => new CuroError('invalid-input', sentence)
  if (request.account !== session.account.id) throw refuse('The request names another doctor.')
  if (request.hospital !== node.config.origin) throw refuse('The request is addressed to another hospital.')
  if (!isFresh(request.at, node.clock()))
    throw new CuroError('expired', 'This request is not from just now. Check this device’s clock.')
  await verifyBody({
    kind: 'emergency-request',
    body: request,
    expectedSigner: session.account.identity,
  })
}
