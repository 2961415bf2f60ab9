import type { CardLanguage } from './card-details.ts'
import type en from './locales/en.ts'

/** The words on the card itself, in the card's language and not the screen's. */
export type PrintWords = { readonly [Key in keyof (typeof en)['print']]: string }

export async function loadPrintWords(language: CardLanguage): Promise<PrintWords> {
  const words = language === 'hi' ? await import('./locales/hi.ts') : await import('./locales/en.ts')
  return words.default.print
}
