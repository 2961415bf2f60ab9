import type { CardProof } from '@curo/contract/cards'
import { CuroError } from '@curo/crypto/errors'
import { verifyBody } from '@curo/crypto/signatures'
import { recordActivity } from '../audit/activity.ts'
import type { NodeContext } from '../context.ts'
import { inTransaction } from '../database.ts'
import { loadPublishedKeys, patientOfAccount } from '../patients/directory.ts'
import { viewPatients } from '../patients/views.ts'
import { sealText } from '../sealed-columns.ts'
import type { Session } from '../sessions.ts'
import { cardToken } from './rows.ts'

/** How long a proof is good, and how far its clock may be ahead of ours. */
const PROOF_LIFETIME_MS = 5 * 60_000
const CLOCK_AHEAD_MS = 60_000

/** A card whose secret somebody holds right now. */
export type CardInHand = {
  readonly patient: string
  readonly lookupEpoch: number
  readonly numberToken: Buffer
}

const blocked = () => new CuroError('forbidden', 'This card is blocked. The desk can issue a new one.')
const absent = () =>
  new CuroError('not-found', 'No card in use here matches: scan it again, or look the patient up.')

/**
 * Checks that whoever calls holds the card: a fresh statement signed by the card's own key, for this account (null
 * where nobody is signed in). A card number alone, a blocked card's secret or another account's proof is nothing.
 * @throws 'not-found' for an unknown card or a wrong signature alike, 'expired', 'forbidden' for a blocked card
 */
export async function checkCardProof(
  node: Pick<NodeContext, 'db' | 'keys' | 'clock'>,
  given: { proof: CardProof; account: string | null },
): Promise<CardInHand> {
  const { proof, account } = given
  const card = await node.db
    .selectFrom('cards')
    .select(['number_token', 'patient', 'proof_key', 'status', 'lookup_epoch'])
    .where('number_token', '=', cardToken(node, proof.card))
    .executeTakeFirst()
  if (!card) throw absent()
  try {
    await verifyBody({ kind: 'card-proof', body: proof, expectedSigner: card.proof_key })
  } catch {
    throw absent()
  }
  if ((proof.account ?? null) !== account) throw absent()
  const age = node.clock().getTime() - new Date(proof.at).getTime()
  if (age > PROOF_LIFETIME_MS || age < -CLOCK_AHEAD_MS)
    throw new CuroError(
      'expired',
      'This proof is not from just now: scan the card again, and check this device’s clock.',
    )
  if (card.status !== 'active') throw blocked()
  return { patient: card.patient, lookupEpoch: card.lookup_epoch, numberToken: card.number_token }
}

/**
 * Whom to ask, by the number alone: an id, and nothing that says whose it is. It proves nothing and opens nothing, so
 * what is asked for with it waits for her app.
 * @throws 'not-found' for an unknown number and for a blocked card alike
 */
export async function findPatientByNumber(
  node: Pick<NodeContext, 'db' | 'keys'>,
  number: string,
): Promise<{ patient: string }> {
  const card = await node.db
    .selectFrom('cards')
    .select('patient')
    .where('number_token', '=', cardToken(node, number))
    .where('status', '=', 'active')
    .executeTakeFirst()
  if (!card) throw absent()
  return { patient: card.patient }
}

/** Whether the card that was just in hand is still in use. @throws 'forbidden' */
export async function checkCardInUse(
  { db }: Pick<NodeContext, 'db'>,
  { numberToken }: CardInHand,
): Promise<void> {
  const card = await db
    .selectFrom('cards')
    .select('number_token')
    .where('number_token', '=', numberToken)
    .where('status', '=', 'active')
    .executeTakeFirst()
  if (!card) throw blocked()
}

/** Whether a card of this patient has been blocked since. */
export async function wasCardBlocked(
  { db }: Pick<NodeContext, 'db'>,
  { patient, since }: { patient: string; since: Date },
): Promise<boolean> {
  const card = await db
    .selectFrom('cards')
    .select('number_token')
    .where('patient', '=', patient)
    .where('blocked_at', '>=', since)
    .executeTakeFirst()
  return card !== undefined
}

/** The patient whose card is in hand: demographics and public keys, nothing clinical. */
export async function findPatientByCard(node: NodeContext, session: Session, proof: CardProof) {
  const { patient, lookupEpoch } = await checkCardProof(node, { proof, account: session.account.id })
  const rows = await node.db.selectFrom('patients').selectAll().where('id', '=', patient).execute()
  const [view] = await viewPatients(node, rows)
  const keys = await loadPublishedKeys(node, patient)
  if (!view || !keys) throw absent()
  return { patient: { id: view.id, demographics: view.demographics }, keys, lookupEpoch }
}

/**
 * Blocks a card; from the next request on it proves nothing. Blocking it again changes nothing.
 * @throws 'not-found', also for a patient who names another's card
 */
export async function blockOneCard(
  node: NodeContext,
  session: Session,
  given: { card: string; reason?: string | undefined },
): Promise<void> {
  const numberToken = cardToken(node, given.card)
  const card = await node.db
    .selectFrom('cards')
    .select(['patient', 'status'])
    .where('number_token', '=', numberToken)
    .executeTakeFirst()
  const isHers =
    session.account.role !== 'patient' ||
    card?.patient === (await patientOfAccount(node.db, session.account.id))
  if (!card || !isHers) throw absent()
  const row = numberToken.toString('base64url')
  const reason = given.reason
    ? await sealText(node, { table: 'cards', column: 'block_reason', row }, given.reason)
    : null
  const now = node.clock()
  await inTransaction(node.db, async (trx) => {
    const blocked = await trx
      .updateTable('cards')
      .set({ status: 'blocked', blocked_at: now, blocked_by: session.account.id, block_reason: reason })
      .where('number_token', '=', numberToken)
      .where('status', '=', 'active')
      .executeTakeFirst()
    if (blocked.numUpdatedRows === 0n) return
    await recordActivity(trx, { kind: 'card', outcome: 'blocked', by: session.account, at: now })
  })
}
