import { attempt } from './attempt.ts'
import { narrativeText } from './consultation/narrative.ts'
import { layoutOf } from './facts/layouts.ts'
import { type FactValue, factValue } from './facts/values.ts'
import type { Resolver } from './references.ts'
import type { Resource } from './types.ts'
import { typeWords } from './words.ts'

export { FACT_LABELS, LAID_OUT_TYPES } from './facts/layouts.ts'
export {
  type ResultRow,
  resultRows,
  SECTION_KEYS,
  type SectionEntry,
  type SectionKey,
  type TextSection,
  textSections,
} from './facts/tables.ts'
export type { FactValue } from './facts/values.ts'

/** One thing a record says: a label (a key of the screen's words, or R4's own name where there is none), and values. */
export interface Fact {
  readonly label: string
  /** Whether the label is a key of `FACT_LABELS`. */
  readonly isKnown: boolean
  readonly values: readonly FactValue[]
}

/** Elements that say nothing about the patient's health. */
const TECHNICAL = new Set(
  `resourceType id meta implicitRules language text contained extension modifierExtension identifier subject patient
  encounter code medicationCodeableConcept medicationReference vaccineCode title name instantiatesCanonical
  instantiatesUri basedOn partOf`.split(/\s+/),
)
const MOST_VALUES = 50

function* valuesAt(value: unknown, path: readonly string[]): Generator<unknown> {
  if (Array.isArray(value)) {
    for (const item of value.slice(0, MOST_VALUES)) yield* valuesAt(item, path)
    return
  }
  const [name, ...rest] = path
  if (name === undefined) {
    if (value !== undefined && value !== null) yield value
    return
  }
  if (typeof value !== 'object' || value === null) return
  const fields = value as Record<string, unknown>
  if (name.endsWith('[x]')) {
    const stem = name.slice(0, -3)
    const found = Object.keys(fields).find(
      (key) => key.startsWith(stem) && /^[A-Z]/.test(key.slice(stem.length)),
    )
    if (found !== undefined) yield* valuesAt(fields[found], rest)
  } else if (Object.hasOwn(fields, name)) yield* valuesAt(fields[name], rest)
}

function shown(resource: Resource, path: readonly string[], resolve: Resolver): FactValue[] {
  const name = (path.at(-1) ?? '').replace('[x]', '')
  const found = [...valuesAt(resource, path)].map((value) => factValue(value, name, resolve))
  const values = found.filter((value) => value !== undefined)
  const seen = new Set<string>()
  return values.filter((value) => {
    const key = JSON.stringify(value)
    return !seen.has(key) && seen.add(key)
  })
}

function generalFacts(resource: Resource, resolve: Resolver): Fact[] {
  return Object.keys(resource)
    .filter((name) => !TECHNICAL.has(name) && !name.startsWith('_'))
    .map((name) => ({
      label: typeWords(name.replace(/^./, (letter) => letter.toUpperCase())),
      isKnown: false,
      values: shown(resource, [name], resolve),
    }))
}

/**
 * What a record says, line by line, for people; any R4 type, valid or not. What is not here is in the tree of all its
 * details. Never throws.
 */
export function factsOf(resource: Resource, resolve: Resolver = () => undefined): Fact[] {
  const within: Resolver = (reference) =>
    reference.startsWith('#') ? containedIn(resource, reference.slice(1)) : resolve(reference)
  const layout = layoutOf(resource.resourceType)
  const facts = layout
    ? layout.map(({ label, paths }) => ({
        label,
        isKnown: true,
        values:
          paths
            .map((path) => attempt(() => shown(resource, path, within)) ?? [])
            .find((one) => one.length > 0) ?? [],
      }))
    : (attempt(() => generalFacts(resource, within)) ?? [])
  return facts.filter(({ values }) => values.length > 0)
}

function containedIn(resource: Resource, id: string): Resource | undefined {
  const contained = 'contained' in resource && Array.isArray(resource.contained) ? resource.contained : []
  return contained.find((one) => (one as { id?: string } | null)?.id === id) as Resource | undefined
}

/** The narrative that a record brings along, as text: what its author wanted to be read. */
export function narrativeOfRecord(resource: Resource): string {
  const text = 'text' in resource ? attempt(() => narrativeText(resource.text)) : undefined
  return text ?? ''
}
