import { describe, expect, it } from 'vitest'
import { occurredOn } from '../occurred.ts'
import { hasLuhnDigit, hasVerhoeffDigit } from '../testing/check-digits.ts'
import type { Observation, Resource } from '../types.ts'
import { type Made, makeCharts, TODAY } from './testing/charts.ts'

const made = makeCharts(90)
const all = made.flatMap(({ member, chart }) => chart.entries.map(({ resource }) => ({ member, resource })))

const observations = (chart: Made['chart'], loinc: string) =>
  chart.entries
    .map(({ resource }) => resource)
    .filter((resource): resource is Observation => resource.resourceType === 'Observation')
    .filter(({ code }) => code?.coding?.some((coding) => coding.code === loinc))

function* strings(value: unknown, name = ''): Generator<[name: string, text: string]> {
  if (typeof value === 'string') yield [name, value]
  else if (Array.isArray(value)) for (const item of value) yield* strings(item, name)
  else if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) yield* strings(inner, key)
}

/** What lies ahead on purpose: the end of a course, of a plan, until when to come back. */
const AHEAD = /^end$/

describe('coherence', () => {
  it('no event is before the birth, after the death or in the future', () => {
    for (const { member, chart } of made) {
      const { birthDate, died } = member.person
      const last = died ?? TODAY
      for (const resource of [
        ...chart.entries.map((entry) => entry.resource),
        ...chart.files.map((file) => file.reference),
      ]) {
        const day = occurredOn(resource)
        expect(day, `${resource.resourceType} of ${member.person.key} has no day`).toBeDefined()
        expect((day ?? '') <= last, `${resource.resourceType} of ${member.person.key}`).toBe(true)
        for (const [name, text] of strings(resource)) {
          if (!/^\d{4}-\d\d-\d\d(T|$)/.test(text)) continue
          const isBeforePregnancy = member.person.sex === 'female' && resource.resourceType === 'Condition'
          if (!isBeforePregnancy)
            expect(text.slice(0, 10) >= birthDate, `${name} ${text} of ${member.person.key}`).toBe(true)
          if (!AHEAD.test(name))
            expect(
              text.slice(0, 10) <= last,
              `${resource.resourceType}.${name} ${text} of ${member.person.key}`,
            ).toBe(true)
        }
      }
    }
  })

  it('every reference leads to a resource of the same chart', () => {
    for (const { member, chart } of made) {
      const known = new Set(chart.entries.map(({ resource }) => `${resource.resourceType}/${resource.id}`))
      known.add(`Patient/${member.person.key}`)
      for (const resource of [
        ...chart.entries.map((entry) => entry.resource),
        ...chart.files.map((file) => file.reference),
      ])
        for (const [name, text] of strings(resource))
          if (name === 'reference') expect(known.has(text), `${text} in ${resource.id}`).toBe(true)
    }
  })

  it('ids are those FHIR allows and no two are the same', () => {
    const ids = all.map(({ resource }) => resource.id ?? '')
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9.-]{1,64}$/)
  })

  it('a child never shrinks', () => {
    let compared = 0
    for (const { member, chart } of made) {
      if (member.person.birthDate < '2008') continue
      const heights = observations(chart, '8302-2').map(({ valueQuantity }) => valueQuantity?.value ?? 0)
      for (const [index, height] of heights.entries()) {
        if (index === 0) continue
        expect(height, `${member.person.key}, height ${index}`).toBeGreaterThanOrEqual(
          heights[index - 1] ?? 0,
        )
        compared++
      }
    }
    expect(compared).toBeGreaterThan(100)
  })

  it('bodies are those of people', () => {
    const spans: Record<string, readonly [number, number]> = {
      '29463-7': [2, 130],
      '8302-2': [44, 200],
      '39156-5': [12, 40],
      '8867-4': [45, 170],
      '8310-5': [35.5, 40.5],
      '59408-5': [80, 100],
      '9279-1': [12, 60],
      '4548-4': [4.5, 13],
      '2160-0': [0.3, 2.5],
      '718-7': [7, 18],
      '777-3': [20, 500],
      '2823-3': [3.2, 5.6],
      '2951-2': [130, 148],
    }
    for (const { chart, member } of made)
      for (const [loinc, [low, high]] of Object.entries(spans))
        for (const { valueQuantity } of observations(chart, loinc)) {
          expect(valueQuantity?.value, `${loinc} of ${member.person.key}`).toBeGreaterThanOrEqual(low)
          expect(valueQuantity?.value, `${loinc} of ${member.person.key}`).toBeLessThanOrEqual(high)
        }
  })

  it('what follows from other values follows from them: LDL, body mass index, pressure', () => {
    const valueAt = (chart: Made['chart'], loinc: string, at: string | undefined) =>
      observations(chart, loinc).find((one) => one.effectiveDateTime === at)?.valueQuantity?.value ??
      Number.NaN
    let compared = 0
    for (const { chart } of made) {
      for (const ldl of observations(chart, '13457-7')) {
        const at = ldl.effectiveDateTime
        const friedewald =
          valueAt(chart, '2093-3', at) - valueAt(chart, '2085-9', at) - valueAt(chart, '2571-8', at) / 5
        expect(Math.abs((ldl.valueQuantity?.value ?? 0) - friedewald)).toBeLessThan(1)
        compared++
      }
      for (const bmi of observations(chart, '39156-5')) {
        const at = bmi.effectiveDateTime
        const expected = valueAt(chart, '29463-7', at) / (valueAt(chart, '8302-2', at) / 100) ** 2
        expect(Math.abs((bmi.valueQuantity?.value ?? 0) - expected)).toBeLessThan(0.1)
        compared++
      }
      for (const { component = [] } of observations(chart, '85354-9')) {
        const [systolic = 0, diastolic = 0] = component.map((part) => part.valueQuantity?.value)
        expect(systolic - diastolic).toBeGreaterThan(20)
        expect(systolic).toBeLessThan(200)
        compared++
      }
    }
    expect(compared).toBeGreaterThan(500)
  })

  it('vaccines come in order and not before they exist', () => {
    for (const { chart, member } of made) {
      const last = new Map<string, { number: number; day: string }>()
      for (const { resource } of chart.entries) {
        if (resource.resourceType !== 'Immunization') continue
        const name = resource.vaccineCode?.text ?? ''
        const number = resource.protocolApplied?.[0]?.doseNumberPositiveInt ?? 0
        const day = resource.occurrenceDateTime ?? ''
        if (name.startsWith('COVID')) expect(day >= '2021').toBe(true)
        const before = last.get(name)
        if (before && number > 1)
          expect(day > before.day && number > before.number, `${name} of ${member.person.key}`).toBe(true)
        last.set(name, { number, day })
      }
    }
  })

  it('holds no mistyped code', () => {
    const files = made.flatMap(({ chart }) => chart.files.map(({ reference }) => reference))
    const codings = [...all.map(({ resource }) => resource), ...files].flatMap(codingsIn)
    const wrong = codings.filter(({ system, code = '' }) =>
      system === 'http://snomed.info/sct'
        ? !hasVerhoeffDigit(code)
        : system === 'http://loinc.org'
          ? !hasLuhnDigit(code)
          : system === 'http://hl7.org/fhir/sid/icd-10' && !/^[A-Z]\d\d(\.\d)?$/.test(code),
    )
    expect(wrong).toEqual([])
    expect(codings.length).toBeGreaterThan(5000)
  })
})

function codingsIn(resource: Resource): { system?: string; code?: string }[] {
  const found: { system?: string; code?: string }[] = []
  const walk = (value: unknown) => {
    if (Array.isArray(value)) value.forEach(walk)
    else if (typeof value === 'object' && value !== null) {
      if ('system' in value && 'code' in value) found.push(value as { system?: string; code?: string })
      Object.values(value).forEach(walk)
    }
  }
  walk(resource)
  return found
}
