import { equalBytes, utf8Bytes } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { hmacSha256 } from '@curo/crypto/hash'
import { randomBytes, randomDigits } from '@curo/crypto/random'
import type { Queries } from '../database.ts'
import type { OneTimeCodesTables } from './tables.ts'

/** Five minutes, five tries, three messages (protocol.md, “Consent”). Sending again does not buy new tries. */
const LIFETIME_MS = 5 * 60_000
const TRIES = 5
const SENDS = 3

type Codes = Queries
export type CodeSubject = {
  purpose: OneTimeCodesTables['one_time_codes']['purpose']
  subject: string
  binding: Uint8Array
}
type Clock = { pepper: Uint8Array; now: Date }

function hashOf(
  code: string,
  salt: Uint8Array,
  { purpose, subject, binding }: CodeSubject,
  pepper: Uint8Array,
) {
  return hmacSha256(pepper, utf8Bytes(`${purpose}\0${subject}\0${code}\0`), salt, binding)
}

/** Makes the first code for a request, inside the transaction that stores the request. The code itself is not kept. */
export async function issueCode(trx: Codes, subject: CodeSubject, { pepper, now }: Clock) {
  const code = randomDigits(6)
  const salt = randomBytes(16)
  const expiresAt = new Date(now.getTime() + LIFETIME_MS)
  await trx
    .insertInto('one_time_codes')
    .values({
      purpose: subject.purpose,
      subject: subject.subject,
      salt: Buffer.from(salt),
      code_hash: Buffer.from(hashOf(code, salt, subject, pepper)),
      binding: Buffer.from(subject.binding),
      expires_at: expiresAt,
      attempts_left: TRIES,
      sends_left: SENDS - 1,
      consumed_at: null,
    })
    .execute()
  return { code, expiresAt }
}

/** Makes another code, which voids the one before. Throws `rate-limited` after the third. */
export async function reissueCode(trx: Codes, subject: CodeSubject, { pepper, now }: Clock) {
  const code = randomDigits(6)
  const salt = randomBytes(16)
  const expiresAt = new Date(now.getTime() + LIFETIME_MS)
  const updated = await trx
    .updateTable('one_time_codes')
    .set((eb) => ({
      salt: Buffer.from(salt),
      code_hash: Buffer.from(hashOf(code, salt, subject, pepper)),
      expires_at: expiresAt,
      sends_left: eb('sends_left', '-', 1),
    }))
    .where('purpose', '=', subject.purpose)
    .where('subject', '=', subject.subject)
    .where('consumed_at', 'is', null)
    .where('sends_left', '>', 0)
    .where('attempts_left', '>', 0)
    .executeTakeFirst()
  if (updated.numUpdatedRows === 0n)
    throw new CuroError(
      'rate-limited',
      'No more codes can be sent for this request. Ask again with a new request.',
    )
  return { code, expiresAt }
}

/**
 * Spends one try, durably, before the code is compared, so that parallel guesses cannot exceed the budget.
 * Throws `unauthorized` for a wrong code, `expired`, `conflict` when used, `attempts-exhausted`, `not-found`.
 */
export async function checkCode(
  db: Codes,
  subject: CodeSubject & { code: string },
  { pepper, now }: Clock,
): Promise<void> {
  const spent = await db
    .updateTable('one_time_codes')
    .set((eb) => ({ attempts_left: eb('attempts_left', '-', 1) }))
    .where('purpose', '=', subject.purpose)
    .where('subject', '=', subject.subject)
    .where('consumed_at', 'is', null)
    .where('attempts_left', '>', 0)
    .where('expires_at', '>', now)
    .returning(['salt', 'code_hash', 'attempts_left'])
    .executeTakeFirst()
  if (!spent) throw await whyNot(db, subject, now)
  if (equalBytes(hashOf(subject.code, spent.salt, subject, pepper), spent.code_hash)) return
  throw new CuroError(
    'unauthorized',
    spent.attempts_left > 0
      ? `That is not the code. ${spent.attempts_left} ${spent.attempts_left === 1 ? 'try' : 'tries'} left.`
      : 'That is not the code, and it was the last try. Ask again with a new request.',
  )
}

async function whyNot(db: Codes, { purpose, subject }: CodeSubject, now: Date): Promise<CuroError> {
  const row = await db
    .selectFrom('one_time_codes')
    .select(['consumed_at', 'attempts_left', 'expires_at'])
    .where('purpose', '=', purpose)
    .where('subject', '=', subject)
    .executeTakeFirst()
  if (!row) return new CuroError('not-found', 'There is no such request. Start again.')
  if (row.consumed_at)
    return new CuroError('conflict', 'This code has been used. Ask again with a new request.')
  if (row.attempts_left <= 0)
    return new CuroError('attempts-exhausted', 'Five wrong codes were entered. Ask again with a new request.')
  if (row.expires_at <= now) return new CuroError('expired', 'The code has expired. Send a new one.')
  return new CuroError('conflict', 'The code was checked at the same moment elsewhere. Try again.')
}

/** Marks a checked code as used, inside the transaction that acts on it; of two at once, one gets `conflict`. */
export async function consumeCode(
  trx: Codes,
  { purpose, subject }: Omit<CodeSubject, 'binding'>,
  now: Date,
): Promise<void> {
  const consumed = await trx
    .updateTable('one_time_codes')
    .set({ consumed_at: now })
    .where('purpose', '=', purpose)
    .where('subject', '=', subject)
    .where('consumed_at', 'is', null)
    .executeTakeFirst()
  if (consumed.numUpdatedRows === 0n)
    throw new CuroError('conflict', 'This code has been used. Ask again with a new request.')
}

/** A telephone number with all but its last two digits hidden. */
export function maskedPhone(phone: string): string {
  return `${'•'.repeat(Math.max(0, phone.length - 2))}${phone.slice(-2)}`
}
