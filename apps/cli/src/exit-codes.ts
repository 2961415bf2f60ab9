import { CuroError, type CuroErrorCode } from '@curo/crypto/errors'
import { CommanderError } from 'commander'

/** What a script can tell apart. */
export const EXIT = { ok: 0, failed: 1, usage: 2, unreachable: 3, notVerified: 4, interrupted: 130 } as const

export const EXIT_CODES_HELP = `
Exit codes: 0 done · 1 refused or failed · 2 wrong usage · 3 node not reachable · 4 verification failed`

/** What was read is not what it claims to be, or a node showed something other than what it signed. */
const NOT_VERIFIED: readonly CuroErrorCode[] = [
  'tampered',
  'forged-signature',
  'bad-key',
  'wrong-key',
  'ledger-fork',
  'ledger-inconsistent',
  'storage-damaged',
]

/** Wrong usage: the sentence says how to call it. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

export function exitCodeOf(error: unknown): number {
  if (error instanceof UsageError) return EXIT.usage
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage
  if (!(error instanceof CuroError)) return EXIT.failed
  if (error.code === 'unavailable') return EXIT.unreachable
  return NOT_VERIFIED.includes(error.code) ? EXIT.notVerified : EXIT.failed
}
