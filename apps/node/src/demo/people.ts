import { DEMO_WORKERS, isCore } from '@curo/client/demo/workers'
import type { Role } from '@curo/contract/route'
import { MAIN_PEOPLE } from '@curo/fhir/demo/cast/main-people'
import { fullName } from '@curo/fhir/demo/people/person'

/** Invented people with known passwords. They exist only in a demo, which listens on this machine alone. */
export type DemoPerson = { role: Role; name: string; contact: string; password: string; speciality?: string }

export const DEMO_PASSWORD = 'curo demo only'

export const DEMO_ADMIN: DemoPerson = {
  role: 'admin',
  name: 'Leela Marar',
  contact: '+919000000001',
  password: DEMO_PASSWORD,
}

/** Everybody who is there from the first minute, as the sign-in page of a demo offers them. */
export function demoPeople(): DemoPerson[] {
  const workers = DEMO_WORKERS.filter(isCore).map(({ role, name, contact, profession }) => ({
    role,
    name,
    contact,
    password: DEMO_PASSWORD,
    ...(role === 'doctor' && profession?.speciality ? { speciality: profession.speciality } : {}),
  }))
  const patients = MAIN_PEOPLE.map((person) => ({
    role: 'patient' as const,
    name: fullName(person),
    contact: `+919000000${person.number}`,
    password: DEMO_PASSWORD,
  }))
  return [DEMO_ADMIN, ...workers, ...patients]
}

/** What is printed at every start of a demo. */
export function demoPeopleTable(): string[] {
  const people = demoPeople()
  const width = Math.max(...people.map(({ name }) => name.length))
  return [
    `Everybody signs in with a contact number and the password “${DEMO_PASSWORD}”:`,
    ...people.map(({ role, name, contact }) => `  ${role.padEnd(8)} ${name.padEnd(width)}  ${contact}`),
  ]
}
