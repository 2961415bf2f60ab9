import { type Category, isCategory } from '@curo/crypto/category'
import { attempt } from './attempt.ts'
import { type Phrase, phrase } from './chart/phrase.ts'
import { codingsOf } from './concepts.ts'
import { occurredOn } from './occurred.ts'
import type { Resolver } from './references.ts'
import type { Stub } from './stub.ts'
import { type EntryKind, kindOf, kindOfStub } from './timeline/kinds.ts'
import { entryFlag, lineOf } from './timeline/lines.ts'
import { titleOf } from './titles.ts'
import { measurementOf, measurementOfCode } from './trends/measurements.ts'
import type { ResultFlag } from './trends/results.ts'
import type { CodeableConcept, Resource } from './types.ts'
import { oneLine, plainTestName } from './words.ts'

export type { Phrase } from './chart/phrase.ts'
export * from './timeline/filters.ts'
export * from './timeline/groups.ts'
export { ENTRY_KINDS, type EntryKind } from './timeline/kinds.ts'
export { LINE_KEYS } from './timeline/lines.ts'

/**
 * 'open': its content is here. 'listed': only its stub was read. 'tampered': altered or forged, what it says is not to
 * be believed. 'unreadable': sealed to a key that is not there, or cut off. 'unknown': opened, and nothing we can show.
 */
export type EntryState = 'open' | 'listed' | 'tampered' | 'unreadable' | 'unknown'

/** `unproved`: it is signed, but nothing proves by whom; anybody at the hospital’s computer could have made it. */
export interface EntryAuthor {
  readonly id: string
  readonly name?: string
  readonly unproved?: true
}

/** What is known of a record before the timeline shows it. */
export interface TimelineSource {
  readonly record: string
  readonly category?: Category
  /** Envelope: FHIR resource type, or 'File'. */
  readonly kind?: string
  /** Envelope: clinical day. '1900-01-01' stands for none. */
  readonly occurred?: string
  /** Envelope: instant at which it was sealed. */
  readonly created?: string
  readonly author?: EntryAuthor
  readonly stub?: unknown
  readonly resource?: Resource
  /** Why it could not be opened: a CuroError's code. */
  readonly fault?: string
}

/** A line of the timeline. What is to be said in words are keys and values; names and titles are as written. */
export interface TimelineEntry {
  readonly record: string
  readonly state: EntryState
  readonly category: Category
  readonly kind: EntryKind
  readonly title: string
  /** Key of the measurement, whose name the screen has in the reader's language. */
  readonly measurement?: string
  /** 'YYYY-MM-DD'; absent for what has no day. */
  readonly date?: string
  /** 'HH:MM' on the wall of the ward, where it was written. */
  readonly time?: string
  readonly line: readonly Phrase[]
  readonly flag?: ResultFlag
  readonly code?: { readonly system?: string; readonly code: string }
  /** FHIR type, or 'File'. */
  readonly type: string
  /** Reference to the visit it belongs to, as written. */
  readonly encounter?: string
  /** `Type/id` and `urn:uuid:id` of the resource itself, to find what belongs to it. */
  readonly resourceId?: string
  /** Record of the file that a DocumentReference describes. */
  readonly file?: string
  readonly author?: EntryAuthor
  readonly created?: string
  readonly fault?: string
}

const NO_DAY = '1900-01-01'
const TAMPERED = new Set(['tampered', 'forged-signature', 'truncated', 'malformed', 'bad-key'])

function isStub(stub: unknown): stub is Stub {
  return (
    typeof stub === 'object' &&
    stub !== null &&
    typeof (stub as Stub).type === 'string' &&
    typeof (stub as Stub).title === 'string'
  )
}

function timeOf(resource: Resource): string | undefined {
  const fields = resource as unknown as Record<string, unknown>
  const period = (fields.period ?? fields.performedPeriod) as { start?: unknown } | undefined
  for (const text of [
    fields.effectiveDateTime,
    fields.performedDateTime,
    fields.occurrenceDateTime,
    fields.authoredOn,
    fields.started,
    fields.date,
    fields.recordedDate,
    period?.start,
  ]) {
    const time = typeof text === 'string' ? text.match(/T(\d\d:\d\d)/)?.[1] : undefined
    if (time !== undefined) return time
  }
  return undefined
}

function codeOf(resource: Resource): CodeableConcept | undefined {
  const fields = resource as unknown as Record<string, CodeableConcept | undefined>
  return fields.code ?? fields.vaccineCode ?? fields.medicationCodeableConcept
}

