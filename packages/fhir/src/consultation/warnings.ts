import type { Drug, DrugList } from '../drugs.ts'
import { foldText } from '../search/tokens.ts'
import { SENSITIVE_WORDS } from '../sensitive-words.ts'
import type { AllergyItem } from '../summary/allergies.ts'
import type { Summary } from '../summary.ts'
import { numberWords } from '../values.ts'
import { doseAmount } from './amounts.ts'
import { classesNamed, isCrossReactive, ONE_IS_ENOUGH } from './classes.ts'
import type { Consultation, PrescriptionEntry } from './form.ts'
import { dosesPerDay } from './regimen.ts'

/** Something to think about before signing; it never stops. */
export interface ConsultationWarning {
  /** 'danger' is shown in red and has to be acknowledged. */
  readonly level: 'danger' | 'caution'
  readonly path: string
  readonly key: WarningKey
  readonly values: Readonly<Record<string, string | number>>
}

export const WARNING_KEYS = [
  'allergy-clash',
  'allergy-cross',
  'dose-single-high',
  'dose-daily-high',
  'dose-child-high',
  'dose-unknown',
  'weekly-only',
  'too-young',
  'pregnancy-avoid',
  'pregnancy-care',
  'already-taken',
  'same-twice',
  'same-class',
  'vital-unusual',
  'temperature-fahrenheit',
  'sensitive-words',
] as const

export type WarningKey = (typeof WARNING_KEYS)[number]

export interface WarningContext {
  readonly summary: Pick<Summary, 'allergies' | 'medications' | 'problems' | 'vitals'>
  /** Without the list no doses and no classes are checked. */
  readonly drugs?: DrugList
  /** 'YYYY-MM-DD' */
  readonly birthDate?: string
  readonly isPregnant?: boolean
}

const CHILD_MONTHS = 18 * 12
const ADULT_KG = 40

function monthsOld(birthDate: string | undefined, on: string): number | undefined {
  if (birthDate === undefined) return undefined
  const [years, months, days] = [0, 5, 8].map((at, index) => {
    const length = index === 0 ? 4 : 2
    return Number(on.slice(at, at + length)) - Number(birthDate.slice(at, at + length))
  }) as [number, number, number]
  const total = years * 12 + months - (days < 0 ? 1 : 0)
  return Number.isNaN(total) ? undefined : total
}

const words = (text: string) =>
  foldText(text)
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word.length > 3)

/** The words of an allergy that name a substance, and not that it is one. */
const COMMON = new Set(
  'allergy allergic intolerance reaction adverse drug drugs medicine hypersensitivity acid sodium with tablet oral product antibiotic agent'.split(
    ' ',
  ),
)

function substanceClash(allergy: AllergyItem, names: readonly string[]): boolean {
  const own = names.flatMap(words)
  const told = [allergy.title, ...allergy.codes.map(({ display }) => display ?? '')].flatMap(words)
  return told.some((word) => !COMMON.has(word) && own.includes(word))
}

function allergyWarnings(
  entry: PrescriptionEntry,
  drug: Drug | undefined,
  path: string,
  context: WarningContext,
): ConsultationWarning[] {
  const names = [entry.drug, ...(drug ? [drug.name, ...drug.otherNames] : [])]
  const classes = drug?.classes ?? classesNamed(entry.drug)
  for (const key of ['allergy-clash', 'allergy-cross'] as const) {
    const found = context.summary.allergies.items.find((allergy) => {
      const ownDrug = context.drugs?.find(allergy.title.replace(/^(allergy|intolerance) to /i, ''))
      const named = [...classesNamed(allergy.title), ...(ownDrug?.classes ?? [])]
      return key === 'allergy-clash'
        ? substanceClash(allergy, names) || named.some((one) => classes.includes(one))
        : isCrossReactive(named, classes)
    })
    if (found) {
      const level = key === 'allergy-clash' ? 'danger' : 'caution'
      return [{ level, path, key, values: { drug: entry.drug, allergy: found.title } }]
    }
  }
  return []
}

