import { isRealDay } from './primitives.ts'
import type { Resource } from './types.ts'

/**
 * Where R4 resources say when something happened, the clinically telling element first: when it began or was done,
 * before when it was asked for, before when it was written down. One order serves all types, since no type has two
 * elements of this list that would want the other order.
 */
const PLACES = `onsetDateTime onsetPeriod.start effectiveDateTime effectivePeriod.start effectiveInstant
  effectiveTiming.event.0 performedDateTime performedPeriod.start occurrenceDateTime occurrencePeriod.start
  occurrenceTiming.event.0 occurredDateTime occurredPeriod.start identifiedDateTime identifiedPeriod.start
  collection.collectedDateTime collection.collectedPeriod.start createdDateTime createdPeriod.start
  timingDateTime timingPeriod.start whenHandedOver whenPrepared started sent start startDate
  billablePeriod.start servicedPeriod.start context.period.start period.start executionPeriod.start authoredOn authored
  dateWritten dateTime date detected dateAsserted recordedDate recordedOn recorded statusDate issued created received
  receivedTime timestamp content.0.attachment.creation`
  .split(/\s+/)
  .map((place) => place.split('.'))

/**
 * The calendar day of a FHIR date, dateTime or instant as it was written, in its own time zone: the day on the wall
 * of the ward. '2013' and '2013-05' give the first day; undefined for what is no real day.
 */
export function dayOf(text: unknown): string | undefined {
  const match = typeof text === 'string' ? text.match(/^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T.*)?)?)?$/s) : null
  const [, year = '', month = '01', day = '01'] = match ?? []
  return match && isRealDay(Number(year), Number(month), Number(day)) ? `${year}-${month}-${day}` : undefined
}

function valueAt(resource: unknown, place: readonly string[]): unknown {
  let value = resource
  for (const name of place) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
    value = (value as Record<string, unknown>)[name]
  }
  return value
}

/**
 * The clinical day of a resource, 'YYYY-MM-DD'; undefined where it names none (a device, a medication, a person).
 * Days after `latest` are passed over: of what is planned, the day that it was asked for is the one.
 */
export function occurredOn(resource: Resource, latest = '9999-12-31'): string | undefined {
  if (resource.resourceType === 'Bundle') {
    const first = resource.entry?.[0]?.resource
    const composed = first?.resourceType === 'Composition' ? occurredOn(first, latest) : undefined
    if (composed) return composed
  }
  for (const place of PLACES) {
    const day = dayOf(valueAt(resource, place))
    if (day && day <= latest) return day
  }
  return undefined
}
