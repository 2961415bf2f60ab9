import type { CardProof } from '@curo/contract/cards'
import type { ConsentRequest } from '@curo/contract/consent'
import { toBase64Url } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { verifyBody } from '@curo/crypto/signatures'
import { nameOf } from '../accounts/directory.ts'
import { recordActivity } from '../audit/activity.ts'
import { checkCardProof } from '../cards/service.ts'
import type { NodeContext } from '../context.ts'
import { inTransaction } from '../database.ts'
import { patientExists, type Reach, reachOf } from '../patients/directory.ts'
import { wakePatient } from '../push/waking.ts'
import { sealJson } from '../sealed-columns.ts'
import type { Session } from '../sessions.ts'
import { type Sent, sendFirstCode } from './desk-codes.ts'
import { countRequestToApp, countRequestWithCode } from './limits.ts'
import { requestCell } from './open-request.ts'
import { isFresh, LONGEST_CONSENT_MS, REQUEST_LIFETIME_MS } from './rules.ts'
import { consented } from './store-grant.ts'

/** Without the card in hand no code is sent. */
const NOT_REACHED: Partial<Reach> = {}

async function checkRequest(node: NodeContext, session: Session, request: ConsentRequest): Promise<void> {
  const now = node.clock()
  const refuse = (sentence: string) => new CuroError('invalid-input', sentence)
  if (request.account !== session.account.id) throw refuse('The request names another doctor.')
  if (request.hospital !== node.config.origin) throw refuse('The request is addressed to another hospital.')
  if (!isFresh(request.at, now))
    throw new CuroError('expired', 'This request is not from just now. Check this device’s clock.')
  const end = new Date(request.notAfter)
  if (end <= now) throw refuse('The consent would be over before it began. Choose a later end.')
  if (end.getTime() - now.getTime() > LONGEST_CONSENT_MS)
    throw refuse('A consent lasts a year at most. Choose an earlier end.')
  await verifyBody({ kind: 'consent-request', body: request, expectedSigner: session.account.identity })
}

/**
 * A doctor asks. With the card in hand a code goes to the registered phone; otherwise the patient's app shows the
 * request. Throws `not-found` for a patient or card that is not there or not hers, `invalid-input`, `expired`, `conflict`,
 * `rate-limited`.
 */
export async function requestConsent(
  node: NodeContext,
  { session, request, proof }: { session: Session; request: ConsentRequest; proof: CardProof | undefined },
): Promise<{ request: string; otp: Sent | null; expiresAt: string }> {
  await checkRequest(node, session, request)
  const card = proof && (await checkCardProof(node, { proof, account: session.account.id }))
  if (card ? card.patient !== request.patient : !(await patientExists(node.db, request.patient)))
    throw new CuroError('not-found', 'There is no such patient. Scan the card again.')
  const { phone, language } = card ? await reachOf(node, request.patient) : NOT_REACHED
  await (phone ? countRequestWithCode : countRequestToApp)(node, request)
  const doctor = await nameOf(node, session.account.id)
  const now = node.clock()
  const expiresAt = new Date(now.getTime() + REQUEST_LIFETIME_MS)
  const sealed = await sealJson(node, requestCell(request.id), request)
  return await inTransaction(node.db, async (trx) => {
    const inserted = await trx
      .insertInto('consent_requests')
      .values({
        id: request.id,
        patient: request.patient,
        account: request.account,
        request: sealed,
        card_in_hand: card !== undefined,
        state: 'pending',
        consent: null,
        refusal: null,
        created_at: now,
        expires_at: expiresAt,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (inserted.numInsertedOrUpdatedRows === 0n)
      throw new CuroError('conflict', 'This request was made before. Ask again with a new one.')
    await recordActivity(trx, { kind: 'consent-request', outcome: 'asked', by: session.account, at: now })
    await node.ledger.submit(trx, [
      {
        patient: request.patient,
        class: 'patient',
        kind: 'request',
        id: request.id,
        at: now.toISOString(),
        details: {
          request: request.id,
          from: { account: request.account, identity: toBase64Url(session.account.identity) },
          ...consented(request),
        },
        statements: [{ kind: 'consent-request', document: request }],
      },
    ])
    await wakePatient(trx, node, request.patient)
    const otp = phone ? await sendFirstCode(trx, node, { doctor, request, phone, language, now }) : null
    return { request: request.id, otp, expiresAt: expiresAt.toISOString() }
  })
}
