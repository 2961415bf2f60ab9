import { CURO_ERROR_CODES, CuroError, type CuroErrorCode } from '@curo/crypto/errors'

const CODE_OF_STATUS: Record<number, CuroErrorCode> = {
  400: 'invalid-input',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
  408: 'unavailable',
  409: 'conflict',
  410: 'expired',
  413: 'too-large',
  422: 'invalid-input',
  429: 'rate-limited',
  502: 'unavailable',
  503: 'unavailable',
  504: 'unavailable',
  507: 'storage-full',
}

function isCode(value: unknown): value is CuroErrorCode {
  return CURO_ERROR_CODES.includes(value as CuroErrorCode)
}

async function problemMembers(response: Response): Promise<Record<string, unknown>> {
  if (!/[/+]json\b/.test(response.headers.get('content-type') ?? '')) return {}
  const value: unknown = await response.json().catch(() => undefined)
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

/** Turns an answer of 400 and above, RFC 9457 or not, into the error to throw. `details` has `status` and `route`. */
export async function errorFromAnswer(response: Response, route: string): Promise<CuroError> {
  const problem = await problemMembers(response)
  const code = isCode(problem.code) ? problem.code : (CODE_OF_STATUS[response.status] ?? 'internal')
  const sentence = [problem.detail, problem.title].find((text) => typeof text === 'string' && text !== '')
  const { type: _type, title: _title, detail: _detail, code: _code, ...rest } = problem
  return new CuroError(
    code,
    (sentence as string | undefined) ??
      (code === 'unavailable'
        ? 'The hospital’s computer cannot answer just now. Try again in a minute.'
        : `The hospital’s computer refused this (HTTP ${response.status}).`),
    { details: { ...rest, status: response.status, route } },
  )
}

/** The network failed before an answer came: nobody knows whether the call was carried out. */
export function unreachable(node: string, route: string, cause: unknown): CuroError {
  return new CuroError(
    'unavailable',
    `The hospital’s computer at ${node} cannot be reached. Check the connection.`,
    {
      cause,
      details: { route, network: true },
    },
  )
}

/** The answer does not have the form that the contract promises. */
export function malformedAnswer(route: string, cause: unknown): CuroError {
  return new CuroError(
    'malformed',
    'The hospital’s computer answered with something that is not an answer.',
    {
      cause,
      details: { route },
    },
  )
}
