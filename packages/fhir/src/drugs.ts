import type { DurationUnit, FoodRelation, FormCode } from './consultation/form.ts'
import { FREQUENCIES } from './consultation/regimen.ts'
import { foldText } from './search/tokens.ts'
import { findLookups, type Lookup, lookupOf } from './terms/lookup.ts'

/** A medicine of the prescription picker. */
export interface Drug {
  /** Generic name; names it everywhere. */
  readonly name: string
  readonly hindi: string
  /** WHO ATC code. */
  readonly atc: string
  /** 'penicillin', 'nsaid' … for allergies and duplicates. */
  readonly classes: readonly string[]
  readonly forms: readonly { readonly form: string; readonly strengths: readonly string[] }[]
  readonly usual?: UsualDose
  /** Where the list has it: milligrams (or IU, as the strengths). */
  readonly limits: { readonly single?: number; readonly daily?: number; readonly childDailyPerKg?: number }
  readonly pregnancy?: 'avoid' | 'care'
  /** Months. */
  readonly minimumAge?: number
  /** Taken once a week: daily use has killed (methotrexate). */
  readonly isWeekly: boolean
  readonly otherNames: readonly string[]
}

export interface UsualDose {
  readonly dose: number
  readonly doseUnit: string
  readonly frequency: string
  readonly isAsNeeded: boolean
  readonly duration?: number
  readonly durationUnit: DurationUnit
  readonly food?: FoodRelation
  readonly route: string
}

const ATC_SYSTEM = 'http://www.whocc.no/atc'
const BY_SHORT = new Map(Object.entries(FREQUENCIES).map(([key, { short }]) => [short, key]))
const FOOD: Readonly<Record<string, FoodRelation>> = { AC: 'before-food', PC: 'after-food', C: 'with-food' }

/** The code of a drug for `MedicationRequest`; only for a whole ATC code (seven characters). */
export function drugCode({ atc, name }: Drug): FormCode | undefined {
  return /^[A-Z]\d\d[A-Z]{2}\d\d$/.test(atc) ? { system: ATC_SYSTEM, code: atc, display: name } : undefined
}

function usualOf(text: string): UsualDose | undefined {
  const match = text.match(/^([\d.]+(?: million)?) (\S+) (\S+) (\S+) (\S+)$/)
  if (!match) return undefined
  const [, amount = '', doseUnit = '', short = '', days = '', last = ''] = match
  const dose = amount.endsWith(' million') ? Number.parseFloat(amount) * 1e6 : Number(amount)
  const food = FOOD[last]
  const isRoute = !food && last !== '-'
  return {
    dose,
    doseUnit,
    frequency: BY_SHORT.get(short) ?? '',
    isAsNeeded: short === 'SOS',
    ...(days !== '-' && { duration: Number(days) }),
    durationUnit: 'd',
    ...(food && { food }),
    route: isRoute ? last : 'oral',
  }
}

function monthsOf(flag: string): number | undefined {
  const match = flag.match(/^(\d+)([ym])$/)
  return match ? Number(match[1]) * (match[2] === 'y' ? 12 : 1) : undefined
}

function drugOf(line: string): Drug {
  const [
    name = '',
    hindi = '',
    atc = '',
    classes = '',
    forms = '',
    usual = '',
    limits = '',
    flags = '',
    others = '',
  ] = line.split('|')
  const [single, daily, child] = limits
    .split('/')
    .map((part) => (part === '-' || part === '' ? undefined : Number(part)))
  const marks = flags.split(' ').filter(Boolean)
  const usualDose = usualOf(usual)
  const minimumAge = marks.map(monthsOf).find((months) => months !== undefined)
  return {
    name,
    hindi,
    atc,
    classes: classes.split(' ').filter(Boolean),
    forms: forms.split(';').map((part) => {
      const [form = '', strengths = ''] = part.split(':')
      return { form, strengths: strengths.split(',').filter(Boolean) }
    }),
    ...(usualDose && { usual: usualDose }),
    limits: {
      ...(single !== undefined && { single }),
      ...(daily !== undefined && { daily }),
      ...(child !== undefined && { childDailyPerKg: child }),
    },
    ...(marks.includes('P')
      ? { pregnancy: 'avoid' as const }
      : marks.includes('p') && { pregnancy: 'care' as const }),
    ...(minimumAge !== undefined && { minimumAge }),
    isWeekly: marks.includes('weekly'),
    otherNames: others
      .split(',')
      .map((other) => other.trim())
      .filter(Boolean),
  }
}

/** The list of common medicines, once it is loaded. */
export class DrugList {
  readonly drugs: readonly Drug[]
  readonly #lookups: readonly Lookup<Drug>[]
  readonly #byName = new Map<string, Drug>()

  constructor(lines: string) {
    this.drugs = lines
      .split('\n')
      .filter((line) => line.includes('|'))
      .map(drugOf)
    this.#lookups = this.drugs.map((drug) =>
      lookupOf(drug, [drug.name, drug.hindi, ...drug.otherNames], drug.atc.length === 7 ? 1 : 0),
    )
    for (const drug of this.drugs)
      for (const name of [drug.name, drug.hindi, ...drug.otherNames]) {
        const key = foldText(name)
        if (!this.#byName.has(key)) this.#byName.set(key, drug)
      }
  }

  /** What fits the letters typed, in English or Hindi, the best first. */
  search(query: string, limit = 20): Drug[] {
    return findLookups(this.#lookups, query, limit)
  }

  /** The drug of exactly this name, or whose name begins the text ('Amoxicillin 500 mg capsule'). */
  find(text: string): Drug | undefined {
    const folded = foldText(text).trim()
    const exact = this.#byName.get(folded)
    if (exact) return exact
    const words = folded.split(/\s+/)
    for (let length = words.length - 1; length > 0; length--) {
      const found = this.#byName.get(words.slice(0, length).join(' '))
      if (found) return found
    }
    return undefined
  }
}

let list: Promise<DrugList> | undefined

/** Loads the list on first use; a bundler keeps it out of the first load. */
export function loadDrugs(): Promise<DrugList> {
  list ??= Promise.all([
    import('./terms/drugs-common.ts'),
    import('./terms/drugs-infections.ts'),
    import('./terms/drugs-chronic.ts'),
  ])
    .then(([common, infections, chronic]) => {
      const lines = [common.DRUGS_COMMON, infections.DRUGS_INFECTIONS, chronic.DRUGS_CHRONIC]
      return new DrugList(lines.join('\n'))
    })
    .catch((error: unknown) => {
      list = undefined
      throw error
    })
  return list
}
