import type { LedgerReceipt } from '@curo/contract/ledger'
import type { PublishedKeys } from '@curo/contract/patients'
import type { authority, Envelope, newRecord, Rewrap, Wrap } from '@curo/contract/records'
import { equalBytes, fromBase64Url, toBase64Url } from '@curo/crypto/bytes'
import { canonicalJson } from '@curo/crypto/canonical-json'
import { CuroError } from '@curo/crypto/errors'
import { merkleRootOfChunks } from '@curo/crypto/merkle'
import { briefOf, envelopeHash, verifyEnvelope, verifyRewrap, wholeWraps } from '@curo/crypto/record'
import type { Manifest } from '@curo/vault/manifest'
import { sql, type Transaction } from 'kysely'
import type { z } from 'zod'
import { recordActivity } from '../audit/activity.ts'
import { checkCardProof } from '../cards/service.ts'
import { CLOCK_TOLERANCE_MS, isFresh } from '../consent/rules.ts'
import { activeConsent } from '../consent/service.ts'
import type { NodeContext } from '../context.ts'
import { type Database, inTransaction, type Queries } from '../database.ts'
import { loadPublishedKeys, openMediationScalar, patientOfAccount } from '../patients/directory.ts'
import type { Session } from '../sessions.ts'
import { finishUpload } from '../vault/uploads.ts'
import { authorWrapKey, checkWraps, patientWrapKeys } from './envelope-rules.ts'
import { storeWraps } from './store.ts'

type NewRecord = z.output<typeof newRecord>
type Authority = z.output<typeof authority>

const noSuchPatient = () =>
  new CuroError('not-found', 'There is no such patient, or you may not write into her history.')

/** By what right this account writes for this patient; throws `not-found` where there is none. */
async function checkAuthority(
  node: NodeContext,
  { session, patient, authority }: { session: Session; patient: string; authority: Authority },
): Promise<void> {
  const { role, id } = session.account
  if (authority.by === 'self') {
    if (role !== 'patient' || (await patientOfAccount(node.db, id)) !== patient) throw noSuchPatient()
  } else if (role !== 'doctor') throw noSuchPatient()
  else if (authority.by === 'card') {
    const card = await checkCardProof(node, { proof: authority.proof, account: id })
    if (card.patient !== patient) throw noSuchPatient()
  } else {
    const consent = await activeConsent(node, { consent: authority.consent, account: id })
    if (consent?.patient !== patient) throw noSuchPatient()
  }
}

/** Where on earth the day is furthest ahead (UTC+14). */
const latestDay = (now: Date) => new Date(now.getTime() + 14 * 3_600_000).toISOString().slice(0, 10)

/** What an envelope must say for this node to keep the record; the content itself is opaque to it. Gives its wraps. */
async function checkEnvelope(
  node: NodeContext,
  given: { session: Session; published: PublishedKeys; scalar: Uint8Array; envelope: Envelope },
): Promise<Wrap[]> {
  const { session, published, scalar, envelope } = given
  const refuse = (sentence: string) => new CuroError('invalid-input', sentence)
  if (envelope.patient !== published.patient) throw refuse('The envelope is for another patient.')
  if (envelope.author !== session.account.id) throw refuse('The envelope names another author.')
  if (envelope.custodian !== node.config.origin) throw refuse('The envelope names another custodian.')
  const now = node.clock()
  if (new Date(envelope.created).getTime() > now.getTime() + CLOCK_TOLERANCE_MS)
    throw refuse('The envelope was made in the future. Set this device’s clock.')
  if (envelope.occurred > latestDay(now)) throw refuse('The clinical day lies in the future. Correct it.')
  await verifyEnvelope(envelope, { authorPublicKey: session.account.identity })
  const keys = patientWrapKeys(published, envelope.category, envelope.epoch)
  const author = wholeWraps(envelope).find((wrap) => wrap.to === 'author')?.point
  if (author) keys.author = authorWrapKey(session.account.seal, author)
  return await checkWraps({ record: envelope.id, statement: envelope, keys, scalar })
}

