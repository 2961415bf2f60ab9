import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readBundle } from './bundle.ts'
import { categoryOf } from './categories.ts'
import { DOSAGE_KEYS } from './dosage.ts'
import { stubOf } from './stub.ts'
import { loinc, record, result } from './testing/chart.ts'
import { hasSharedData, SHARED_DATA, syntheaBundles } from './testing/shared-data.ts'
import {
  bundleKeyOf,
  choicesOf,
  ENTRY_KINDS,
  filterEntries,
  groupByEncounter,
  groupByYear,
  LINE_KEYS,
  type TimelineEntry,
  type TimelineRow,
  type TimelineSource,
  timelineEntryOf,
  timelineRows,
} from './timeline.ts'
import { RESOURCE_TYPES } from './types.ts'

const rowName = (row: TimelineRow) =>
  row.row === 'year'
    ? row.year
    : row.row === 'day'
      ? row.date
      : row.row === 'bundle'
        ? row.key
        : row.entry.record

const open = (type: string, fields: object, given: Partial<TimelineSource> = {}) =>
  timelineEntryOf({
    record: 'r',
    category: 'consultation',
    ...given,
    resource: record(type, fields).resource,
  })

describe('an entry says in keys and values what a patient reads', () => {
  it.each<[string, string, object, Partial<TimelineEntry>]>([
    [
      'a result with its range',
      'Observation',
      {
        status: 'final',
        code: loinc('4548-4', 'Hemoglobin A1c'),
        category: [{ coding: [{ code: 'laboratory' }] }],
        effectiveDateTime: '2024-01-02T09:30:00+05:30',
        valueQuantity: { value: 7.2, unit: '%' },
        referenceRange: [{ high: { value: 5.7, unit: '%' } }],
      },
      {
        kind: 'lab-result',
        title: 'Hemoglobin A1c',
        measurement: 'hba1c',
        date: '2024-01-02',
        time: '09:30',
        flag: 'high',
        line: [
          { key: 'result', values: { value: '7.2%' } },
          { key: 'normal-below', values: { high: '5.7' } },
        ],
      },
    ],
    [
      'a prescription with its dosage',
      'MedicationRequest',
      {
        status: 'active',
        intent: 'order',
        authoredOn: '2024-01-02',
        medicationCodeableConcept: { text: 'Amoxicillin 500 mg' },
        dosageInstruction: [
          {
            doseAndRate: [{ doseQuantity: { value: 1, unit: 'capsule' } }],
            timing: {
              repeat: {
                frequency: 3,
                period: 1,
                periodUnit: 'd',
                when: ['PC'],
                boundsDuration: { value: 5, code: 'd' },
              },
            },
          },
        ],
        reasonCode: [{ text: 'Pneumonia' }],
      },
      {
        kind: 'prescription',
        line: [
          { key: 'dose', values: { amount: '1 capsule' } },
          { key: 'times-per-day', values: { count: 3 } },
          { key: 'when', values: { event: 'pc' } },
          { key: 'for-duration', values: { value: 5, unit: 'd' } },
          { key: 'reason', values: { reason: 'Pneumonia' } },
        ],
      },
    ],
    [
      'an operation that did not take place',
      'Procedure',
      { status: 'not-done', code: { text: 'Appendectomy' } },
      {
        kind: 'procedure',
        line: [{ key: 'status', values: { status: 'not-done' } }],
      },
    ],
    [
      'a stay in hospital',
      'Encounter',
      {
        status: 'finished',
        class: { code: 'IMP' },
        period: { start: '2024-01-02T10:00:00Z', end: '2024-01-05T10:00:00Z' },
        serviceProvider: { display: 'City Hospital' },
      },
      {
        kind: 'hospital-stay',
        line: [
          { key: 'at', values: { name: 'City Hospital' } },
          { key: 'until', values: { date: '2024-01-05' } },
        ],
      },
    ],
    [
      'an addendum',
      'Composition',
      { relatesTo: [{ code: 'appends', targetReference: { reference: 'Composition/1' } }], title: 'More' },
      { kind: 'addendum' },
    ],
    [
      'a type nobody thought of',
      'SubstanceSpecification',
      {},
      { kind: 'other', title: 'Substance specification' },
    ],
  ])('%s', (_, type, fields, expected) => {
    expect(open(type, fields)).toMatchObject(expected)
  })

  it('from its stub where it was not opened, and nothing of a sensitive one', () => {
    const { resource } = result('718-7', 9.1, 'g/dL', { interpretation: [{ coding: [{ code: 'L' }] }] })
    const entry = timelineEntryOf({
      record: 'r',
      category: 'laboratory',
      occurred: '2024-03-01',
      stub: stubOf(resource),
    })
    expect(entry).toMatchObject({
      state: 'listed',
      kind: 'lab-result',
      measurement: 'hemoglobin',
      flag: 'low',
      line: [{ key: 'result' }],
    })
    const sealed = timelineEntryOf({
      record: 'r',
      category: 'sensitive',
      stub: stubOf(resource, { category: 'sensitive' }),
    })
    expect(sealed).toMatchObject({ kind: 'sensitive', title: 'Sensitive record', line: [] })
    expect(JSON.stringify(sealed)).not.toMatch(/9\.1|718/)
  })
})

