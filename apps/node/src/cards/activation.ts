import type { CardProof } from '@curo/contract/cards'
import { toBase64Url, utf8Bytes } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { sha256 } from '@curo/crypto/hash'
import { randomBytes, randomId } from '@curo/crypto/random'
import { countAttempt, type Limit } from '../attempts.ts'
import type { NodeContext } from '../context.ts'
import { inTransaction, isUniqueViolation } from '../database.ts'
import {
  type CodeSubject,
  checkCode,
  consumeCode,
  issueCode,
  maskedPhone,
} from '../one-time-codes/service.ts'
import { loadPublishedKeys, reachOf } from '../patients/directory.ts'
import { asBuffer } from '../sealed-columns.ts'
import { checkCardProof } from './service.ts'

/** Each start sends a message and buys five guesses: a day's worth must stay far from 10^6. */
const STARTS: Limit = { name: 'activation', most: 5, seconds: 86_400 }
/** Time to choose a password. */
const TOKEN_LIFETIME_MS = 30 * 60_000

const subjectOf = (activation: string, patient: string): CodeSubject => ({
  purpose: 'activation',
  subject: activation,
  binding: sha256(utf8Bytes(`activation\0${activation}\0${patient}`)),
})

/**
 * First step: the card in hand, so a code goes to the telephone that the desk registered.
 * @throws 'not-found', 'expired', 'forbidden' (blocked), 'conflict' (activated, or no telephone), 'rate-limited'
 */
export async function beginActivation(node: NodeContext, proof: CardProof) {
  const { patient } = await checkCardProof(node, { proof, account: null })
  await countAttempt(node, STARTS, patient)
  await refuseActivated(node, patient)
  const { phone, language } = await reachOf(node, patient)
  if (!phone)
    throw new CuroError(
      'conflict',
      'No telephone number is registered: the desk can add one, then try again.',
    )
  const activation = randomId()
  const now = node.clock()
  try {
    const { expiresAt } = await inTransaction(node.db, async (trx) => {
      await trx
        .insertInto('activations')
        .values({
          id: activation,
          patient,
          nonce: proof.nonce,
          created_at: now,
          token_hash: null,
          token_expires_at: null,
          finished_at: null,
        })
        .execute()
      const { code, expiresAt } = await issueCode(trx, subjectOf(activation, patient), {
        pepper: node.keys.otpPepper,
        now,
      })
      await node.outbox.enqueue(trx, {
        to: phone,
        channel: 'sms',
        template: 'activation-otp',
        values: { code },
        language,
      })
      return { expiresAt }
    })
    return { activation, sentTo: maskedPhone(phone), expiresAt: expiresAt.toISOString() }
  } catch (cause) {
    if (!isUniqueViolation(cause)) throw cause
    throw new CuroError('expired', 'This proof was used already: scan the card again.', { cause })
  }
}

/**
 * Second step: the code. Gives what only the card opens (the root that the desk made) and a token to register with.
 * @throws 'unauthorized' (wrong code), 'expired', 'attempts-exhausted', 'conflict' (used), 'forbidden' (blocked), 'not-found'
 */
export async function enterActivationCode(node: NodeContext, given: { activation: string; code: string }) {
  const { activation, code } = given
  const row = await node.db
    .selectFrom('activations')
    .select('patient')
    .where('id', '=', activation)
    .executeTakeFirst()
  if (!row) throw new CuroError('not-found', 'There is no such activation: scan the card again.')
  const { patient } = row
  const now = node.clock()
  const subject = subjectOf(activation, patient)
  await checkCode(node.db, { ...subject, code }, { pepper: node.keys.otpPepper, now })
  await refuseActivated(node, patient)
  const keys = await loadPublishedKeys(node, patient)
  // Blocked since the code was sent: what its key wraps is not given out any more.
  if (!keys?.card) throw new CuroError('forbidden', 'This card is blocked. The desk can issue a new one.')
  const token = randomBytes(32)
  await inTransaction(node.db, async (trx) => {
    await consumeCode(trx, subject, now)
    await trx
      .updateTable('activations')
      .set({
        token_hash: asBuffer(sha256(token)),
        token_expires_at: new Date(now.getTime() + TOKEN_LIFETIME_MS),
      })
      .where('id', '=', activation)
      .execute()
  })
  const [root, patientRow] = await Promise.all([
    node.db
      .selectFrom('patient_wrapped_roots')
      .select('wrapped')
      .where('patient', '=', patient)
      .where('wrapped_by', '=', 'card')
      .executeTakeFirst(),
    node.db.selectFrom('patients').select('keyring').where('id', '=', patient).executeTakeFirst(),
  ])
  if (!root || !patientRow)
    throw new CuroError('conflict', 'This card does not hold the keys: the desk can issue a new one.')
  return {
    patient,
    token: toBase64Url(token),
    wrappedRoot: toBase64Url(root.wrapped),
    keyring: toBase64Url(patientRow.keyring),
    keys,
  }
}

async function refuseActivated(node: NodeContext, patient: string): Promise<void> {
  const row = await node.db
    .selectFrom('patients')
    .select('activated_at')
    .where('id', '=', patient)
    .executeTakeFirst()
  if (row?.activated_at)
    throw new CuroError('conflict', 'The app was activated already: sign in, or use the recovery kit.')
}
