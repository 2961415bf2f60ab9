import { useSyncExternalStore } from 'react'

export const LANGUAGES = ['en', 'hi'] as const
export type Language = (typeof LANGUAGES)[number]
/** How each language calls itself. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: 'English', hi: 'हिन्दी' }

const KEY = 'curo.language'
const listeners = new Set<() => void>()
let current: Language = chosenBefore() ?? (navigator.language.startsWith('hi') ? 'hi' : 'en')

function chosenBefore(): Language | undefined {
  const kept = localStorage.getItem(KEY)
  return LANGUAGES.find((language) => language === kept)
}

export const currentLanguage = (): Language => current

export function setLanguage(language: Language): void {
  current = language
  localStorage.setItem(KEY, language)
  document.documentElement.lang = language
  for (const listener of listeners) listener()
}

export function useLanguage(): Language {
  return useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, currentLanguage)
}

/** For Intl: the browser's own English where it is one (en-IN, en-GB), so that dates look as she is used to. */
export function localeOf(language: Language): string {
  if (language === 'hi') return 'hi-IN'
  return navigator.languages.find((tag) => tag.startsWith('en-')) ?? 'en-IN'
}
