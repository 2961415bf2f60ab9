import { sniffFileType } from '@curo/contract/file-types'
import { PAPER_BYTES } from '@curo/contract/paper-size'
import {
  addPaper as addPaperRoute,
  listPapers as listPapersRoute,
  type Paper,
  readPaper as readPaperRoute,
  removePaper as removePaperRoute,
} from '@curo/contract/papers'
import { CuroError } from '@curo/crypto/errors'
import type { CallOptions } from './api.ts'
import type { Person } from './person.ts'

export type { Paper } from '@curo/contract/papers'

/** All of one over a slow line: 5 MiB at 100 kbit/s. */
const LONGEST_MS = 8 * 60_000

/**
 * Keeps a paper that a patient signed at the desk. The node seals it: it is the hospital's, not part of her history.
 * With an `id` the same call may be repeated: the paper is kept once.
 * @throws CuroError 'too-large' (5 MiB), 'invalid-input' (no PDF, PNG or JPEG), 'not-found', 'conflict' (fifty are there)
 */
export async function addPaper(
  person: Person,
  { patient, kind, bytes, id }: { patient: string; kind: Paper['kind']; bytes: Uint8Array; id?: string },
  options: CallOptions = {},
): Promise<Paper> {
  if (bytes.length > PAPER_BYTES)
    throw new CuroError('too-large', 'A paper may have 5 MiB at most. Scan it with fewer colours or pages.')
  if (!sniffFileType(bytes)) throw new CuroError('invalid-input', 'Choose a PDF, a PNG or a JPEG picture.')
  const input = { params: { patient }, query: { kind, ...(id !== undefined && { id }) }, body: bytes }
  return person.api.call(addPaperRoute, input, { timeoutMs: LONGEST_MS, ...options })
}

/** What a patient signed, newest first, and who looked at it; for the desk and for herself. @throws CuroError 'not-found' */
export async function listPapers(
  person: Person,
  patient: string,
  options: CallOptions = {},
): Promise<Paper[]> {
  return (await person.api.call(listPapersRoute, { params: { patient } }, options)).papers
}

/**
 * One paper; that somebody of the hospital read it is written down where the patient sees it.
 * @throws CuroError 'not-found'; 'tampered' when it is not what the list says
 */
export async function readPaper(
  person: Person,
  { id, type, size }: Pick<Paper, 'id' | 'type' | 'size'>,
  options: CallOptions = {},
): Promise<Uint8Array> {
  const bytes = await person.api.call(readPaperRoute, { params: { paper: id } }, options)
  if (bytes.length !== size || sniffFileType(bytes) !== type)
    throw new CuroError('tampered', 'This paper is not what the list says. Ask for it again.')
  return bytes
}

/** Deletes one that was scanned by mistake. @throws CuroError 'not-found', 'forbidden' (another's, or older than a day) */
export async function removePaper(person: Person, paper: string, options: CallOptions = {}): Promise<void> {
  await person.api.call(removePaperRoute, { params: { paper } }, options)
}
