import type { ConsentRequest, ConsentView, Grant } from '@curo/contract/consent'
import type { Language } from '@curo/contract/shapes'
import { toBase64Url } from '@curo/crypto/bytes'
import { canonicalBytes } from '@curo/crypto/canonical-json'
import type { Category } from '@curo/crypto/category'
import { CuroError } from '@curo/crypto/errors'
import { sha256 } from '@curo/crypto/hash'
import { randomId } from '@curo/crypto/random'
import { signBody } from '@curo/crypto/signatures'
import type { Transaction } from 'kysely'
import { nameOf } from '../accounts/directory.ts'
import type { NodeContext } from '../context.ts'
import { type Database, inTransaction } from '../database.ts'
import type { Localised } from '../messages/languages.ts'
import {
  type CodeSubject,
  checkCode,
  consumeCode,
  issueCode,
  maskedPhone,
  reissueCode,
} from '../one-time-codes/service.ts'
import { reachOf } from '../patients/directory.ts'
import type { Session } from '../sessions.ts'
import { forgetRequests } from './limits.ts'
import { openRequest, type RequestRow } from './open-request.ts'
import { viewOf } from './service.ts'
import { storeGrant } from './store-grant.ts'

export type Sent = { sentTo: string; expiresAt: string }

/** What one code answers: this very request, whatever a client claims it says. */
function codeSubject(request: ConsentRequest): CodeSubject {
  return { purpose: 'consent', subject: request.id, binding: sha256(canonicalBytes(request)) }
}

const CATEGORY_IN_HINDI: Readonly<Record<Category, string>> = {
  summary: 'सारांश',
  consultation: 'परामर्श',
  prescription: 'दवा का पर्चा',
  laboratory: 'जाँच रिपोर्ट',
  imaging: 'एक्स-रे और स्कैन',
  immunization: 'टीकाकरण',
  vitals: 'वाइटल्स',
  document: 'दस्तावेज़',
  sensitive: 'संवेदनशील',
}

/** What is asked for, as the patient's message says it. */
function scopeInWords({ scope }: ConsentRequest): Localised {
  const { categories, records, from, to } = scope
  const count = records.length
  const join = (parts: readonly string[], named: string, days: string) =>
    [...parts, ...(count > 0 ? [named] : [])].join(', ') + (from || to ? ` (${days})` : '')
  return {
    en: join(
      categories,
      `${count} named ${count === 1 ? 'record' : 'records'}`,
      `${from ?? 'the beginning'} to ${to ?? 'today'}`,
    ),
    hi: join(
      categories.map((category) => CATEGORY_IN_HINDI[category]),
      `${count} चुने हुए रिकॉर्ड`,
      `${from ?? 'शुरुआत'} से ${to ?? 'आज'} तक`,
    ),
  }
}

type Sending = {
  readonly doctor: string
  readonly request: ConsentRequest
  readonly phone: string
  readonly language: Language | undefined
}

/** Puts the message with the code into the outbox, in the same transaction as the code itself. */
async function send(
  trx: Transaction<Database>,
  node: NodeContext,
  { doctor, request, phone, language, code }: Sending & { code: string },
): Promise<void> {
  await node.outbox.enqueue(trx, {
    to: phone,
    channel: 'sms',
    template: 'consent-otp',
    values: { code, doctor, scope: scopeInWords(request), end: new Date(request.notAfter) },
    language,
  })
}

/** Makes and sends the first code of a request, in the transaction that stores it. */
export async function sendFirstCode(
  trx: Transaction<Database>,
  node: NodeContext,
  given: Sending & { now: Date },
): Promise<Sent> {
  const { request, phone, now } = given
  const { code, expiresAt } = await issueCode(trx, codeSubject(request), { pepper: node.keys.otpPepper, now })
  await send(trx, node, { ...given, code })
  return { sentTo: maskedPhone(phone), expiresAt: expiresAt.toISOString() }
}

async function pendingRequest(
  node: NodeContext,
  { session, id }: { session: Session; id: string },
): Promise<RequestRow> {
  const row = await node.db
    .selectFrom('consent_requests')
    .selectAll()
    .where('id', '=', id)
    .where('account', '=', session.account.id)
    .executeTakeFirst()
  if (!row?.card_in_hand) throw new CuroError('not-found', 'There is no such request. Ask again.')
  return row
}

/** Sends another code for a request, voiding the one before. */
export async function resendOtp(
  node: NodeContext,
  { session, id }: { session: Session; id: string },
): Promise<Sent> {
  const row = await pendingRequest(node, { session, id })
  const request = await openRequest(node, row)
  const { phone, language } = await reachOf(node, row.patient)
  const doctor = await nameOf(node, session.account.id)
  const now = node.clock()
  if (row.state !== 'pending' || !phone) throw new CuroError('conflict', 'This request has been answered.')
  if (row.expires_at <= now) throw new CuroError('expired', 'This request has lapsed. Ask again.')
  return await inTransaction(node.db, async (trx) => {
    const { code, expiresAt } = await reissueCode(trx, codeSubject(request), {
      pepper: node.keys.otpPepper,
      now,
    })
    await send(trx, node, { doctor, request, phone, language, code })
    return { sentTo: maskedPhone(phone), expiresAt: expiresAt.toISOString() }
  })
}

/** The consent that a right code stands for, signed by this node: good only with the card in hand. */
async function grantByOtp(
  node: NodeContext,
  session: Session,
  request: ConsentRequest,
  now: Date,
): Promise<Grant> {
  const body = {
    v: 1 as const,
    id: randomId(),
    patient: request.patient,
    grantee: { account: request.account, identity: toBase64Url(session.account.identity) },
    hospital: node.config.origin,
    scope: request.scope,
    purpose: request.purpose,
    use: request.use,
    notAfter: request.notAfter,
    by: 'otp' as const,
    request: request.id,
    at: now.toISOString(),
  }
  return (await signBody({ kind: 'grant', body, key: node.keys.nodeSigning })) as Grant
}

/** Enters the code the patient read out. Throws as `checkCode` does; `conflict` when the request was answered. */
export async function enterOtp(
  node: NodeContext,
  { session, id, code }: { session: Session; id: string; code: string },
): Promise<ConsentView> {
  const row = await pendingRequest(node, { session, id })
  const request = await openRequest(node, row)
  const subject = codeSubject(request)
  const now = node.clock()
  await checkCode(node.db, { ...subject, code }, { pepper: node.keys.otpPepper, now })
  if (new Date(request.notAfter) <= now)
    throw new CuroError('expired', 'The time asked for is over. Ask again.')
  const grant = await grantByOtp(node, session, request, now)
  const stored = await inTransaction(node.db, async (trx) => {
    await consumeCode(trx, subject, now)
    await forgetRequests(node, trx, request)
    return await storeGrant(trx, node, { grant, sealedKeys: null, by: session.account, now })
  })
  return await viewOf(node, stored, { granteeName: await nameOf(node, session.account.id), now })
}
