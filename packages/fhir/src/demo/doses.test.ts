import { describe, expect, it } from 'vitest'
import { occurredOn } from '../occurred.ts'
import type { MedicationRequest, Observation } from '../types.ts'
import { daysBetween } from './calendar.ts'
import { makeCharts } from './testing/charts.ts'

const made = makeCharts(90)

/** The most that a grown-up takes in a day by the product's leaflet, by ATC class; in the unit of the dose. */
const MOST_A_DAY: Readonly<Record<string, number>> = {
  A10BA02: 2550,
  A10BB12: 6,
  A10BH01: 100,
  A10BK03: 25,
  A10AE04: 80,
  A10AB05: 60,
  C08CA01: 10,
  C09CA07: 80,
  C09AA05: 10,
  C07AB02: 200,
  C07AB07: 10,
  C10AA05: 80,
  B01AC06: 150,
  B01AC24: 180,
  B01AF02: 10,
  C03CA01: 80,
  H03AA01: 200,
  B03AA07: 600,
  B03AB05: 50,
  B03AD03: 120,
  B03BB01: 5,
  A11CC05: 60_000,
  A12AX: 1500,
  R03AC02: 1600,
  R03BA02: 1600,
  R03AK07: 72,
  R03BB04: 18,
  R06AE07: 10,
  H02AB06: 60,
  J01CA04: 3000,
  J01CR02: 1875,
  J01FA10: 500,
  J01XE01: 200,
  N02BE01: 4000,
  M01AE01: 1200,
  A12CB01: 20,
  A02BC02: 80,
  J04AM06: 750,
  J04AM07: 750,
  A11HA02: 50,
  M05BA04: 70,
  M04AA01: 800,
  M04AC01: 1.5,
  L04AX03: 25,
  P01BA02: 400,
  L02BA01: 20,
  N04BA02: 800,
  N06DA02: 10,
  G04CA02: 0.4,
  N02CC01: 300,
  N06AB10: 20,
  A07CA: 6,
  S01AE07: 4,
  S01BA04: 8,
}

const atcOf = (request: MedicationRequest) => request.medicationCodeableConcept?.coding?.[0]?.code ?? ''
const requests = made.flatMap(({ member, chart }) =>
  chart.entries
    .map(({ resource }) => resource)
    .filter((resource) => resource.resourceType === 'MedicationRequest')
    .map((request) => ({ member, chart, request: request as MedicationRequest })),
)

function doseOf(request: MedicationRequest) {
  const [instruction] = request.dosageInstruction ?? []
  const { frequency = 1, frequencyMax, period = 1 } = instruction?.timing?.repeat ?? {}
  const single = instruction?.doseAndRate?.[0]?.doseQuantity?.value
  return {
    single,
    daily: single === undefined ? undefined : (single * (frequencyMax ?? frequency)) / period,
    instruction,
  }
}

/** The weight on the chart nearest to that day. */
function weightNear(chart: (typeof made)[number]['chart'], day: string): number | undefined {
  const weights = chart.entries
    .map(({ resource }) => resource)
    .filter((resource): resource is Observation => resource.resourceType === 'Observation')
    .filter(({ code }) => code?.coding?.[0]?.code === '29463-7')
    .map((one) => ({
      value: one.valueQuantity?.value,
      away: Math.abs(daysBetween(occurredOn(one) ?? '', day)),
    }))
    .sort((a, b) => a.away - b.away)
  return weights[0]?.value
}

describe('doses', () => {
  it('stay within what the leaflet allows', () => {
    expect(requests.length).toBeGreaterThan(300)
    for (const { member, request } of requests) {
      const { daily, instruction } = doseOf(request)
      expect(instruction?.text, 'instructions in words').toMatch(/\d/)
      if (daily === undefined) continue
      const most = MOST_A_DAY[atcOf(request)]
      expect(
        most,
        `no limit known for ${atcOf(request)} ${request.medicationCodeableConcept?.text}`,
      ).toBeDefined()
      expect(
        daily,
        `${request.medicationCodeableConcept?.text} of ${member.person.key}: ${instruction?.text}`,
      ).toBeLessThanOrEqual(most ?? 0)
    }
  })

  it('of a child are by her weight: paracetamol up to 15, amoxicillin up to 45 mg/kg at a time', () => {
    let checked = 0
    for (const { member, chart, request } of requests) {
      const limit = { N02BE01: 15.5, J01CA04: 45, J01FA10: 22 }[atcOf(request)]
      const day = occurredOn(request) ?? ''
      if (limit === undefined || daysBetween(member.person.birthDate, day) > 12 * 365) continue
      const weight = weightNear(chart, day)
      const { single } = doseOf(request)
      expect(weight, member.person.key).toBeDefined()
      expect(
        (single ?? 0) / (weight ?? 1),
        `${request.medicationCodeableConcept?.text} of ${member.person.key}`,
      ).toBeLessThanOrEqual(limit * 1.12)
      checked++
    }
    expect(checked).toBeGreaterThan(10)
  })

  it('nobody gets what she is allergic to', () => {
    for (const { chart, member, request } of requests) {
      const isAllergic = chart.entries.some(
        ({ resource }) =>
          resource.resourceType === 'AllergyIntolerance' && resource.code?.text === 'Allergy to penicillin',
      )
      if (isAllergic) expect(atcOf(request), member.person.key).not.toMatch(/^J01C/)
    }
  })

  it('nothing is renewed while the earlier order still runs', () => {
    for (const { chart, member } of made) {
      const active = chart.entries
        .map(({ resource }) => resource)
        .filter((resource) => resource.resourceType === 'MedicationRequest' && resource.status === 'active')
        .map((resource) => atcOf(resource as MedicationRequest))
      const twice = active.filter((atc, index) => active.indexOf(atc) !== index)
      expect(twice, member.person.key).toEqual([])
    }
  })
})
