import { attempt } from '../attempt.ts'
import type { ChartRecord } from '../chart/record.ts'
import { codingsOf } from '../concepts.ts'
import { dayOf, occurredOn } from '../occurred.ts'
import { titleOf } from '../titles.ts'
import type { AllergyIntolerance, CodeableConcept, Coding } from '../types.ts'
import { conceptWords, firstWords } from '../words.ts'

export interface AllergyItem {
  readonly record: string
  readonly title: string
  readonly criticality: 'high' | 'low' | 'unable-to-assess'
  /** What happened, as written. */
  readonly reactions: readonly string[]
  readonly severity?: 'mild' | 'moderate' | 'severe'
  readonly kind?: 'allergy' | 'intolerance'
  readonly about: readonly ('food' | 'medication' | 'environment' | 'biologic')[]
  readonly isConfirmed: boolean
  readonly date?: string
  /** Codes of the substance, to find clashes with what is prescribed. */
  readonly codes: readonly Coding[]
}

/**
 * 'listed': there are allergies. 'none-known': somebody asked, and there are none. 'nothing-recorded': nobody wrote
 * anything, which says nothing.
 */
export interface Allergies {
  readonly state: 'listed' | 'none-known' | 'nothing-recorded'
  readonly items: readonly AllergyItem[]
  /** What is known not to exist: 'drug' alone leaves food open. */
  readonly noneKnown: readonly NoneKnown[]
  /** When that was last said. */
  readonly noneKnownOn?: string
}

export type NoneKnown = 'any' | 'drug' | 'food' | 'environment'

/** SNOMED CT, and the IPS code system absent-unknown-uv-ips. */
const NONE_KNOWN: Readonly<Record<string, NoneKnown>> = {
  '716186003': 'any',
  '160244002': 'any',
  '409137002': 'drug',
  '429625007': 'food',
  '428607008': 'environment',
  'no-known-allergies': 'any',
  'no-known-medication-allergies': 'drug',
  'no-known-food-allergies': 'food',
  'no-known-environmental-allergies': 'environment',
}
const NO_INFORMATION = new Set(['no-allergy-info', '1631000175102'])
const NONE_WORDS: readonly [RegExp, NoneKnown][] = [
  [/^(nkda|(no|nil) known (drug|medication|medicine) allerg(y|ies))\b/i, 'drug'],
  [/^(no|nil) known food allerg(y|ies)\b/i, 'food'],
  [/^(nka|(no|nil) known allerg(y|ies)|no allerg(y|ies)|कोई (ज्ञात )?एलर्जी नहीं)/i, 'any'],
]

function noneKnownBy(concept: CodeableConcept | undefined): NoneKnown | 'no-information' | undefined {
  for (const { code } of codingsOf(concept)) {
    if (code === undefined) continue
    if (NO_INFORMATION.has(code)) return 'no-information'
    if (Object.hasOwn(NONE_KNOWN, code)) return NONE_KNOWN[code]
  }
  const text = conceptWords(concept)
  return text === undefined ? undefined : NONE_WORDS.find(([words]) => words.test(text))?.[1]
}

const SEVERITIES = ['mild', 'moderate', 'severe'] as const
const WEIGHT = { high: 0, 'unable-to-assess': 1, low: 2 } as const

function statusCodes(concept: CodeableConcept | undefined): Set<string> {
  return new Set(codingsOf(concept).map((coding) => coding.code ?? ''))
}

function isCurrent(allergy: AllergyIntolerance): boolean {
  const clinical = statusCodes(allergy.clinicalStatus)
  const verified = statusCodes(allergy.verificationStatus)
  return (
    !clinical.has('inactive') &&
    !clinical.has('resolved') &&
    !verified.has('refuted') &&
    !verified.has('entered-in-error')
  )
}

function itemOf(
  record: string,
  allergy: AllergyIntolerance & { resourceType: 'AllergyIntolerance' },
): AllergyItem {
  const reactions = Array.isArray(allergy.reaction) ? allergy.reaction : []
  const told = reactions.flatMap((reaction) => firstWords(reaction?.manifestation) ?? [])
  const severity = SEVERITIES.findLast((one) => reactions.some((reaction) => reaction?.severity === one))
  const date = occurredOn(allergy)
  const kind = (['allergy', 'intolerance'] as const).find((one) => one === allergy.type)
  const about = (['food', 'medication', 'environment', 'biologic'] as const).filter((one) =>
    Array.isArray(allergy.category) ? allergy.category.includes(one) : false,
  )
  const given = (['high', 'low'] as const).find((one) => one === allergy.criticality)
  return {
    record,
    title: titleOf(allergy),
    criticality: given ?? (severity === 'severe' ? 'high' : 'unable-to-assess'),
    reactions: [...new Set(told)],
    ...(severity !== undefined && { severity }),
    ...(kind !== undefined && { kind }),
    about,
    isConfirmed: statusCodes(allergy.verificationStatus).has('confirmed'),
    ...(date !== undefined && { date }),
    codes: [...codingsOf(allergy.code), ...reactions.flatMap((reaction) => codingsOf(reaction?.substance))],
  }
}

/** 'Allergy to peanuts' and 'Peanuts' are one. */
function substanceName(title: string): string {
  return title
    .toLowerCase()
    .replace(/^(allergy|intolerance|hypersensitivity) to /, '')
    .replace(/ (allergy|intolerance)$/, '')
    .trim()
}

/** Lists (R4 `List`, `Composition.section`) that were left empty because there is nothing. */
function isNilKnownList(record: ChartRecord): boolean {
  const { resource } = record
  const isEmptyList = (part: { code?: CodeableConcept; emptyReason?: CodeableConcept }) =>
    codingsOf(part.code).some(({ code }) => code === '48765-2' || code === '52472-8') &&
    statusCodes(part.emptyReason).has('nilknown')
  if (resource.resourceType === 'List') return isEmptyList(resource)
  return (
    resource.resourceType === 'Composition' &&
    Array.isArray(resource.section) &&
    resource.section.some((section) => isEmptyList(section))
  )
}

export function allergiesOf(records: readonly ChartRecord[]): Allergies {
  const items = new Map<string, AllergyItem>()
  const none = new Set<NoneKnown>()
  let noneKnownOn: string | undefined
  const say = (what: NoneKnown, date: string | undefined) => {
    none.add(what)
    if (date !== undefined && date > (noneKnownOn ?? '')) noneKnownOn = date
  }
  for (const record of records) {
    const { resource } = record
    if (attempt(() => isNilKnownList(record)))
      say(
        'any',
        attempt(() => occurredOn(resource)),
      )
    if (resource.resourceType !== 'AllergyIntolerance') continue
    if (!(attempt(() => isCurrent(resource)) ?? true)) continue
    const absent = attempt(() => noneKnownBy(resource.code))
    if (absent === 'no-information') continue
    if (absent) {
      say(absent, dayOf(resource.recordedDate) ?? attempt(() => occurredOn(resource)))
      continue
    }
    const item = attempt(() => itemOf(record.id, resource))
    if (!item) continue
    const name = substanceName(item.title)
    const known = items.get(name)
    if (!known || WEIGHT[item.criticality] < WEIGHT[known.criticality]) items.set(name, item)
  }
  const listed = [...items.values()].sort(
    (a, b) => WEIGHT[a.criticality] - WEIGHT[b.criticality] || a.title.localeCompare(b.title),
  )
  return {
    state: listed.length > 0 ? 'listed' : none.size > 0 ? 'none-known' : 'nothing-recorded',
    items: listed,
    noneKnown: [...none],
    ...(noneKnownOn !== undefined && { noneKnownOn }),
  }
}
