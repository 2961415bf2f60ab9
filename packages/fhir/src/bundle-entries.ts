import { BUNDLE_SENTENCES, type BundleIssue, type BundleIssueCode, issueOf } from './bundle-issue.ts'
import type { BundleItem, Deletion } from './duplicates.ts'
import { versionHint } from './fhir-version.ts'
import { type JsonFault, scanJson } from './json-source.ts'
import { nonJsonHint } from './source-format.ts'
import { isResourceType } from './types.ts'

/** Levels of nesting in the file; a resource stands at level 4 of a bundle and may have 100 of its own. */
export const MAX_BUNDLE_DEPTH = 104
/** A lifetime of records is some ten thousand. */
export const MAX_ENTRIES = 250_000

export interface ReadEntries {
  readonly format: 'bundle' | 'ndjson'
  readonly type?: string
  readonly items: readonly BundleItem[]
  readonly deletions: readonly Deletion[]
  readonly issues: BundleIssue[]
}

const TOO_MANY = `More than ${MAX_ENTRIES.toLocaleString('en')} entries are in this file. Export it in parts.`

function failed(code: BundleIssueCode, message: string): ReadEntries {
  return { format: 'bundle', items: [], deletions: [], issues: [{ severity: 'fatal', code, message }] }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Takes the resources out of a Bundle or NDJSON, with their exact text; judges each entry on its own. */
export function readEntries(text: string): ReadEntries {
  if (text.trim() === '') return failed('empty', BUNDLE_SENTENCES.empty)
  const hint = nonJsonHint(text)
  if (hint) return failed(/FHIR in XML/.test(hint) ? 'wrong-version' : 'not-json', hint)
  const source = scanJson(text, MAX_BUNDLE_DEPTH)
  const isTooDeep = source.faults.some((fault) => fault.kind === 'too-deep')
  const bundle = isTooDeep ? undefined : parse(text)
  if (bundle === undefined) {
    const firstLine = text.trimStart().split(/\r?\n/, 1)[0] ?? ''
    if (!isTooDeep && isObject(parse(firstLine))) return readLines(text)
    const code = isTooDeep ? 'too-deep' : 'not-json'
    return failed(code, BUNDLE_SENTENCES[code])
  }
  if (!isObject(bundle) || typeof bundle.resourceType !== 'string')
    return failed('not-a-bundle', 'This is JSON, but not FHIR: it has no resourceType.')
  if (bundle.resourceType !== 'Bundle') {
    const name = isResourceType(bundle.resourceType) ? bundle.resourceType : 'resource of another kind'
    return failed('not-a-bundle', `This is a single ${name}, not a Bundle of records.`)
  }
  if (source.faults.some((fault) => fault.entry === undefined))
    return failed('duplicate-key', BUNDLE_SENTENCES['duplicate-key'])
  const entries = bundle.entry
  if (entries !== undefined && !Array.isArray(entries))
    return failed('not-a-bundle', 'Bundle.entry must be a list of entries.')
  if (!entries || entries.length === 0) return failed('empty', BUNDLE_SENTENCES.empty)

  if (entries.length > MAX_ENTRIES) return failed('too-large', TOO_MANY)
  const issues: BundleIssue[] = []
  const items: BundleItem[] = []
  const deletions: Deletion[] = []
  const faulty = faultsByEntry(source.faults, issues)
  entries.forEach((entry: unknown, place) => {
    if (faulty.has(place)) return
    const range = source.resources.get(place)
    const request = isObject(entry) && isObject(entry.request) ? entry.request : {}
    const isDeletion = request.method === 'DELETE'
    if (isDeletion && typeof request.url === 'string')
      deletions.push({ typeAndId: request.url, entry: place })
    if (!isObject(entry) || !isObject(entry.resource) || !range) {
      if (!isDeletion) issues.push(issueOf('warning', 'entry-without-resource', place))
      return
    }
    const fullUrl = typeof entry.fullUrl === 'string' ? entry.fullUrl : undefined
    addItem(entry.resource, text.slice(range.start, range.end), place, fullUrl, items, issues)
  })
  const links = Array.isArray(bundle.link) ? bundle.link : []
  if (links.some((link: unknown) => isObject(link) && link.relation === 'next'))
    issues.push(issueOf('warning', 'partial'))
  const type = typeof bundle.type === 'string' ? bundle.type : undefined
  return {
    format: 'bundle',
    ...(type !== undefined && { type }),
    items,
    deletions: type === 'history' ? deletions : [],
    issues,
  }
}

/** Bulk-data NDJSON: one resource on each line. */
function readLines(text: string): ReadEntries {
  const issues: BundleIssue[] = []
  const items: BundleItem[] = []
  const lines = text.split('\n')
  if (lines.length > MAX_ENTRIES) return failed('too-large', TOO_MANY)
  lines.forEach((line, place) => {
    const trimmed = line.trim()
    if (trimmed === '') return
    const { faults } = scanJson(trimmed, MAX_BUNDLE_DEPTH)
    const [fault] = faults
    if (fault) {
      issues.push(issueOf('error', fault.kind, place))
      return
    }
    const resource = parse(trimmed)
    if (isObject(resource)) addItem(resource, trimmed, place, undefined, items, issues)
    else issues.push(issueOf('error', 'not-json', place))
  })
  return { format: 'ndjson', items, deletions: [], issues }
}

function faultsByEntry(faults: readonly JsonFault[], issues: BundleIssue[]): ReadonlySet<number> {
  const faulty = new Set<number>()
  for (const { kind, entry } of faults) {
    if (entry === undefined || faulty.has(entry)) continue
    faulty.add(entry)
    issues.push(issueOf('error', kind, entry))
  }
  return faulty
}

function addItem(
  resource: Record<string, unknown>,
  text: string,
  entry: number,
  fullUrl: string | undefined,
  items: BundleItem[],
  issues: BundleIssue[],
): void {
  const type = resource.resourceType
  if (typeof type !== 'string') {
    issues.push(issueOf('error', 'not-a-resource', entry))
    return
  }
  const hint = versionHint(resource)
  if (hint) {
    const message = `This looks like FHIR ${hint.version} (${hint.because}); Curo reads FHIR R4. Left out.`
    issues.push({ severity: 'error', code: 'wrong-version', message, entry })
    return
  }
  if (!isResourceType(type)) {
    issues.push({
      severity: 'error',
      code: 'unknown-type',
      message: 'FHIR R4 has no resource of this type. Left out.',
      entry,
    })
    return
  }
  if (type === 'Bundle') issues.push(issueOf('error', 'nested-bundle', entry))
  else if (type === 'OperationOutcome') issues.push(issueOf('warning', 'server-message', entry))
  else
    items.push({
      resource: resource as unknown as BundleItem['resource'],
      text,
      entry,
      ...(fullUrl !== undefined && { fullUrl }),
    })
}
