import type { LedgerReceipt } from '@curo/contract/ledger'
import {
  OPENING_RECORDS,
  openRecords as openRecordsRoute,
  openTimeline as openTimelineRoute,
  type OpenedRecord as RawOpenedRecord,
  type TimelineEntry as RawTimelineEntry,
  readOpenedContent,
} from '@curo/contract/openings'
import type { Envelope } from '@curo/contract/records'
import { fromBase64Url, toBase64Url } from '@curo/crypto/bytes'
import { CuroError, isCuroError } from '@curo/crypto/errors'
import { randomId } from '@curo/crypto/random'
import { namesWrap, openStub, openWrap, verifyEnvelope, verifyRewrap } from '@curo/crypto/record'
import { signBody } from '@curo/crypto/signatures'
import type { CallOptions } from './api.ts'
import { inBatches, mapBounded, pipeline } from './batches.ts'
import { type Card, makeCardProof } from './cards.ts'
import { type Author, AuthorDirectory } from './clinicians.ts'
import type { OpenedGrant } from './granted-keys.ts'
import { keyIdUnder } from './key-ids.ts'
import type { VerifiedKeys } from './keys.ts'
import type { Person } from './person.ts'
import { checkReceipt } from './receipts.ts'
import { collectBytes, openContent, openContentStream } from './record-content.ts'

/** With which key one reads: the card in hand, keys the patient sealed to the doctor, or the author's own. */
export type Reader =
  | { via: 'card'; card: Card }
  | { via: 'category'; granted: OpenedGrant }
  | { via: 'author' }

export type OpenTimeline = {
  patient: string
  consent: string
  reader: Extract<Reader, { via: 'card' | 'category' }>
  /** The card in hand: a consent by code is good only with it. Taken from the reader where that is a card. */
  card?: Card | undefined
}

/** `stub` is null where it was sealed under a lookup key that this reader does not hold. */
export type TimelineEntry = Omit<RawTimelineEntry, 'stub'> & { stub: unknown }

export type Timeline = { opening: string; receipt: LedgerReceipt; entries: TimelineEntry[] }

type Ask = {
  patient: string
  consent?: string | undefined
  reader: Reader
  card?: Card | undefined
  records?: readonly string[]
}

async function askToOpen(person: Person, { patient, consent, reader, card, records }: Ask) {
  const body = {
    v: 1 as const,
    id: randomId(),
    patient,
    account: person.account.id,
    ...(consent === undefined ? {} : { consent }),
    via: reader.via,
    ...(records ? { records: [...records] } : {}),
    at: new Date().toISOString(),
  }
  const request = await signBody({ kind: 'opening-request', body, key: person.identity })
  const inHand = reader.via === 'card' ? reader.card : card
  const proof = inHand && (await makeCardProof(inHand, person.account.id))
  return { request, ...(proof ? { proof } : {}) }
}

function stubKeysFor(reader: Reader): readonly Uint8Array[] {
  if (reader.via === 'card') return [reader.card.stubKey]
  return reader.via === 'category' ? reader.granted.stubKeys : []
}

/** A stub under whichever key fits; null when none does. */
export async function openStubWith(
  keys: readonly Uint8Array[],
  { record, stub }: { record: string; stub: string },
): Promise<unknown> {
  for (const stubKey of keys) {
    try {
      return await openStub({ stub, stubKey, recordId: record })
    } catch (error) {
      if (!isCuroError(error, 'wrong-key')) throw error
    }
  }
  return null
}

/** The receipt of an opening must be this hospital's, about this very request. */
async function checkOpeningReceipt(
  person: Person,
  { receipt, id, reader }: { receipt: LedgerReceipt; id: string; reader: Reader },
): Promise<void> {
  const { hospital } = person
  const lookupKeys =
    reader.via === 'card'
      ? [{ epoch: reader.card.payload.lookupEpoch, key: reader.card.payload.lookupKey }]
      : []
  await checkReceipt({ receipt, hospital, kind: 'opening', id, lookupKeys })
}

/** A list of what there is, its stubs still sealed: `openStubOf` opens one. */
export type ListedTimeline = Omit<Timeline, 'entries'> & { entries: RawTimelineEntry[] }

/**
 * What there is within a consent's scope, newest first, for who opens the records themselves: those carry their stubs
 * once more. The look itself is in the ledger before the answer comes.
 * @throws CuroError 'not-found' (no consent that covers it), 'expired', 'unauthorized'; 'tampered' | 'forged-signature'
 * when the receipt is not for this request
 */
