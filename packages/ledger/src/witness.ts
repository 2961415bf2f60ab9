import { equalBytes } from '@curo/crypto/bytes'
import { CuroError, isCuroError } from '@curo/crypto/errors'
import { EMPTY_ROOT } from '@curo/crypto/merkle'
import { type AddCheckpointRequest, parseAddCheckpoint, SIZE_CONTENT_TYPE } from './add-checkpoint.ts'
import type { NoteKey } from './keys.ts'
import { formatNote, openNote } from './note.ts'
import { verifyConsistency } from './proofs.ts'
import { verifierOf } from './signers.ts'

/** What a witness keeps of each log: the last head it cosigned. Absent before the first. */
export type WitnessedHead = { size: number; root: Uint8Array }

/** What a witness knows about a log: its keys, and the head it cosigned last. */
export type WitnessedLog = { logKeys: readonly NoteKey[]; head?: WitnessedHead | undefined }

export type WitnessAnswer = { status: number; contentType: string; body: string }

/** Either an answer to refuse with, or the head to store before signing. `note` is the checkpoint with its signatures. */
export type WitnessDecision =
  | { accept: false; answer: WitnessAnswer }
  | { accept: true; head: WitnessedHead; text: string; note: string }

/**
 * Decides on a request by the rules of tlog-witness in their order: malformed 400, unknown origin 404, bad log signature
 * 403, old above size 400, old not the size cosigned last 409, not consistent 422.
 */
export async function decideAddCheckpoint({
  request,
  log,
}: {
  request: AddCheckpointRequest
  log: WitnessedLog | undefined
}): Promise<WitnessDecision> {
  const { old, proof, checkpoint, note } = request
  if (!log) return refuse(404, 'This witness does not know a log of this origin.')
  try {
    await openNote(note, log.logKeys.map(verifierOf))
  } catch (error) {
    if (isCuroError(error, 'forged-signature')) return refuse(403, error.message)
    throw error
  }
  if (old > checkpoint.size) return refuse(400, 'The old size is larger than the checkpoint.')
  const last = log.head ?? { size: 0, root: EMPTY_ROOT }
  if (old !== last.size)
    return { accept: false, answer: { status: 409, contentType: SIZE_CONTENT_TYPE, body: `${last.size}\n` } }
  if (!extendsHead({ last, proof, checkpoint }))
    return refuse(422, 'The checkpoint does not extend the last one.')
  const head = { size: checkpoint.size, root: checkpoint.root }
  return { accept: true, head, text: note.text, note: formatNote(note) }
}

function extendsHead({
  last,
  proof,
  checkpoint: { size, root },
}: Pick<AddCheckpointRequest, 'proof' | 'checkpoint'> & { last: WitnessedHead }): boolean {
  if (size === 0 && !equalBytes(root, EMPTY_ROOT)) return false
  // Anything extends the empty tree; the generic verifier calls that no proof.
  if (last.size === 0) return proof.length === 0
  return verifyConsistency({ from: last.size, to: size, fromRoot: last.root, toRoot: root, proof })
}

function refuse(status: number, sentence: string): { accept: false; answer: WitnessAnswer } {
  return {
    accept: false,
    answer: { status, contentType: 'text/plain; charset=utf-8', body: `${sentence}\n` },
  }
}

/** Where a witness keeps its heads. */
export type WitnessStore = {
  findLog(origin: string): Promise<WitnessedLog | undefined>
  /**
   * Stores `head` (and `note`, to be served to monitors) only if the stored head still has `previous`'s size and root,
   * durably and atomically; says whether it did.
   */
  replaceHead(change: {
    origin: string
    previous: WitnessedHead | undefined
    head: WitnessedHead
    note: string
  }): Promise<boolean>
}

/** Another request may win the race for the head; then the rules are applied anew to what it left. */
const MAX_RACES = 5

/**
 * The whole of `POST add-checkpoint`: decide, replace the head, and only then sign.
 * @param cosign returns one or more signature lines over the checkpoint's text
 */
export async function answerAddCheckpoint({
  body,
  store,
  cosign,
}: {
  body: string | Uint8Array
  store: WitnessStore
  cosign: (text: string) => Promise<string>
}): Promise<WitnessAnswer> {
  let request: AddCheckpointRequest
  try {
    request = parseAddCheckpoint(body)
  } catch (error) {
    if (isCuroError(error, 'malformed', 'too-large')) return refuse(400, error.message).answer
    throw error
  }
  const { origin } = request.checkpoint
  for (let race = 0; race < MAX_RACES; race++) {
    const log = await store.findLog(origin)
    const decision = await decideAddCheckpoint({ request, log })
    if (!decision.accept) return decision.answer
    const { head, text, note } = decision
    if (await store.replaceHead({ origin, previous: log?.head, head, note }))
      return { status: 200, contentType: 'text/plain; charset=utf-8', body: await cosign(text) }
  }
  throw new CuroError('unavailable', 'Too many checkpoints of this log arrive at once; ask again.')
}
