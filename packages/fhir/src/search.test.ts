import { CATEGORIES } from '@curo/crypto/category'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { readBundle } from './bundle.ts'
import { categoryOf } from './categories.ts'
import { otherWordsFor } from './search/glossary.ts'
import { queryWords, stemWord, tokensOf } from './search/tokens.ts'
import { ChartSearch, searchDocumentOf } from './search.ts'
import { loinc, record, result } from './testing/chart.ts'
import { hasSharedData, SHARED_DATA, syntheaBundles } from './testing/shared-data.ts'
import type { TimelineSource } from './timeline.ts'

const sources: TimelineSource[] = [
  {
    record: 'diabetes',
    ...of('Condition', { code: { text: 'Type 2 diabetes mellitus', coding: [{ code: 'E11.9' }] } }),
  },
  {
    record: 'pressure',
    ...of('Observation', {
      status: 'final',
      code: loinc('85354-9', 'Blood pressure panel'),
      effectiveDateTime: '2023-05-04',
      component: [
        { code: loinc('8480-6'), valueQuantity: { value: 128, unit: 'mm[Hg]' } },
        { code: loinc('8462-4'), valueQuantity: { value: 82, unit: 'mm[Hg]' } },
      ],
    }),
  },
  {
    record: 'metformin',
    ...of('MedicationRequest', {
      medicationCodeableConcept: { text: 'Metformin 500 mg tablet' },
      note: [{ text: 'भोजन के बाद लें' }],
    }),
  },
  {
    record: 'vaccine',
    ...of('Immunization', {
      status: 'completed',
      vaccineCode: { text: 'MMR' },
      occurrenceDateTime: '2020-02-02',
    }),
  },
  {
    record: 'note',
    ...of('Composition', {
      title: 'Consultation',
      section: [{ text: { div: '<div><b>Knee</b> pain since the fall</div>' } }],
    }),
  },
  { record: 'hindi', ...of('Condition', { code: { text: 'घुटने में दर्द और बुखार' } }) },
  {
    record: 'stubbed',
    category: 'laboratory',
    stub: { type: 'Observation', title: 'Haemoglobin', value: '11.2 g/dL' },
  },
  {
    record: 'altered',
    category: 'laboratory',
    fault: 'tampered',
    stub: { type: 'Observation', title: 'Haemoglobin' },
  },
]

function of(type: string, fields: object): Omit<TimelineSource, 'record'> {
  const { resource } = record(type, fields)
  return { resource, category: categoryOf(resource) }
}

const chart = new ChartSearch()
beforeAll(() => chart.addSources(sources))
const find = (query: string) => chart.search(query).map((hit) => hit.record)

describe('what people type finds what is written', () => {
  it.each([
    ['a word', 'diabetes', 'diabetes'],
    ['a beginning', 'diab', 'diabetes'],
    ['a mistake', 'diabetis', 'diabetes'],
    ['a code', 'E11.9', 'diabetes'],
    ['a code without its end', 'e11', 'diabetes'],
    ['Hindi for an English record', 'मधुमेह', 'diabetes'],
    ['what people call it', 'sugar', 'diabetes'],
    ['an abbreviation', 'BP', 'pressure'],
    ['Hindi for a panel', 'रक्तचाप', 'pressure'],
    ['a value', '128/82', 'pressure'],
    ['a year', '2023', 'pressure'],
    ['a month', '2023-05', 'pressure'],
    ['a kind', 'vaccination', 'vaccine'],
    ['a kind in Hindi', 'टीका', 'vaccine'],
    ['what the narrative says', 'knee pain', 'note'],
    ['a Hindi note', 'भोजन', 'metformin'],
    ['a Hindi word in another case', 'घुटनों', 'hindi'],
    ['English for a Hindi record', 'fever', 'hindi'],
    ['a stub', 'haemoglobin', 'stubbed'],
    ['American spelling', 'hemoglobin', 'stubbed'],
    ['two words in any order', 'tablet metformin', 'metformin'],
    ['a plural', 'tablets', 'metformin'],
  ])('%s: %s', (_, query, expected) => {
    expect(find(query)).toContain(expected)
  })

  it('every word must be found; where none has all, those with some come', () => {
    expect(find('metformin 500')).toEqual(['metformin'])
    expect(find('metformin xyzzy')).toEqual(['metformin'])
    expect(find('xyzzy')).toEqual([])
    expect(find('  ,. ')).toEqual([])
  })

  it('the title counts more than the text', () => {
    const search = new ChartSearch()
    search.addSources([
      { record: 'text', ...of('Condition', { code: { text: 'Cough' }, note: [{ text: 'no asthma' }] }) },
      { record: 'title', ...of('Condition', { code: { text: 'Asthma' } }) },
    ])
    expect(search.search('asthma').map((hit) => hit.record)).toEqual(['title', 'text'])
  })
})

