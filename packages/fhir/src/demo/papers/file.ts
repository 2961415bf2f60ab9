import type { DocumentReference } from '../../types.ts'
import type { Day } from '../calendar.ts'
import type { DoctorKey } from '../people/staff.ts'

/** A file of a demo patient: its bytes are made when they are asked for. */
export type DemoFile = {
  readonly fileName: string
  /** What its own bytes say, as `sniffContentType` would tell. */
  readonly contentType: string
  readonly occurred: Day
  /** Who put it there: a doctor, or the patient herself. */
  readonly by: DoctorKey | 'patient'
  /** Describes the file; `masterIdentifier` and size are added where it is stored. */
  readonly reference: DocumentReference & { resourceType: 'DocumentReference' }
  make(): Promise<Uint8Array>
}
