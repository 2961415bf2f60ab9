import { fromBase64, toBase64 } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { hasControlCharacters } from './control-characters.ts'
import { isTreeSize, parseTreeSize } from './tree-size.ts'

/** A log's tree head: RFC 6962 root over the first `size` entries. */
export type Checkpoint = { origin: string; size: number; root: Uint8Array }

/**
 * Reads the text of a checkpoint note: origin, size, root, each on its line (tlog-checkpoint § Note text).
 * Extension lines are allowed by the specification but are refused here: no monitor could audit them.
 * @throws CuroError 'malformed'
 */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin = '', sizeText = '', rootBase64 = '', end, ...extension] = text.split('\n')
  if (end !== '' || extension.length > 0)
    throw new CuroError('malformed', 'A checkpoint has exactly three lines: origin, size and root.')
  if (!isOrigin(origin)) throw new CuroError('malformed', 'The origin of a checkpoint must not be empty.')
  const size = parseTreeSize(sizeText)
  const root = fromBase64(rootBase64)
  if (root.length !== 32) throw new CuroError('malformed', 'The root of a checkpoint has 32 bytes.')
  return { origin, size, root }
}

/** Writes the note text that parseCheckpoint reads. */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  if (!isOrigin(origin) || !isTreeSize(size) || root.length !== 32)
    throw new CuroError(
      'invalid-input',
      'A checkpoint needs an origin of one line, a size and a root of 32 bytes.',
    )
  return `${origin}\n${size}\n${toBase64(root)}\n`
}

export function isOrigin(origin: string): boolean {
  return origin.length > 0 && !hasControlCharacters(origin)
}