function weightOf(form: Consultation, context: WarningContext): number | undefined {
  if (form.vitals.weight !== undefined) return form.vitals.weight
  const item = context.summary.vitals.find(({ key, unit }) => key === 'weight' && unit === 'kg')
  const weight = item && Number(item.value)
  return weight !== undefined && weight > 0 ? weight : undefined
}

function doseWarnings(
  form: Consultation,
  entry: PrescriptionEntry,
  drug: Drug,
  path: string,
  context: WarningContext,
): ConsultationWarning[] {
  const { limits } = drug
  const hasLimits = Object.keys(limits).length > 0
  const single = doseAmount(entry)
  if (single === undefined)
    return hasLimits && entry.dose !== undefined
      ? [{ level: 'caution', path: `${path}.dose`, key: 'dose-unknown', values: { drug: entry.drug } }]
      : []
  const daily = single * Math.max(1, dosesPerDay(entry.frequency) ?? 1)
  const unit = /\bIU\b/.test(drug.forms.map((form_) => form_.strengths.join()).join()) ? 'IU' : 'mg'
  const values = (amount: number, most: number) => ({
    drug: entry.drug,
    amount: numberWords(Number(amount.toPrecision(4))),
    most: numberWords(Number(most.toPrecision(4))),
    unit,
  })
  const warn = (key: WarningKey, amount: number, most: number): ConsultationWarning[] => [
    { level: 'danger', path: `${path}.dose`, key, values: values(amount, most) },
  ]
  if (limits.single !== undefined && single > limits.single * 1.0001)
    return warn('dose-single-high', single, limits.single)
  if (limits.daily !== undefined && daily > limits.daily * 1.0001)
    return warn('dose-daily-high', daily, limits.daily)
  const weight = weightOf(form, context)
  const age = monthsOld(context.birthDate, form.started)
  const isChild = age !== undefined && age < CHILD_MONTHS
  if (isChild && limits.childDailyPerKg !== undefined && weight !== undefined && weight < ADULT_KG) {
    const most = limits.childDailyPerKg * weight
    if (daily > most * 1.05) return warn('dose-child-high', daily, most)
  }
  return []
}

const PREGNANCY = /\b(pregnan|gravid|gestation|antenatal)|गर्भ/i
const ENDED =
  /\b(history|complication after|post.?partum|previous|risk of|false|test negative|miscarriage|ectopic|tubal)/i

function isPregnant(context: WarningContext): boolean {
  if (context.isPregnant !== undefined) return context.isPregnant
  return context.summary.problems.some(
    ({ title, icd10 }) => (PREGNANCY.test(title) && !ENDED.test(title)) || /^(Z3[34]|O09)/.test(icd10 ?? ''),
  )
}

function patientWarnings(
  form: Consultation,
  entry: PrescriptionEntry,
  drug: Drug,
  path: string,
  context: WarningContext,
): ConsultationWarning[] {
  const warnings: ConsultationWarning[] = []
  const age = monthsOld(context.birthDate, form.started)
  if (drug.minimumAge !== undefined && age !== undefined && age < drug.minimumAge) {
    const years = drug.minimumAge % 12 === 0
    const least = years ? drug.minimumAge / 12 : drug.minimumAge
    warnings.push({
      level: 'danger',
      path,
      key: 'too-young',
      values: { drug: entry.drug, least, unit: years ? 'a' : 'mo' },
    })
  }
  if (drug.pregnancy && isPregnant(context)) {
    const level = drug.pregnancy === 'avoid' ? 'danger' : 'caution'
    warnings.push({ level, path, key: `pregnancy-${drug.pregnancy}`, values: { drug: entry.drug } })
  }
  const often = dosesPerDay(entry.frequency)
  if (drug.isWeekly && often !== undefined && often >= 0.5)
    warnings.push({
      level: 'danger',
      path: `${path}.frequency`,
      key: 'weekly-only',
      values: { drug: entry.drug },
    })
  return warnings
}

