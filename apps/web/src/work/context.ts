import type { Connection } from '@curo/client/connection'
import type { PatientPerson, Person } from '@curo/client/person'

/** What a work function is given: the node, and whoever is signed in. Its module's own state dies with the lock. */
export type WorkContext = {
  /** The node, as anyone sees it. */
  connection(): Promise<Connection>
  /** @throws CuroError 'unauthorized' when nobody is signed in */
  person(): Person
  /** @throws CuroError 'unauthorized', or 'forbidden' for someone who is not a patient */
  patient(): PatientPerson
  /** Whoever signed in, or the same person with changed keys (a new card, a new root): kept for a reload. */
  setPerson(person: Person, options?: { isKept?: boolean }): Promise<void>
}

/** How one call reports and stops. */
export type WorkCall<Progress = never> = {
  readonly onProgress: (progress: Progress) => void
  readonly signal: AbortSignal
}

/** Bytes that move to the page instead of being copied. */
export class Moved<T> {
  readonly value: T
  readonly transfer: Transferable[]

  constructor(value: T, transfer: Transferable[]) {
    this.value = value
    this.transfer = transfer
  }
}

/** Answers with `value` whose buffers are moved, not copied. */
export function moved<T>(value: T, ...buffers: Transferable[]): T {
  return new Moved(value, buffers) as T
}
