import type { CarePlan, Reference } from '../../types.ts'
import { addDays, type Day, instantOf } from '../calendar.ts'
import { coded, concept } from '../codes.ts'
import type { Life, Visit } from '../life.ts'
import { DOCTORS } from '../people/staff.ts'
import type { KnownProblem } from './problems.ts'

/** The doctor's note of a visit: complaint, what she found, what she thinks, what is to be done. */
export type Note = {
  complaint: string
  findings?: string
  plan: string
  problems?: readonly KnownProblem[]
}

export function writeNote(
  life: Life,
  visit: Visit,
  { complaint, findings, plan, problems = [] }: Note,
): void {
  const names = problems.map(({ text }) => text).join('; ')
  life.add(
    {
      resourceType: 'ClinicalImpression',
      status: 'completed',
      code: { text: 'Consultation' },
      description: complaint,
      subject: life.subject,
      encounter: visit.encounter,
      effectiveDateTime: instantOf(visit.day, visit.minutes),
      date: instantOf(visit.day, visit.minutes + 18),
      assessor: { display: DOCTORS[visit.by].name },
      ...(problems.length > 0 && {
        problem: problems.map(({ reference, text }) => ({ ...reference, display: text })),
      }),
      summary: [findings, names && `Assessment: ${names}.`].filter(Boolean).join(' ') || complaint,
      note: [{ text: `Plan: ${plan}` }],
    },
    visit.by,
  )
}

export type NewProcedure = {
  text: string
  /** SNOMED CT, where there is one. */
  snomed?: string
  why?: KnownProblem
  outcome?: string
  note?: string
  minutes?: number
}

export function recordProcedure(life: Life, visit: Visit, given: NewProcedure): void {
  const { text, snomed, why, outcome, note, minutes = 30 } = given
  life.add(
    {
      resourceType: 'Procedure',
      status: 'completed',
      code: snomed === undefined ? { text } : concept(text, `snomed ${snomed} ${text}`),
      subject: life.subject,
      encounter: visit.encounter,
      performedPeriod: {
        start: instantOf(visit.day, visit.minutes + 20),
        end: instantOf(visit.day, visit.minutes + 20 + minutes),
      },
      performer: [{ actor: { display: DOCTORS[visit.by].name } }],
      ...(why && { reasonReference: [{ ...why.reference, display: why.text }] }),
      ...(outcome !== undefined && { outcome: { text: outcome } }),
      ...(note !== undefined && { note: [{ text: note }] }),
    },
    visit.by,
  )
}

/** What is agreed for the months to come: title and the things to do. */
export function planCare(
  life: Life,
  visit: Visit,
  given: {
    title: string
    description: string
    activities: readonly string[]
    for: readonly KnownProblem[]
    until?: Day
  },
): Reference<CarePlan> {
  const { title, description, activities, until } = given
  const isOver = until !== undefined && until <= life.until
  return life.add(
    {
      resourceType: 'CarePlan',
      status: isOver ? 'completed' : 'active',
      intent: 'plan',
      title,
      description,
      subject: life.subject,
      encounter: visit.encounter,
      period: { start: visit.day, ...(until !== undefined && { end: until }) },
      created: visit.day,
      author: { display: DOCTORS[visit.by].name },
      addresses: given.for.map(({ reference, text }) => ({ ...reference, display: text })),
      activity: activities.map((text) => ({
        detail: { status: isOver ? ('completed' as const) : ('in-progress' as const), description: text },
      })),
    },
    visit.by,
  )
}

/** What an emergency wants to know besides: blood group, and whether she smokes. */
export function recordBackground(
  life: Life,
  visit: Visit,
  given: {
    bloodGroup: string
    smoking: 'never' | 'former' | 'current'
    family?: readonly (readonly [
      who: 'mother' | 'father' | 'brother' | 'sister',
      what: string,
      age?: number,
    ])[]
  },
): void {
  const at = instantOf(visit.day, visit.minutes + 10)
  const common = {
    resourceType: 'Observation' as const,
    status: 'final' as const,
    subject: life.subject,
    encounter: visit.encounter,
    effectiveDateTime: at,
    performer: [{ display: DOCTORS[visit.by].name }],
  }
  life.add(
    {
      ...common,
      category: [coded('observation laboratory Laboratory')],
      code: concept('Blood group', 'loinc 882-1 ABO and Rh group [Type] in Blood'),
      valueCodeableConcept: { text: given.bloodGroup },
    },
    visit.by,
  )
  const smoking = {
    never: 'snomed 266919005 Never smoked tobacco',
    former: 'snomed 8517006 Former smoker',
    current: 'snomed 77176002 Smoker',
  }[given.smoking]
  if (life.ageOn(visit.day) >= 15)
    life.add(
      {
        ...common,
        category: [coded('observation social-history Social History')],
        code: concept('Smoking', 'loinc 72166-2 Tobacco smoking status'),
        valueCodeableConcept: coded(smoking),
      },
      visit.by,
    )
  const roles = { mother: 'MTH mother', father: 'FTH father', brother: 'BRO brother', sister: 'SIS sister' }
  for (const [who, what, age] of given.family ?? [])
    life.add(
      {
        resourceType: 'FamilyMemberHistory',
        status: 'completed',
        patient: life.subject,
        date: visit.day,
        relationship: coded(`family ${roles[who]}`),
        condition: [
          {
            code: { text: what },
            ...(age !== undefined && {
              onsetAge: { value: age, unit: 'a', system: 'http://unitsofmeasure.org', code: 'a' },
            }),
          },
        ],
      },
      visit.by,
    )
}

/** The next appointment as the doctor asks for it. */
export function askToReturn(
  life: Life,
  visit: Visit,
  { inDays, what }: { inDays: number; what: string },
): void {
  const day = addDays(visit.day, inDays)
  life.add(
    {
      resourceType: 'ServiceRequest',
      status: day > life.until ? 'active' : 'completed',
      intent: 'plan',
      code: { text: what },
      subject: life.subject,
      encounter: visit.encounter,
      // Not as the day it happens: a record’s clinical day is never in the future.
      occurrenceTiming: { repeat: { boundsPeriod: { start: visit.day, end: day } } },
      authoredOn: instantOf(visit.day, visit.minutes + 18),
      requester: { display: DOCTORS[visit.by].name },
    },
    visit.by,
  )
}