function encounterOf(resource: Resource): string | undefined {
  const fields = resource as unknown as Record<
    string,
    { reference?: unknown; encounter?: unknown } | undefined
  >
  const context = fields.encounter ?? (fields.context as { reference?: unknown } | undefined)
  const within = (fields.context?.encounter as { reference?: unknown }[] | undefined)?.[0]
  const reference = context?.reference ?? within?.reference
  return typeof reference === 'string' ? reference : undefined
}

type Base = Pick<TimelineEntry, 'record'> & Partial<Pick<TimelineEntry, 'author' | 'created' | 'date'>>

function baseOf({ record, occurred, created, author }: TimelineSource): Base {
  return {
    record,
    ...(occurred !== undefined && occurred !== NO_DAY && { date: occurred }),
    ...(created !== undefined && { created }),
    ...(author !== undefined && { author }),
  }
}

function openEntry(source: TimelineSource, resource: Resource, resolve: Resolver): TimelineEntry {
  const base = baseOf(source)
  const date = base.date ?? occurredOn(resource)
  const concept = attempt(() => codeOf(resource))
  const coding = attempt(() => codingsOf(concept)[0])
  const code = oneLine(coding?.code, 40)
  const system = oneLine(coding?.system, 100)
  const [time, flag, encounter] = [
    attempt(() => timeOf(resource)),
    entryFlag(resource),
    attempt(() => encounterOf(resource)),
  ]
  const measurement = attempt(() =>
    measurementOf(resource.resourceType === 'Observation' ? resource.code : undefined),
  )
  const id = typeof resource.id === 'string' ? resource.id : undefined
  const file =
    resource.resourceType === 'DocumentReference' ? oneLine(resource.masterIdentifier?.value) : undefined
  return {
    ...base,
    state: 'open',
    category: source.category ?? 'document',
    kind:
      source.category === 'sensitive' && resource.resourceType === undefined ? 'sensitive' : kindOf(resource),
    type: resource.resourceType,
    title:
      resource.resourceType === 'Observation' ? plainTestName(titleOf(resource)) : titleOf(resource, resolve),
    line: lineOf(resource, resolve),
    ...(date !== undefined && { date }),
    ...(time !== undefined && { time }),
    ...(measurement && { measurement: measurement.key }),
    ...(flag && { flag }),
    ...(code !== undefined && { code: system === undefined ? { code } : { system, code } }),
    ...(encounter !== undefined && { encounter }),
    ...(file !== undefined && { file }),
    ...(id !== undefined && { resourceId: `${resource.resourceType}/${id}` }),
  }
}

function listedEntry(source: TimelineSource, stub: Stub): TimelineEntry {
  const base = baseOf(source)
  const category = source.category ?? 'document'
  const type = oneLine(stub.type, 64) ?? 'File'
  const date = base.date ?? stub.date
  const known = stub.code?.system === 'http://loinc.org' ? measurementOfCode(stub.code.code) : undefined
  const value = oneLine(stub.value)
  return {
    ...base,
    state: 'listed',
    category,
    kind: category === 'sensitive' ? 'sensitive' : kindOfStub(type, category, stub.subtype),
    type,
    title: oneLine(stub.title) ?? type,
    line: [
      ...(value === undefined
        ? []
        : [phrase(type === 'Observation' ? 'result' : 'text', { value, text: value })]),
      ...(type === 'File' && stub.subtype !== undefined ? [phrase('file', { type: stub.subtype })] : []),
    ],
    ...(date !== undefined && { date }),
    ...(known && { measurement: known.key }),
    ...(stub.flag && { flag: stub.flag }),
    ...(stub.code && { code: stub.code }),
  }
}

function faultyEntry(source: TimelineSource, state: EntryState): TimelineEntry {
  return {
    ...baseOf(source),
    state,
    category: isCategory(source.category) ? source.category : 'document',
    kind: 'other',
    type: source.kind ?? '',
    title: '',
    line: [],
    ...(source.fault !== undefined && { fault: source.fault }),
  }
}

/**
 * The timeline's line for a record: from its content where that is here, else from its stub, else saying that it could
 * not be read. Every record gets an entry, whatever is in it. Never throws.
 * @param resolve finds what references between the records lead to (`chartResolver`)
 */
export function timelineEntryOf(source: TimelineSource, resolve: Resolver = () => undefined): TimelineEntry {
  if (source.fault !== undefined)
    return faultyEntry(source, TAMPERED.has(source.fault) ? 'tampered' : 'unreadable')
  const { resource, stub } = source
  if (typeof resource?.resourceType === 'string') {
    const opened = attempt(() => openEntry(source, resource, resolve))
    if (opened) return opened
  }
  if (isStub(stub)) return attempt(() => listedEntry(source, stub)) ?? faultyEntry(source, 'unknown')
  return faultyEntry(source, 'unknown')
}