/** Small content as it came, its root recomputed. */
function checkInlineContent(envelope: Envelope, sealed: Uint8Array): Uint8Array {
  if (
    sealed.length !== envelope.sealedSize ||
    !equalBytes(merkleRootOfChunks(sealed), fromBase64Url(envelope.root))
  )
    throw new CuroError('tampered', 'The content is not what the envelope describes. Send it again.')
  return sealed
}

type Prepared = {
  envelope: Envelope
  wraps: Wrap[]
  hash: Uint8Array
  content: Uint8Array | null
  upload: string | null
}

async function store(
  trx: Transaction<Database>,
  node: NodeContext,
  session: Session,
  prepared: readonly Prepared[],
) {
  const now = node.clock()
  for (const { envelope, hash, content, upload } of prepared) {
    const manifest: Manifest | null = upload
      ? await finishUpload(trx, { upload, account: session.account.id, envelope, now })
      : null
    await trx
      .insertInto('records')
      .values({
        id: envelope.id,
        patient: envelope.patient,
        author: envelope.author,
        category: envelope.category,
        epoch: envelope.epoch,
        kind: envelope.kind,
        occurred: envelope.occurred,
        created: new Date(envelope.created),
        size: envelope.size,
        sealed_size: envelope.sealedSize,
        root: Buffer.from(fromBase64Url(envelope.root)),
        envelope_hash: Buffer.from(hash),
        envelope: canonicalJson(briefOf(envelope)),
        content: content && Buffer.from(content),
        manifest: manifest && JSON.stringify(manifest),
        stored_at: now,
      })
      .execute()
  }
  await storeWraps(
    trx,
    prepared.map(({ envelope, wraps }) => ({ record: envelope.id, at: null, wraps })),
  )
  await recordActivity(trx, { kind: 'record', outcome: 'stored', by: session.account, at: now })
  return await node.ledger.submit(
    trx,
    prepared.map(({ envelope, hash }) => ({
      patient: envelope.patient,
      class: 'patient' as const,
      kind: 'anchor' as const,
      id: envelope.id,
      at: now.toISOString(),
      details: {
        record: envelope.id,
        category: envelope.category,
        author: envelope.author,
        envelope: toBase64Url(hash),
        root: envelope.root,
      },
    })),
  )
}

/** Of two calls that bring the same record at once, the second waits and finds it stored. */
async function lockRecordIds(trx: Queries, prepared: readonly Prepared[]): Promise<void> {
  const ids = prepared.map(({ envelope }) => envelope.id)
  await sql`select pg_advisory_xact_lock(place) from
    (select hashtextextended(id, 0) as place from unnest(${ids}::text[]) as id order by place) ids`.execute(
    trx,
  )
}

