import { equalBytes } from '@curo/crypto/bytes'
import { describe, expect, it } from 'vitest'
import { categoryOf } from '../categories.ts'
import { sniffContentType } from '../content-type.ts'
import { readDefinitions } from '../testing/definitions.ts'
import type { Resource } from '../types.ts'
import { makeValidator } from '../validate.ts'
import { demoCast } from './cast/cast.ts'
import { makeChart } from './chart.ts'
import { inFillingOrder } from './filling-order.ts'
import { demoMembers } from './members.ts'
import { makeCharts, TODAY } from './testing/charts.ts'

const [main, second] = demoCast(TODAY)
if (!main || !second) throw new Error('The cast is empty.')
const chart = makeChart(main, { today: TODAY })
/** Pictures take a second each, and have a test of their own. */
const isQuick = ({ contentType }: { contentType: string }) => contentType !== 'image/png'

describe('a demo chart', () => {
  it('holds valid FHIR R4', () => {
    const { validateResource } = makeValidator(readDefinitions())
    const young = demoCast(TODAY)[5]
    const children = young ? makeChart(young, { today: TODAY }).entries : []
    for (const { resource } of [...chart.entries.filter((_, index) => index % 3 === 0), ...children])
      expect(validateResource(resource), JSON.stringify(resource)).toEqual([])
  })

  it('is the same byte for byte from the same seed, and another one from another', async () => {
    const again = makeChart(main, { today: TODAY })
    expect(JSON.stringify(again.entries)).toBe(JSON.stringify(chart.entries))
    const bytes = (files: typeof chart.files) => Promise.all(files.filter(isQuick).map((file) => file.make()))
    const [one, two] = [await bytes(again.files), await bytes(chart.files)]
    expect(one.every((file, index) => equalBytes(file, two[index] ?? new Uint8Array()))).toBe(true)
    expect(one.length).toBeGreaterThan(3)
    expect(JSON.stringify(makeChart(main, { today: TODAY, seed: 'other' }).entries)).not.toBe(
      JSON.stringify(chart.entries),
    )
  })

  it('has hundreds of resources of every kind for the main patient', () => {
    expect(chart.entries.length).toBeGreaterThan(800)
    const types = new Set(chart.entries.map(({ resource }) => resource.resourceType))
    for (const type of [
      'Encounter',
      'Condition',
      'Observation',
      'AllergyIntolerance',
      'MedicationRequest',
      'Immunization',
      'Procedure',
      'DiagnosticReport',
      'CarePlan',
      'Composition',
      'ImagingStudy',
      'FamilyMemberHistory',
      'ClinicalImpression',
      'ServiceRequest',
    ] satisfies Resource['resourceType'][])
      expect(types, type).toContain(type)
    const categories = new Set(chart.entries.map(({ resource }) => categoryOf(resource)))
    expect([...categories].sort()).toEqual([
      'consultation',
      'imaging',
      'immunization',
      'laboratory',
      'prescription',
      'sensitive',
      'summary',
      'vitals',
    ])
  })

  it('brings a PDF, a picture and a DICOM file that are what they say', async () => {
    const types = new Set<string>()
    for (const file of chart.files) {
      const bytes = await file.make()
      expect(sniffContentType(bytes, file.fileName), file.fileName).toBe(file.contentType)
      types.add(file.contentType)
    }
    expect([...types].sort()).toEqual(['application/dicom', 'application/pdf', 'image/png'])
  })

  it('can be filled up to a thousand records and more', () => {
    const large = makeChart(second, { today: TODAY, atLeast: 1000 })
    expect(large.entries).toHaveLength(1000)
    expect(large.entries.at(-1)?.resource).toMatchObject({
      subject: { reference: `Patient/${second.person.key}` },
    })
  })

  it('comes in an order that is of use from the first records on', () => {
    const order = inFillingOrder(chart.entries)
    expect(new Set(order)).toEqual(new Set(chart.entries))
    const first = order.slice(0, 40).map(({ resource }) => resource.resourceType)
    expect(first).toContain('AllergyIntolerance')
    expect(first).toContain('Condition')
    expect(first).toContain('MedicationRequest')
  })
})

describe('the cast', () => {
  const made = makeCharts(26)

  it('has patients of all ages, from the first week to ninety-six', () => {
    const births = made.map(({ member }) => member.person.birthDate).sort()
    expect(births[0]?.slice(0, 4)).toBe('1930')
    expect(births.at(-1)).toBe('2026-11-13')
    const decades = new Set(births.map((birth) => Math.floor((2026 - Number(birth.slice(0, 4))) / 10)))
    expect(decades.size).toBe(10)
  })

  it('has names in Devanagari and from right to left, a long one, and one name alone', () => {
    const people = made.map(({ member }) => member.person)
    const written = people.map((person) => person.written?.given ?? '').join(' ')
    expect(written).toMatch(/\p{Script=Devanagari}/u)
    expect(written).toMatch(/\p{Script=Arabic}/u)
    expect(people.some(({ family }) => family === '')).toBe(true)
    expect(people.some(({ given, family }) => `${given} ${family}`.length > 60)).toBe(true)
    expect(new Set(people.map(({ key }) => key)).size).toBe(people.length)
    expect(new Set(people.map(({ phone }) => phone)).size).toBe(people.length)
  })

  it('keeps everybody at the age of her story, whenever the demo is made', () => {
    for (const today of ['2026-01-01', '2028-02-29', '2031-12-31']) {
      const oldest = demoCast(today).find(({ person }) => person.key === 'harbans-nagpal')
      expect(oldest && Number(today.slice(0, 4)) - Number(oldest.person.birthDate.slice(0, 4))).toBeOneOf([
        96, 97,
      ])
    }
  })

  it('invents as many more people as are asked for, the same for the same seed', () => {
    const many = demoMembers(60, { today: TODAY })
    expect(many).toHaveLength(60)
    expect(new Set(many.map(({ person }) => person.phone)).size).toBe(60)
    const [last, again] = [many[59], demoMembers(60, { today: TODAY })[59]]
    expect(again?.person).toEqual(last?.person)
    for (const member of many.slice(26))
      expect(makeChart(member, { today: TODAY }).entries.length, member.person.key).toBeGreaterThan(10)
  })
})
