import { toBase64, toHex, utf8Bytes, utf8Text } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { sha256 } from '@curo/crypto/hash'
import { type Checkpoint, parseCheckpoint } from './checkpoint.ts'
import { type Note, parseNote } from './note.ts'
import type { Proof } from './proofs.ts'
import { parseProofLines } from './tlog-proof.ts'
import { parseTreeSize } from './tree-size.ts'

/** The content type that marks the body of a 409 as the size a witness has cosigned last. */
export const SIZE_CONTENT_TYPE = 'text/x.tlog.size'

/** A request to a witness: "last time you saw `old`; here is the proof that this checkpoint extends it". */
export type AddCheckpointRequest = { old: number; proof: Proof; checkpoint: Checkpoint; note: Note }

const MAX_REQUEST_BYTES = 1_100_000

/** The body of `POST add-checkpoint` (tlog-witness). */
export function formatAddCheckpoint({
  old,
  proof,
  note,
}: {
  old: number
  proof: Proof
  note: string
}): string {
  return `old ${old}\n${proof.map((hash) => `${toBase64(hash)}\n`).join('')}\n${note}`
}

/** Reads what formatAddCheckpoint wrote. @throws CuroError 'malformed' | 'too-large' */
export function parseAddCheckpoint(body: string | Uint8Array): AddCheckpointRequest {
  if (body.length > MAX_REQUEST_BYTES)
    throw new CuroError('too-large', 'A request to a witness has 1 MB at most.')
  const text = typeof body === 'string' ? body : utf8Text(body)
  const split = text.indexOf('\n\n')
  const [oldLine = '', ...proofLines] = text.slice(0, Math.max(split, 0)).split('\n')
  if (!oldLine.startsWith('old '))
    throw new CuroError('malformed', 'The body is: old size, proof lines, an empty line, the checkpoint.')
  const note = parseNote(text.slice(split + 2))
  return {
    old: parseTreeSize(oldLine.slice(4)),
    proof: parseProofLines(proofLines),
    checkpoint: parseCheckpoint(note.text),
    note,
  }
}

/** The name under which a witness or mirror serves a log: lower-case hex of SHA-256(origin). */
export function originHash(origin: string): string {
  return toHex(sha256(utf8Bytes(origin)))
}
