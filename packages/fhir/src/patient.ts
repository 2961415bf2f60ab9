import { isRealDay } from './primitives.ts'
import type { Address, ContactPoint, HumanName, Identifier, Patient } from './types.ts'
import { conceptWords, oneLine } from './words.ts'

/** What the registration form asks for, as far as a FHIR Patient tells it. Nothing here is checked against a person. */
export interface PatientDemographics {
  readonly name: { readonly given: string; readonly family: string; readonly text: string }
  /** 'YYYY-MM-DD'; a year or month alone is no birth date. */
  readonly birthDate?: string
  readonly sex: 'female' | 'male' | 'other' | 'unknown'
  /** In the order of preference; as written, without blanks and punctuation. */
  readonly phones: readonly string[]
  readonly emails: readonly string[]
  readonly address?: PatientAddress
  /** BCP 47, such as 'hi' or 'en-IN'. */
  readonly language?: string
  readonly identifiers: readonly { readonly system: string; readonly value: string }[]
}

export interface PatientAddress {
  readonly lines: readonly string[]
  readonly city?: string
  readonly district?: string
  readonly state?: string
  readonly postalCode?: string
  readonly country?: string
}

const MAX_IDENTIFIERS = 20

/** The list, or nothing where a careless sender wrote something else. */
function listOf<T>(value: readonly T[] | undefined): T[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'object' && item !== null) : []
}

function isCurrent({
  use,
  period,
}: {
  use?: string | undefined
  period?: { end?: string | undefined } | undefined
}): boolean {
  return use !== 'old' && !(typeof period?.end === 'string' && Date.parse(period.end) < Date.now())
}

/** Those in use first, by the given order of `use`; what is old or ended only when there is nothing else. */
function ranked<T extends { use?: string | undefined; period?: { end?: string | undefined } | undefined }>(
  items: readonly T[],
  uses: readonly string[],
): T[] {
  const rank = (item: T) => {
    const place = uses.indexOf(item.use ?? '')
    return (isCurrent(item) ? 0 : 100) + (place < 0 ? uses.length : place)
  }
  return [...items].sort((a, b) => rank(a) - rank(b))
}

/** 'Asha Devi Rao' from a HumanName; its own text where it has one. */
export function nameWords(name: HumanName | undefined): { given: string; family: string; text: string } {
  const given =
    oneLine(
      Array.isArray(name?.given)
        ? name.given.filter((part) => typeof part === 'string').join(' ')
        : undefined,
    ) ?? ''
  const family = oneLine(name?.family) ?? ''
  const text = oneLine(name?.text) ?? [given, family].filter(Boolean).join(' ')
  if (given || family || !text) return { given, family, text }
  const words = text.split(' ')
  return {
    given: words.slice(0, -1).join(' ') || text,
    family: words.length > 1 ? (words.at(-1) ?? '') : '',
    text,
  }
}

function contacts(telecom: readonly ContactPoint[], system: ContactPoint['system']): string[] {
  const points = ranked(telecom, ['mobile', 'home', 'work', 'temp'])
    .filter((point) => point.system === system || (system === 'phone' && point.system === 'sms'))
    .sort((a, b) => (a.rank ?? 1000) - (b.rank ?? 1000))
  return points.map((point) => oneLine(point.value)).filter((value) => value !== undefined)
}

function phoneNumber(value: string): string | undefined {
  const digits = value
    .replace(/^tel:/i, '')
    .replace(/[^\d+]/g, '')
    .replace(/(?!^)\+/g, '')
  return /^\+?\d{3,15}$/.test(digits) ? digits : undefined
}

function addressOf(address: Address | undefined): PatientAddress | undefined {
  if (!address) return undefined
  const given = Array.isArray(address.line) ? address.line : []
  const named = {
    city: oneLine(address.city),
    district: oneLine(address.district),
    state: oneLine(address.state),
    postalCode: oneLine(address.postalCode, 20),
    country: oneLine(address.country),
  }
  const lines = given
    .map((line) => oneLine(line))
    .filter((line) => line !== undefined)
    .slice(0, 4)
  const parts = Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined))
  if (lines.length === 0 && Object.keys(parts).length === 0) {
    const text = oneLine(address.text)
    return text === undefined ? undefined : { lines: [text] }
  }
  return { lines, ...parts }
}

function identifierOf(identifier: Identifier): { system: string; value: string } | undefined {
  const value = oneLine(identifier.value)
  const system = oneLine(identifier.system) ?? conceptWords(identifier.type)
  return value === undefined ? undefined : { system: system ?? 'unknown', value }
}

function birthDay(text: unknown): string | undefined {
  const match = typeof text === 'string' ? text.match(/^(\d{4})-(\d\d)-(\d\d)$/) : null
  return match && isRealDay(Number(match[1]), Number(match[2]), Number(match[3])) ? match[0] : undefined
}

/**
 * Reads a FHIR Patient as a registration form is filled in: the current official name, a whole birth date, contacts by
 * preference. Takes what it can from a Patient that is not valid; never throws.
 */
export function demographicsOf(patient: Patient): PatientDemographics {
  const telecom = listOf(patient.telecom)
  const birthDate = birthDay(patient.birthDate)
  const address = addressOf(ranked(listOf(patient.address), ['home', 'temp', 'work', 'billing'])[0])
  const communication = listOf(patient.communication)
  const spoken = (communication.find((one) => one.preferred === true) ?? communication[0])?.language
  const language = oneLine(listOf(spoken?.coding)[0]?.code, 35) ?? oneLine(spoken?.text)
  const sexes: readonly unknown[] = ['female', 'male', 'other']
  return {
    name: nameWords(
      ranked(listOf(patient.name), ['official', 'usual', 'temp', 'nickname', 'anonymous', 'maiden'])[0],
    ),
    ...(birthDate !== undefined && { birthDate }),
    sex: sexes.includes(patient.gender) ? (patient.gender ?? 'unknown') : 'unknown',
    phones: [...new Set(contacts(telecom, 'phone').map(phoneNumber))].filter((phone) => phone !== undefined),
    emails: [...new Set(contacts(telecom, 'email'))].filter((email) => /^[^\s@]+@[^\s@]+$/.test(email)),
    ...(address !== undefined && { address }),
    ...(language !== undefined && { language }),
    identifiers: ranked(listOf(patient.identifier), ['official', 'usual', 'secondary', 'temp'])
      .map(identifierOf)
      .filter((identifier) => identifier !== undefined)
      .slice(0, MAX_IDENTIFIERS),
  }
}
