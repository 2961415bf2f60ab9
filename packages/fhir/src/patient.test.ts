import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { demographicsOf } from './patient.ts'
import type { Patient } from './types.ts'

const of = (fields: object) => demographicsOf({ resourceType: 'Patient', ...fields } as unknown as Patient)

describe('a registration form filled from a Patient', () => {
  it('reads all of it', () => {
    expect(
      of({
        name: [
          { use: 'maiden', family: 'Iyer', given: ['Asha'] },
          { use: 'official', family: 'Rao', given: ['Asha', 'Devi'] },
        ],
        birthDate: '1980-02-29',
        gender: 'female',
        telecom: [
          { system: 'phone', use: 'home', value: '(080) 2345-678' },
          { system: 'phone', use: 'mobile', value: '+91 98123 45678' },
          { system: 'email', value: 'asha@example.org' },
          { system: 'fax', value: '123' },
        ],
        address: [
          { use: 'old', city: 'Pune' },
          {
            use: 'home',
            line: ['12 MG Road', 'Flat 3'],
            city: 'Bengaluru',
            district: 'Urban',
            state: 'KA',
            postalCode: '560001',
            country: 'IN',
          },
        ],
        communication: [
          { language: { coding: [{ code: 'en' }] } },
          { language: { coding: [{ system: 'urn:ietf:bcp:47', code: 'kn' }] }, preferred: true },
        ],
        identifier: [
          { type: { text: 'Medical record' }, value: 'MR-7' },
          { use: 'official', system: 'https://healthid.ndhm.gov.in', value: '91-0000-0000-0000' },
        ],
      }),
    ).toEqual({
      name: { given: 'Asha Devi', family: 'Rao', text: 'Asha Devi Rao' },
      birthDate: '1980-02-29',
      sex: 'female',
      phones: ['+919812345678', '0802345678'],
      emails: ['asha@example.org'],
      address: {
        lines: ['12 MG Road', 'Flat 3'],
        city: 'Bengaluru',
        district: 'Urban',
        state: 'KA',
        postalCode: '560001',
        country: 'IN',
      },
      language: 'kn',
      identifiers: [
        { system: 'https://healthid.ndhm.gov.in', value: '91-0000-0000-0000' },
        { system: 'Medical record', value: 'MR-7' },
      ],
    })
  })

  it('an empty Patient leaves the form empty', () => {
    expect(of({})).toEqual({
      name: { given: '', family: '', text: '' },
      sex: 'unknown',
      phones: [],
      emails: [],
      identifiers: [],
    })
  })

  it('a name that is only text is split at its last word', () => {
    expect(of({ name: [{ text: 'Asha Devi Rao' }] }).name).toEqual({
      given: 'Asha Devi',
      family: 'Rao',
      text: 'Asha Devi Rao',
    })
    expect(of({ name: [{ text: 'Sukarno' }] }).name).toEqual({
      given: 'Sukarno',
      family: '',
      text: 'Sukarno',
    })
  })

  it('part of a birth date, or a day that is none, is left for a person to ask', () => {
    for (const birthDate of ['1980', '1980-02', '1981-02-29', 'x', 7, null])
      expect(of({ birthDate })).not.toHaveProperty('birthDate')
  })

  it('what ended is not used while something else is there', () => {
    const ended = { value: '111', system: 'phone', period: { end: '2001-01-01' } }
    expect(of({ telecom: [ended, { value: '222', system: 'phone' }] }).phones).toEqual(['222', '111'])
    expect(
      of({
        telecom: [
          { value: '222', system: 'phone', rank: 2 },
          { value: '333', system: 'phone', rank: 1 },
        ],
      }).phones,
    ).toEqual(['333', '222'])
  })

  it('takes what it can from anything, never an exception', () => {
    const odd = fc.jsonValue({ maxDepth: 4 })
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom('name', 'telecom', 'address', 'communication', 'identifier', 'birthDate', 'gender'),
          fc.oneof(
            odd,
            fc.array(
              fc.dictionary(
                fc.constantFrom(
                  'given',
                  'family',
                  'text',
                  'value',
                  'system',
                  'line',
                  'language',
                  'period',
                  'rank',
                  'use',
                ),
                odd,
              ),
            ),
          ),
        ),
        (fields) => {
          const { name, sex } = of(fields)
          expect(typeof name.given + typeof name.family + typeof name.text).toBe('stringstringstring')
          expect(['female', 'male', 'other', 'unknown']).toContain(sex)
        },
      ),
      { numRuns: 500 },
    )
  })
})