describe('every record has a place', () => {
  it('tampered, unreadable and unknown ones too, with the day of their envelope and nothing they claim', () => {
    const base = { record: 'r', category: 'laboratory', occurred: '2024-01-02', kind: 'Observation' } as const
    const stub = { type: 'Observation', title: 'All is well' }
    expect(timelineEntryOf({ ...base, fault: 'tampered', stub })).toMatchObject({
      state: 'tampered',
      date: '2024-01-02',
      title: '',
      fault: 'tampered',
    })
    expect(timelineEntryOf({ ...base, fault: 'forged-signature' }).state).toBe('tampered')
    expect(timelineEntryOf({ ...base, fault: 'wrong-key' }).state).toBe('unreadable')
    expect(timelineEntryOf({ ...base, stub: 'nonsense' }).state).toBe('unknown')
    expect(timelineEntryOf(base).state).toBe('unknown')
  })

  it('the day that stands for none is none', () => {
    expect(
      timelineEntryOf({ record: 'r', occurred: '1900-01-01', stub: { type: 'File', title: 'x' } }).date,
    ).toBeUndefined()
  })

  it('any content gives an entry with known keys, never an exception', () => {
    const value = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom('final', '2024-01-01T10:00:00Z'))
    const names =
      'id status code category component valueQuantity referenceRange reaction dosageInstruction dosage medicationCodeableConcept period participant serviceProvider class conclusion result series numberOfInstances protocolApplied activity reasonCode content author relatesTo encounter context clinicalStatus verificationStatus severity effectiveDateTime'.split(
        ' ',
      )
    fc.assert(
      fc.property(
        fc.constantFrom(...RESOURCE_TYPES),
        fc.dictionary(fc.constantFrom(...names), value),
        fc.jsonValue(),
        (type, fields, stub) => {
          const entry = timelineEntryOf({ record: 'r', resource: record(type, fields).resource, stub })
          expect(ENTRY_KINDS).toContain(entry.kind)
          for (const { key } of entry.line) expect(key in LINE_KEYS || key in DOSAGE_KEYS).toBe(true)
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('groups', () => {
  const visit = (id: string, date: string) =>
    open(
      'Encounter',
      { id, class: { code: 'AMB' }, period: { start: `${date}T10:00:00Z` } },
      { record: id, occurred: date },
    )
  const within = (record_: string, date: string, encounter?: string) =>
    open(
      'Observation',
      { status: 'final', code: { text: 'x' }, ...(encounter && { encounter: { reference: encounter } }) },
      { record: record_, occurred: date },
    )
  const entries = [
    visit('v1', '2023-01-05'),
    within('a', '2023-01-05', 'Encounter/v1'),
    within('b', '2023-01-09', 'urn:uuid:v1'),
    within('c', '2024-02-01', 'Encounter/gone'),
    open('Patient', {}, { record: 'd' }),
  ]

  it('what belongs to a visit stands with it, even if the result came later', () => {
    const groups = groupByEncounter(entries).map(({ key, visit: of, entries: members }) => [
      key,
      of?.record,
      members.map((one) => one.record),
    ])
    expect(groups).toEqual([
      ['2024-02-01', undefined, ['c']],
      ['Encounter/v1', 'v1', ['b', 'a']],
      ['', undefined, ['d']],
    ])
  })

  it('years and days from the newest, without a day at the end', () => {
    expect(groupByYear(entries).map(({ key, entries: members }) => [key, members.length])).toEqual([
      ['2024', 1],
      ['2023', 3],
      ['', 1],
    ])
    expect(timelineRows(entries).map(rowName)).toEqual([
      '2024',
      '2024-02-01',
      'c',
      '2023',
      '2023-01-09',
      'b',
      '2023-01-05',
      'v1',
      'a',
      '',
      '',
      'd',
    ])
  })

  it('many results of one day are one row that opens, those out of range first', () => {
    const day = Array.from({ length: 5 }, (_, index) => ({
      ...within(`r${index}`, '2024-03-01'),
      kind: 'lab-result' as const,
      ...(index === 3 && { flag: 'high' as const }),
    }))
    const note = within('note', '2024-03-01')
    const key = 'lab-result 2024-03-01'
    const shown = (options = {}) => timelineRows([...day, note], options).map(rowName)
    expect(shown()).toEqual(['2024', '2024-03-01', key, 'note'])
    expect(shown({ open: new Set([key]) })).toEqual([
      '2024',
      '2024-03-01',
      key,
      'r3',
      'r0',
      'r1',
      'r2',
      'r4',
      'note',
    ])
    expect(shown({ open: 'all' })).toEqual(shown({ open: new Set([key]) }))
    expect(shown({ bundleFrom: 6 })).toEqual(['2024', '2024-03-01', 'r0', 'r1', 'r2', 'r3', 'r4', 'note'])
    const tampered = day.map((entry) => ({ ...entry, state: 'tampered' as const }))
    expect(timelineRows(tampered).map(rowName)).not.toContain(key)
    expect(bundleKeyOf(day[0] as TimelineEntry)).toBe(key)
  })

  it('filters by all that is asked, and says what there is to choose', () => {
    const author = { id: 'dr', name: 'Dr Rao' }
    const some: TimelineEntry[] = entries.map((entry, index) => (index < 2 ? { ...entry, author } : entry))
    expect(filterEntries(some, { authors: ['dr'] })).toHaveLength(2)
    expect(filterEntries(some, { from: '2023-01-06', to: '2023-12-31' }).map((one) => one.record)).toEqual([
      'b',
    ])
    expect(
      filterEntries(some, { records: new Set(['c', 'd']), from: '2000-01-01' }).map((one) => one.record),
    ).toEqual(['c'])
    expect(filterEntries(some, { kinds: [], categories: [] })).toHaveLength(5)
    expect(choicesOf(some)).toMatchObject({
      authors: [{ id: 'dr', name: 'Dr Rao', count: 2 }],
      years: ['2024', '2023'],
    })
  })
})

describe.skipIf(!hasSharedData)(`real records (${SHARED_DATA})`, () => {
  it('every clinical record has a kind, a day and a line of its own', () => {
    const kinds = new Set<string>()
    for (const { text } of syntheaBundles()) {
      const { clinical, resolve } = readBundle(text)
      for (const { resource } of clinical) {
        const entry = timelineEntryOf(
          { record: 'r', category: categoryOf(resource, resolve), resource },
          resolve,
        )
        kinds.add(entry.kind)
        expect(entry.kind).not.toBe('other')
        expect(entry.state).toBe('open')
        if (resource.resourceType === 'Observation') expect(entry.line[0]?.key).toBe('result')
      }
    }
    expect([...kinds]).toEqual(
      expect.arrayContaining(['visit', 'lab-result', 'vital-sign', 'prescription', 'vaccination', 'scan']),
    )
  })
})