describe('the index', () => {
  it('an altered record cannot be found: what it says is not to be believed', () => {
    expect(searchDocumentOf(sources.at(-1) as TimelineSource)).toBeUndefined()
  })

  it('a number is never mistaken for its neighbour', () => {
    const search = new ChartSearch()
    search.addSources([{ record: 'a', ...of('Observation', result('8867-4', 12345, '/min').resource) }])
    expect(search.search('12346')).toEqual([])
    expect(search.search('12345')).toHaveLength(1)
  })

  it('replaces, removes, and forgets a category', () => {
    const search = new ChartSearch()
    search.addSources(sources)
    search.addSources(sources)
    expect(search.search('metformin')).toHaveLength(1)
    search.remove('metformin')
    expect(search.search('metformin')).toHaveLength(0)
    search.remove('metformin')
    search.removeCategory('summary')
    expect(search.search('diabetes')).toHaveLength(0)
    expect(search.search('mmr')).toHaveLength(1)
    expect(search.search('mmr', { categories: ['laboratory'] })).toHaveLength(0)
  })

  it('is kept by category and taken back as it was, also after removals', () => {
    const search = new ChartSearch()
    search.addSources(sources)
    search.remove('hindi')
    const parts = CATEGORIES.flatMap((category) => search.serialize(category) ?? [])
    const again = new ChartSearch()
    for (const part of parts) expect(again.restore(part)).toBe(true)
    expect(again.size).toBe(search.size)
    for (const query of ['diabetes', 'मधुमेह', '128/82', 'घुटने'])
      expect(again.search(query)).toEqual(search.search(query))
    again.addSources([sources[5] as TimelineSource])
    expect(again.search('घुटने')).toHaveLength(1)
    const sealed = search.serialize('summary') ?? ''
    expect(sealed).not.toContain('metformin')
  })

  it('a damaged or foreign index is refused, not believed', () => {
    const search = new ChartSearch()
    const good = JSON.parse(chart.serialize('summary') as string)
    for (const bad of [
      '',
      'null',
      '[]',
      '{}',
      '{"format":1}',
      JSON.stringify({ ...good, format: 2 }),
      JSON.stringify({ ...good, records: [] }),
    ])
      expect(search.restore(bad)).toBe(false)
    expect(search.size).toBe(0)
  })

  it('no query and no content make it throw', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (query) => void chart.search(query)))
    fc.assert(
      fc.property(
        fc.jsonValue(),
        (value) =>
          void searchDocumentOf({
            record: 'x',
            resource: { resourceType: 'Condition', code: value, note: value } as never,
          }),
      ),
    )
  })
})

describe('words', () => {
  it('one spelling for several', () => {
    expect(stemWord('दवाइयों')).toBe(stemWord('दवाई'))
    expect(tokensOf('ज़ुकाम')).toEqual(tokensOf('जुकाम'))
    expect(tokensOf('Ménière’s 120/80 १२')).toEqual(['meniere', 's', '120/80', '120', '80', '12'])
    expect(queryWords('Heart  Attack!')).toEqual(['heart', 'attack'])
    expect(otherWordsFor(['heart', 'attack'])).toContainEqual(['myocardial', 'infarction'])
  })
})

describe.skipIf(!hasSharedData)(`real records (${SHARED_DATA})`, () => {
  it('finds every record of a chart by its title', () => {
    const [bundle] = syntheaBundles()
    const { clinical, resolve } = readBundle(bundle?.text ?? '')
    const real = clinical.map(({ resource }, index) => ({
      record: `${index}`,
      resource,
      category: categoryOf(resource, resolve),
    }))
    const search = new ChartSearch()
    search.addSources(real, resolve)
    expect(search.size).toBe(real.length)
    for (const source of real.slice(0, 150)) {
      const { title } = searchDocumentOf(source, resolve) as { title: string }
      const hits = search.search(title, { limit: 2000 })
      expect(hits.map((hit) => hit.record)).toContain(source.record)
    }
  })
})
