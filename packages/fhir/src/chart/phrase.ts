/**
 * Something to be said in the reader's language: a key into the words of the screen, and what goes into its blanks.
 * Nothing here is a sentence; `values` are numbers, or names as the record writes them.
 */
export interface Phrase {
  readonly key: string
  readonly values?: Readonly<Record<string, string | number>>
}

/** `phrase('times-per-day', { count: 2 })` */
export function phrase(key: string, values?: Readonly<Record<string, string | number>>): Phrase {
  return values === undefined ? { key } : { key, values }
}
