import type { Resource } from './types.ts'

/** One resource of a file and the exact text it was written in. */
export interface BundleItem<T extends Resource = Resource> {
  readonly resource: T
  /** `JSON.parse(text)` gives `resource`; byte for byte what the sender wrote. */
  readonly text: string
  readonly fullUrl?: string
  /** Place in `Bundle.entry`, or the line of NDJSON, counted from 0. */
  readonly entry: number
  /** Which of `patients` it is about, where it says so. */
  readonly patient?: number
}

interface SetAside {
  readonly code: 'repeated' | 'older-version' | 'duplicate-id' | 'deleted'
  readonly entry: number
}

/** A history bundle lists the newest first: what stands after a deletion is what was deleted. */
export interface Deletion {
  readonly typeAndId: string
  readonly entry: number
}

/** Bundle.fullUrl is the identity of an entry (bdl-7); without one, type and id are. */
function addressOf(item: BundleItem): string | undefined {
  if (item.fullUrl) return item.fullUrl
  return item.resource.id === undefined ? undefined : `${item.resource.resourceType}/${item.resource.id}`
}

function isNewer(candidate: Resource, than: Resource): boolean {
  const [a, b] = [candidate.meta, than.meta]
  const [at, bt] = [Date.parse(a?.lastUpdated ?? ''), Date.parse(b?.lastUpdated ?? '')]
  if (!Number.isNaN(at) && !Number.isNaN(bt) && at !== bt) return at > bt
  return Number(a?.versionId) > Number(b?.versionId)
}

/**
 * One item per address: of several versions (history bundles) the newest, none of a deleted record; of equal texts the
 * first. The same address with other content and no version to tell them apart keeps the first and reports the rest.
 */
export function keepDistinct(
  items: readonly BundleItem[],
  deletions: readonly Deletion[],
): { kept: BundleItem[]; set: SetAside[] } {
  const byAddress = new Map<string, BundleItem>()
  const anonymous: BundleItem[] = []
  const set: SetAside[] = []
  const deletedAt = new Map(deletions.map(({ typeAndId, entry }) => [typeAndId, entry]))
  for (const item of items) {
    const deleted = deletedAt.get(`${item.resource.resourceType}/${item.resource.id}`)
    if (deleted !== undefined && deleted < item.entry) {
      set.push({ code: 'deleted', entry: item.entry })
      continue
    }
    const address = addressOf(item)
    const other = address === undefined ? undefined : byAddress.get(address)
    if (address === undefined) anonymous.push(item)
    else if (!other) byAddress.set(address, item)
    else if (other.text === item.text) set.push({ code: 'repeated', entry: item.entry })
    else if (isNewer(item.resource, other.resource)) {
      byAddress.set(address, item)
      set.push({ code: 'older-version', entry: other.entry })
    } else {
      const isOlder = isNewer(other.resource, item.resource)
      set.push({ code: isOlder ? 'older-version' : 'duplicate-id', entry: item.entry })
    }
  }
  const kept = [...byAddress.values(), ...anonymous].sort((a, b) => a.entry - b.entry)
  return { kept, set }
}
