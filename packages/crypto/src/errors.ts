/** Every way in which a Curo operation can fail. The set is closed: HTTP status codes are mapped from it in one place. */
export const CURO_ERROR_CODES = [
  'malformed',
  'tampered',
  'wrong-key',
  'forged-signature',
  'bad-key',
  'unsupported-suite',
  'truncated',
  'invalid-input',
  'unauthorized',
  'not-found',
  'forbidden',
  'conflict',
  'expired',
  'rate-limited',
  'attempts-exhausted',
  'too-large',
  'unavailable',
  'storage-full',
  'storage-damaged',
  'ledger-fork',
  'ledger-inconsistent',
  'internal',
] as const

export type CuroErrorCode = (typeof CURO_ERROR_CODES)[number]

export type CuroErrorOptions = {
  cause?: unknown
  /** Facts for the caller's program (never a secret, never personal data). */
  details?: Readonly<Record<string, unknown>>
}

/** The one error class of every Curo package: a code for programs and a sentence that says what to do next. */
export class CuroError extends Error {
  override readonly name = 'CuroError'
  readonly code: CuroErrorCode
  readonly details: Readonly<Record<string, unknown>> | undefined

  constructor(code: CuroErrorCode, sentence: string, options: CuroErrorOptions = {}) {
    super(sentence, 'cause' in options ? { cause: options.cause } : undefined)
    this.code = code
    this.details = options.details
  }
}

/** Whether `error` is a CuroError, with one of `codes` if any are given. */
export function isCuroError(error: unknown, ...codes: CuroErrorCode[]): error is CuroError {
  return error instanceof CuroError && (codes.length === 0 || codes.includes(error.code))
}
