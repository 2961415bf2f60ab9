import { attempt } from '../attempt.ts'
import type { Phrase } from '../chart/phrase.ts'
import { codesIn } from '../concepts.ts'
import { narrativeText } from '../consultation/narrative.ts'
import type { Resolver } from '../references.ts'
import { lineOf } from '../timeline/lines.ts'
import { titleOf } from '../titles.ts'
import { measurementOf } from '../trends/measurements.ts'
import { numericResults, type ReferenceRange, type ResultFlag } from '../trends/results.ts'
import type { Composition, DiagnosticReport, Observation, QuestionnaireResponse, Resource } from '../types.ts'
import { flagOf, observationWords } from '../values.ts'
import { conceptWords, oneLine, plainTestName } from '../words.ts'

/** A line of a table of results. */
export interface ResultRow {
  readonly title: string
  readonly measurement?: string
  readonly value: string
  readonly flag?: ResultFlag
  readonly range?: ReferenceRange
}

export interface TextSection {
  readonly title: string
  /** What the section is, where its LOINC code says so: a key of the screen's words. */
  readonly key?: SectionKey
  readonly text: string
  readonly level: number
  /** What it refers to, line by line, where that says more than its text. */
  readonly entries?: readonly SectionEntry[]
}

export interface SectionEntry {
  readonly title: string
  readonly measurement?: string
  readonly line: readonly Phrase[]
}

/** LOINC codes of sections: ours, and those of the International Patient Summary and consultation notes. */
const SECTION_CODES = {
  '10154-3': 'complaint',
  '8661-1': 'complaint',
  '10164-2': 'history',
  '11348-0': 'pastHistory',
  '29545-1': 'findings',
  '8716-3': 'vitals',
  '29548-5': 'diagnoses',
  '51848-0': 'assessment',
  '11450-4': 'problems',
  '18776-5': 'plan',
  '57828-6': 'prescriptions',
  '10160-0': 'medications',
  '48765-2': 'allergies',
  '30954-2': 'results',
  '47519-4': 'procedures',
  '11369-6': 'immunizations',
  '10157-6': 'familyHistory',
  '29762-2': 'socialHistory',
  '8648-8': 'hospitalCourse',
  '55107-7': 'addendum',
} as const
export type SectionKey = (typeof SECTION_CODES)[keyof typeof SECTION_CODES]
export const SECTION_KEYS: readonly SectionKey[] = [...new Set(Object.values(SECTION_CODES))]

/** Sections whose entries say more than the names their text may hold. */
const BY_ENTRIES = new Set<SectionKey>(['vitals', 'prescriptions', 'medications', 'results'])

function rowOf(part: Observation, title: string): ResultRow | undefined {
  const value = observationWords({ ...part, component: undefined } as unknown as Observation)
  if (value === undefined) return undefined
  const asOne = {
    ...part,
    resourceType: 'Observation',
    status: 'final',
    effectiveDateTime: '2000',
    component: [],
  }
  const [numeric] = numericResults({ id: '', resource: asOne as unknown as Resource })
  const flag = attempt(() => flagOf(part)) ?? numeric?.flag
  const measurement = measurementOf(part.code)
  return {
    title: plainTestName(title),
    value,
    ...(measurement && { measurement: measurement.key }),
    ...(flag && { flag }),
    ...(numeric?.range && { range: numeric.range }),
  }
}

function observationRows(observation: Observation & { resourceType: 'Observation' }): ResultRow[] {
  const own = rowOf(observation, titleOf(observation))
  const components = Array.isArray(observation.component) ? observation.component : []
  const parts = components.map((part) => rowOf(part as Observation, conceptWords(part.code) ?? ''))
  const rows = [own, ...parts].filter((row) => row !== undefined)
  // Upper before lower, as people say it.
  return rows.sort((a, b) => Number(a.measurement === 'diastolic') - Number(b.measurement === 'diastolic'))
}

function reportRows(report: DiagnosticReport, resolve: Resolver): ResultRow[] {
  const results = Array.isArray(report.result) ? report.result : []
  return results.flatMap(({ reference, display }) => {
    const target = typeof reference === 'string' ? resolve(reference) : undefined
    if (target?.resourceType === 'Observation') return observationRows(target)
    const title = oneLine(display)
    return title === undefined ? [] : [{ title, value: '' }]
  })
}

