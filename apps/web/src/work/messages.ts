import { CuroError, type CuroErrorCode, isCuroError } from '@curo/crypto/errors'

/** From the page. */
export type Request =
  | { call: number; domain: string; name: string; input: unknown; wantsProgress: boolean }
  | { abort: number }

/** From the Worker. */
export type Reply =
  | { call: number; progress: unknown }
  | { call: number; value: unknown }
  | { call: number; error: SentError }
  | { kept: string }

/** An error without what structured cloning would lose. */
export type SentError =
  | { kind: 'curo'; code: CuroErrorCode; message: string; details?: Readonly<Record<string, unknown>> }
  | { kind: 'abort'; message: string }
  | { kind: 'other'; message: string }

export function toSent(error: unknown): SentError {
  if (isCuroError(error)) {
    const { code, message, details } = error
    return { kind: 'curo', code, message, ...(details ? { details: plain(details) } : {}) }
  }
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof DOMException && error.name === 'AbortError') return { kind: 'abort', message }
  return { kind: 'other', message }
}

export function fromSent(sent: SentError): Error {
  if (sent.kind === 'curo')
    return new CuroError(sent.code, sent.message, sent.details ? { details: sent.details } : {})
  if (sent.kind === 'abort') return new DOMException(sent.message, 'AbortError')
  return new CuroError('internal', 'Something went wrong in this page. Reload it and try again.', {
    details: { message: sent.message },
  })
}

function plain(details: Readonly<Record<string, unknown>>): Record<string, unknown> {
  try {
    return structuredClone(details) as Record<string, unknown>
  } catch {
    return {}
  }
}
