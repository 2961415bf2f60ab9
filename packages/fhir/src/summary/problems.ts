import { attempt } from '../attempt.ts'
import { type ChartRecord, newestFirst } from '../chart/record.ts'
import { codingsOf, systemName } from '../concepts.ts'
import { dayOf, occurredOn } from '../occurred.ts'
import { titleOf } from '../titles.ts'
import type { Condition } from '../types.ts'
import { conceptWords } from '../words.ts'

export interface ProblemItem {
  readonly record: string
  readonly title: string
  /** 'YYYY-MM-DD' on which it began, or was first written down. */
  readonly since?: string
  readonly severity?: string
  readonly certainty: 'confirmed' | 'suspected'
  readonly isRecurrence: boolean
  /** ICD-10 code, where there is one. */
  readonly icd10?: string
}

const OVER = new Set(['inactive', 'remission', 'resolved'])
const WRONG = new Set(['refuted', 'entered-in-error'])
const SUSPECTED = new Set(['unconfirmed', 'provisional', 'differential'])
const BACK = new Set(['recurrence', 'relapse'])

type ConditionResource = Condition & { resourceType: 'Condition' }

const codes = (concept: Condition['clinicalStatus']) => codingsOf(concept).map(({ code }) => code ?? '')

function isActive(condition: ConditionResource, today: string): boolean {
  if (codes(condition.verificationStatus).some((code) => WRONG.has(code))) return false
  const status = codes(condition.clinicalStatus)
  if (status.some((code) => OVER.has(code))) return false
  const abated = dayOf(condition.abatementDateTime) ?? dayOf(condition.abatementPeriod?.end)
  if (abated !== undefined && abated <= today) return false
  const isOver = status.length === 0 && (condition.abatementString !== undefined || condition.abatementAge)
  return !isOver
}

function itemOf(record: string, condition: ConditionResource): ProblemItem {
  const since = occurredOn(condition)
  const severity = conceptWords(condition.severity)
  const icd10 = codingsOf(condition.code).find((coding) => /^icd-?10/.test(systemName(coding.system)))?.code
  return {
    record,
    title: titleOf(condition),
    ...(since !== undefined && { since }),
    ...(severity !== undefined && { severity }),
    certainty: codes(condition.verificationStatus).some((code) => SUSPECTED.has(code))
      ? 'suspected'
      : 'confirmed',
    isRecurrence: codes(condition.clinicalStatus).some((code) => BACK.has(code)),
    ...(icd10 !== undefined && { icd10 }),
  }
}

/** What makes two entries the same problem: a common code, else the same words. */
function keysOf(condition: ConditionResource, title: string): string[] {
  const coded = codingsOf(condition.code).flatMap(({ system, code }) =>
    code === undefined ? [] : [`${systemName(system)}|${code}`],
  )
  return [...coded, `text|${title.toLowerCase()}`]
}

/** The day an entry speaks for: when it was written down, so that the later word on a problem counts. */
function saidOn(condition: ConditionResource): string {
  return (
    dayOf(condition.recordedDate) ??
    dayOf(condition.abatementDateTime) ??
    dayOf(condition.meta?.lastUpdated) ??
    occurredOn(condition) ??
    ''
  )
}

/**
 * Active problems, the latest word on each: an entry that says a problem is over ends the older ones of the same code
 * or name. It keeps the earliest day on which that problem was active.
 */
export function problemsOf(records: readonly ChartRecord[], today: string): ProblemItem[] {
  const conditions = records.flatMap(({ id, resource, created = '' }) => {
    if (resource.resourceType !== 'Condition') return []
    const said = attempt(() => saidOn(resource)) ?? ''
    return [{ id, resource, said, created }]
  })
  conditions.sort((a, b) => newestFirst(b.said + b.created, a.said + a.created))
  const byKey = new Map<string, { item: ProblemItem | undefined }>()
  const all = new Set<{ item: ProblemItem | undefined }>()
  for (const { id, resource } of conditions) {
    const item = attempt(() => itemOf(id, resource))
    if (!item) continue
    const keys = attempt(() => keysOf(resource, item.title)) ?? [item.title]
    const isNow = attempt(() => isActive(resource, today)) ?? true
    const known = keys.map((key) => byKey.get(key)).find((entry) => entry !== undefined)
    const entry = known ?? { item: undefined }
    const first = entry.item?.since
    const since = first !== undefined && first < (item.since ?? '9999') ? { since: first } : {}
    const isWrong = codes(resource.verificationStatus).some((code) => WRONG.has(code))
    if (!isWrong) entry.item = isNow ? { ...item, ...since } : undefined
    all.add(entry)
    for (const key of keys) byKey.set(key, entry)
  }
  return [...all]
    .map(({ item }) => item)
    .filter((item) => item !== undefined)
    .sort((a, b) => newestFirst(a.since, b.since))
}
