/** `hi` is Hindi; what is no language code stays as it was written at the desk. */
export const nameOfLanguage = (code: string, locale: string) => displayName(code, locale, 'language')

/** `IN` is India; a country that was written out stays as it is. */
export const nameOfCountry = (code: string, locale: string) =>
  /^[A-Z]{2}$/.test(code) ? displayName(code, locale, 'region') : code

function displayName(code: string, locale: string, type: 'language' | 'region'): string {
  try {
    return new Intl.DisplayNames(locale, { type }).of(code) ?? code
  } catch {
    return code
  }
}
