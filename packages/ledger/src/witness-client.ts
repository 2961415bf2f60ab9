import { equalBytes } from '@curo/crypto/bytes'
import { CuroError, isCuroError } from '@curo/crypto/errors'
import { SIZE_CONTENT_TYPE } from './add-checkpoint.ts'
import type { Checkpoint } from './checkpoint.ts'
import { cosignatureTime } from './cosignature.ts'
import type { NoteKey } from './keys.ts'
import { formatNote, openNote, parseNote, parseSignatureLines } from './note.ts'
import { openCheckpoint, verifierOf } from './signers.ts'
import { parseTreeSize } from './tree-size.ts'
import type { WitnessAnswer } from './witness.ts'

/** What the owner of a log does next after a witness has answered. */
export type NextStep =
  /** The note with the witness's cosignatures. */
  | { step: 'cosigned'; note: string }
  /** Ask again, with the proof from this size. */
  | { step: 'retry'; from: number }
  /** This witness cannot serve now; its `status` and answer for the log file. */
  | { step: 'refused'; status: number; reason: string }

/**
 * Reads a witness's answer to a checkpoint that we sent.
 * @param note the checkpoint as sent @param ownSize the size of our log now, not only of the checkpoint sent
 * @throws CuroError 'ledger-fork' when the witness says that it has seen what our log never was: a larger size, a
 *   conflict without a size, or a checkpoint of ours that the new one does not extend. Stop signing; see `judgeFork`.
 * @throws CuroError 'forged-signature' | 'malformed' when a cosignature is not what it must be
 */
export async function readWitnessAnswer({
  answer,
  note,
  ownSize,
  witnessKeys,
}: {
  answer: WitnessAnswer
  note: string
  ownSize: number
  witnessKeys: readonly NoteKey[]
}): Promise<NextStep> {
  const { status, contentType, body } = answer
  if (status === 200)
    return { step: 'cosigned', note: await addCosignatures({ note, lines: body, witnessKeys }) }
  if (status === 409) {
    const size = contentType.split(';')[0]?.trim() === SIZE_CONTENT_TYPE ? readSize(body) : undefined
    if (size === undefined) throw fork('A witness reports a conflict and does not say from which size.')
    if (size > ownSize) throw fork('A witness has cosigned more of this log than the log itself holds.', size)
    return { step: 'retry', from: size }
  }
  if (status === 422) throw fork('A witness says that this log does not extend what it has cosigned.')
  return { step: 'refused', status, reason: body.slice(0, 200) }
}

function readSize(body: string): number | undefined {
  try {
    return body.endsWith('\n') ? parseTreeSize(body.slice(0, -1)) : undefined
  } catch (error) {
    if (isCuroError(error, 'malformed')) return undefined
    throw error
  }
}

function fork(sentence: string, seenSize?: number): CuroError {
  return new CuroError('ledger-fork', sentence, seenSize === undefined ? {} : { details: { seenSize } })
}

/**
 * Adds the cosignatures that a witness returned to a checkpoint note. Lines of other keys than these are dropped, and so
 * are repeats; at least one must be of these keys, good, and bear a time.
 * @throws CuroError 'malformed' | 'forged-signature'
 */
export async function addCosignatures({
  note,
  lines,
  witnessKeys,
}: {
  note: string
  lines: string
  witnessKeys: readonly NoteKey[]
}): Promise<string> {
  const { text, signatures } = parseNote(note)
  const { verified } = await openNote(
    { text, signatures: parseSignatureLines(lines) },
    witnessKeys.map(verifierOf),
  )
  const present = new Set(signatures.map(({ line }) => line))
  const added = verified.filter(({ verifier, signature }) => {
    if (cosignatureTime(verifier.key, signature) === 0)
      throw new CuroError('malformed', 'A witness must say when it cosigned.')
    return !present.has(signature.line)
  })
  return formatNote({ text, signatures: [...signatures, ...added.map(({ signature }) => signature)] })
}

/**
 * A witness claims that our log forked: is it true? Only a checkpoint that our own key signed proves it, so a lying
 * witness can raise an alarm but cannot silence a log.
 * @param evidence the checkpoint that the witness serves at `<monitoring prefix>/<origin hash>/checkpoint`
 * @param rootAt the root of our log at a size it has reached, undefined beyond its end
 * @returns 'proven': never sign again from this state. 'refuted': the evidence agrees with our log. 'unproven': our key
 *   did not sign it; distrust the witness.
 */
export async function judgeFork({
  evidence,
  origin,
  logKeys,
  rootAt,
}: {
  evidence: string | Uint8Array
  origin: string
  logKeys: readonly NoteKey[]
  rootAt: (size: number) => Promise<Uint8Array | undefined>
}): Promise<'proven' | 'refuted' | 'unproven'> {
  let seen: Checkpoint
  try {
    seen = await openCheckpoint({ note: evidence, logKeys })
  } catch (error) {
    if (isCuroError(error, 'forged-signature', 'malformed', 'too-large')) return 'unproven'
    throw error
  }
  if (seen.origin !== origin) return 'unproven'
  const own = await rootAt(seen.size)
  return own && equalBytes(own, seen.root) ? 'refuted' : 'proven'
}
