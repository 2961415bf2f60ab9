import { type Card, findByCard, findByNumber, readCard } from '@curo/client/cards'
import {
  type AskedConsent,
  type ConsentRequestView,
  enterOtp,
  giveBackConsent,
  listConsents,
  listRequests,
  requestConsent,
  resendOtp,
  verifyConsent,
} from '@curo/client/consent'
import { openGrantedKeys } from '@curo/client/granted-keys'
import type { VerifiedKeys } from '@curo/client/keys'
import {
  type ListedTimeline,
  listTimeline,
  type OpenedRecord,
  openStubOf,
  type Reader,
  streamRecords,
} from '@curo/client/openings'
import type { ConsentView, Grant, Scope } from '@curo/contract/consent'
import type { Demographics } from '@curo/contract/patients'
import { CuroError } from '@curo/crypto/errors'
import type { TimelineSource } from '@curo/fhir/timeline'
import { collectBlob, type FileProgress } from '../records/collect-blob.ts'
import { sourceOf as sourceOfOpened } from '../records/source-of.ts'
import type { WorkCall, WorkContext } from '../work/context.ts'

/** Functions that the page calls as `work.<this folder>.<function>(input, { onProgress, signal })`. */

/**
 * [Note: a visit] What a doctor has in hand of one patient: her card, or what she allowed in her app, and what of it was
 * opened. It lives in the Worker and is forgotten with the visit.
 */
type Visit = {
  card?: Card
  keys?: VerifiedKeys
  demographics?: Demographics
  opened: Map<string, OpenedRecord>
  /** Files that the doctor has just added, by record. */
  written: Map<string, Blob>
}
const visits = new Map<string, Visit>()

function visitOf(patient: string): Visit {
  const known = visits.get(patient)
  if (known) return known
  const visit: Visit = { opened: new Map(), written: new Map() }
  visits.set(patient, visit)
  return visit
}

export type VisitedPatient = { patient: string; demographics: Demographics }

/** Reads a card and finds whose it is. Nothing is opened. @throws CuroError 'malformed', 'not-found', 'bad-key' */
export async function begin(
  context: WorkContext,
  { text }: { text: string },
  { signal }: WorkCall,
): Promise<VisitedPatient> {
  const card = await readCard(text)
  const { patient, demographics, keys } = await findByCard(context.person(), card, { signal })
  visits.set(patient, { card, keys, demographics, opened: new Map(), written: new Map() })
  return { patient, demographics }
}

/** Whom to ask, by the number on her card: who she is is not told, and nothing can be opened with it. @throws 'not-found' */
export async function beginWithNumber(
  context: WorkContext,
  { number }: { number: string },
  { signal }: WorkCall,
): Promise<{ patient: string }> {
  return findByNumber(context.person(), number, { signal })
}

/** Who is here with her card; null when she is not, or the page was loaded anew. */
export async function current(
  _: WorkContext,
  { patient }: { patient: string },
): Promise<VisitedPatient | null> {
  const demographics = visits.get(patient)?.demographics
  return demographics ? { patient, demographics } : null
}

export type Ask = {
  patient: string
  scope: Scope
  purpose: Grant['purpose']
  use: Grant['use']
  /** Instant. */
  notAfter: string
}

/** Asks with the card in hand: a code goes to her telephone. */
export async function ask(
  context: WorkContext,
  { patient, notAfter, ...asked }: Ask,
  { signal }: WorkCall,
): Promise<AskedConsent> {
  const { card } = visitOf(patient)
  const request = { ...asked, patient, notAfter: new Date(notAfter) }
  return requestConsent(context.person(), card ? { ...request, card } : request, { signal })
}

/** @throws CuroError 'unauthorized' (wrong code), 'attempts-exhausted', 'expired' */
export async function enterCode(
  context: WorkContext,
  { request, code }: { request: AskedConsent['request']; code: string },
  { signal }: WorkCall,
): Promise<ConsentView> {
  return enterOtp(context.person(), { request, code }, { signal })
}

/** @throws CuroError 'rate-limited' after three, 'expired' */
export async function resendCode(
  context: WorkContext,
  { request }: { request: string },
  { signal }: WorkCall,
) {
  return resendOtp(context.person(), request, { signal })
}

/** What patients allow this doctor, newest first. */
export async function consents(
  context: WorkContext,
  _: undefined,
  { signal }: WorkCall,
): Promise<ConsentView[]> {
  return listConsents(context.person(), {}, { signal })
}

/** What this doctor has asked for, newest first. */
export async function requests(
  context: WorkContext,
  _: undefined,
  { signal }: WorkCall,
): Promise<ConsentRequestView[]> {
  return listRequests(context.person(), {}, { signal })
}

