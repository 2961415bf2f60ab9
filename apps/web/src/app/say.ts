import type { Language } from './language.ts'
import type { WordTree } from './words-types.ts'

type Sentence = {
  words: WordTree
  key: string
  values: Record<string, string | number>
  locale: string
  language: Language
}

/** A sentence with its placeholders filled; numbers in the locale's notation. @throws Error for an unknown key */
export function say({ words, key, values, locale, language }: Sentence): string {
  const sentence = find(words, key) ?? find(words, `${key}_${pluralOf(language, values.count)}`)
  if (sentence === undefined) throw new Error(`There is no word '${key}'.`)
  return sentence.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name]
    return typeof value === 'number' ? value.toLocaleString(locale) : String(value ?? '')
  })
}

function find(words: WordTree, key: string): string | undefined {
  let at: string | WordTree | undefined = words
  for (const part of key.split('.')) at = typeof at === 'object' ? at[part] : undefined
  return typeof at === 'string' ? at : undefined
}

function pluralOf(language: Language, count: string | number | undefined): 'one' | 'other' {
  return new Intl.PluralRules(language).select(Number(count ?? 0)) === 'one' ? 'one' : 'other'
}
