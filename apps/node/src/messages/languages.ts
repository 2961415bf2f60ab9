import type { Language } from '@curo/contract/shapes'

/** A text in every language that Curo writes to people in. */
export type Localised = Readonly<Record<Language, string>>
/** What a template's `{name}` stands for; an instant is written out in the recipient's language. */
export type TemplateValue = string | number | Date | Localised
export type TemplateValues = Readonly<Record<string, TemplateValue>>

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-IN', hi: 'hi-IN' }

/** A value in one language; instants by the hospital's clock. */
export function inLanguage(
  value: TemplateValue,
  { language, timeZone }: { language: Language; timeZone: string },
): string {
  if (value instanceof Date)
    return new Intl.DateTimeFormat(LOCALES[language], {
      dateStyle: 'medium',
      timeStyle: 'short',
      timeZone,
    }).format(value)
  return typeof value === 'object' ? value[language] : String(value)
}

const NAMES: readonly (readonly [Language, RegExp])[] = [
  ['hi', /^(hi(n)?([-_].*)?|hindi|हिन्दी|हिंदी)$/i],
  ['en', /^(en(g)?([-_].*)?|english|अंग्रेज़ी|अंग्रेजी)$/i],
]

/** The language that a desk wrote down in whatever way; undefined for one that Curo does not speak. */
export function languageOf(written: string | undefined): Language | undefined {
  const text = written?.trim().normalize('NFC') ?? ''
  return NAMES.find(([, pattern]) => pattern.test(text))?.[0]
}
