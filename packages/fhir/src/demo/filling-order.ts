import { categoryOf } from '../categories.ts'
import { occurredOn } from '../occurred.ts'
import type { Entry } from './life.ts'

/**
 * The order in which a chart is best filled, so that it is of use from the first moment: what an emergency must show,
 * what she takes now, then everything from today backwards.
 */
export function inFillingOrder(entries: readonly Entry[]): Entry[] {
  const rank = ({ resource }: Entry) => {
    if (categoryOf(resource) === 'summary') return 0
    return resource.resourceType === 'MedicationRequest' && resource.status === 'active' ? 1 : 2
  }
  const placed = entries.map((entry, index) => ({
    entry,
    index,
    rank: rank(entry),
    day: occurredOn(entry.resource) ?? '',
  }))
  placed.sort((a, b) => a.rank - b.rank || (a.day < b.day ? 1 : a.day > b.day ? -1 : a.index - b.index))
  return placed.map(({ entry }) => entry)
}
