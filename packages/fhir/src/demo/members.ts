import type { Day } from './calendar.ts'
import { type CastMember, demoCast } from './cast/cast.ts'
import { inventMember } from './people/invent.ts'

/** So many people with their stories: first the demo's own cast, then as many more as it takes. */
export function demoMembers(
  count: number,
  { today, seed = 'curo' }: { today: Day; seed?: string },
): CastMember[] {
  const cast = demoCast(today).slice(0, count)
  const missing = Math.max(0, count - cast.length)
  return [...cast, ...Array.from({ length: missing }, (_, index) => inventMember(index + 1, { today, seed }))]
}
