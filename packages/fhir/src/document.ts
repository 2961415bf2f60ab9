import type { Category } from '@curo/crypto/record'
import { dayOf } from './occurred.ts'
import type { DocumentReference } from './types.ts'
import { oneLine } from './words.ts'

export { mayShowInline, SNIFF_BYTES, sniffContentType } from './content-type.ts'

/** A file that goes into the record, as it is described beside its bytes. */
export interface DocumentDescription {
  readonly fileName: string
  /** What to call it, where its name does not say that. */
  readonly title?: string
  /** From `sniffContentType`, not from the sender. */
  readonly contentType: string
  /** Bytes. */
  readonly size: number
  /** SHA-256 of the content, base64url. R4 has only SHA-1 in Attachment.hash, so this stands in an extension. */
  readonly sha256?: string
  /** Clinical day 'YYYY-MM-DD', or an instant with its zone. */
  readonly date?: string
  /** 'Patient/…' or 'urn:uuid:…' */
  readonly patient: string
  /** A reference, or a name to show. */
  readonly author?: string
  readonly category?: Category
  /** Instant at which the reference was made; now, if not given. */
  readonly created?: string
}

/** Where the SHA-256 of the content stands. */
export const SHA256_EXTENSION = 'urn:curo:fhir:attachment-sha256'

/** LOINC document types by category; none for `sensitive`, which would tell what it keeps. */
const TYPES: Readonly<Partial<Record<Category, readonly [code: string, display: string]>>> = {
  summary: ['34133-9', 'Summary of episode note'],
  consultation: ['11488-4', 'Consult note'],
  prescription: ['57833-6', 'Prescription for medication'],
  laboratory: ['11502-2', 'Laboratory report'],
  imaging: ['18748-4', 'Diagnostic imaging study'],
  immunization: ['11369-6', 'History of Immunization Narrative'],
  vitals: ['8716-3', 'Vital signs'],
}

/** The category a file belongs to when nobody says otherwise: DICOM is imaging, all else a document. */
export function categoryOfFile(contentType: string): Category {
  return contentType === 'application/dicom' ? 'imaging' : 'document'
}

/**
 * A valid R4 DocumentReference for a file; the file's bytes stay beside it. `author` is taken for a reference when it
 * looks like one. An unreadable date is left out.
 */
export function documentReferenceFor(
  file: DocumentDescription,
): DocumentReference & { resourceType: 'DocumentReference' } {
  const { contentType, size, sha256, patient, author } = file
  const category = file.category ?? categoryOfFile(contentType)
  const type = TYPES[category]
  const title = oneLine(file.fileName, 200)
  const description = oneLine(file.title, 400)
  const day = dayOf(file.date)
  const isReference = author !== undefined && /^(urn:(uuid|oid):|https?:|[A-Z][A-Za-z]+\/)\S+$/.test(author)
  const authorName = isReference ? undefined : oneLine(author)
  return {
    resourceType: 'DocumentReference',
    status: 'current',
    ...(type && { type: { coding: [{ system: 'http://loinc.org', code: type[0], display: type[1] }] } }),
    subject: { reference: patient },
    date: file.created ?? new Date().toISOString(),
    ...(isReference && { author: [{ reference: author }] }),
    ...(authorName !== undefined && { author: [{ display: authorName }] }),
    ...(description !== undefined && { description }),
    content: [
      {
        attachment: {
          ...(sha256 !== undefined && { extension: [{ url: SHA256_EXTENSION, valueString: sha256 }] }),
          contentType,
          size,
          ...(title !== undefined && { title }),
        },
      },
    ],
    ...(day !== undefined && { context: { period: { start: day } } }),
  }
}