interface Taken {
  readonly name: string
  readonly drug: Drug | undefined
}

function duplicateWarnings(
  own: Taken,
  others: readonly (Taken & { readonly isNew: boolean })[],
  path: string,
): ConsultationWarning[] {
  const same = others.find(({ name, drug }) =>
    own.drug ? drug?.name === own.drug.name : foldText(name) === foldText(own.name),
  )
  if (same) {
    const key = same.isNew ? 'same-twice' : 'already-taken'
    return [{ level: 'caution', path, key, values: { drug: own.name, other: same.name } }]
  }
  for (const group of own.drug?.classes ?? []) {
    const other = ONE_IS_ENOUGH.has(group)
      ? others.find(({ drug }) => drug?.classes.includes(group))
      : undefined
    if (other)
      return [
        { level: 'caution', path, key: 'same-class', values: { drug: own.name, other: other.name, group } },
      ]
  }
  return []
}

/** What is possible but seldom: shown so that a slip of the finger is seen. */
const UNUSUAL: Readonly<Record<string, readonly [number, number]>> = {
  systolic: [80, 200],
  diastolic: [40, 120],
  heartRate: [40, 180],
  respiratoryRate: [8, 50],
  oxygenSaturation: [88, 100],
  temperature: [34.5, 41],
  glucose: [55, 400],
}

function vitalWarnings({ vitals }: Consultation): ConsultationWarning[] {
  return Object.entries(vitals).flatMap(([field, value]): ConsultationWarning[] => {
    const path = `vitals.${field}`
    if (field === 'temperature' && value > 45)
      return [
        {
          level: 'caution',
          path,
          key: 'temperature-fahrenheit',
          values: { celsius: Number((((value - 32) * 5) / 9).toFixed(1)) },
        },
      ]
    const [least, most] = UNUSUAL[field] ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
    return value < least || value > most
      ? [{ level: 'caution', path, key: 'vital-unusual', values: { field, value } }]
      : []
  })
}

/** Free text is not looked at when it is decided what is sensitive; so the doctor is asked. */
function sensitiveWarnings(form: Consultation): ConsultationWarning[] {
  if (form.isSensitive) return []
  const texts = { complaint: form.complaint, history: form.history, findings: form.findings, plan: form.plan }
  const found = Object.entries(texts).find(([, text]) =>
    SENSITIVE_WORDS.some(([, pattern]) => pattern.test(text.slice(0, 5000))),
  )
  return found ? [{ level: 'caution', path: found[0], key: 'sensitive-words', values: {} }] : []
}

/**
 * Warnings about what is written: allergies, doses, age, pregnancy, the same medicine twice, unlikely vital signs,
 * sensitive words. They help to see a slip; that none is given does not mean that a prescription is right.
 */
export function consultationWarnings(form: Consultation, context: WarningContext): ConsultationWarning[] {
  const find = (name: string) => (name.trim() === '' ? undefined : context.drugs?.find(name))
  const current = context.summary.medications.map(({ title }) => ({
    name: title,
    drug: find(title),
    isNew: false,
  }))
  const written: (Taken & { readonly isNew: boolean })[] = []
  const warnings = form.prescriptions.flatMap((entry, index) => {
    if (entry.drug.trim() === '') return []
    const path = `prescriptions.${index}`
    const drug = find(entry.drug)
    const own = { name: entry.drug, drug, isNew: true }
    const found = [
      ...allergyWarnings(entry, drug, path, context),
      ...(drug ? doseWarnings(form, entry, drug, path, context) : []),
      ...(drug ? patientWarnings(form, entry, drug, path, context) : []),
      ...duplicateWarnings(own, [...written, ...current], path),
    ]
    written.push(own)
    return found
  })
  return [...warnings, ...vitalWarnings(form), ...sensitiveWarnings(form)]
}
