import { use } from 'react'
import type { CardLanguage } from './card-details.ts'
import { loadPrintWords, type PrintWords } from './print-words.ts'

const loading = new Map<CardLanguage, Promise<PrintWords>>()

/** The words on the card in the card's language. Suspends until they are loaded. */
export function usePrintWords(language: CardLanguage): PrintWords {
  const words = loading.get(language) ?? loadPrintWords(language)
  loading.set(language, words)
  return use(words)
}
