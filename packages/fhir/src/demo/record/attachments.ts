import type { DocumentReference, Reference, Resource } from '../../types.ts'
import type { Day } from '../calendar.ts'
import { coded } from '../codes.ts'
import type { Life } from '../life.ts'
import { DOCTORS, type DoctorKey } from '../people/staff.ts'

/** LOINC document types; they decide the category under which a file is kept. */
const TYPES = {
  labReport: 'loinc 11502-2 Laboratory report',
  discharge: 'loinc 18842-5 Discharge summary',
  image: 'loinc 18748-4 Diagnostic imaging study',
  photo: 'loinc 72170-4 Photographic image',
  letter: 'loinc 57133-1 Referral note',
  ecg: 'loinc 11524-6 EKG study',
  diary: 'loinc 51855-5 Patient Note',
} as const

export type NewFile = {
  fileName: string
  contentType: string
  type: keyof typeof TYPES
  title: string
  day: Day
  by: DoctorKey | 'patient'
  /** The report, the admission … that it belongs to. */
  about?: Reference<Resource>
  make: () => Promise<Uint8Array>
}

/** Puts a file into the record, with the DocumentReference that describes it. */
export function attach(life: Life, file: NewFile): void {
  const { fileName, contentType, type, title, day, by, about, make } = file
  if (!life.isWithin(day)) return
  const who = by === 'patient' ? life.subject : { display: DOCTORS[by].name }
  const reference: DocumentReference & { resourceType: 'DocumentReference' } = {
    resourceType: 'DocumentReference',
    id: `${life.person.key}-file-${life.files.length + 1}`,
    status: 'current',
    type: coded(TYPES[type]),
    subject: life.subject,
    date: `${day}T12:00:00+05:30`,
    author: [who],
    description: title,
    content: [{ attachment: { contentType, title: fileName } }],
    context: { period: { start: day }, ...(about && { related: [about] }) },
  }
  life.files.push({ fileName, contentType, occurred: day, by, reference, make })
}
