import { CuroError } from '@curo/crypto/errors'
import { formatAddCheckpoint } from '@curo/ledger/add-checkpoint'
import type { ProofBuilder } from '@curo/ledger/build-proofs'
import type { NoteKey } from '@curo/ledger/keys'
import { formatNote, parseNote } from '@curo/ledger/note'
import { evaluatePolicy, type Policy, type PolicyWitness } from '@curo/ledger/policy'
import { readWitnessAnswer } from '@curo/ledger/witness-client'
import { postCheckpoint } from './witness-client.ts'

/** A first guess that is wrong costs one retry; a witness that moves on between two requests another. */
const MAX_REQUESTS = 4

/** How one witness took our checkpoint. */
export type WitnessOutcome =
  | { outcome: 'cosigned'; note: string }
  | { outcome: 'failed'; fault: string }
  /** It claims to have seen more than our log holds, or something else; to be judged by its evidence. */
  | { outcome: 'contradicted'; fault: string; seenSize: number | null }

/**
 * Asks one witness to cosign our checkpoint, with the proof from the size that it says it has seen.
 * @param size of the checkpoint @param ownSize of the log now @param known the size we believe it has seen
 */
export async function askWitness({
  witness,
  note,
  size,
  ownSize,
  known,
  proofs,
  signal,
}: {
  witness: PolicyWitness & { url: string }
  note: string
  size: number
  ownSize: number
  known: number
  proofs: ProofBuilder
  signal: AbortSignal
}): Promise<WitnessOutcome> {
  let from = Math.min(known, size)
  try {
    for (let request = 0; request < MAX_REQUESTS; request++) {
      const body = formatAddCheckpoint({
        old: from,
        proof: from === size ? [] : await proofs.consistency(from),
        note,
      })
      const answer = await postCheckpoint({ url: witness.url, body, signal })
      const next = await readWitnessAnswer({ answer, note, ownSize, witnessKeys: [witness.key] })
      if (next.step === 'cosigned') return { outcome: 'cosigned', note: next.note }
      if (next.step === 'refused')
        return { outcome: 'failed', fault: `It refused with status ${next.status}.` }
      if (next.from > size) return { outcome: 'failed', fault: 'It has cosigned a newer checkpoint already.' }
      from = next.from
    }
    return { outcome: 'failed', fault: 'It names another size each time.' }
  } catch (error) {
    if (!(error instanceof CuroError)) throw error
    if (error.code !== 'ledger-fork') return { outcome: 'failed', fault: error.message }
    const seenSize = error.details?.seenSize
    return {
      outcome: 'contradicted',
      fault: error.message,
      seenSize: typeof seenSize === 'number' ? seenSize : null,
    }
  }
}

/** Puts the cosignatures of several notes over the same text onto one. */
export function mergeCosignatures(notes: readonly string[]): string {
  const parsed = notes.map(parseNote)
  const lines = new Map(
    parsed.flatMap(({ signatures }) => signatures.map((signature) => [signature.line, signature])),
  )
  return formatNote({ text: parsed[0]?.text ?? '', signatures: [...lines.values()] })
}

/** Whether this note of our own log is final under the policy. */
export async function isFinal({
  policy,
  logKey,
  note,
}: {
  policy: Policy
  logKey: NoteKey
  note: string
}): Promise<boolean> {
  if (policy.witnesses.length === 0) return false
  return (await evaluatePolicy({ policy: { ...policy, logs: [{ key: logKey }] }, note })).quorum
}