/**
 * Gives back what a patient allows, and forgets what was opened of her: the card, if it is here, stays in hand.
 * @throws CuroError 'not-found', 'conflict' (it has ended already)
 */
export async function giveBack(
  context: WorkContext,
  { consent: id }: { consent: string },
  { signal }: WorkCall,
): Promise<void> {
  const person = context.person()
  const consent = (await listConsents(person, {}, { signal })).find(({ grant }) => grant.id === id)
  if (!consent) throw new CuroError('not-found', 'There is no such permission any more.')
  await giveBackConsent(person, consent, { signal })
  await forget(context, consent.grant)
}

export type OpenedChart = { sources: TimelineSource[]; tampered: number }

/** Opens everything within a consent: the list, then its records in batches, each a line in the ledger. */
export async function open(
  context: WorkContext,
  { patient, consent }: { patient: string; consent: string },
  { signal, onProgress }: WorkCall<{ done: number; total: number }>,
): Promise<OpenedChart> {
  const person = context.person()
  const visit = visitOf(patient)
  const reader = await readerFor(context, visit, consent, signal)
  const right = { patient, consent, reader, card: visit.card, keys: visit.keys }
  const { entries } = await listTimeline(person, right, { signal })
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  const sources: TimelineSource[] = []
  const options = {
    signal,
    onProgress: (done: number, total: number) => onProgress({ done, total }),
  }
  const ask = { ...right, records: [...byId.keys()], writtenBy: entries.map(({ author }) => author) }
  for await (const record of streamRecords(person, ask, options)) {
    visit.opened.set(record.record, record)
    sources.push(await sourceOf(reader, record, byId.get(record.record)))
  }
  return { sources, tampered: sources.filter(({ fault }) => fault !== undefined).length }
}

async function readerFor(
  context: WorkContext,
  { card, keys }: Visit,
  consent: string,
  signal: AbortSignal,
): Promise<Extract<Reader, { via: 'card' | 'category' }>> {
  const given = (await listConsents(context.person(), {}, { signal })).find(
    ({ grant }) => grant.id === consent,
  )
  if (given)
    await verifyConsent(context.person(), { consent: given, ...(keys && { identities: keys.identities }) })
  if (given?.sealedKeys) {
    const asked = { consent: given, identities: keys?.identities }
    return { via: 'category', granted: await openGrantedKeys(context.person(), asked, { signal }) }
  }
  if (card) return { via: 'card', card }
  throw new CuroError('not-found', 'This consent is good only with the card in hand: scan the card again.')
}

async function sourceOf(
  reader: Reader,
  record: OpenedRecord,
  entry: ListedTimeline['entries'][number] | undefined,
): Promise<TimelineSource> {
  if (!record.fault) {
    const source = sourceOfOpened({ ...record, stub: null })
    return source.resource ? source : { ...source, stub: await record.stub() }
  }
  const { record: id, fault } = record
  if (!entry) return { record: id, fault: fault.code }
  const { category, kind, occurred, created } = entry
  const stub = await openStubOf(reader, entry)
  return { record: id, category, kind, occurred, created, stub, fault: fault.code }
}

/** The bytes of an opened file. @throws CuroError 'not-found', 'expired', 'tampered' */
export async function readFile(
  _: WorkContext,
  { patient, record }: { patient: string; record: string },
  { signal, onProgress }: WorkCall<FileProgress>,
): Promise<Blob> {
  const visit = visits.get(patient)
  const written = visit?.written.get(record)
  if (written) return written
  const opened = visit?.opened.get(record)
  if (!opened || opened.fault)
    throw new CuroError('not-found', 'This file is not open here. Open the chart again.')
  if (opened.content) return new Blob([opened.content.slice()])
  return collectBlob(opened.read({ signal }), { total: opened.envelope.size, onProgress })
}

/** Forgets what was opened: the permission is over. The card stays in hand. */
export async function forget(_: WorkContext, { patient }: { patient: string }): Promise<void> {
  const visit = visits.get(patient)
  visit?.opened.clear()
  visit?.written.clear()
}

/** Forgets keys and content. */
export async function close(_: WorkContext, { patient }: { patient: string }): Promise<void> {
  visits.delete(patient)
}

/** What a visit holds, for what is written during it. */
export function visitInHand(patient: string): Pick<Visit, 'card' | 'keys'> {
  return visits.get(patient) ?? {}
}

/** A file that was just added is shown from here: opening it would be a line in her ledger. */
export function noteWrittenFile(patient: string, record: string, file: Blob): void {
  visitOf(patient).written.set(record, file)
}
