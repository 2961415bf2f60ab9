import { hospitalProfile } from '@curo/contract/hospital'
import { expect, test } from 'vitest'
import {
  checkProfile,
  formPathOf,
  newDepartment,
  newFacility,
  toProfile,
  toProfileFields,
} from './profile-form.ts'

test('a profile survives the form', () => {
  const facility = { ...newFacility(), name: 'Lake Clinic', phone: '+912012345678' }
  const profile = hospitalProfile.parse({
    name: 'Asha Hospital',
    facilities: [{ id: facility.id, name: facility.name, phone: facility.phone }],
    departments: [{ id: newDepartment().id, name: 'Eyes', facility: facility.id }],
    letterhead: { lines: ['12 Lake Road', 'Pune'], email: 'desk@asha.example' },
    timeZone: 'Asia/Kolkata',
    currency: 'INR',
    languages: ['hi', 'en'],
    countryPrefix: '+91',
  })
  expect(toProfile(toProfileFields(profile))).toEqual(profile)
})

test('rows that were left empty are not sent', () => {
  const fields = toProfileFields(
    hospitalProfile.parse({
      name: 'A',
      timeZone: 'Asia/Kolkata',
      currency: 'INR',
      languages: ['en'],
      countryPrefix: '+91',
    }),
  )
  fields.facilities.push(newFacility())
  fields.departments.push({ ...newDepartment(), name: '  ' })
  fields.lines = '\n \n'
  expect(toProfile(fields)).toMatchObject({ facilities: [], departments: [], letterhead: { lines: [] } })
})

test('what the contract finds wrong is shown at its field', () => {
  expect(formPathOf('letterhead.email')).toBe('email')
  expect(formPathOf('letterhead.lines.3')).toBe('lines')
  expect(formPathOf('departments.2.facility')).toBe('departments.2.facility')
})

test('what is wrong is said at each field, and nothing where nothing is', () => {
  const fields = toProfileFields(
    hospitalProfile.parse({
      name: 'A',
      timeZone: 'Asia/Kolkata',
      currency: 'INR',
      languages: ['en'],
      countryPrefix: '+91',
    }),
  )
  expect(checkProfile(fields)).toEqual({})
  expect(
    checkProfile({
      ...fields,
      name: ' ',
      lines: 'a\n'.repeat(7),
      email: 'nobody',
      website: 'hospital.example',
      languages: [],
      countryPrefix: '91',
    }),
  ).toEqual({
    name: 'nameMissing',
    lines: 'tooManyLines',
    email: 'emailWrong',
    website: 'websiteWrong',
    languages: 'languagesMissing',
    countryPrefix: 'prefixWrong',
  })
})
