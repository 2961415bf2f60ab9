import { demographics as schema } from '@curo/contract/patients'
import { expect, test } from 'vitest'
import {
  ageOn,
  checkField,
  localDay,
  NO_PATIENT,
  rebaseFields,
  toDemographics,
  toFields,
} from './patient-form.ts'

const around = { callingCode: '+91', today: '2026-11-21' }
const asha = {
  ...NO_PATIENT,
  given: ' Asha ',
  family: 'Verma',
  birthDate: '1988-02-29',
  sex: 'female' as const,
  phone: '090000 00041',
  line1: '12 Lake Road',
  city: 'Pune',
  idKind: 'Hospital number',
  idValue: 'A-17',
}

test('what the desk types becomes what the contract wants, and back', () => {
  const sent = toDemographics(asha, '+91')
  expect(schema.parse(sent)).toEqual(sent)
  expect(sent).toMatchObject({ name: { given: 'Asha' }, phone: '+919000000041', address: { city: 'Pune' } })
  expect(toDemographics(toFields(sent), '+91')).toEqual(sent)
})

test('nothing is sent for what was left empty', () => {
  const { given, birthDate, sex } = asha
  const sent = toDemographics({ ...NO_PATIENT, given, birthDate, sex }, '+91')
  expect(sent).toEqual({
    name: { given: 'Asha', family: '' },
    birthDate: '1988-02-29',
    sex: 'female',
    identifiers: [],
  })
})

test.each([
  ['given', { given: ' ', family: '' }, 'nameMissing'],
  ['family', { given: 'Asha', family: '' }, null],
  ['given', { given: 'a'.repeat(100_000) }, 'tooLong'],
  ['birthDate', { birthDate: '' }, 'birthDateMissing'],
  ['birthDate', { birthDate: '2026-11-22' }, 'birthDateFuture'],
  ['birthDate', { birthDate: '2026-11-21' }, null],
  ['birthDate', { birthDate: '1890-01-01' }, 'birthDateOld'],
  ['birthDate', { birthDate: '21/11/2026' }, 'birthDateWrong'],
  ['sex', { sex: '' }, 'sexMissing'],
  ['phone', { phone: '' }, 'phoneMissing'],
  ['phone', { phone: '12' }, 'phoneWrong'],
  ['phone', { phone: '९००००००००१' }, null],
  ['email', { email: 'asha@' }, 'emailWrong'],
  ['idValue', { idValue: '' }, 'idIncomplete'],
  ['idKind', { idKind: '', idValue: '' }, null],
] as const)('%s of %j: %s', (name, change, problem) => {
  expect(checkField(name, { ...asha, ...change }, around)).toBe(problem)
})

test('an age is in whole years, also before the birthday and on it', () => {
  expect(ageOn('1988-02-29', '2026-02-28')).toBe(37)
  expect(ageOn('1988-02-29', '2026-03-01')).toBe(38)
  expect(ageOn('2026-11-21', '2026-11-21')).toBe(0)
  expect(localDay(new Date(2026, 0, 5, 23, 59))).toBe('2026-01-05')
})

test('what one clerk typed stands on top of what another saved meanwhile', () => {
  const now = { ...asha, phone: '90000 00002', city: 'Kochi' }
  expect(rebaseFields({ was: asha, now, typed: { ...asha, given: 'Asha Devi', city: 'Goa' } })).toEqual({
    fields: { ...asha, given: 'Asha Devi', phone: '90000 00002', city: 'Goa' },
    theirs: ['phone', 'city'],
  })
  expect(rebaseFields({ was: asha, now: asha, typed: asha })).toEqual({ fields: asha, theirs: [] })
})
