import type { Encounter, Patient, Reference, Resource, ResourceOf, ResourceType } from '../types.ts'
import { addDays, ageOn, type Day, daysBetween, instantOf } from './calendar.ts'
import { coded, coding } from './codes.ts'
import type { DemoFile } from './papers/file.ts'
import type { DemoPerson } from './people/person.ts'
import { DOCTORS, type DoctorKey } from './people/staff.ts'
import { Random } from './random.ts'

/** A resource and the doctor who wrote it down. */
export type Entry = { readonly resource: Resource; readonly by: DoctorKey }

/** A part of somebody's life that left records. Adds nothing before her birth, after her death or after today. */
export type Story = (life: Life) => void

/** A contact with the hospital; what was found and done refers to it. */
export type Visit = {
  readonly day: Day
  /** Since midnight, on the hospital's clock. */
  readonly minutes: number
  readonly by: DoctorKey
  readonly encounter: Reference<Encounter>
}

const KINDS = {
  checkUp: coded('snomed 185349003 Check-up'),
  followUp: coded('snomed 390906007 Follow-up'),
  problem: coded('snomed 185347001 Consultation for a problem'),
  emergency: coded('snomed 50849002 Emergency room admission'),
  admission: coded('snomed 183452005 Inpatient stay'),
  antenatal: coded('snomed 424619006 Prenatal visit'),
  birth: coded('snomed 66348005 Birth'),
} as const
export type VisitKind = keyof typeof KINDS

const CLASSES = {
  ambulatory: coding('actCode AMB ambulatory'),
  emergency: coding('actCode EMER emergency'),
  inpatient: coding('actCode IMP inpatient encounter'),
  virtual: coding('actCode VR virtual'),
} as const

export type NewVisit = {
  day: Day
  by: DoctorKey
  kind: VisitKind
  /** What she came for, in words. */
  reason?: string
  way?: keyof typeof CLASSES
  /** Of the stay, where it is longer than a visit. */
  until?: Day
  minutes?: number
}

/** Collects what a life left behind in the hospital. */
export class Life {
  readonly person: DemoPerson
  readonly subject: Reference<Patient>
  /** The last day of which anything can be known: today, or the day of death. */
  readonly until: Day
  readonly random: Random
  readonly entries: Entry[] = []
  readonly files: DemoFile[] = []
  readonly #visits = new Set<string>()
  #count = 0

  constructor(given: { person: DemoPerson; patient: string; today: Day; seed: string }) {
    const { person, patient, today, seed } = given
    this.person = person
    this.subject = { reference: `Patient/${patient}` }
    this.until = person.died !== undefined && person.died < today ? person.died : today
    this.random = new Random(`${seed}/${person.key}`)
  }

  get birth(): Day {
    return this.person.birthDate
  }

  isWithin(day: Day): boolean {
    return day >= this.birth && day <= this.until
  }

  ageOn(day: Day): number {
    return ageOn(this.birth, day)
  }

  /** So many years ago today; never before her birth. */
  yearsAgo(years: number): Day {
    const day = addDays(this.until, -Math.round(years * 365.25))
    return day < this.birth ? this.birth : day
  }

  /** Keeps the resource under an id of its own. */
  add<T extends ResourceType>(
    resource: { resourceType: T } & Omit<ResourceOf<T>, 'id' | 'resourceType'>,
    by: DoctorKey,
  ): { reference: string } {
    const id = `${this.person.key}-${(++this.#count).toString(36).padStart(3, '0')}`
    const { resourceType, ...rest } = resource
    this.entries.push({ resource: { resourceType, id, ...rest } as unknown as Resource, by })
    return { reference: `${resourceType}/${id}` }
  }

  visit({ day, by, kind, reason, way = 'ambulatory', until, minutes }: NewVisit): Visit {
    const at = minutes ?? this.#freeTime(day)
    const isOver = until === undefined || until < this.until || way === 'ambulatory'
    const end = until === undefined ? instantOf(day, at + 20) : instantOf(until, 11 * 60)
    const encounter = this.add(
      {
        resourceType: 'Encounter',
        status: isOver ? 'finished' : 'in-progress',
        class: CLASSES[way],
        type: [KINDS[kind]],
        subject: this.subject,
        participant: [{ individual: { display: DOCTORS[by].name } }],
        period: { start: instantOf(day, at), ...(isOver && { end }) },
        ...(reason !== undefined && { reasonCode: [{ text: reason }] }),
        ...(until !== undefined &&
          isOver && {
            length: {
              value: Math.max(1, daysBetween(day, until)),
              unit: 'd',
              system: 'http://unitsofmeasure.org',
              code: 'd',
            },
          }),
        serviceProvider: { display: DOCTORS[by].speciality },
      },
      by,
    )
    return { day, minutes: at, by, encounter }
  }

  /** Nobody is in two rooms at once. */
  #freeTime(day: Day): number {
    let at = this.random.integer(9 * 4, 16 * 4) * 15
    while (this.#visits.has(`${day} ${at}`)) at += 30
    this.#visits.add(`${day} ${at}`)
    return at
  }

  /** The same stay on one of its later days. */
  onDay(visit: Visit, day: Day, minutes = 8 * 60): Visit {
    return { ...visit, day, minutes }
  }
}