export async function listTimeline(
  person: Person,
  { patient, consent, reader, card }: OpenTimeline,
  options: CallOptions = {},
): Promise<ListedTimeline> {
  const body = await askToOpen(person, { patient, consent, reader, card })
  const { opening, receipt, records } = await person.api.call(
    openTimelineRoute,
    { body },
    { ...options, repeatable: true },
  )
  await checkOpeningReceipt(person, { receipt, id: body.request.id, reader })
  return { opening, receipt, entries: records }
}

/** A listed entry's stub. One that was altered shows as none; the record itself is checked when it is opened. */
export async function openStubOf(reader: Reader, entry: RawTimelineEntry): Promise<unknown> {
  return openStubWith(stubKeysFor(reader), { record: entry.id, stub: entry.stub }).catch(() => null)
}

/** listTimeline with every stub opened. @throws CuroError as it does */
export async function openTimeline(
  person: Person,
  ask: OpenTimeline,
  options: CallOptions = {},
): Promise<Timeline> {
  const { entries, ...timeline } = await listTimeline(person, ask, options)
  const opened = await mapBounded(entries, 16, async (entry) => ({
    ...entry,
    stub: await openStubOf(ask.reader, entry),
  }))
  return { ...timeline, entries: opened }
}

export type OpenRecords = {
  patient: string
  /** Absent only for what one wrote oneself (`via: 'author'`). */
  consent?: string | undefined
  reader: Reader
  card?: Card | undefined
  records: readonly string[]
  /** The patient's keys where they are known: wraps added later must be signed by her. */
  keys?: VerifiedKeys | undefined
  /** Keeps the authors already verified, across calls. */
  authors?: AuthorDirectory | undefined
  /** Accounts of authors, where the list has said them: the first few are proved while the records are on their way. */
  writtenBy?: readonly string[] | undefined
}

export type OpenOptions = CallOptions & {
  /** Records in one opening, and so in one line of the ledger: 1000 where absent. */
  batch?: number | undefined
  onProgress?: ((opened: number, total: number) => void) | undefined
}

/** A record opened, or why it could not be: one that was tampered with does not stop the others. */
export type OpenedRecord =
  | {
      record: string
      opening: string
      envelope: Envelope
      author: Author
      /** What the timeline shows of it, opened when asked for; null where it does not open for this reader. */
      stub(): Promise<unknown>
      /** Null where it is too large to travel with its envelope; `read` gives it. */
      content: Uint8Array | null
      /** The content piece by piece, verified; for large content it is fetched now. */
      read(options?: CallOptions): AsyncIterable<Uint8Array>
      fault?: undefined
    }
  | { record: string; fault: CuroError; content?: undefined }

/** Authors proved ahead at once. */
const MOST_PREPARED = 8
/** Large content that readWhole takes into memory at most. */
export const WHOLE_CONTENT_BYTES = 256 * 1024 * 1024

/** The content of an opened record in memory. @throws CuroError 'too-large', 'tampered', 'expired' */
export async function readWhole(
  opened: Extract<OpenedRecord, { fault?: undefined }>,
  options: CallOptions = {},
): Promise<Uint8Array> {
  return opened.content ?? collectBytes(opened.read(options), WHOLE_CONTENT_BYTES)
}

/**
 * Opens records in batches; while one is decrypted the next is already asked for. Every batch is one line in the ledger.
 * @throws CuroError as openTimeline does, when a whole batch is refused; a single record's fault is in its result
 */
export async function* streamRecords(
  person: Person,
  ask: OpenRecords,
  options: OpenOptions = {},
): AsyncGenerator<OpenedRecord> {
  const ids = [...new Set(ask.records)]
  const size = Math.min(options.batch ?? OPENING_RECORDS, OPENING_RECORDS)
  const authors = ask.authors ?? new AuthorDirectory(person, { patientKeys: identitiesOf(ask.keys) })
  authors.prepare([...new Set(ask.writtenBy)].slice(0, MOST_PREPARED), options)
  let opened = 0
  for await (const batch of pipeline(inBatches(ids, size), 1, (records) =>
    fetchBatch(person, { ask, records }, options),
  )) {
    const results = await mapBounded(batch.found, 8, (found) =>
      finishOpening(person, { ask, authors, ...found }, options),
    )
    opened += results.length
    options.onProgress?.(opened, ids.length)
    yield* results
  }
}

/** streamRecords, collected; in the order asked for. */
export async function openRecords(
  person: Person,
  ask: OpenRecords,
  options: OpenOptions = {},
): Promise<OpenedRecord[]> {
  const opened: OpenedRecord[] = []
  for await (const record of streamRecords(person, ask, options)) opened.push(record)
  return opened
}

