import { expect, test } from 'vitest'
import type { WordTree } from './words-types.ts'

const files = import.meta.glob<WordTree>('../*/locales/*.ts', { import: 'default', eager: true })
const folders = new Set(Object.keys({ ...files }).map((path) => path.split('/locales/')[0] ?? ''))

/** Every sentence by its path, with its placeholders in order of the alphabet. */
function sentences(words: WordTree, before = ''): [path: string, placeholders: string][] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [
          [
            before + key,
            [...value.matchAll(/\{\{(\w+)\}\}/g)]
              .map(([, name]) => name)
              .sort()
              .join(' '),
          ],
        ]
      : sentences(value, `${before}${key}.`),
  )
}

const wordsOf = (folder: string, language: string) =>
  files[`${folder}/locales/${language}.ts`] ?? files[`./locales/${language}.ts`] ?? {}

test('every folder with words has them in every language', () => {
  expect(folders.size).toBeGreaterThan(10)
  for (const folder of folders)
    for (const language of ['en', 'hi'])
      expect(Object.keys(files)).toContain(
        folder === '.' ? `./locales/${language}.ts` : `${folder}/locales/${language}.ts`,
      )
})

test.each([...folders])('%s says the same in English and Hindi: same keys, same placeholders', (folder) => {
  const english = sentences(wordsOf(folder, 'en')).sort()
  const hindi = sentences(wordsOf(folder, 'hi')).sort()
  expect(hindi).toEqual(english)
  for (const [path] of english) expect(path).not.toMatch(/\.(then|constructor)$/)
})

test.each([...folders])(
  '%s is written in Devanagari where it is Hindi, and leaves no sentence empty',
  (folder) => {
    const flat = (words: WordTree): string[] =>
      Object.values(words).flatMap((value) => (typeof value === 'string' ? [value] : flat(value)))
    for (const sentence of flat(wordsOf(folder, 'hi'))) {
      const words = sentence.replace(/\{\{\w+\}\}/g, '').replace(/[\W\d_]/gu, '')
      expect(sentence).not.toBe('')
      if (words.length > 12) expect(sentence).toMatch(/\p{Script=Devanagari}/u)
    }
  },
)
