import { equalBytes, utf8Bytes } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { sha256 } from '@curo/crypto/hash'

export const OPENING_BYTES = 32
const LABEL = utf8Bytes('curo/v1/commit\0')

/**
 * Commits to a body: SHA-256("curo/v1/commit\0" ‖ r ‖ SHA-256(canonical body)). Without `r`, which whoever writes the entry
 * draws at random, nobody can tell from the commitment even a body that he guesses; deleting `r` and the body erases.
 *
 * @throws CuroError 'invalid-input' unless r has 32 bytes
 */
export function commitmentOf({ r, bodyBytes }: { r: Uint8Array; bodyBytes: Uint8Array }): Uint8Array {
  if (r.length !== OPENING_BYTES)
    throw new CuroError('invalid-input', 'The opening of a commitment has 32 bytes.')
  return sha256(LABEL, r, sha256(bodyBytes))
}

/** Whether this body and r open the commitment. */
export function checkCommitment({
  commitment,
  r,
  bodyBytes,
}: {
  commitment: Uint8Array
  r: Uint8Array
  bodyBytes: Uint8Array
}): boolean {
  return r.length === OPENING_BYTES && equalBytes(commitment, commitmentOf({ r, bodyBytes }))
}
