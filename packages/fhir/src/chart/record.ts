import { attempt } from '../attempt.ts'
import { makeResolver, type Resolver } from '../references.ts'
import { isResourceType, type Resource } from '../types.ts'

/** An opened record of a chart. A document Bundle counts for what stands in it. */
export interface ChartRecord {
  /** The record's id, by which a screen opens it; not the resource's. */
  readonly id: string
  readonly resource: Resource
  /** Instant at which it was sealed: the newer of two versions counts. */
  readonly created?: string
}

/** Ids that nobody else gives: small systems number their resources, and 'Condition/1' exists at every hospital. */
const UNIQUE_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

const INNER = new Set(['document', 'collection', 'message', 'searchset', 'batch', 'transaction', 'history'])
const MAX_INNER = 2000

function isResource(value: unknown): value is Resource {
  const type = (value as { resourceType?: unknown } | null)?.resourceType
  return typeof type === 'string' && isResourceType(type)
}

/** Each record by itself, those within Bundles too, under the id of the record that holds them. */
export function expandRecords(records: readonly ChartRecord[]): ChartRecord[] {
  return records.flatMap((record) => {
    const { resource } = record
    if (!isResource(resource)) return []
    if (resource.resourceType !== 'Bundle') return [record]
    const entries = INNER.has(resource.type) && Array.isArray(resource.entry) ? resource.entry : []
    return entries
      .slice(0, MAX_INNER)
      .map((entry) => entry?.resource as unknown)
      .filter(isResource)
      .filter((inner) => inner.resourceType !== 'Bundle')
      .map((inner) => ({ ...record, resource: inner }))
  })
}

function versionOf({ resource, created = '' }: ChartRecord): string {
  const updated = attempt(() => resource.meta?.lastUpdated)
  return created || (typeof updated === 'string' ? updated : '')
}

/**
 * The records that count now: of several with the same resource (type and a UUID as id) the one sealed last, so a
 * correction replaces what it corrects. All of them stay in the timeline.
 */
export function currentRecords(records: readonly ChartRecord[]): ChartRecord[] {
  const latest = new Map<string, ChartRecord>()
  const others: ChartRecord[] = []
  for (const record of expandRecords(records)) {
    const { resourceType, id } = record.resource
    if (typeof id !== 'string' || !UNIQUE_ID.test(id)) {
      others.push(record)
      continue
    }
    const key = `${resourceType}/${id.toLowerCase()}`
    const known = latest.get(key)
    if (!known || versionOf(record) >= versionOf(known)) latest.set(key, record)
  }
  return [...latest.values(), ...others]
}

/** Finds what references between the records of a chart lead to: `Type/id`, `urn:uuid:id`, and URLs that end so. */
export function chartResolver(records: readonly ChartRecord[]): Resolver {
  return makeResolver(
    expandRecords(records).map(({ resource }, entry) => ({
      resource,
      text: '',
      entry,
      ...(typeof resource.id === 'string' && { fullUrl: `urn:uuid:${resource.id}` }),
    })),
  )
}

/** Orders days or instants, the newest first and what has none last. */
export function newestFirst(a: string | undefined, b: string | undefined): number {
  const [left, right] = [a ?? '', b ?? '']
  return left === right ? 0 : left > right ? -1 : 1
}