/** The results in an observation or a report. */
export function resultRows(resource: Resource, resolve: Resolver): ResultRow[] {
  if (resource.resourceType === 'Observation') return attempt(() => observationRows(resource)) ?? []
  return resource.resourceType === 'DiagnosticReport'
    ? (attempt(() => reportRows(resource, resolve)) ?? [])
    : []
}

type Section = NonNullable<Composition['section']>[number]

function sections(list: readonly Section[] | undefined, resolve: Resolver, level: number): TextSection[] {
  if (!Array.isArray(list) || level > 6) return []
  return (list as Section[]).flatMap((section) => {
    const written = narrativeText(section.text)
    const key = sectionKey(section)
    const references = Array.isArray(section.entry) ? section.entry : []
    const entries = references.flatMap((reference) => sectionEntry(reference, resolve) ?? [])
    const isByEntries =
      entries.length > 0 &&
      (written === '' || (key !== undefined && BY_ENTRIES.has(key) && entries.length === references.length))
    const title = oneLine(section.title) ?? conceptWords(section.code) ?? ''
    const text = isByEntries ? '' : written
    const inner = sections(section.section, resolve, level + 1)
    if (text === '' && !isByEntries && inner.length === 0) return []
    return [{ title, text, level, ...(key && { key }), ...(isByEntries && { entries }) }, ...inner]
  })
}

function sectionKey(section: Section): SectionKey | undefined {
  const codes = codesIn(section.code, 'loinc')
  const known = codes.find((code) => Object.hasOwn(SECTION_CODES, code)) as
    | keyof typeof SECTION_CODES
    | undefined
  return known && SECTION_CODES[known]
}

function sectionEntry(
  reference: { reference?: string; display?: string },
  resolve: Resolver,
): SectionEntry | undefined {
  const target = typeof reference?.reference === 'string' ? resolve(reference.reference) : undefined
  const display = oneLine(reference?.display)
  if (!target) return display === undefined ? undefined : { title: display, line: [] }
  const measurement = target.resourceType === 'Observation' ? measurementOf(target.code) : undefined
  return {
    title: display ?? plainTestName(titleOf(target, resolve)),
    line: lineOf(target, resolve),
    ...(measurement && { measurement: measurement.key }),
  }
}

type Item = NonNullable<QuestionnaireResponse['item']>[number]

function answers(list: readonly Item[] | undefined, level: number): TextSection[] {
  if (!Array.isArray(list) || level > 10) return []
  return (list as Item[]).flatMap((item) => {
    const given = (Array.isArray(item.answer) ? item.answer : []).flatMap((answer) => {
      const value = answer as Record<string, unknown>
      const coding = conceptWords(answer.valueCoding)
      const words =
        coding ??
        observationWords(value as never) ??
        oneLine(value.valueString ?? value.valueDate ?? value.valueUri, 500)
      const decimal = typeof value.valueDecimal === 'number' ? String(value.valueDecimal) : undefined
      return words ?? decimal ?? []
    })
    const title = oneLine(item.text, 300) ?? oneLine(item.linkId) ?? ''
    const inner = [
      ...answers(item.item, level + 1),
      ...(item.answer ?? []).flatMap((answer) => answers(answer.item, level + 1)),
    ]
    return given.length === 0 && inner.length === 0
      ? []
      : [{ title, text: given.join(', '), level }, ...inner]
  })
}

/** What is written in sections: a note, a discharge summary, answers to a questionnaire, or any narrative. */
export function textSections(resource: Resource, resolve: Resolver): TextSection[] {
  const read = (): TextSection[] => {
    if (resource.resourceType === 'Composition') return sections(resource.section, resolve, 0)
    if (resource.resourceType === 'QuestionnaireResponse') return answers(resource.item, 0)
    if (resource.resourceType === 'Bundle') {
      const inner = (resource.entry ?? []).flatMap(({ resource: one }) => (one ? [one as Resource] : []))
      const first = inner[0]
      const within: Resolver = (reference) =>
        inner.find((one) => reference.endsWith(`/${one.id}`) || reference === `urn:uuid:${one.id}`) ??
        ((resource.entry ?? []).find(({ fullUrl }) => fullUrl === reference)?.resource as
          | Resource
          | undefined) ??
        resolve(reference)
      if (first?.resourceType === 'Composition') return sections(first.section, within, 0)
      return inner.slice(0, 200).map((one) => ({ title: titleOf(one, within), text: '', level: 0 }))
    }
    return []
  }
  return attempt(read) ?? []
}
