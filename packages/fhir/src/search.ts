import { CATEGORIES, type Category } from '@curo/crypto/category'
import MiniSearch, { type Options, type Query } from 'minisearch'
import { type SearchDocument, searchDocumentOf } from './search/documents.ts'
import { otherWordsFor } from './search/glossary.ts'
import { queryWords, stemWord, tokensOf } from './search/tokens.ts'

export { type SearchDocument, searchDocumentOf } from './search/documents.ts'

export interface SearchHit {
  readonly record: string
  readonly category: Category
  readonly score: number
  /** The indexed terms that matched, to be marked in what is shown. */
  readonly terms: readonly string[]
}

export interface SearchOptions {
  readonly categories?: readonly Category[]
  readonly limit?: number
}

const OPTIONS: Options<SearchDocument> = {
  idField: 'record',
  fields: ['title', 'values', 'codes', 'text', 'date'],
  storeFields: [],
  tokenize: tokensOf,
  // tokensOf folds and stems already.
  processTerm: (term) => term,
  autoVacuum: false,
}

const BOOST = { title: 4, values: 2, codes: 3, text: 1, date: 1 }
const FORMAT = 1
const LIMIT = 200

/** Words that must all be there. `mistaken` ones may be wrong in one letter of five. */
function wordsQuery(words: readonly string[], mistaken: ReadonlySet<string> = NONE): Query {
  const queries = words.map((word): Query => {
    const fuzzy = mistaken.has(word) ? { fuzzy: 0.2, maxFuzzy: 2 } : {}
    return { queries: [stemWord(word)], combineWith: 'OR', ...fuzzy }
  })
  return { combineWith: 'AND', queries }
}

const NONE: ReadonlySet<string> = new Set()
/** Numbers are not mistaken for their neighbours, nor short words for others. */
const canBeMistaken = (word: string) => word.length >= 5 && !/\d/.test(word)

/** The words in order, those that mean something together taken as one: 'heart attack', 'सिर दर्द'. */
function phrasesOf(words: readonly string[]): string[][] {
  const phrases: string[][] = []
  for (let at = 0; at < words.length; ) {
    const length =
      [3, 2].find((n) => at + n <= words.length && otherWordsFor(words.slice(at, at + n)).length > 0) ?? 1
    phrases.push(words.slice(at, at + length))
    at += length
  }
  return phrases
}

function queryOf(words: readonly string[], combineWith: 'AND' | 'OR', mistaken: ReadonlySet<string>): Query {
  const queries = phrasesOf(words).map((phrase): Query => {
    const others = otherWordsFor(phrase).map((other) => wordsQuery(other))
    return { combineWith: 'OR', queries: [wordsQuery(phrase, mistaken), ...others] }
  })
  return { combineWith, queries }
}

/**
 * The search inside a chart, on the device. One index per category, so that each can be sealed under its category's
 * key, and forgotten with it. Words in English and Hindi, prefixes while typing, small mistakes, numbers and codes.
 */
export class ChartSearch {
  readonly #indexes = new Map<Category, MiniSearch<SearchDocument>>()
  readonly #categoryOf = new Map<string, Category>()

  /** Records that can be found. */
  get size(): number {
    return this.#categoryOf.size
  }

  /** Adds documents; one that is there already is replaced. */
  add(documents: Iterable<SearchDocument>): void {
    for (const document of documents) {
      this.remove(document.record)
      this.#indexOf(document.category).add(document)
      this.#categoryOf.set(document.record, document.category)
    }
  }

  /** Adds records from what is known of them (`searchDocumentOf`). */
  addSources(
    sources: Iterable<Parameters<typeof searchDocumentOf>[0]>,
    resolve?: Parameters<typeof searchDocumentOf>[1],
  ): void {
    for (const source of sources) {
      const document = searchDocumentOf(source, resolve)
      if (document) this.add([document])
    }
  }

  remove(record: string): void {
    const category = this.#categoryOf.get(record)
    if (category === undefined) return
    this.#indexes.get(category)?.discard(record)
    this.#categoryOf.delete(record)
  }

  /** Forgets a whole category, as when a consent ends. */
  removeCategory(category: Category): void {
    this.#indexes.delete(category)
    for (const [record, of] of this.#categoryOf) if (of === category) this.#categoryOf.delete(record)
  }

  /**
   * The records that have every word of the query, the best first; where there is none, those that have some. An empty
   * query finds nothing.
   */
  search(query: string, { categories, limit = LIMIT }: SearchOptions = {}): SearchHit[] {
    const words = queryWords(query)
    if (words.length === 0) return []
    let hits = this.#find(queryOf(words, 'AND', NONE), categories)
    if (hits.length === 0) {
      // Looking for mistakes in words that are there would find more of what nobody asked for, and takes longest.
      const mistaken = new Set(
        words.filter((word) => canBeMistaken(word) && !this.#isKnown(word, categories)),
      )
      if (mistaken.size > 0) hits = this.#find(queryOf(words, 'AND', mistaken), categories)
      if (hits.length === 0 && words.length > 1) hits = this.#find(queryOf(words, 'OR', mistaken), categories)
    }
    return hits.sort((a, b) => b.score - a.score).slice(0, limit)
  }

  #isKnown(word: string, categories: readonly Category[] | undefined): boolean {
    return this.#find(queryOf([word], 'AND', NONE), categories).length > 0
  }

  #find(query: Query, categories: readonly Category[] | undefined): SearchHit[] {
    const asked = categories && categories.length > 0 ? categories : CATEGORIES
    return asked.flatMap((category) => {
      const found = this.#indexes.get(category)?.search(query, {
        boost: BOOST,
        prefix: (term) => term.length >= 2,
        weights: { prefix: 0.6, fuzzy: 0.3 },
      })
      return (found ?? []).map(({ id, score, terms }) => ({ record: id as string, category, score, terms }))
    })
  }

  #indexOf(category: Category): MiniSearch<SearchDocument> {
    let index = this.#indexes.get(category)
    if (!index) {
      index = new MiniSearch(OPTIONS)
      this.#indexes.set(category, index)
    }
    return index
  }

  /** The index of one category as text, to be sealed under its key; undefined where it is empty. */
  serialize(category: Category): string | undefined {
    const index = this.#indexes.get(category)
    if (!index || index.documentCount === 0) return undefined
    const records = [...this.#categoryOf].filter(([, of]) => of === category).map(([record]) => record)
    return JSON.stringify({ format: FORMAT, category, records, index: index.toJSON() })
  }

  /** Takes an index back. False for one of another format or made of something else: index those records anew. */
  restore(text: string): boolean {
    try {
      const { format, category, records, index } = JSON.parse(text) as {
        format: number
        category: Category
        records: string[]
        index: Parameters<typeof MiniSearch.loadJS>[0]
      }
      if (format !== FORMAT || !CATEGORIES.includes(category) || !Array.isArray(records)) return false
      const loaded = MiniSearch.loadJS<SearchDocument>(index, OPTIONS)
      if (loaded.documentCount !== records.length || !records.every((record) => loaded.has(record)))
        return false
      this.removeCategory(category)
      this.#indexes.set(category, loaded)
      for (const record of records) this.#categoryOf.set(record, category)
      return true
    } catch {
      return false
    }
  }
}
