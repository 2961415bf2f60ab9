import type { RouteDefinition } from '@curo/contract/route'
import type { Problem } from '../errors.ts'

export type CallOptions = {
  readonly token?: string
  readonly headers?: Readonly<Record<string, string>>
}

export type Answer<T> = {
  readonly status: number
  readonly headers: Headers
  /** The answer when it succeeded. */
  readonly body: T
  /** The problem when it did not. */
  readonly problem: Problem
}

/** Calls a route of the contract with fetch, without any of the client's checks, as an attacker could. */
export async function callRoute<T>(
  address: string,
  route: RouteDefinition,
  input: { params?: unknown; query?: unknown; body?: unknown },
  options: CallOptions,
): Promise<Answer<T>> {
  const url = new URL(fillPath(route.path, (input.params ?? {}) as Record<string, unknown>), address)
  for (const [name, value] of Object.entries((input.query ?? {}) as Record<string, unknown>))
    if (value !== undefined) url.searchParams.set(name, String(value))
  const headers: Record<string, string> = { ...options.headers }
  if (options.token !== undefined) headers.authorization = `Bearer ${options.token}`
  const init: RequestInit = { method: route.method, headers }
  if (input.body !== undefined) {
    headers['content-type'] ??= route.rawBody ?? 'application/json'
    init.body = route.rawBody ? (input.body as Uint8Array<ArrayBuffer>) : JSON.stringify(input.body)
  }
  const response = await fetch(url, init)
  const bytes = new Uint8Array(await response.arrayBuffer())
  const isJson = (response.headers.get('content-type') ?? '').includes('json')
  const parsed: unknown = isJson ? JSON.parse(new TextDecoder().decode(bytes)) : bytes
  return { status: response.status, headers: response.headers, body: parsed as T, problem: parsed as Problem }
}

function fillPath(path: string, params: Record<string, unknown>): string {
  return path.replace(/:([A-Za-z]+)|\*/g, (_match, name: string | undefined) =>
    name === undefined ? String(params['*']) : encodeURIComponent(String(params[name])),
  )
}
