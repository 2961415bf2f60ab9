import type { Phrase } from '../chart/phrase.ts'
import { dosageOf } from '../dosage.ts'
import { nameWords } from '../patient.ts'
import type { Resolver } from '../references.ts'
import { titleOf } from '../titles.ts'
import type { Observation, Quantity, Resource } from '../types.ts'
import { observationWords } from '../values.ts'
import { conceptWords, oneLine } from '../words.ts'

/** Something to show: words as they are, a date to be written in the reader's way, a status or phrases to be said. */
export type FactValue =
  | { readonly text: string }
  | { readonly date: string }
  | { readonly from?: string; readonly to?: string }
  | { readonly status: string }
  | { readonly bytes: number }
  | { readonly yes: boolean }
  | { readonly phrases: readonly Phrase[] }

const DATE = /^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const text = (value: string | undefined): FactValue | undefined =>
  value === undefined ? undefined : { text: value }

function quantityText(value: Fields): FactValue | undefined {
  return text(observationWords({ valueQuantity: value as Quantity } as unknown as Observation))
}

function referenceText(value: Fields, resolve: Resolver): FactValue | undefined {
  const display = oneLine(value.display)
  if (display !== undefined) return { text: display }
  const target = typeof value.reference === 'string' ? resolve(value.reference) : undefined
  return target && { text: titleOf(target as Resource, resolve) }
}

function addressText(value: Fields): FactValue | undefined {
  const lines = Array.isArray(value.line) ? value.line : []
  const parts = [...lines, value.city, value.district, value.state, value.postalCode, value.country]
  return text(
    oneLine(value.text, 200) ?? oneLine(parts.filter((part) => typeof part === 'string').join(', '), 200),
  )
}

/** A FHIR value of whatever type as something to show; undefined where nothing can be said. */
export function factValue(value: unknown, name: string, resolve: Resolver): FactValue | undefined {
  if (typeof value === 'string') {
    if (
      /(status|priority|criticality|severity|gender|actuality|eye|category|type|mode)$/i.test(name) &&
      /^[a-z][a-z-]{0,40}$/.test(value)
    )
      return { status: value }
    return DATE.test(value) &&
      /\d{4}/.test(value) &&
      !/(number|version|text|description|lot|title)$/i.test(name)
      ? { date: value }
      : text(oneLine(value, 1000))
  }
  if (typeof value === 'number') return name === 'size' ? { bytes: value } : { text: String(value) }
  if (typeof value === 'boolean') return { yes: value }
  if (!isFields(value)) return undefined
  if (
    'text' in value &&
    ('time' in value ||
      'authorString' in value ||
      'authorReference' in value ||
      Object.keys(value).length === 1) &&
    !('coding' in value)
  )
    return text(oneLine(value.text, 2000))
  if (isDosage(value)) {
    const dosage = dosageOf(value as Parameters<typeof dosageOf>[0])
    if (!dosage) return undefined
    return dosage.phrases.length > 0 ? { phrases: dosage.phrases } : text(dosage.text)
  }
  if ('coding' in value || 'text' in value)
    return statusCode(value, name) ?? text(conceptWords(value as never))
  if ('start' in value || 'end' in value) return periodOf(value)
  if ('numerator' in value || 'denominator' in value)
    return text(observationWords({ valueRatio: value } as never))
  if ('low' in value || 'high' in value) return text(observationWords({ valueRange: value } as never))
  if ('value' in value && typeof value.value === 'number') return quantityText(value)
  if ('reference' in value || 'display' in value)
    return referenceText(value, resolve) ?? text(conceptWords(value as never))
  if ('family' in value || 'given' in value) return text(oneLine(nameWords(value as never).text))
  if ('line' in value || 'city' in value) return addressText(value)
  if ('contentType' in value || 'url' in value)
    return text(oneLine(value.title) ?? oneLine(value.contentType))
  if ('value' in value) return text(oneLine(value.value))
  return 'code' in value ? text(conceptWords(value as never)) : undefined
}

/** Statuses that are concepts in R4 (clinicalStatus …) are said in the reader's language too. */
function statusCode(value: Fields, name: string): FactValue | undefined {
  if (!/status$/i.test(name) || !Array.isArray(value.coding)) return undefined
  const code = (value.coding[0] as { code?: unknown } | undefined)?.code
  return typeof code === 'string' && /^[a-z][a-z-]{0,40}$/.test(code) ? { status: code } : undefined
}

function isDosage(value: Fields): boolean {
  return (
    'doseAndRate' in value || 'timing' in value || 'asNeededBoolean' in value || 'patientInstruction' in value
  )
}

function periodOf({ start, end }: Fields): FactValue | undefined {
  const [from, to] = [start, end].map((side) =>
    typeof side === 'string' && DATE.test(side) ? side : undefined,
  )
  if (from === undefined && to === undefined) return undefined
  const isOneDay = from?.slice(0, 10) === to?.slice(0, 10)
  if (isOneDay && from !== undefined) return { date: from }
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) }
}
