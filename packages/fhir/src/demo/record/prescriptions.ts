import type { MedicationRequest, Reference } from '../../types.ts'
import { addDays, addMonths, type Day, instantOf } from '../calendar.ts'
import { coded, coding, concept, SYSTEMS } from '../codes.ts'
import type { Life, Visit } from '../life.ts'
import { DOCTORS } from '../people/staff.ts'
import { MEDICINES, type Medicine, type MedicineName, ROUTES } from './medicines.ts'
import type { KnownProblem } from './problems.ts'

/** How often: words, times, in so many days, the hour of the day, its abbreviation. */
const RHYTHMS = {
  morning: ['once a day, in the morning', 1, 1, 'MORN', 'QD'],
  night: ['once a day, at bedtime', 1, 1, 'HS', 'QD'],
  daily: ['once a day', 1, 1, '', 'QD'],
  twice: ['twice a day', 2, 1, '', 'BID'],
  thrice: ['three times a day', 3, 1, '', 'TID'],
  fourTimes: ['four times a day', 4, 1, '', 'QID'],
  weekly: ['once a week', 1, 7, '', ''],
  needed: ['when needed, up to four times a day', 4, 1, '', ''],
  neededThrice: ['when needed, up to three times a day', 3, 1, '', ''],
  neededTwice: ['when needed, up to twice a day', 2, 1, '', ''],
} as const
export type Rhythm = keyof typeof RHYTHMS

const FORMS: Readonly<Record<Medicine['form'], readonly [one: string, many: string]>> = {
  tablet: ['tablet', 'tablets'],
  capsule: ['capsule', 'capsules'],
  mL: ['mL', 'mL'],
  puff: ['puff', 'puffs'],
  unit: ['unit', 'units'],
  drop: ['drop', 'drops'],
  sachet: ['sachet', 'sachets'],
  application: ['thin layer', 'thin layers'],
  injection: ['injection', 'injections'],
}

export type Order = {
  /** Tablets, mL, puffs … at a time; one where absent. */
  units?: number
  rhythm: Rhythm
  /** A course; what has none goes on. */
  days?: number
  /** When it was replaced or stopped. */
  until?: Day | undefined
  why?: KnownProblem | undefined
  /** 'after food' */
  note?: string
}

/** 'Two puffs twice a day, after food, for 5 days' */
function words(medicine: Medicine, { units = 1, rhythm, days, note }: Order): string {
  const [often] = RHYTHMS[rhythm]
  const [one, many] = FORMS[medicine.form]
  const parts = [`${units} ${units === 1 ? one : many} ${often}`, note, days && `for ${days} days`]
  return parts.filter(Boolean).join(', ')
}

export function prescribe(
  life: Life,
  visit: Visit,
  name: MedicineName,
  order: Order,
): Reference<MedicationRequest> {
  const medicine = MEDICINES[name]
  const { units = 1, rhythm, days, until, why } = order
  const [, frequency, period, when, abbreviation] = RHYTHMS[rhythm]
  const isAsNeeded = rhythm.startsWith('needed')
  const end = days !== undefined ? addDays(visit.day, days) : until
  const isOver = end !== undefined && end <= life.until
  const dose = medicine.form === 'application' ? undefined : Number((units * medicine.amount).toFixed(2))
  return life.add(
    {
      resourceType: 'MedicationRequest',
      status: !isOver ? 'active' : days === undefined ? 'stopped' : 'completed',
      intent: 'order',
      medicationCodeableConcept: concept(medicine.text, `atc ${medicine.atc} ${medicine.text}`),
      subject: life.subject,
      encounter: visit.encounter,
      authoredOn: instantOf(visit.day, visit.minutes + 15),
      requester: { display: DOCTORS[visit.by].name },
      ...(why && { reasonReference: [{ ...why.reference, display: why.text }] }),
      dosageInstruction: [
        {
          text: words(medicine, order),
          timing: {
            repeat: {
              ...(isAsNeeded ? { frequency: 1, frequencyMax: frequency } : { frequency }),
              period,
              periodUnit: 'd',
              ...(when !== '' && { when: [when] }),
              ...(end !== undefined && { boundsPeriod: { start: visit.day, end } }),
            },
            ...(abbreviation !== '' && { code: { coding: [coding(`timing ${abbreviation}`)] } }),
          },
          ...(isAsNeeded && { asNeededBoolean: true }),
          route: coded(ROUTES[medicine.route]),
          ...(dose !== undefined && {
            doseAndRate: [
              {
                doseQuantity: {
                  value: dose,
                  unit: unitWords(medicine.unit),
                  system: SYSTEMS.ucum,
                  code: medicine.unit,
                },
              },
            ],
          }),
        },
      ],
    },
    visit.by,
  )
}

const UNIT_WORDS: Readonly<Record<string, string>> = { ug: 'µg', '[IU]': 'IU', '{drop}': 'drop' }
const unitWords = (unit: Medicine['unit']) => UNIT_WORDS[unit] ?? unit

/**
 * A medicine that goes on for years: prescribed anew at every tenth month's end or so, until it is replaced. `at` are the
 * visits at which that can happen.
 */
export function prescribeForYears(
  life: Life,
  visits: readonly Visit[],
  name: MedicineName,
  order: Omit<Order, 'days' | 'until'> & { from: Day; to?: Day },
): void {
  const { from, to, ...rest } = order
  const within = visits.filter(({ day }) => day >= from && (to === undefined || day < to))
  let renewed = ''
  const written: Visit[] = []
  for (const visit of within) {
    if (renewed !== '' && visit.day < addMonths(renewed, 11)) continue
    renewed = visit.day
    written.push(visit)
  }
  for (const [index, visit] of written.entries())
    prescribe(life, visit, name, { ...rest, until: written[index + 1]?.day ?? to })
}
