import type { Patient } from '../../types.ts'
import type { Day } from '../calendar.ts'

export type PostalAddress = {
  readonly lines: readonly string[]
  readonly city: string
  readonly district?: string
  readonly state: string
  readonly postalCode: string
  /** ISO 3166, two letters. */
  readonly country: string
}

/** A name in another script than Latin; some people have one name only. */
export type WrittenName = { readonly given: string; readonly family: string; readonly language: string }

/** An invented person. Names are in Latin script; a person with one name has only `given`. */
export type DemoPerson = {
  /** Names her files and the ids of her resources: lower-case letters and hyphens. */
  readonly key: string
  readonly given: string
  readonly family: string
  readonly written?: WrittenName
  /** The desk registered her in her own script. */
  readonly isRegisteredAsWritten?: boolean
  readonly sex: 'female' | 'male'
  readonly birthDate: Day
  readonly died?: Day
  /** E.164; a child's is a parent's. */
  readonly phone: string
  readonly address: PostalAddress
  /** BCP 47. */
  readonly language: string
}

export const fullName = ({ given, family }: Pick<DemoPerson, 'given' | 'family'>): string =>
  [given, family].filter((part) => part !== '').join(' ')

/** As the desk wrote it down. */
export function nameAtDesk(person: DemoPerson): { given: string; family: string } {
  const { given, family } = person.isRegisteredAsWritten && person.written ? person.written : person
  return { given, family }
}

const named = ({ given, family }: { given: string; family: string }) => ({
  text: fullName({ given, family }),
  ...(family !== '' && { family }),
  ...(given !== '' && { given: given.split(' ') }),
})

/** The person as FHIR, with her name in each of its scripts. */
export function patientResource(person: DemoPerson, id: string): Patient & { resourceType: 'Patient' } {
  const { written, address } = person
  const { lines, city, district, state, postalCode, country } = address
  return {
    resourceType: 'Patient',
    id,
    name: [
      { use: 'official', ...named(person) },
      ...(written
        ? [
            {
              use: 'usual' as const,
              extension: [
                { url: 'http://hl7.org/fhir/StructureDefinition/language', valueCode: written.language },
              ],
              ...named(written),
            },
          ]
        : []),
    ],
    gender: person.sex,
    birthDate: person.birthDate,
    ...(person.died !== undefined && { deceasedDateTime: person.died }),
    telecom: [{ system: 'phone', value: person.phone, use: 'mobile' }],
    address: [
      { use: 'home', line: [...lines], city, ...(district && { district }), state, postalCode, country },
    ],
    communication: [
      {
        language: { coding: [{ system: 'urn:ietf:bcp:47', code: person.language }] },
        preferred: true,
      },
    ],
    identifier: [{ system: 'http://demo.curo.example/person', value: person.key }],
  }
}
