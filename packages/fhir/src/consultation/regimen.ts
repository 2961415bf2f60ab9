import { codingsOf } from '../concepts.ts'
import type { CodeableConcept, Timing } from '../types.ts'
import type { FoodRelation } from './form.ts'

type Repeat = NonNullable<Timing['repeat']>

interface Frequency {
  readonly repeat: Repeat
  /** v3-GTSAbbreviation, where it has one. */
  readonly abbreviation?: string
  /** What India's prescriptions write; typed into the picker. */
  readonly short: string
  /** Doses in 24 hours; below one for what is taken less often. */
  readonly perDay: number
}

const GTS = 'http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation'

function perDay(count: number, when?: Repeat['when']): Repeat {
  return { frequency: count, period: 1, periodUnit: 'd', ...(when && { when }) }
}

function every(period: number, periodUnit: NonNullable<Repeat['periodUnit']>, frequency = 1): Repeat {
  return { frequency, period, periodUnit }
}

/** How often: the key has its words on the screen. */
export const FREQUENCIES: Readonly<Record<string, Frequency>> = {
  'once-daily': { repeat: perDay(1), abbreviation: 'QD', short: 'OD', perDay: 1 },
  'twice-daily': { repeat: perDay(2), abbreviation: 'BID', short: 'BD', perDay: 2 },
  'three-times-daily': { repeat: perDay(3), abbreviation: 'TID', short: 'TDS', perDay: 3 },
  'four-times-daily': { repeat: perDay(4), abbreviation: 'QID', short: 'QID', perDay: 4 },
  'in-the-morning': { repeat: perDay(1, ['MORN']), short: 'OM', perDay: 1 },
  'at-night': { repeat: perDay(1, ['HS']), short: 'HS', perDay: 1 },
  'every-4-hours': { repeat: every(4, 'h'), abbreviation: 'Q4H', short: 'Q4H', perDay: 6 },
  'every-6-hours': { repeat: every(6, 'h'), abbreviation: 'Q6H', short: 'Q6H', perDay: 4 },
  'every-8-hours': { repeat: every(8, 'h'), short: 'Q8H', perDay: 3 },
  'every-12-hours': { repeat: every(12, 'h'), short: 'Q12H', perDay: 2 },
  'alternate-days': { repeat: every(2, 'd'), abbreviation: 'QOD', short: 'AD', perDay: 0.5 },
  'twice-weekly': { repeat: every(1, 'wk', 2), short: 'BW', perDay: 2 / 7 },
  'once-weekly': { repeat: every(1, 'wk'), short: 'OW', perDay: 1 / 7 },
  'once-monthly': { repeat: every(1, 'mo'), short: 'OMo', perDay: 1 / 30 },
  'once-only': { repeat: { count: 1 }, short: 'STAT', perDay: 1 },
}

/** SNOMED CT routes. */
export const ROUTES: Readonly<Record<string, readonly [code: string, display: string]>> = {
  oral: ['26643006', 'Oral route'],
  sublingual: ['37839007', 'Sublingual route'],
  inhaled: ['447694001', 'Respiratory tract route'],
  nasal: ['46713006', 'Nasal route'],
  eye: ['54485002', 'Ophthalmic route'],
  ear: ['10547007', 'Otic route'],
  skin: ['6064005', 'Topical route'],
  rectal: ['37161004', 'Rectal route'],
  vaginal: ['16857009', 'Vaginal route'],
  intramuscular: ['78421000', 'Intramuscular route'],
  intravenous: ['47625008', 'Intravenous route'],
  subcutaneous: ['34206005', 'Subcutaneous route'],
  transdermal: ['45890007', 'Transdermal route'],
}

const FOOD: Readonly<Record<FoodRelation, 'AC' | 'PC' | 'C'>> = {
  'before-food': 'AC',
  'after-food': 'PC',
  'with-food': 'C',
}
const SNOMED = 'http://snomed.info/sct'

function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined
}

/** Doses a day at this frequency; undefined for none we know. */
export function dosesPerDay(frequency: string): number | undefined {
  return own(FREQUENCIES, frequency)?.perDay
}

/** R4 Timing for a frequency, its relation to food and its length. */
export function timingOf(given: {
  frequency: string
  food?: FoodRelation
  duration?: number
  durationUnit: 'd' | 'wk' | 'mo'
}): Timing | undefined {
  const known = own(FREQUENCIES, given.frequency)
  const when: NonNullable<Repeat['when']> = [
    ...(known?.repeat.when ?? []),
    ...(given.food ? [FOOD[given.food]] : []),
  ]
  const repeat: Repeat = {
    ...(given.duration !== undefined && {
      boundsDuration: {
        value: given.duration,
        unit: { d: 'days', wk: 'weeks', mo: 'months' }[given.durationUnit],
        system: 'http://unitsofmeasure.org',
        code: given.durationUnit,
      },
    }),
    ...known?.repeat,
    ...(when.length > 0 && { when }),
  }
  if (Object.keys(repeat).length === 0) return undefined
  const abbreviation = known?.abbreviation
  return {
    repeat,
    ...(abbreviation !== undefined && { code: { coding: [{ system: GTS, code: abbreviation }] } }),
  }
}

/** The frequency and the relation to food that a Timing means; '' for one that is none of ours. */
export function regimenOf(timing: Timing | undefined): { frequency: string; food?: FoodRelation } {
  const repeat = timing?.repeat ?? {}
  const given = new Set(Array.isArray(repeat.when) ? repeat.when : [])
  const food = (Object.keys(FOOD) as FoodRelation[]).find((key) => given.has(FOOD[key]))
  const found = Object.entries(FREQUENCIES).find(([, { repeat: known }]) => {
    const isSame = (['frequency', 'period', 'periodUnit', 'count'] as const).every(
      (key) => known[key] === repeat[key],
    )
    const marks = known.when ?? []
    const others = [...given].filter((one) => food === undefined || one !== FOOD[food])
    return isSame && marks.length === others.length && marks.every((one) => given.has(one))
  })
  const code = codingsOf(timing?.code)[0]?.code
  const byCode = Object.entries(FREQUENCIES).find(([, { abbreviation }]) => abbreviation === code)
  const frequency = found?.[0] ?? (code === undefined ? '' : (byCode?.[0] ?? ''))
  return { frequency, ...(food && { food }) }
}

export function routeConcept(route: string): CodeableConcept | undefined {
  const known = own(ROUTES, route)
  if (known) return { coding: [{ system: SNOMED, code: known[0], display: known[1] }], text: known[1] }
  return route.trim() === '' ? undefined : { text: route.trim() }
}

export function routeOf(concept: CodeableConcept | undefined): string {
  const codes = codingsOf(concept).map(({ code }) => code)
  const known = Object.entries(ROUTES).find(([, [code]]) => codes.includes(code))
  return known?.[0] ?? concept?.text ?? ''
}
