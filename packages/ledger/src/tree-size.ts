import { CuroError } from '@curo/crypto/errors'

/** Tree sizes and leaf indexes are JavaScript numbers; anything a number cannot hold exactly is refused. */
export const MAX_TREE_SIZE = Number.MAX_SAFE_INTEGER

export function isTreeSize(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

/**
 * Reads an ASCII decimal without leading zeroes (tlog-checkpoint, tlog-witness and tlog-proof all use this form).
 * @throws CuroError 'malformed' on any other form, and on values above 2^53 − 1
 */
export function parseTreeSize(text: string): number {
  if (!/^(?:0|[1-9][0-9]{0,15})$/.test(text)) {
    throw new CuroError(
      'malformed',
      'A size must be a decimal number without sign, spaces or leading zeroes, below 2^53.',
    )
  }
  const size = Number(text)
  if (!isTreeSize(size)) throw new CuroError('malformed', 'A size above 2^53 − 1 cannot be handled exactly.')
  return size
}
