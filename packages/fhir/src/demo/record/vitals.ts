import type { CodeableConcept, Observation, Reference } from '../../types.ts'
import { instantOf, rounded } from '../calendar.ts'
import { coded, concept, quantity } from '../codes.ts'
import type { Life, Visit } from '../life.ts'
import { DOCTORS } from '../people/staff.ts'

const VITAL: CodeableConcept = coded('observation vital-signs Vital signs')
const PRESSURE = concept('Blood pressure', 'loinc 85354-9 Blood pressure panel with all children optional')
const SYSTOLIC = concept('Systolic', 'loinc 8480-6 Systolic blood pressure')
const DIASTOLIC = concept('Diastolic', 'loinc 8462-4 Diastolic blood pressure')

/** What a nurse measures: name, LOINC term, unit, decimals. */
const VITALS = {
  pulse: ['Pulse', 'loinc 8867-4 Heart rate', '/min', 0],
  breaths: ['Respiratory rate', 'loinc 9279-1 Respiratory rate', '/min', 0],
  temperature: ['Temperature', 'loinc 8310-5 Body temperature', '°C', 1],
  saturation: [
    'Oxygen saturation',
    'loinc 59408-5 Oxygen saturation in Arterial blood by Pulse oximetry',
    '%',
    0,
  ],
  weight: ['Weight', 'loinc 29463-7 Body weight', 'kg', 1],
  height: ['Height', 'loinc 8302-2 Body height', 'cm', 1],
  bmi: ['Body mass index', 'loinc 39156-5 Body mass index (BMI) [Ratio]', 'kg/m2', 1],
  head: ['Head circumference', 'loinc 9843-4 Head Occipital-frontal circumference', 'cm', 1],
} as const
export type Vital = keyof typeof VITALS

/** What every observation of a visit has in common. */
export function observedAt(life: Life, visit: Visit) {
  const at = instantOf(visit.day, visit.minutes + 5)
  return {
    resourceType: 'Observation' as const,
    status: 'final' as const,
    subject: life.subject,
    encounter: visit.encounter,
    effectiveDateTime: at,
    issued: at,
    performer: [{ display: DOCTORS[visit.by].name }],
  } satisfies Partial<Observation>
}

export function measure(life: Life, visit: Visit, values: Partial<Record<Vital, number>>): void {
  for (const [name, value] of Object.entries(values) as [Vital, number][]) {
    const [text, code, unit, decimals] = VITALS[name]
    life.add(
      {
        ...observedAt(life, visit),
        category: [VITAL],
        code: concept(text, code),
        valueQuantity: quantity(rounded(value, decimals), unit),
      },
      visit.by,
    )
  }
}

/** Weight and height, and the body mass index that follows from them. kg and cm. */
export function measureBody(
  life: Life,
  visit: Visit,
  { weight, height }: { weight: number; height: number },
): void {
  const bmi = rounded(weight, 1) / (rounded(height, 1) / 100) ** 2
  measure(life, visit, { weight, height, bmi })
}

/** One observation with both components, as FHIR's vital-signs profile wants it. mmHg. */
export function measurePressure(
  life: Life,
  visit: Visit,
  [systolic, diastolic]: readonly [number, number],
): Reference<Observation> {
  const part = (code: CodeableConcept, value: number) => ({
    code,
    valueQuantity: quantity(Math.round(value), 'mmHg'),
  })
  return life.add(
    {
      ...observedAt(life, visit),
      category: [VITAL],
      code: PRESSURE,
      component: [part(SYSTOLIC, systolic), part(DIASTOLIC, diastolic)],
    },
    visit.by,
  )
}

/** Her own reading at home, on the day given; written down by her doctor at the next visit. */
export function homePressure(
  life: Life,
  visit: Visit,
  reading: { day: string; minutes: number; values: readonly [number, number] },
): void {
  const home = { ...visit, day: reading.day, minutes: reading.minutes }
  measurePressure(life, home, reading.values)
}
