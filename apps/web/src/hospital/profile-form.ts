import type { HospitalProfile } from '@curo/client/hospital'
import { randomId } from '@curo/crypto/random'

/** The profile as the form holds it: text everywhere, empty for what is absent. */
export type ProfileFields = {
  name: string
  facilities: { id: string; name: string; address: string; phone: string }[]
  departments: { id: string; name: string; facility: string }[]
  lines: string
  phone: string
  email: string
  website: string
  registrationNumber: string
  timeZone: string
  currency: string
  languages: string[]
  countryPrefix: string
}

export const newFacility = () => ({ id: randomId(), name: '', address: '', phone: '' })
export const newDepartment = () => ({ id: randomId(), name: '', facility: '' })

export function toProfileFields(profile: HospitalProfile): ProfileFields {
  const { letterhead } = profile
  return {
    name: profile.name,
    facilities: profile.facilities.map(({ id, name, address = '', phone = '' }) => ({
      id,
      name,
      address,
      phone,
    })),
    departments: profile.departments.map(({ id, name, facility = '' }) => ({ id, name, facility })),
    lines: letterhead.lines.join('\n'),
    phone: letterhead.phone ?? '',
    email: letterhead.email ?? '',
    website: letterhead.website ?? '',
    registrationNumber: letterhead.registrationNumber ?? '',
    timeZone: profile.timeZone,
    currency: profile.currency,
    languages: profile.languages,
    countryPrefix: profile.countryPrefix,
  }
}

/** Only what was filled in; rows without a name are left out. */
export function toProfile(fields: ProfileFields): HospitalProfile {
  const { lines, phone, email, website, registrationNumber } = fields
  return {
    name: fields.name.trim(),
    facilities: fields.facilities
      .filter(({ name }) => name.trim())
      .map(({ id, name, address, phone: facilityPhone }) => ({
        id,
        name: name.trim(),
        ...given({ address, phone: facilityPhone }),
      })),
    departments: fields.departments
      .filter(({ name }) => name.trim())
      .map(({ id, name, facility }) => ({ id, name: name.trim(), ...given({ facility }) })),
    letterhead: {
      lines: lines
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean),
      ...given({ phone, email, website, registrationNumber }),
    },
    timeZone: fields.timeZone,
    currency: fields.currency.trim().toUpperCase(),
    languages: fields.languages as HospitalProfile['languages'],
    countryPrefix: fields.countryPrefix.trim(),
  }
}

function given<T extends Record<string, string>>(texts: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(texts)
      .map(([name, text]) => [name, text.trim()])
      .filter(([, text]) => text !== ''),
  ) as Partial<T>
}

/** Where in the form a field of the contract stands: 'letterhead.email' is 'email'. */
export function formPathOf(path: string): string {
  return path.replace(/^letterhead\./, '').replace(/^lines\.\d+$/, 'lines')
}

export type ProfileProblem =
  | 'nameMissing'
  | 'tooManyLines'
  | 'emailWrong'
  | 'websiteWrong'
  | 'languagesMissing'
  | 'prefixWrong'

const MOST_LINES = 6
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/

/** What is wrong, by field; nothing where nothing is. */
export function checkProfile(fields: ProfileFields): Partial<Record<keyof ProfileFields, ProfileProblem>> {
  const { name, email, lines, languages } = fields
  const website = fields.website.trim()
  return {
    ...(name.trim() === '' && { name: 'nameMissing' }),
    ...(lines.split('\n').filter((line) => line.trim()).length > MOST_LINES && { lines: 'tooManyLines' }),
    ...(email.trim() !== '' && !EMAIL.test(email.trim()) && { email: 'emailWrong' }),
    ...(website !== '' && !isWebAddress(website) && { website: 'websiteWrong' }),
    ...(languages.length === 0 && { languages: 'languagesMissing' }),
    ...(!/^\+[1-9]\d{0,2}$/.test(fields.countryPrefix.trim()) && { countryPrefix: 'prefixWrong' }),
  }
}

const isWebAddress = (text: string) => /^https?:\/\//.test(text) && URL.canParse(text)
