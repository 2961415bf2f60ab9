import { fromBase64, toBase64, utf8Text } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { parseCheckpoint } from './checkpoint.ts'
import { type Note, parseNote } from './note.ts'
import { evaluatePolicy, type Policy, type PolicyVerdict } from './policy.ts'
import { MAX_PROOF_HASHES, type Proof, verifyInclusion } from './proofs.ts'
import { isTreeSize, parseTreeSize } from './tree-size.ts'

/** A `.tlog-proof`: that an entry stands in a log, checkable offline. `extra` is not authenticated by anything. */
export type TlogProof = { index: number; proof: Proof; checkpoint: string; extra?: Uint8Array }

const HEADER = 'c2sp.org/tlog-proof@v1'
const MAX_PROOF_FILE_BYTES = 1_100_000

/** Writes a proof file (tlog-proof § Format); the checkpoint note is included verbatim. */
export function formatTlogProof({ index, proof, checkpoint, extra }: TlogProof): string {
  if (!isTreeSize(index)) throw new CuroError('invalid-input', 'An index is a whole number below 2^53.')
  const extraLine = extra === undefined ? '' : `extra ${toBase64(extra)}\n`
  const hashes = proof.map((hash) => `${toBase64(hash)}\n`).join('')
  return `${HEADER}\n${extraLine}index ${index}\n${hashes}\n${checkpoint}`
}

/**
 * Takes a proof file apart without verifying it.
 * @throws CuroError 'malformed' | 'too-large'
 */
export function parseTlogProof(file: string | Uint8Array): TlogProof & { note: Note } {
  const text = typeof file === 'string' ? file : utf8Text(file)
  if (text.length > MAX_PROOF_FILE_BYTES)
    throw new CuroError('too-large', 'A proof file must not exceed 1 MB.')
  const split = text.indexOf('\n\n')
  if (split < 0) throw malformed('A proof file has an empty line before its checkpoint.')
  const lines = text.slice(0, split).split('\n')
  if (lines.shift() !== HEADER) throw malformed(`A proof file starts with the line ${HEADER}.`)
  const extra = lines[0]?.startsWith('extra ') ? fromBase64((lines.shift() as string).slice(6)) : undefined
  const indexLine = lines.shift() ?? ''
  if (!indexLine.startsWith('index ')) throw malformed('The index line of a proof file is missing.')
  const checkpoint = text.slice(split + 2)
  return {
    index: parseTreeSize(indexLine.slice(6)),
    proof: parseProofLines(lines),
    checkpoint,
    note: parseNote(checkpoint),
    ...(extra && { extra }),
  }
}

/** Hashes in base64, at most 63; shared with the witness protocol. @throws CuroError 'malformed' */
export function parseProofLines(lines: readonly string[]): Uint8Array[] {
  if (lines.length > MAX_PROOF_HASHES) throw malformed(`A proof has ${MAX_PROOF_HASHES} hashes at most.`)
  return lines.map((line) => {
    const hash = fromBase64(line)
    if (hash.length !== 32) throw malformed('A hash of a proof has 32 bytes.')
    return hash
  })
}

/**
 * Verifies a proof file for the leaf hash that the caller computed from the entry itself, against a policy.
 * @returns where the entry stands and who cosigned; the quorum is met
 * @throws CuroError 'malformed'; 'forged-signature'; 'ledger-inconsistent' when the entry is not under the root or the
 *   quorum is not met
 */
export async function verifyTlogProof({
  file,
  leafHash,
  policy,
}: {
  file: string | Uint8Array
  leafHash: Uint8Array
  policy: Policy
}): Promise<PolicyVerdict & { index: number; extra?: Uint8Array }> {
  const { index, proof, note, extra } = parseTlogProof(file)
  const { size, root } = parseCheckpoint(note.text)
  if (!verifyInclusion({ index, size, leafHash, proof, root }))
    throw new CuroError(
      'ledger-inconsistent',
      'The proof does not lead from this entry to the root of the log.',
    )
  const verdict = await evaluatePolicy({ policy, note })
  if (!verdict.quorum)
    throw new CuroError(
      'ledger-inconsistent',
      'Too few witnesses have cosigned this checkpoint; ask again later.',
    )
  return { ...verdict, index, ...(extra && { extra }) }
}

function malformed(sentence: string): CuroError {
  return new CuroError('malformed', sentence)
}
