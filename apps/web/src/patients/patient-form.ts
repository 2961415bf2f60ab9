import type { Demographics } from '@curo/contract/patients'
import { readContact } from '../accounts/contact.ts'

/** What the desk types; every field is text until it is sent. */
export type PatientFields = {
  given: string
  family: string
  birthDate: string
  sex: '' | Demographics['sex']
  phone: string
  email: string
  line1: string
  line2: string
  city: string
  district: string
  state: string
  postalCode: string
  country: string
  language: string
  idKind: string
  idValue: string
}

export const NO_PATIENT: PatientFields = {
  given: '',
  family: '',
  birthDate: '',
  sex: '',
  phone: '',
  email: '',
  line1: '',
  line2: '',
  city: '',
  district: '',
  state: '',
  postalCode: '',
  country: '',
  language: '',
  idKind: '',
  idValue: '',
}

export type FieldProblem =
  | 'nameMissing'
  | 'tooLong'
  | 'birthDateMissing'
  | 'birthDateWrong'
  | 'birthDateFuture'
  | 'birthDateOld'
  | 'sexMissing'
  | 'phoneMissing'
  | 'phoneWrong'
  | 'emailWrong'
  | 'idIncomplete'

const LONGEST = 400
/** The oldest person on record reached 122. */
const OLDEST_YEARS = 125

/** What is wrong with one field, given the others and today's day (YYYY-MM-DD); null when nothing is. */
export function checkField(
  name: keyof PatientFields,
  fields: PatientFields,
  { callingCode, today }: { callingCode: string; today: string },
): FieldProblem | null {
  const text = fields[name].trim()
  if (text.length > LONGEST) return 'tooLong'
  switch (name) {
    case 'given':
    case 'family':
      return fields.given.trim() || fields.family.trim() ? null : 'nameMissing'
    case 'birthDate':
      return checkBirthDate(text, today)
    case 'sex':
      return text === '' ? 'sexMissing' : null
    case 'phone':
      // Her codes go there: without a telephone nobody can ask for her consent.
      if (text === '') return 'phoneMissing'
      return readContact(text, callingCode) === null ? 'phoneWrong' : null
    case 'email':
      return text === '' || EMAIL.test(text) ? null : 'emailWrong'
    case 'idKind':
    case 'idValue':
      return (fields.idKind.trim() === '') === (fields.idValue.trim() === '') ? null : 'idIncomplete'
    default:
      return null
  }
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/

function checkBirthDate(day: string, today: string): FieldProblem | null {
  if (day === '') return 'birthDateMissing'
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(Date.parse(day))) return 'birthDateWrong'
  if (day > today) return 'birthDateFuture'
  return Number(today.slice(0, 4)) - Number(day.slice(0, 4)) > OLDEST_YEARS ? 'birthDateOld' : null
}

/** The fields as the contract wants them. They must have been checked. */
export function toDemographics(fields: PatientFields, callingCode: string): Demographics {
  const text = Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, value.trim()]),
  ) as PatientFields
  const { given, family, birthDate, sex, email, language, idKind, idValue } = text
  const phone = readContact(text.phone, callingCode)
  const address = addressOf(text)
  return {
    name: { given, family },
    birthDate,
    sex: sex || 'unknown',
    ...(phone ? { phone } : {}),
    ...(email ? { email } : {}),
    ...(address ? { address } : {}),
    ...(language ? { language } : {}),
    identifiers: idValue ? [{ system: idKind, value: idValue }] : [],
  }
}

function addressOf(text: PatientFields): Demographics['address'] {
  const { city, district, state, postalCode, country } = text
  const lines = [text.line1, text.line2].filter(Boolean)
  const rest = Object.fromEntries(
    Object.entries({ city, district, state, postalCode, country }).filter(([, value]) => value),
  )
  return lines.length + Object.keys(rest).length > 0 ? { lines, ...rest } : undefined
}

export function toFields(demographics: Demographics): PatientFields {
  const { name, birthDate, sex, phone, email, address, language, identifiers } = demographics
  const [identifier] = identifiers
  return {
    ...NO_PATIENT,
    ...name,
    birthDate,
    sex,
    phone: phone ?? '',
    email: email ?? '',
    line1: address?.lines[0] ?? '',
    line2: address?.lines.slice(1).join(', ') ?? '',
    city: address?.city ?? '',
    district: address?.district ?? '',
    state: address?.state ?? '',
    postalCode: address?.postalCode ?? '',
    country: address?.country ?? '',
    language: language ?? '',
    idKind: identifier?.system ?? '',
    idValue: identifier?.value ?? '',
  }
}

/** "Asha Verma" */
export const fullName = ({ name }: Pick<Demographics, 'name'>): string =>
  [name.given, name.family].filter(Boolean).join(' ')

/** Age in whole years on a day, both YYYY-MM-DD. */
export function ageOn(birthDate: string, today: string): number {
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4))
  return birthDate.slice(5) > today.slice(5) ? years - 1 : years
}

/** Today where the browser is, YYYY-MM-DD. */
export function localDay(now = new Date()): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}

const FIELD_NAMES = Object.keys(NO_PATIENT) as (keyof PatientFields)[]

/**
 * What was typed over `was`, on top of what stands there `now`: fields that were not touched take what somebody else
 * saved. `theirs` are the fields that somebody else has changed.
 */
export function rebaseFields(given: { was: PatientFields; now: PatientFields; typed: PatientFields }): {
  fields: PatientFields
  theirs: (keyof PatientFields)[]
} {
  const { was, now, typed } = given
  const mine = FIELD_NAMES.filter((name) => typed[name] !== was[name])
  const fields = { ...now, ...Object.fromEntries(mine.map((name) => [name, typed[name]])) }
  return { fields, theirs: FIELD_NAMES.filter((name) => now[name] !== was[name]) }
}
