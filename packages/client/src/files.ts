import { concatBytes, utf8Bytes } from '@curo/crypto/bytes'
import type { Category } from '@curo/crypto/category'
import { CuroError } from '@curo/crypto/errors'
import { randomId } from '@curo/crypto/random'
import { categoryOfFile, documentReferenceFor, SNIFF_BYTES, sniffContentType } from '@curo/fhir/document'
import { stubOf } from '@curo/fhir/stub'
import {
  type PutOptions,
  putSealedRecords,
  type StoredRecord,
  sealRecord,
  type WriteAuthority,
} from './records.ts'
import { type Sealing, sealEnvelope } from './sealing.ts'
import { type FileSource, FileUpload, type KeptUpload, piecesOf, type UploadProgress } from './uploads.ts'

export type FileToSeal = {
  source: FileSource
  /** Bytes; the source must have exactly as many. */
  size: number
  fileName: string
  /** What to call it; by its name where absent. */
  title?: string | undefined
  /** Clinical day, YYYY-MM-DD. */
  occurred: string
  /** By its content where absent: DICOM is imaging, everything else a document. */
  category?: Category | undefined
  /** Of the content, base64url, where it is known: stands in the DocumentReference. */
  sha256?: string | undefined
}

export type SealedFile = {
  /** The file itself. */
  file: StoredRecord
  /** The FHIR DocumentReference that describes it and names its id. */
  reference: StoredRecord
  contentType: string
}

export type SealFileOptions = PutOptions & {
  onUpload?: ((progress: UploadProgress) => void) | undefined
  /** Called, and waited for, before anything new is sent: what to keep to go on after the program has ended. A secret. */
  onKeep?: ((kept: KeptFile) => Promise<void>) | undefined
}

/** A file on its way, as it is kept: [Note: an upload outlives the program]. */
export type KeptFile = {
  file: string
  reference: string
  contentType: string
  size: number
  upload: KeptUpload
}

/**
 * A file on its way into a patient's history: sealed while it is read, in bounded memory. After a failure or a cancel
 * `run` again goes on where it stopped; `drop` gives it up.
 */
export class FileSealing {
  readonly #sealing: Sealing
  readonly #authority: WriteAuthority
  readonly #file: FileToSeal
  readonly #id: string
  readonly #referenceId: string
  readonly #kept: KeptFile | undefined
  #upload: FileUpload | null = null
  #contentType = ''

  /** @throws CuroError 'conflict' when what was kept is of a file with another size */
  constructor(
    sealing: Sealing,
    { authority, file, kept }: { authority: WriteAuthority; file: FileToSeal; kept?: KeptFile | undefined },
  ) {
    if (kept && kept.size !== file.size)
      throw new CuroError('conflict', 'This is another file than the one whose upload was begun.')
    this.#sealing = sealing
    this.#authority = authority
    this.#file = file
    this.#kept = kept
    this.#id = kept?.file ?? randomId()
    this.#referenceId = kept?.reference ?? randomId()
  }

  /**
   * Uploads what is not there yet, then stores file and DocumentReference together: both or none.
   * @throws CuroError 'unavailable' | 'storage-full' (run again later), 'expired' (start anew), 'invalid-input' (the file
   * changed while it was read), 'not-found' (no right to write)
   */
  async run(options: SealFileOptions = {}): Promise<SealedFile> {
    const { size, fileName, occurred, sha256, title } = this.#file
    const called = title === undefined ? {} : { title }
    const upload = await this.#start()
    const { onKeep, ...rest } = options
    const keep = onKeep && ((kept: KeptUpload) => onKeep(this.#toKeep(kept)))
    const { dek, root, sealedSize } = await upload.run({ ...rest, onKeep: keep })
    const contentType = this.#contentType
    const category = this.#file.category ?? categoryOfFile(contentType)
    const stub = stubOf({ fileName, contentType, date: occurred, ...called }, { category })
    const facts = { id: this.#id, category, kind: 'File', occurred, stub, dek, root, size, sealedSize }
    const envelope = await sealEnvelope(this.#sealing, facts)
    const reference = documentReferenceFor({
      fileName,
      ...called,
      contentType,
      size,
      ...(sha256 === undefined ? {} : { sha256 }),
      date: occurred,
      patient: `Patient/${this.#sealing.keys.patient}`,
      author: this.#sealing.person.account.name,
      category,
    })
    const described = await sealRecord(this.#sealing, {
      id: this.#referenceId,
      category,
      kind: 'DocumentReference',
      occurred,
      content: utf8Bytes(JSON.stringify({ ...reference, masterIdentifier: { value: this.#id } })),
      stub: stubOf(reference, { category }),
    })
    const records = [{ envelope, content: { in: 'vault' as const, upload: upload.id } }, described]
    const authority = this.#authority
    const [file, stored] = await putSealedRecords(this.#sealing, { authority, records }, options)
    return { file: file as StoredRecord, reference: stored as StoredRecord, contentType }
  }

  #toKeep(upload: KeptUpload): KeptFile {
    const { size } = this.#file
    return { file: this.#id, reference: this.#referenceId, contentType: this.#contentType, size, upload }
  }

  async drop(options: PutOptions = {}): Promise<void> {
    await this.#upload?.drop(options)
  }

  /** Looks at the first bytes to tell what kind of file it is, and puts them back. */
  async #start(): Promise<FileUpload> {
    if (this.#upload) return this.#upload
    const { source, size, fileName } = this.#file
    const pieces = piecesOf(source)
    const first: Uint8Array[] = []
    let seen = 0
    while (seen < SNIFF_BYTES) {
      const { done, value } = await pieces.next()
      if (done) break
      first.push(value)
      seen += value.length
    }
    this.#contentType = sniffContentType(concatBytes(...first).subarray(0, SNIFF_BYTES), fileName)
    async function* whole() {
      yield* first
      yield* pieces
    }
    const kept = this.#kept?.upload
    this.#upload = new FileUpload({
      sealing: this.#sealing,
      source: whole(),
      size,
      ownsPieces: source instanceof Blob,
      kept,
    })
    return this.#upload
  }
}

/** Seals a file in one go. Throws as FileSealing.run does. */
export function sealFile(
  sealing: Sealing,
  given: { authority: WriteAuthority; file: FileToSeal },
  options: SealFileOptions = {},
): Promise<SealedFile> {
  return new FileSealing(sealing, given).run(options)
}

/** The record id of the file that a DocumentReference made here describes, or null. */
export function fileOf(reference: unknown): string | null {
  const value = (reference as { masterIdentifier?: { value?: unknown } })?.masterIdentifier?.value
  return typeof value === 'string' && value.length === 22 ? value : null
}
