import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { measurementOfCode } from './measurements.ts'
import { convertValue, parseUnit, roundConverted } from './units.ts'

const substance = (loinc: string) => measurementOfCode(loinc) ?? {}
const converted = (value: number, from: string, to: string, loinc = '') => {
  const result = convertValue(value, { from, to, substance: substance(loinc) })
  return result === undefined ? undefined : roundConverted(result)
}

describe('what is the same quantity is converted', () => {
  it.each<[number, string, number, string, string]>([
    [90.08, 'mg/dL', 5, 'mmol/L', '2345-7'],
    [200, 'mg/dl', 5.173, 'mmol/L', '2093-3'],
    [1, 'mg/dL', 88.4, 'umol/L', '2160-0'],
    [140, 'mEq/L', 140, 'mmol/L', '2951-2'],
    [10, 'mg/dL', 2.495, 'mmol/L', '17861-6'],
    [5, 'meq/L', 2.5, 'mmol/L', '17861-6'],
    [98.6, '°F', 37, 'Cel', '8310-5'],
    [150, 'lbs', 68.04, 'kg', '29463-7'],
    [70, 'in', 177.8, 'cm', '8302-2'],
    [16, 'kPa', 120, 'mm[Hg]', '8480-6'],
    [14.1, 'g/dL', 141, 'g/L', '718-7'],
    [14.1, 'gm%', 14.1, 'g/dL', '718-7'],
    [2.5, 'lakhs/cumm', 250, '10*3/uL', '777-3'],
    [7200, 'cells/cumm', 7.2, '10*3/µL', '6690-2'],
    [7.2, 'x10^3/uL', 7.2, '10*9/L', '6690-2'],
    [2.1, 'uIU/mL', 2.1, 'm[IU]/L', '3016-3'],
    [40, 'IU/L', 40, 'U/L', '1742-6'],
    [72, 'beats/min', 72, '/min', '8867-4'],
    [88, 'mL/min/1.73m2', 88, 'mL/min', '33914-3'],
    [22.5, 'kg/m²', 22.5, 'kg/m2', '39156-5'],
    [0.42, 'L/L', 42, '%', '4544-3'],
    [7, '%', 53, 'mmol/mol', '4548-4'],
    [48, 'mmol/mol', 6.543, '%', '4548-4'],
  ])('%f %s is %f %s', (value, from, expected, to, loinc) => {
    expect(converted(value, from, to, loinc)).toBeCloseTo(expected, 1)
  })
})

describe('what is not the same quantity is left alone', () => {
  it.each([
    ['mass to amount without a known substance', 'mg/dL', 'mmol/L', ''],
    ['equivalents without a valence', 'mEq/L', 'mmol/L', ''],
    ['mass to volume', 'mg', 'mL', '2345-7'],
    ['a score and a share of it', 'points', '%', ''],
    ['a unit nobody knows', 'mg/dL', 'furlong', '2345-7'],
    ['mass per mass and mass per amount', 'mg/g', 'mg/mmol', '14959-1'],
    ['pressure and length', 'mm[Hg]', 'mm', '8480-6'],
  ])('%s', (_, from, to, loinc) => {
    expect(converted(1, from, to, loinc)).toBeUndefined()
  })
})

it('there and back again is the same value', () => {
  const pairs = [
    ['mg/dL', 'mmol/L', '2345-7'],
    ['[degF]', 'Cel', '8310-5'],
    ['%', 'mmol/mol', '4548-4'],
    ['mEq/L', 'mg/dL', '17861-6'],
  ] as const
  fc.assert(
    fc.property(
      fc.constantFrom(...pairs),
      fc.double({ min: 0.01, max: 1000, noNaN: true }),
      ([from, to, loinc], value) => {
        const there = convertValue(value, { from, to, substance: substance(loinc) }) as number
        expect(convertValue(there, { from: to, to: from, substance: substance(loinc) })).toBeCloseTo(value, 6)
      },
    ),
  )
})

it('no text makes it throw', () => {
  fc.assert(fc.property(fc.string(), (text) => void parseUnit(text)))
  expect(parseUnit('constructor')).toBeUndefined()
  expect(parseUnit('__proto__/toString')).toBeUndefined()
})