/** Receipts of records that were stored before, when a client repeats itself after a lost answer. */
async function alreadyStored(db: Queries, prepared: readonly Prepared[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom('records')
    .select(['id', 'envelope_hash'])
    .where(
      'id',
      'in',
      prepared.map(({ envelope }) => envelope.id),
    )
    .execute()
  for (const row of rows) {
    const again = prepared.find(({ envelope }) => envelope.id === row.id)
    if (again && !equalBytes(again.hash, row.envelope_hash))
      throw new CuroError('conflict', 'A different record with this id exists. Seal it again under a new id.')
  }
  return new Set(rows.map((row) => row.id))
}

/**
 * Stores sealed records of one patient and anchors them, in one transaction: visible together with their ledger
 * submission or not at all. Throws `not-found`, `invalid-input`, `tampered`, `forged-signature`, `conflict`.
 */
export async function putRecords(
  node: NodeContext,
  input: { session: Session; patient: string; authority: Authority; records: readonly NewRecord[] },
): Promise<{ id: string; receipt: LedgerReceipt }[]> {
  const { session, patient, records } = input
  await checkAuthority(node, input)
  const published = await loadPublishedKeys(node, patient)
  if (!published) throw noSuchPatient()
  const scalar = await openMediationScalar(node, patient)
  const prepared: Prepared[] = []
  for (const { envelope, content } of records) {
    const wraps = await checkEnvelope(node, { session, published, scalar, envelope })
    prepared.push({
      envelope,
      wraps,
      hash: envelopeHash(envelope),
      content: content.in === 'here' ? checkInlineContent(envelope, fromBase64Url(content.sealed)) : null,
      upload: content.in === 'vault' ? content.upload : null,
    })
  }
  if (new Set(prepared.map(({ envelope }) => envelope.id)).size !== prepared.length)
    throw new CuroError('invalid-input', 'Two of these records have one id. Seal one of them again.')
  const receipts = await inTransaction(node.db, async (trx) => {
    await lockRecordIds(trx, prepared)
    const known = await alreadyStored(trx, prepared)
    const fresh = prepared.filter(({ envelope }) => !known.has(envelope.id))
    const made = fresh.length > 0 ? await store(trx, node, session, fresh) : []
    // The right must have held until the end: a revocation or a blocked card may have come meanwhile.
    if (fresh.length > 0) await checkAuthority({ ...node, db: trx }, input)
    const again = known.size > 0 ? await node.ledger.receipts(trx, 'anchor', [...known]) : []
    return [...made, ...again]
  })
  const byId = new Map(receipts.map((receipt) => [receipt.id, receipt]))
  return prepared.map(({ envelope }) => {
    const receipt = byId.get(envelope.id)
    if (!receipt) throw new CuroError('internal', 'A stored record has no receipt.')
    return { id: envelope.id, receipt }
  })
}

/** Adds the patient's wraps for her new keys. Statements already there are left as they are. */
export async function putRewraps(
  node: NodeContext,
  session: Session,
  rewraps: readonly Rewrap[],
): Promise<number> {
  const patient = await patientOfAccount(node.db, session.account.id)
  const published = patient && (await loadPublishedKeys(node, patient))
  if (!published) throw noSuchPatient()
  // One statement of two that bear the same instant is kept, and must not be given the other's wraps.
  if (new Set(rewraps.map(({ record }) => record)).size < rewraps.length)
    throw new CuroError('invalid-input', 'A record is given new wraps once in a call.')
  const scalar = await openMediationScalar(node, published.patient)
  const owned = await node.db
    .selectFrom('records')
    .select(['id', 'category'])
    .where(
      'id',
      'in',
      rewraps.map((rewrap) => rewrap.record),
    )
    .where('patient', '=', published.patient)
    .execute()
  const categories = new Map(owned.map((row) => [row.id, row.category]))
  const checked: { record: string; at: Date; wraps: Wrap[]; statement: string }[] = []
  for (const rewrap of rewraps) {
    const category = categories.get(rewrap.record)
    if (!category) throw new CuroError('not-found', 'One of these records is not yours.')
    // The newest wrap is the one that is used: with another clock an older key would stay in its place.
    if (!isFresh(rewrap.at, node.clock()))
      throw new CuroError(
        'expired',
        'These keys were not added just now. Set this device’s clock and try again.',
      )
    await verifyRewrap(rewrap, { signerPublicKey: fromBase64Url(published.keys.identity) })
    const newest = Math.max(
      ...published.keys.categories.filter((key) => key.category === category).map((key) => key.epoch),
    )
    const keys = patientWrapKeys(published, category, newest)
    const wraps = await checkWraps({ record: rewrap.record, statement: rewrap, keys, scalar })
    const statement = canonicalJson(briefOf(rewrap))
    checked.push({ record: rewrap.record, at: new Date(rewrap.at), wraps, statement })
  }
  return await inTransaction(node.db, async (trx) => {
    const stored = await trx
      .insertInto('rewraps')
      .values(checked.map(({ record, at, statement }) => ({ record, at, statement })))
      .onConflict((conflict) => conflict.doNothing())
      .returning(['record', 'at'])
      .execute()
    const isStored = ({ record, at }: { record: string; at: Date }) =>
      stored.some((row) => row.record === record && row.at.getTime() === at.getTime())
    await storeWraps(trx, checked.filter(isStored))
    return stored.length
  })
}