function identitiesOf(keys: VerifiedKeys | undefined): string[] {
  return keys ? keys.identities.map(toBase64Url) : []
}

type Found = { record: string; opening: string; raw: RawOpenedRecord | undefined }

async function fetchBatch(
  person: Person,
  { ask, records }: { ask: OpenRecords; records: readonly string[] },
  options: OpenOptions,
): Promise<{ found: Found[] }> {
  const body = await askToOpen(person, { ...ask, records })
  const answer = await person.api.call(openRecordsRoute, { body }, { ...options, repeatable: true })
  await checkOpeningReceipt(person, { receipt: answer.receipt, id: body.request.id, reader: ask.reader })
  const byId = new Map(answer.records.map((raw) => [raw.envelope.id, raw]))
  return { found: records.map((record) => ({ record, opening: answer.opening, raw: byId.get(record) })) }
}

async function finishOpening(
  person: Person,
  { ask, authors, record, opening, raw }: { ask: OpenRecords; authors: AuthorDirectory } & Found,
  options: CallOptions,
): Promise<OpenedRecord> {
  try {
    if (!raw)
      throw new CuroError(
        'not-found',
        'The hospital’s computer wrote the opening down but did not give this record.',
      )
    return await openOne(person, { ask, authors, record, opening, raw }, options)
  } catch (error) {
    if (!(error instanceof CuroError)) throw error
    return { record, fault: error }
  }
}

type OpenOne = { ask: OpenRecords; authors: AuthorDirectory } & Found & { raw: RawOpenedRecord }

async function openOne(
  person: Person,
  { ask, authors, record, opening, raw }: OpenOne,
  options: CallOptions,
): Promise<OpenedRecord> {
  const envelope = raw.envelope
  if (envelope.patient !== ask.patient || envelope.custodian !== person.hospital.origin) throw exchanged()
  await verifyEnvelope(envelope, { authorPublicKey: fromBase64Url(raw.authorKey) })
  const author = await authors.find({ account: envelope.author, key: raw.authorKey }, options)
  await checkWrapIsHers(raw, ask.keys)
  const seed = seedFor(person, ask.reader, raw)
  const dek = await openWrap({ wrap: raw.wrap, recordId: record, seed, step: fromBase64Url(raw.step) })
  const stub = () => openStubWith(stubKeysFor(ask.reader), { record, stub: envelope.stub }).catch(() => null)
  const content = raw.content === null ? null : await openContent(envelope, fromBase64Url(raw.content), dek)
  async function* read(readOptions: CallOptions = {}) {
    if (content) yield content
    else {
      const source = await person.api.stream(readOpenedContent, { params: { opening, record } }, readOptions)
      yield* openContentStream(envelope, source, dek)
    }
  }
  return { record, opening, envelope, author, stub, content, read }
}

function exchanged(): CuroError {
  return new CuroError('tampered', 'The hospital’s computer gave another record than the one asked for.')
}

/** The wrap must stand in what the author signed, or in what the patient signed later. */
async function checkWrapIsHers(raw: RawOpenedRecord, keys: VerifiedKeys | undefined): Promise<void> {
  if (!raw.rewrap) {
    if (!namesWrap(raw.envelope, raw.wrap)) throw exchanged()
    return
  }
  if (raw.rewrap.record !== raw.envelope.id || !namesWrap(raw.rewrap, raw.wrap)) throw exchanged()
  await verifyRewrap(raw.rewrap)
  if (!keys) return
  if (!identitiesOf(keys).includes(raw.rewrap.signer))
    throw new CuroError(
      'forged-signature',
      'A key was added to this record by someone who is not the patient.',
    )
}

/** The seed that finishes this wrap. @throws CuroError 'wrong-key' when the reader does not hold it */
function seedFor(person: Person, reader: Reader, { wrap, envelope }: RawOpenedRecord): Uint8Array {
  if (wrap.to !== reader.via) throw exchanged()
  if (reader.via === 'card') return reader.card.seed
  if (reader.via === 'author') return person.seal.seed
  const point = wrap.point === undefined ? null : fromBase64Url(wrap.point)
  const held = reader.granted.categories
    .filter(({ category }) => category === envelope.category)
    .find(({ seed }) => keyIdUnder(seed, point) === wrap.keyId)
  if (!held)
    throw new CuroError(
      'wrong-key',
      'The patient has not given you the key of this record. Ask for consent again.',
    )
  return held.seed
}
