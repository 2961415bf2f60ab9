import type { ByteStream } from '@curo/client/api'
import { mapBounded } from '@curo/client/batches'
import {
  fetchOwnContent,
  makeOwnOpener,
  type OwnRecord,
  ownRecordPages,
  type SealedOwnRecord,
} from '@curo/client/own-records'
import type { PatientPerson } from '@curo/client/person'
import { openContentStream } from '@curo/client/record-content'
import { piecesOf } from '@curo/client/uploads'
import { fromBase64Url, toBase64Url, utf8Bytes } from '@curo/crypto/bytes'
import { CuroError, isCuroError } from '@curo/crypto/errors'
import { sha256InBackground } from '@curo/crypto/hash'
import type { TimelineSource } from '@curo/fhir/timeline'
import type { WorkCall, WorkContext } from '../work/context.ts'
import { collectBlob, type FileProgress } from './collect-blob.ts'
import { type DeviceStore, deviceStoreOf, LARGEST_KEPT_FILE } from './device-store.ts'
import { sourceOf } from './source-of.ts'

/** One of her records as it lies opened in this Worker, and what tells whether the hospital still gives the same. */
export type OwnInHand = {
  source: TimelineSource
  /** SHA-256 of what the hospital gave, base64url. */
  digest: string
  /** What the content of a file is opened and compared with; absent where the record could not be opened. */
  key?: { root: string; size: number; sealedSize: number; dek: string }
  /** A small file, base64url. */
  content?: string
}

/** Until the lock. */
const inHand = new Map<string, OwnInHand>()

/** Records that are new or other than the page knows, `done` of them so far. */
export type OwnArrived = { sources: TimelineSource[]; done: number }

/** All there is now; `sources` arrived before. */
export type OwnListed = { records: string[]; from: 'hospital' | 'device'; at: string }

const PAGE = 100
const PARALLEL = 8

/**
 * Her whole history, opened piece by piece: what is in hand at once, then what the hospital has that is new or changed.
 * @throws CuroError 'unavailable' where the hospital does not answer and nothing is in hand
 */
export async function openOwn(
  context: WorkContext,
  { isKnown }: { isKnown: boolean },
  { signal, onProgress }: WorkCall<OwnArrived>,
): Promise<OwnListed> {
  const patient = context.patient()
  const store = await deviceStoreOf(patient)
  if (inHand.size === 0)
    for (const one of await store.rows<OwnInHand>('records')) inHand.set(one.source.record, one)
  if (!isKnown && inHand.size > 0)
    onProgress({ sources: [...inHand.values()].map(({ source }) => source), done: inHand.size })
  try {
    return await listOwn(patient, store, { signal, onProgress })
  } catch (error) {
    const at = await store.listedAt()
    if (!isCuroError(error, 'unavailable') || inHand.size === 0) throw error
    return { records: [...inHand.keys()], from: 'device', at: at ?? new Date().toISOString() }
  }
}

/** What the hospital has now: only what is not the same as in hand is opened. */
async function listOwn(
  patient: PatientPerson,
  store: DeviceStore,
  { signal, onProgress }: Pick<WorkCall<OwnArrived>, 'signal' | 'onProgress'>,
): Promise<OwnListed> {
  const open = await makeOwnOpener(patient)
  const listed: string[] = []
  const keeping: Promise<void>[] = []
  for await (const page of ownRecordPages(patient, { pageSize: PAGE, signal })) {
    const changed = await mapBounded(page, PARALLEL, async (raw) => {
      const { id } = raw.envelope
      const digest = await digestOf(raw)
      if (inHand.get(id)?.digest === digest) return null
      signal.throwIfAborted()
      const one = inHandOf(patient, await open(raw, { signal }), { raw, digest })
      inHand.set(id, one)
      return one
    })
    listed.push(...page.map(({ envelope }) => envelope.id))
    const arrived = changed.filter((one) => one !== null)
    onProgress({ sources: arrived.map(({ source }) => source), done: listed.length })
    // What was altered is not kept: it is looked at again each time.
    const sound = arrived.filter(({ source }) => source.fault === undefined)
    keeping.push(
      store.put(
        'records',
        sound.map((one) => [one.source.record, one]),
      ),
      store.remove(
        'records',
        arrived.flatMap(({ source }) => (source.fault === undefined ? [] : [source.record])),
      ),
    )
  }
  const there = new Set(listed)
  const gone = [...inHand.keys()].filter((record) => !there.has(record))
  for (const record of gone) inHand.delete(record)
  const at = new Date().toISOString()
  await Promise.all([
    ...keeping,
    store.remove('records', gone),
    store.remove('files', gone),
    store.noteListed(at),
  ])
  return { records: listed, from: 'hospital', at }
}

const digestOf = async (raw: SealedOwnRecord) =>
  toBase64Url(await sha256InBackground(utf8Bytes(JSON.stringify(raw))))

function inHandOf(
  patient: PatientPerson,
  opened: OwnRecord,
  { raw, digest }: { raw: SealedOwnRecord; digest: string },
): OwnInHand {
  if (opened.fault) {
    const { category, kind, occurred, created } = raw.envelope
    return {
      digest,
      source: { record: opened.record, category, kind, occurred, created, fault: opened.fault.code },
    }
  }
  const { envelope, dek, content, author } = opened
  const { root, size, sealedSize } = envelope
  const name = author.standing === 'patient' ? patient.account.name : author.name
  return {
    digest,
    source: sourceOf({ ...opened, author: { ...author, name } }),
    key: { root, size, sealedSize, dek: toBase64Url(dek) },
    ...(envelope.kind === 'File' && content ? { content: toBase64Url(content) } : {}),
  }
}

/** The bytes of one of her files. @throws CuroError 'not-found', 'unavailable', 'tampered' */
export async function readOwnFile(
  context: WorkContext,
  { record }: { record: string },
  { signal, onProgress }: WorkCall<FileProgress>,
): Promise<Blob> {
  const one = inHand.get(record)
  if (!one) throw new CuroError('not-found', 'This file is not among your records any more.')
  if (one.content !== undefined) return new Blob([fromBase64Url(one.content)])
  if (!one.key) throw new CuroError('tampered', 'This file was changed after it was sealed. It is not shown.')
  const { dek, ...facts } = one.key
  // Before the hospital answers: a line that is slow, or dead, has to be seen.
  onProgress({ done: 0, total: facts.size })
  const open = (sealed: ByteStream) =>
    collectBlob(openContentStream(facts, sealed, fromBase64Url(dek)), { total: facts.size, onProgress })
  const patient = context.patient()
  const store = await deviceStoreOf(patient)
  const kept = await store.file(record)
  const own = kept && (await open({ length: kept.size, bytes: piecesOf(kept) }).catch(() => null))
  if (own) return own
  const sealed = await fetchOwnContent(patient, record, { signal })
  if (facts.sealedSize > LARGEST_KEPT_FILE) return open(sealed)
  const copy: Uint8Array<ArrayBuffer>[] = []
  const opened = await open({ ...sealed, bytes: copied(sealed.bytes, copy) })
  await store.putFile(record, new Blob(copy))
  return opened
}

async function* copied(
  pieces: AsyncIterable<Uint8Array>,
  into: Uint8Array<ArrayBuffer>[],
): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    into.push(piece.slice())
    yield piece
  }
}
