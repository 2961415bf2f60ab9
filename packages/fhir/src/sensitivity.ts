import type { Resolver } from './references.ts'
import {
  ATC_PREFIXES,
  ICD10_RANGES,
  ICD11_PREFIXES,
  LOINC,
  type Sensitivity,
  SNOMED,
} from './sensitive-codes.ts'
import { SENSITIVE_WORDS } from './sensitive-words.ts'
import type { Resource } from './types.ts'

export type { Sensitivity } from './sensitive-codes.ts'

interface Coding {
  readonly system?: unknown
  readonly code?: unknown
  readonly display?: unknown
}

/** v3-ActCode: sensitivity policies by which others mark what must be protected. */
const SENSITIVITY_LABELS = new Set(
  'ADOL BH COGN DVD EMOTDIS ETH ETHUD GDIS GENDER HIV MH MST OPIOIDUD PHY PRS PSY PSYTHPN SCA SDV SEX SICKLE SPI STD SUD TBOO VIO'.split(
    ' ',
  ),
)

/** True for v3-Confidentiality R (restricted) and V (very restricted) and v3-ActCode sensitivity policies. */
function isProtectiveLabel({ system, code }: Coding): boolean {
  if (typeof code !== 'string') return false
  const name = typeof system === 'string' ? system.slice(system.lastIndexOf('/') + 1).replace(/^v3-/, '') : ''
  if (name === 'Confidentiality' || /113883\.5\.25$/.test(name)) return code === 'R' || code === 'V'
  return (name === 'ActCode' || /113883\.5\.4$/.test(name)) && SENSITIVITY_LABELS.has(code)
}

function icd10Topic(code: string): Sensitivity | undefined {
  return ICD10_RANGES.find(([, first, last]) => {
    const length = Math.max(first.length, last.length)
    const start = code.slice(0, length)
    return start.length === length && start >= first && start <= last
  })?.[0]
}

function codingTopic({ system, code }: Coding): Sensitivity | undefined {
  if (typeof system !== 'string' || typeof code !== 'string') return undefined
  const isIn = (list: readonly [Sensitivity, RegExp][]) => list.find(([, prefix]) => prefix.test(code))?.[0]
  if (system === 'http://snomed.info/sct' || /113883\.6\.96$/.test(system)) return SNOMED.get(code)
  if (system === 'http://loinc.org' || /113883\.6\.1$/.test(system)) return LOINC.get(code)
  if (/\/sid\/icd-?10|113883\.6\.(3|90)$/.test(system)) return icd10Topic(code)
  if (/id\.who\.int\/icd|\/sid\/icd-?11/.test(system)) return isIn(ICD11_PREFIXES)
  if (/whocc\.no\/atc|113883\.6\.73$/.test(system)) return isIn(ATC_PREFIXES)
  return undefined
}

function wordsTopic(text: unknown): Sensitivity | undefined {
  if (typeof text !== 'string') return undefined
  const start = text.slice(0, 500)
  return SENSITIVE_WORDS.find(([, words]) => words.test(start))?.[0]
}

/** Where free text or people's names stand, not concepts. */
const NOT_CONCEPTS = new Set([
  'text',
  'note',
  'dosageInstruction',
  'dosage',
  'extension',
  'modifierExtension',
  'identifier',
])
/** References whose target or display tells what the record is about. */
const TELLING =
  /^(medicationReference|reasonReference|condition|addresses|problem|finding|focus|result|basedOn|code|detail)$/
const SECURITY = /^(security|securityLabel)$/

/**
 * Why a resource belongs to the category `sensitive`, or undefined. Looks at security labels, at every coding, at the
 * names of concepts, and one step along the references that tell what it is about (the reason of a prescription).
 */
export function sensitivityOf(resource: Resource, resolve?: Resolver): Sensitivity | undefined {
  const confidentiality = resource.resourceType === 'Composition' ? resource.confidentiality : undefined
  if (confidentiality === 'R' || confidentiality === 'V') return 'label'
  return search(resource as unknown as Record<string, unknown>, resolve, 0)
}

const MAX_LEVELS = 30

function search(
  object: Record<string, unknown>,
  resolve: Resolver | undefined,
  level: number,
): Sensitivity | undefined {
  if (level > MAX_LEVELS) return undefined
  const own = codingTopic(object)
  if (own) return own
  for (const [name, value] of Object.entries(object)) {
    if (NOT_CONCEPTS.has(name) || typeof value !== 'object' || value === null) continue
    for (const item of Array.isArray(value) ? value : [value]) {
      if (typeof item !== 'object' || item === null) continue
      const found = SECURITY.test(name)
        ? labelOf(item as Record<string, unknown>)
        : (namedTopic(name, item as Record<string, unknown>, resolve, level) ??
          search(item as Record<string, unknown>, resolve, level + 1))
      if (found) return found
    }
  }
  return undefined
}

function labelOf(item: Record<string, unknown>): Sensitivity | undefined {
  const codings = Array.isArray(item.coding) ? (item.coding as Coding[]) : [item as Coding]
  return codings.some((coding) => coding && isProtectiveLabel(coding)) ? 'label' : undefined
}

function namedTopic(
  name: string,
  item: Record<string, unknown>,
  resolve: Resolver | undefined,
  level: number,
): Sensitivity | undefined {
  if (typeof item.reference === 'string' || ('display' in item && !('code' in item) && !('system' in item))) {
    if (!TELLING.test(name)) return undefined
    const target = level < 3 && typeof item.reference === 'string' ? resolve?.(item.reference) : undefined
    return wordsTopic(item.display) ?? (target && sensitivityOf(target))
  }
  return wordsTopic(item.text) ?? wordsTopic(item.display)
}
