import { CATEGORIES } from '@curo/crypto/category'
import { describe, expect, test } from 'vitest'
import type { Language } from '../app/language.ts'
import { makeFormat } from '../app/make-format.ts'
import { say } from '../app/say.ts'
import en from './locales/en.ts'
import hi from './locales/hi.ts'
import { sayDoctor, sayScope, sayTerms, sayUntil } from './sentence.ts'

const LOCALES = { en: 'en-IN', hi: 'hi-IN' } as const
const now = new Date('2026-11-21T10:00:00')

const speak = (language: Language) => ({
  t: ((key: string, values: Record<string, string | number> = {}) =>
    say({ words: { en, hi }[language], key, values, locale: LOCALES[language], language })) as never,
  format: makeFormat(LOCALES[language]),
  now,
})
const bare = (sentence: string) => sentence.replace(/[\ue000\ue001]/g, '')

const terms = {
  scope: { categories: ['imaging', 'laboratory'] as const, records: [], from: '2024-01-01' },
  purpose: { code: 'CAREMGT' as const, text: 'Second opinion' },
  use: 'standing' as const,
  notAfter: new Date('2026-12-21T10:00:00').toISOString(),
}

describe('a request is one sentence', () => {
  test('with who, what, why and until when', () => {
    const given = { ...terms, scope: { ...terms.scope, categories: [...terms.scope.categories] } }
    expect(bare(sayTerms('asks', 'Dr Rao (Cardiology)', given, speak('en')))).toBe(
      'Dr Rao (Cardiology) asks to read your laboratory results and scans (from 1 January 2024 on) until 21 December 2026, for your treatment (“Second opinion”).',
    )
    expect(bare(sayTerms('asks', 'डॉ. राव', given, speak('hi')))).toBe(
      'डॉ. राव ने आपके इलाज के लिए (“Second opinion”), 21 दिसंबर 2026 तक, आपके जाँच के नतीजे और स्कैन (1 जनवरी 2024 से आगे के) देखने की अनुमति माँगी है।',
    )
  })

  test('what stands out does so wherever the language puts it, and a name cannot break out of it', () => {
    const given = { ...terms, scope: { ...terms.scope, categories: [...terms.scope.categories] } }
    const marked = sayTerms('may', 'Dr \ue001Evil\ue000', given, speak('en'))
    expect(marked.match(/\ue000[^\ue000\ue001]+\ue001/g)).toEqual([
      '\ue000Dr Evil\ue001',
      '\ue000laboratory results and scans (from 1 January 2024 on)\ue001',
      '\ue00021 December 2026\ue001',
    ])
  })
})

describe('what it covers', () => {
  const scope = (given: object) => sayScope({ categories: [], records: [], ...given }, speak('en'))

  test('all the usual kinds are one phrase, and a sensitive one beside them is named', () => {
    const usual = CATEGORIES.filter((category) => category !== 'sensitive')
    expect(scope({ categories: usual })).toBe('records of every kind except sensitive ones')
    expect(scope({ categories: [...CATEGORIES] })).toContain('sensitive records')
    expect(scope({ categories: ['sensitive'] })).toBe('sensitive records')
  })

  test('single records are counted, days named', () => {
    expect(scope({ records: ['a'] })).toBe('one single record')
    expect(scope({ categories: ['vitals'], records: ['a', 'b'] })).toBe('vital signs and 2 single records')
    expect(scope({ categories: ['vitals'], from: '2024-01-01', to: '2024-02-01' })).toBe(
      'vital signs (from 1 January 2024 to 1 February 2024)',
    )
    expect(scope({ categories: ['vitals'], to: '2024-02-01' })).toBe('vital signs (up to 1 February 2024)')
  })
})

test('an end is a time today, a day and a time tomorrow, and a day after that', () => {
  const { format } = speak('en')
  const until = (end: string) => sayUntil(new Date(end).toISOString(), { format, now })
  expect(until('2026-11-21T18:00:00')).toMatch(/^6:00.pm$/i)
  expect(until('2026-11-22T18:00:00')).toMatch(/^22 Nov 2026, 6:00.pm$/i)
  expect(until('2027-01-22T18:00:00')).toBe('22 January 2027')
})

test('a doctor without a speciality has no empty brackets', () => {
  expect(sayDoctor({ name: 'Dr Rao', speciality: null })).toBe('Dr Rao')
})
