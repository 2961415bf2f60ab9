import { attempt } from '../attempt.ts'
import { type ChartRecord, newestFirst } from '../chart/record.ts'
import { codingsOf } from '../concepts.ts'
import { dayOf, occurredOn } from '../occurred.ts'
import { nameWords } from '../patient.ts'
import type { Resolver } from '../references.ts'
import type { Encounter, Immunization, Reference } from '../types.ts'
import { conceptWords, firstWords, oneLine } from '../words.ts'

export interface ImmunizationItem {
  /** The record of the last dose. */
  readonly record: string
  readonly title: string
  /** Doses written down. */
  readonly doses: number
  readonly date?: string
  readonly lot?: string
}

export type VisitKind = 'ambulatory' | 'emergency' | 'inpatient' | 'virtual' | 'home' | 'other'

export interface VisitItem {
  readonly record: string
  readonly kind: VisitKind
  readonly title?: string
  readonly reason?: string
  readonly date?: string
  readonly end?: string
  readonly isOpen: boolean
  readonly clinician?: string
  readonly place?: string
}

export function immunizationsOf(records: readonly ChartRecord[]): ImmunizationItem[] {
  const byVaccine = new Map<string, ImmunizationItem>()
  for (const { id, resource } of records) {
    if (resource.resourceType !== 'Immunization') continue
    const item = attempt(() => doseOf(id, resource))
    if (!item) continue
    const coded = attempt(() => codingsOf(resource.vaccineCode)[0]?.code)
    const key = coded ?? item.title.toLowerCase()
    const known = byVaccine.get(key)
    const doses = (known?.doses ?? 0) + 1
    byVaccine.set(
      key,
      known && (known.date ?? '') > (item.date ?? '') ? { ...known, doses } : { ...item, doses },
    )
  }
  return [...byVaccine.values()].sort((a, b) => newestFirst(a.date, b.date))
}

function doseOf(
  record: string,
  immunization: Immunization & { resourceType: 'Immunization' },
): ImmunizationItem | undefined {
  if (immunization.status !== 'completed') return undefined
  const title = conceptWords(immunization.vaccineCode)
  if (title === undefined) return undefined
  const date = occurredOn(immunization)
  const lot = oneLine(immunization.lotNumber, 40)
  return { record, title, doses: 1, ...(date !== undefined && { date }), ...(lot !== undefined && { lot }) }
}

const KINDS: Readonly<Record<string, VisitKind>> = {
  AMB: 'ambulatory',
  EMER: 'emergency',
  IMP: 'inpatient',
  ACUTE: 'inpatient',
  NONAC: 'inpatient',
  OBSENC: 'inpatient',
  SS: 'inpatient',
  VR: 'virtual',
  HH: 'home',
  FLD: 'home',
}

/** What kind of visit an encounter was. */
export function visitKindOf(encounter: Encounter): VisitKind {
  const code = encounter.class?.code
  return code !== undefined && Object.hasOwn(KINDS, code) ? (KINDS[code] ?? 'other') : 'other'
}

/** The name of whom or what a reference leads to. */
export function referenceName(reference: Reference | undefined, resolve: Resolver): string | undefined {
  const display = oneLine(reference?.display)
  if (display !== undefined) return display
  const target = typeof reference?.reference === 'string' ? resolve(reference.reference) : undefined
  if (target?.resourceType === 'Practitioner') return oneLine(nameWords(target.name?.[0]).text)
  if (target?.resourceType === 'Organization' || target?.resourceType === 'Location')
    return oneLine(target.name)
  return undefined
}

const CANCELLED = new Set(['cancelled', 'entered-in-error', 'planned'])

function visitOf(
  record: string,
  encounter: Encounter & { resourceType: 'Encounter' },
  resolve: Resolver,
): VisitItem | undefined {
  if (CANCELLED.has(encounter.status ?? '')) return undefined
  const date = occurredOn(encounter)
  const end = dayOf(encounter.period?.end)
  const title = firstWords(encounter.type) ?? conceptWords(encounter.serviceType)
  const reason = firstWords(encounter.reasonCode)
  const people = Array.isArray(encounter.participant) ? encounter.participant : []
  const clinician = people
    .map((one) => referenceName(one?.individual, resolve))
    .find((name) => name !== undefined)
  const place = referenceName(encounter.serviceProvider, resolve)
  return {
    record,
    kind: visitKindOf(encounter),
    ...(title !== undefined && { title }),
    ...(reason !== undefined && { reason }),
    ...(date !== undefined && { date }),
    ...(end !== undefined && { end }),
    isOpen:
      encounter.status === 'in-progress' || encounter.status === 'arrived' || encounter.status === 'triaged',
    ...(clinician !== undefined && { clinician }),
    ...(place !== undefined && { place }),
  }
}

/** Visits that took place, the newest first. */
export function visitsOf(records: readonly ChartRecord[], resolve: Resolver): VisitItem[] {
  return records
    .flatMap(({ id, resource }) => {
      const visit =
        resource.resourceType === 'Encounter' ? attempt(() => visitOf(id, resource, resolve)) : undefined
      return visit ? [visit] : []
    })
    .sort((a, b) => newestFirst(a.date, b.date))
}
