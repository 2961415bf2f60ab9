import { beforeAll, expect, test, vi } from 'vitest'
import type { Translate } from './words-types.ts'

const words = {
  greeting: 'Good day, {{name}}',
  list: { count_one: '{{count}} record', count_other: '{{count}} records' },
} as const

// words.ts asks the browser for its language when it is loaded.
vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} })
vi.stubGlobal('navigator', { language: 'en', languages: ['en-IN'] })
let t: Translate<typeof words>
beforeAll(async () => {
  const { say } = await import('./say.ts')
  t = ((key: string, values: Record<string, string | number> = {}) =>
    say({ words, key, values, locale: 'en-IN', language: 'en' })) as typeof t
})

test('placeholders are filled, plurals chosen, numbers written as the locale does', () => {
  expect(t('greeting', { name: 'Asha' })).toBe('Good day, Asha')
  expect(t('list.count', { count: 1 })).toBe('1 record')
  expect(t('list.count', { count: 0 })).toBe('0 records')
  expect(t('list.count', { count: 123456 })).toBe('1,23,456 records')
})

test('what a person typed is never read as a placeholder', () => {
  expect(t('greeting', { name: '{{count}} $& $1' })).toBe('Good day, {{count}} $& $1')
})

test('a wrong key or a forgotten value does not compile', () => {
  // @ts-expect-error there is no such word
  expect(() => t('greetings')).toThrow("There is no word 'greetings'.")
  // @ts-expect-error the name is missing
  expect(t('greeting', {})).toBe('Good day, ')
  // @ts-expect-error a plural needs a count
  expect(t('list.count', {})).toBe(' records')
})
