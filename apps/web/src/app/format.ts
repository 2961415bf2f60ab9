import { useMemo } from 'react'
import { localeOf, useLanguage } from './language.ts'
import { type Format, makeFormat } from './make-format.ts'

export type { Format }

/** Dates, times and numbers in the language in force. */
export function useFormat(): Format {
  const language = useLanguage()
  return useMemo(() => makeFormat(localeOf(language)), [language])
}
