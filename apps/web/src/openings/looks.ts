import type { LookSeen } from './work-patient.ts'

/** Whether something was seen, or might have been: no permission given back. */
const isLook = ({ what }: Pick<LookSeen, 'what'>) => what !== 'given-back'

export const countLooks = (looks: readonly LookSeen[]): number => looks.filter(isLook).length

/** What one person (or the two of an emergency) did on one day, newest first. */
export type PersonsDay = { key: string; by: LookSeen['by']; looks: LookSeen[] }

/** `day` is `YYYY-MM-DD` on this device's clock. */
export type LookDay = { day: string; people: PersonsDay[] }

const dayOf = (at: string): string => {
  const date = new Date(at)
  const two = (count: number) => String(count).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** Names a person by account and key: the same name with another key is somebody else until that is explained. */
export const personKey = ({ by }: Pick<LookSeen, 'by'>): string =>
  by.map(({ account, key }) => `${account} ${key}`).join(' + ')

/** Looks by day and person; days and people in the order in which they are given (newest first). */
export function groupLooks(looks: readonly LookSeen[]): LookDay[] {
  const days = new Map<string, Map<string, PersonsDay>>()
  for (const look of looks) {
    const day = days.get(dayOf(look.at)) ?? new Map<string, PersonsDay>()
    days.set(dayOf(look.at), day)
    const key = personKey(look)
    const person = day.get(key)
    if (person) person.looks.push(look)
    else day.set(key, { key, by: look.by, looks: [look] })
  }
  return [...days].map(([day, people]) => ({ day, people: [...people.values()] }))
}

/** Everybody who looked, each once, with the number of looks; most frequent first. */
export function lookersIn(looks: readonly LookSeen[]): { key: string; by: LookSeen['by']; count: number }[] {
  const people = new Map<string, { key: string; by: LookSeen['by']; count: number }>()
  for (const look of looks.filter(isLook)) {
    const key = personKey(look)
    const person = people.get(key)
    if (person) person.count++
    else people.set(key, { key, by: look.by, count: 1 })
  }
  return [...people.values()].sort((a, b) => b.count - a.count)
}
