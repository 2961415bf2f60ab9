import { CuroError, type CuroErrorCode } from '@curo/crypto/errors'
import type { FastifyError } from 'fastify'
import { z } from 'zod'
import { databaseFault } from './database-faults.ts'

/** The HTTP status of each error; the only place that knows. */
export const STATUS_OF: Readonly<Record<CuroErrorCode, number>> = {
  malformed: 400,
  truncated: 400,
  'invalid-input': 400,
  unauthorized: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  expired: 410,
  'too-large': 413,
  tampered: 422,
  'wrong-key': 422,
  'forged-signature': 422,
  'bad-key': 422,
  'unsupported-suite': 422,
  'rate-limited': 429,
  'attempts-exhausted': 429,
  internal: 500,
  'storage-damaged': 500,
  'ledger-fork': 500,
  'ledger-inconsistent': 500,
  unavailable: 503,
  'storage-full': 507,
}

/** RFC 9457, application/problem+json. */
export type Problem = {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: CuroErrorCode
  readonly detail?: string
  readonly details?: Readonly<Record<string, unknown>>
}

const OF_STATUS: Readonly<Record<number, CuroErrorCode>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
  413: 'too-large',
  415: 'invalid-input',
  429: 'rate-limited',
  503: 'unavailable',
}

/** Whatever was thrown, as the error it is to a caller; nothing of an unexpected one shows. */
export function asCuroError(error: unknown): CuroError {
  if (error instanceof CuroError) return error
  if (error instanceof z.ZodError) return new CuroError('invalid-input', sentenceOf(error), { cause: error })
  const status = (error as FastifyError | null)?.statusCode
  if (status !== undefined && status >= 400 && status < 500) {
    const code = OF_STATUS[status] ?? 'malformed'
    return new CuroError(code, SENTENCES[code] ?? 'The request could not be read.', { cause: error })
  }
  return (
    databaseFault(error) ??
    new CuroError('internal', 'Something went wrong here; it was written to the log. Try again.', {
      cause: error,
    })
  )
}

const SENTENCES: Partial<Record<CuroErrorCode, string>> = {
  'too-large': 'The body is larger than this route takes.',
  'rate-limited': 'Too many requests: wait a minute and try again.',
  'invalid-input': 'This route takes another media type.',
  'not-found': 'There is nothing here.',
}

/** Names the fields, never their values. */
function sentenceOf(error: z.ZodError): string {
  const faults = error.issues
    .slice(0, 8)
    .map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`)
  return `Correct these: ${faults.join('; ')}`
}

/** `status` where HTTP itself says it better than the error's code, as 415 does. */
export function problemOf(error: CuroError, status = STATUS_OF[error.code]): Problem {
  return {
    type: `urn:curo:problem:${error.code}`,
    title: TITLES[status] ?? 'Error',
    status,
    code: error.code,
    detail: error.message,
    ...(error.details ? { details: error.details as Record<string, unknown> } : {}),
  }
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  410: 'Gone',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
  507: 'Insufficient Storage',
}
