import type { Fetch } from '../api.ts'

export type FakeRequest = {
  method: string
  path: string
  query: URLSearchParams
  headers: Headers
  /** Parsed where it was JSON, bytes otherwise. */
  body: unknown
}

export type FakeAnswer = {
  status?: number
  json?: unknown
  bytes?: Uint8Array
  headers?: Record<string, string>
}
export type FakeRoute = (request: FakeRequest) => FakeAnswer | Promise<FakeAnswer>

/** A node made of functions, `METHOD /path` each (`*` matches one segment); remembers what it was asked. */
export function fakeFetch(routes: Record<string, FakeRoute>): Fetch & { requests: FakeRequest[] } {
  const requests: FakeRequest[] = []
  const patterns = Object.entries(routes).map(([pattern, route]) => ({
    pattern: new RegExp(`^${pattern.replaceAll('*', '[^/]+')}$`),
    route,
  }))
  const answer: Fetch = async (url, init) => {
    const { pathname, searchParams } = new URL(url)
    const headers = new Headers(init.headers)
    const isJson = headers.get('content-type') === 'application/json'
    const request = {
      method: init.method ?? 'GET',
      path: pathname,
      query: searchParams,
      headers,
      // A real one has taken the bytes when it answers, and their memory may be given back.
      body: isJson
        ? JSON.parse(String(init.body))
        : init.body instanceof Uint8Array
          ? init.body.slice()
          : init.body,
    }
    requests.push(request)
    init.signal?.throwIfAborted()
    const found = patterns.find(({ pattern }) => pattern.test(`${request.method} ${pathname}`))
    if (!found) return new Response('', { status: 404 })
    const { status = 200, json, bytes, headers: extra = {} } = await found.route(request)
    if (bytes) return new Response(bytes as BodyInit, { status, headers: extra })
    const type = status >= 400 ? 'application/problem+json' : 'application/json'
    return new Response(json === undefined ? null : JSON.stringify(json), {
      status: json === undefined && status === 200 ? 204 : status,
      headers: { 'content-type': type, ...extra },
    })
  }
  return Object.assign(answer, { requests })
}

/** A fetch that alters the JSON answers of calls whose path matches: a node that lies. */
export function lyingFetch(
  honest: Fetch,
  lies: { path: RegExp; method?: string; alter: (answer: never) => unknown }[],
): Fetch {
  return async (url, init) => {
    const response = await honest(url, init)
    const { pathname } = new URL(url)
    const lie = lies.find(
      ({ path, method }) =>
        path.test(pathname) && (method === undefined || method === (init.method ?? 'GET')),
    )
    if (!lie || !response.ok) return response
    const altered = lie.alter((await response.json()) as never)
    return new Response(JSON.stringify(altered), {
      status: response.status,
      headers: { 'content-type': 'application/json' },
    })
  }
}
