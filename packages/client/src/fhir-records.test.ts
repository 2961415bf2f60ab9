import { expect, test } from 'vitest'
import { readFhirRecords, UNKNOWN_DAY } from './fhir-records.ts'

const bundle = (...resources: object[]) =>
  JSON.stringify({
    resourceType: 'Bundle',
    type: 'collection',
    entry: resources.map((resource) => ({ resource })),
  })
const daysOf = (...resources: object[]) =>
  readFhirRecords(bundle(...resources), { today: '2026-11-30' }).records.map(({ occurred }) => occurred)

test('what is planned is filed under the day it was asked for, or today: nodes refuse a day to come', () => {
  const planned = { resourceType: 'ServiceRequest', occurrenceDateTime: '2027-05-05' }
  expect(
    daysOf(
      { ...planned, authoredOn: '2026-01-02' },
      planned,
      { resourceType: 'CarePlan', period: { start: '9999-12-31' } },
      { resourceType: 'Device' },
      { resourceType: 'Observation', effectiveDateTime: '2026-11-30T23:59:00-10:00' },
    ),
  ).toEqual(['2026-01-02', '2026-11-30', '2026-11-30', UNKNOWN_DAY, '2026-11-30'])
})

test('each record says whose it is, also beside one that is left out', () => {
  const of = (id: string) => ({ subject: { reference: `Patient/${id}` } })
  const { records, about } = readFhirRecords(
    bundle(
      { resourceType: 'Patient', id: 'a' },
      { resourceType: 'Patient', id: 'b' },
      { resourceType: 'Observation', code: { text: '1' }, ...of('b') },
      { resourceType: 'Observation', code: { text: '2' } },
      { resourceType: 'Observation', code: { text: '3' }, ...of('a') },
    ),
  )
  expect(records).toHaveLength(3)
  expect(about).toEqual([1, undefined, 0])
})
