import { use } from 'react'
import { type Language, localeOf, useLanguage } from './language.ts'
import { say } from './say.ts'
import type { Translate, WordTree } from './words-types.ts'

/** The folders that have words. Each has `locales/en.ts` and `locales/hi.ts`, loaded when first needed. */
export type FolderWords = {
  app: typeof import('./locales/en.ts').default
  accounts: typeof import('../accounts/locales/en.ts').default
  approvals: typeof import('../approvals/locales/en.ts').default
  patient: typeof import('../patient/locales/en.ts').default
  doctor: typeof import('../doctor/locales/en.ts').default
  staff: typeof import('../staff/locales/en.ts').default
  admin: typeof import('../admin/locales/en.ts').default
  auditor: typeof import('../auditor/locales/en.ts').default
  patients: typeof import('../patients/locales/en.ts').default
  papers: typeof import('../papers/locales/en.ts').default
  cards: typeof import('../cards/locales/en.ts').default
  records: typeof import('../records/locales/en.ts').default
  emergencies: typeof import('../emergencies/locales/en.ts').default
  consultations: typeof import('../consultations/locales/en.ts').default
  consent: typeof import('../consent/locales/en.ts').default
  openings: typeof import('../openings/locales/en.ts').default
  ledger: typeof import('../ledger/locales/en.ts').default
  vault: typeof import('../vault/locales/en.ts').default
  hospital: typeof import('../hospital/locales/en.ts').default
  audit: typeof import('../audit/locales/en.ts').default
  help: typeof import('../help/locales/en.ts').default
  'second-factors': typeof import('../second-factors/locales/en.ts').default
  passkeys: typeof import('../passkeys/locales/en.ts').default
  recoveries: typeof import('../recoveries/locales/en.ts').default
  guardians: typeof import('../guardians/locales/en.ts').default
  demo: typeof import('../demo/locales/en.ts').default
  push: typeof import('../push/locales/en.ts').default
}
export type Folder = keyof FolderWords

const FILES = import.meta.glob<WordTree>('../*/locales/{en,hi}.ts', { import: 'default' })
const loading = new Map<string, Promise<WordTree>>()

/** Begins to load a folder's words; the same promise every time. */
export function loadWords(folder: Folder, language: Language): Promise<WordTree> {
  const path = folder === 'app' ? `./locales/${language}.ts` : `../${folder}/locales/${language}.ts`
  const known = loading.get(path)
  if (known) return known
  const load = FILES[path] ?? FILES[`../${folder}/locales/${language}.ts`]
  if (!load) throw new Error(`There are no words in ${path}.`)
  const words = load().catch((error) => {
    loading.delete(path)
    throw error
  })
  loading.set(path, words)
  return words
}

export type Words<F extends Folder> = { t: Translate<FolderWords[F]>; language: Language; locale: string }

/** A folder's words in the language in force. Suspends until they are loaded. */
export function useWords<F extends Folder>(folder: F): Words<F> {
  const language = useLanguage()
  const words = use(loadWords(folder, language))
  const locale = localeOf(language)
  const t = (key: string, values: Record<string, string | number> = {}) =>
    say({ words, key, values, locale, language })
  return { t: t as Translate<FolderWords[F]>, language, locale }
}
