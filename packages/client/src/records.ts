import type { LedgerReceipt } from '@curo/contract/ledger'
import {
  type authority,
  type Envelope,
  INLINE_SEALED_BYTES,
  type newRecord,
  putRecords,
} from '@curo/contract/records'
import { toBase64Url } from '@curo/crypto/bytes'
import type { Category } from '@curo/crypto/category'
import { CuroError } from '@curo/crypto/errors'
import { randomBytes, randomId } from '@curo/crypto/random'
import { DEK_BYTES, envelopeHash } from '@curo/crypto/record'
import { sealBytes, sealedLength } from '@curo/crypto/stream'
import type { CallOptions } from './api.ts'
import { mapBounded } from './batches.ts'
import { type Card, makeCardProof } from './cards.ts'
import { checkReceipt } from './receipts.ts'
import { type Sealing, sealEnvelope } from './sealing.ts'
import { FileUpload } from './uploads.ts'

/** By what right one writes: the card in hand, a consent, or being the patient. */
export type WriteAuthority = { by: 'card'; card: Card } | { by: 'consent'; consent: string } | { by: 'self' }

type Authority = (typeof authority)['_zod']['input']
type NewRecord = (typeof newRecord)['_zod']['input']

export type RecordToSeal = {
  /** Made here where absent. */
  id?: string | undefined
  category: Category
  /** FHIR resource type, or 'File'. */
  kind: string
  /** Clinical day, YYYY-MM-DD. */
  occurred: string
  /** Bytes to keep: a FHIR resource as JSON, or a file. */
  content: Uint8Array
  /** What the timeline shows before it is opened: small JSON. */
  stub: unknown
}

export type StoredRecord = { id: string; receipt: LedgerReceipt }

export type PutOptions = CallOptions & {
  /** Called after each batch; `stored` of `total` are durable and in the ledger. */
  onProgress?: ((stored: number, total: number) => void) | undefined
  /** Patient's lookup keys, with which each receipt is checked against her own chain. */
  lookupKeys?: readonly { epoch: number; key: Uint8Array }[] | undefined
}

/** The node takes at most this many records in one call, and the body must stay below its limit. */
const BATCH_RECORDS = 64
const BATCH_BYTES = 6 * 1024 * 1024
const PARALLEL_BATCHES = 3
/** The node keeps 20 unfinished uploads of one account; those of all batches at once must stay well below. */
const BATCH_UPLOADS = 4

const isUploaded = ({ content }: RecordToSeal) => sealedLength(content.length) > INLINE_SEALED_BYTES

/** The authority as the node takes it: a card's proof is made anew for every call, since it holds for five minutes. */
export async function authorityFor(sealing: Sealing, right: WriteAuthority): Promise<Authority> {
  if (right.by !== 'card') return right
  return { by: 'card', proof: await makeCardProof(right.card, sealing.person.account.id) }
}

/**
 * Seals records for one patient and stores them, in batches; each batch is stored and anchored in the ledger whole or
 * not at all. Content too large for an envelope is uploaded first.
 * @returns id and receipt of each, in the order given; every receipt was checked against the envelope sent
 * @throws CuroError 'not-found' (no right to write), 'invalid-input', 'storage-full', 'unavailable', 'tampered' |
 * 'forged-signature' (a receipt that is not for what was sent). What onProgress reported stays stored.
 */
export async function sealAndPutRecords(
  sealing: Sealing,
  { authority, records }: { authority: WriteAuthority; records: readonly RecordToSeal[] },
  options: PutOptions = {},
): Promise<StoredRecord[]> {
  const batches = batchesOf(records)
  let stored = 0
  const results = await mapBounded(batches, PARALLEL_BATCHES, async (batch) => {
    options.signal?.throwIfAborted()
    const sealed = await mapBounded(batch, 4, (record) => sealRecord(sealing, record, options))
    const results = await putSealedRecords(sealing, { authority, records: sealed }, options)
    stored += batch.length
    options.onProgress?.(stored, records.length)
    return results
  })
  return results.flat()
}

function batchesOf(records: readonly RecordToSeal[]): RecordToSeal[][] {
  const batches: RecordToSeal[][] = []
  let bytes = Number.POSITIVE_INFINITY
  for (const record of records) {
    // An envelope and its wraps take about 9 kB; base64 adds a third.
    const size = Math.min(record.content.length, INLINE_SEALED_BYTES) * 1.34 + 9000
    const last = batches.at(-1)
    const isFull =
      !last ||
      last.length === BATCH_RECORDS ||
      bytes + size > BATCH_BYTES ||
      (isUploaded(record) && last.filter(isUploaded).length === BATCH_UPLOADS)
    if (isFull) {
      batches.push([record])
      bytes = size
    } else {
      last.push(record)
      bytes += size
    }
  }
  return batches
}

/** Seals one record, ready to be stored; content too large for its envelope is uploaded. Throws as sealAndPutRecords. */
export async function sealRecord(
  sealing: Sealing,
  record: RecordToSeal,
  options: CallOptions = {},
): Promise<NewRecord> {
  const { content, id = randomId(), category, kind, occurred, stub } = record
  if (isUploaded(record)) {
    const upload = new FileUpload({ sealing, source: content, size: content.length })
    const { dek, root, sealedSize } = await upload.run(options)
    const facts = { id, category, kind, occurred, stub, dek, root, size: content.length, sealedSize }
    return { envelope: await sealEnvelope(sealing, facts), content: { in: 'vault', upload: upload.id } }
  }
  const dek = randomBytes(DEK_BYTES)
  const { sealed, root } = await sealBytes({ dek, plaintext: content })
  const facts = {
    id,
    category,
    kind,
    occurred,
    stub,
    dek,
    root,
    size: content.length,
    sealedSize: sealed.length,
  }
  return {
    envelope: await sealEnvelope(sealing, facts),
    content: { in: 'here', sealed: toBase64Url(sealed) },
  }
}

/** Stores up to 64 sealed records in one call. Repeating it is harmless. Throws as sealAndPutRecords does. */
export async function putSealedRecords(
  sealing: Sealing,
  { authority, records }: { authority: WriteAuthority; records: readonly NewRecord[] },
  options: PutOptions = {},
): Promise<StoredRecord[]> {
  const { api, hospital } = sealing.person
  const answer = await api.call(
    putRecords,
    {
      body: {
        patient: sealing.keys.patient,
        authority: await authorityFor(sealing, authority),
        records: [...records],
      },
    },
    { ...options, repeatable: true },
  )
  const receipts = new Map(answer.records.map(({ id, receipt }) => [id, receipt]))
  return Promise.all(
    records.map(async ({ envelope }) => {
      const receipt = receipts.get(envelope.id)
      if (!receipt) throw notAnchored()
      const { lookupKeys = [] } = options
      const body = await checkReceipt({ receipt, hospital, kind: 'anchor', id: envelope.id, lookupKeys })
      const hash = toBase64Url(envelopeHash(envelope as Envelope))
      if (body.envelope !== hash || body.root !== envelope.root) throw notAnchored()
      return { id: envelope.id, receipt }
    }),
  )
}

function notAnchored(): CuroError {
  return new CuroError(
    'tampered',
    'The hospital’s receipt is not for the record that was sent. Keep it and report it.',
  )
}
