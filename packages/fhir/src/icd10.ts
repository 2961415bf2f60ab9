import type { FormCode } from './consultation/form.ts'
import { findLookups, type Lookup, lookupOf } from './terms/lookup.ts'

/** A code of the diagnosis picker. */
export interface Icd10Code {
  readonly code: string
  /** Wording of ICD-10-CM (public domain). */
  readonly english: string
  /** Empty where people have no word of their own for it. */
  readonly hindi: string
  /** What people call it, abbreviations, Hindi and English. */
  readonly otherWords: readonly string[]
  readonly isCommon: boolean
}

export const ICD10_SYSTEM = 'http://hl7.org/fhir/sid/icd-10-cm'

/** The code as it goes into a Condition. */
export function icd10Coding({ code, english }: Icd10Code): FormCode {
  return { system: ICD10_SYSTEM, code, display: english }
}

function codeOf(line: string): Icd10Code {
  const [marked = '', english = '', hindi = '', others = ''] = line.split('|')
  return {
    code: marked.replace('*', ''),
    english,
    hindi,
    otherWords: others
      .split(',')
      .map((other) => other.trim())
      .filter(Boolean),
    isCommon: marked.endsWith('*'),
  }
}

const CODE = /^[a-z]\d[\da-z]?\.?[\da-z]{0,4}$/i

/** Some twelve hundred codes, what a general hospital in India sees, once they are loaded. */
export class Icd10List {
  readonly codes: readonly Icd10Code[]
  readonly #lookups: readonly Lookup<Icd10Code>[]
  readonly #byCode: ReadonlyMap<string, Icd10Code>

  constructor(lines: string) {
    this.codes = lines
      .split('\n')
      .filter((line) => /^[A-Z]\d/.test(line))
      .map(codeOf)
      .sort((a, b) => (a.code < b.code ? -1 : 1))
    this.#byCode = new Map(this.codes.map((entry) => [entry.code, entry]))
    this.#lookups = this.codes.map((entry) =>
      lookupOf(entry, [entry.english, entry.hindi, ...entry.otherWords], entry.isCommon ? 60 : 0),
    )
  }

  /** Codes that begin so ('E11', 'j06.'), else what fits the words, in English or Hindi, the best first. */
  search(query: string, limit = 20): Icd10Code[] {
    const typed = query.trim()
    if (CODE.test(typed)) {
      const start = typed.toUpperCase().replace(/^(.{3})(?=[^.])/, '$1.')
      const found = this.codes.filter(({ code }) => code.startsWith(start))
      if (found.length > 0) return found.slice(0, limit)
    }
    return findLookups(this.#lookups, typed, limit)
  }

  find(code: string): Icd10Code | undefined {
    return this.#byCode.get(code)
  }
}

let list: Promise<Icd10List> | undefined

/** Loads the list on first use; a bundler keeps it out of the first load. */
export function loadIcd10(): Promise<Icd10List> {
  list ??= Promise.all([
    import('./terms/icd10-infections.ts').then(({ ICD10_INFECTIONS }) => ICD10_INFECTIONS),
    import('./terms/icd10-chronic.ts').then(({ ICD10_CHRONIC }) => ICD10_CHRONIC),
    import('./terms/icd10-organs.ts').then(({ ICD10_ORGANS }) => ICD10_ORGANS),
    import('./terms/icd10-others.ts').then(({ ICD10_OTHERS }) => ICD10_OTHERS),
    import('./terms/icd10-tumours-blood.ts').then(({ ICD10_TUMOURS_BLOOD }) => ICD10_TUMOURS_BLOOD),
    import('./terms/icd10-mind-senses.ts').then(({ ICD10_MIND_SENSES }) => ICD10_MIND_SENSES),
    import('./terms/icd10-inner-organs.ts').then(({ ICD10_INNER_ORGANS }) => ICD10_INNER_ORGANS),
    import('./terms/icd10-births-injuries.ts').then(({ ICD10_BIRTHS_INJURIES }) => ICD10_BIRTHS_INJURIES),
  ])
    .then((parts) => new Icd10List(parts.join('\n')))
    .catch((error: unknown) => {
      list = undefined
      throw error
    })
  return list
}
