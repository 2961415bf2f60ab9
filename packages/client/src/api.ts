import type { RouteDefinition, RouteInput, RouteOutput } from '@curo/contract/route'
import { CuroError, isCuroError } from '@curo/crypto/errors'
import { errorFromAnswer, malformedAnswer, unreachable } from './answers.ts'
import { canCount, type Sent, sendCounted } from './counted-send.ts'

/** `fetch`, or something that records, fails or lies like one. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

type Given<T, Name extends string> = [T] extends [undefined]
  ? unknown
  : Record<never, never> extends T
    ? { [P in Name]?: T }
    : { [P in Name]: T }

/** Exactly those of `params`, `query` and `body` that the route has. */
export type CallInput<R extends RouteDefinition> = Given<RouteInput<R>['params'], 'params'> &
  Given<RouteInput<R>['query'], 'query'> &
  Given<RouteInput<R>['body'], 'body'>

export type CallOutput<R extends RouteDefinition> = R['rawResponse'] extends 'application/octet-stream'
  ? Uint8Array
  : R['rawResponse'] extends string
    ? string
    : RouteOutput<R>

export type CallOptions = {
  signal?: AbortSignal | undefined
  /** Repeating it changes nothing (GET, PUT and DELETE are so anyway; a POST when its body carries an id). */
  repeatable?: boolean
  /** For the whole answer; 60 s where absent. */
  timeoutMs?: number
  /** How much of the body has left; never called where that cannot be told, as outside of a page. */
  onSent?: ((sent: Sent) => void) | undefined
}

/** Sealed bytes as they arrive. `length` is what the server announced, or null. */
export type ByteStream = { length: number | null; bytes: AsyncIterable<Uint8Array> }

/** One node as typed calls. Immutable: `withToken` gives another one. */
export type Api = {
  /** The node's base URL, without a slash at the end. */
  readonly node: string
  readonly token: string | undefined
  /** Whether the browser carries the session in a cookie that no script can read; the token is then never seen. */
  readonly byCookie: boolean
  withToken(token: string | undefined): Api
  /**
   * Calls a route of the contract and parses the answer with its schema.
   * @throws CuroError: the code the node gave; 'unavailable' (`details.network` when no answer came at all);
   * 'malformed' when the answer breaks the contract. An abort is thrown as the signal's own reason.
   */
  call<R extends RouteDefinition>(
    route: R,
    input: CallInput<R>,
    options?: CallOptions,
  ): Promise<CallOutput<R>>
  /** The same for a route that answers with bytes, without holding them in memory. `timeoutMs` is until the first. */
  stream<R extends RouteDefinition>(route: R, input: CallInput<R>, options?: CallOptions): Promise<ByteStream>
  /** A public file of the node, such as a tile of its log, by its path. */
  file(path: string, options?: CallOptions): Promise<Uint8Array>
}

type AnyInput = { params?: Record<string, unknown>; query?: Record<string, unknown>; body?: unknown }

const TIMEOUT_MS = 60_000
const ATTEMPTS = 4
/** Pauses before the second, third and fourth attempt; the node may ask for more, up to LONGEST_PAUSE_MS. */
const PAUSES_MS = [150, 600, 2000]
const LONGEST_PAUSE_MS = 10_000
const REPEATABLE_METHODS = ['GET', 'PUT', 'DELETE']

function pathOf(route: RouteDefinition, params: Record<string, unknown>): string {
  return route.path.replace(/:([A-Za-z]+)/g, (_, name: string) => {
    const value = params[name]
    if (value === undefined || value === '')
      throw new CuroError('invalid-input', `${route.name} needs to be told the ${name}.`)
    return encodeURIComponent(String(value))
  })
}

function queryOf(query: Record<string, unknown>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value))
  const text = search.toString()
  return text && `?${text}`
}

/** Resolves after `ms`, or rejects with the signal's reason as soon as it is aborted. */
function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, ms)
    signal?.addEventListener('abort', stop, { once: true })
  })
}

function pauseAskedFor(error: CuroError): number {
  const seconds = Number(error.details?.retryAfter)
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds * 1000, LONGEST_PAUSE_MS) : 0
}

/** Runs `attempt` again after 'unavailable', at most ATTEMPTS times in all and only where that is harmless. */
async function withRetries<T>(
  attempt: () => Promise<T>,
  { repeatable, signal }: { repeatable: boolean; signal: AbortSignal | undefined },
): Promise<T> {
  for (let made = 1; ; made++) {
    try {
      return await attempt()
    } catch (error) {
      if (!repeatable || made === ATTEMPTS || !isCuroError(error, 'unavailable')) throw error
      const jitter = 0.75 + Math.random() / 2
      await pause(Math.max((PAUSES_MS[made - 1] ?? 0) * jitter, pauseAskedFor(error)), signal)
    }
  }
}

/** A page keeps its copy of bytes that were sent until its collector comes by; a Blob's lies outside of the page. */
const rawBodyOf = (bytes: Uint8Array<ArrayBuffer>): BodyInit =>
  globalThis.process?.versions?.node === undefined ? new Blob([bytes]) : bytes

function bodyOf(route: RouteDefinition, input: AnyInput): { body?: BodyInit; type?: string } {
  if (route.rawBody) return { body: rawBodyOf(input.body as Uint8Array<ArrayBuffer>), type: route.rawBody }
  if (!route.body) return {}
  return { body: JSON.stringify(input.body), type: 'application/json' }
}

export type ApiOptions = {
  node: string
  token?: string | undefined
  fetch?: Fetch | undefined
  /** For a page served by the node itself. */
  byCookie?: boolean | undefined
}

/** @throws CuroError 'invalid-input' unless `node` is an http(s) address */
export function makeApi({ node, token, fetch: fetchLike, byCookie = false }: ApiOptions): Api {
  const send: Fetch = fetchLike ?? ((url, init) => globalThis.fetch(url, init))
  const base = baseUrl(node)

  /** One attempt: the answer's head, with the timeout armed until `disarm` is called. */
  async function request(name: string, path: string, init: RequestInit, options: CallOptions) {
    const timeout = new AbortController()
    const timer = setTimeout(
      () => timeout.abort(new Error('The answer took too long.')),
      options.timeoutMs ?? TIMEOUT_MS,
    )
    const disarm = () => clearTimeout(timer)
    const signal = options.signal ? AbortSignal.any([options.signal, timeout.signal]) : timeout.signal
    const failed = (cause: unknown) => {
      disarm()
      options.signal?.throwIfAborted()
      return unreachable(base, name, timeout.signal.aborted ? timeout.signal.reason : cause)
    }
    const { onSent } = options
    const given = { ...init, signal, redirect: 'error' } as const
    const sending =
      onSent && byCookie && !fetchLike && canCount()
        ? sendCounted(base + path, given, onSent)
        : send(base + path, given)
    const response = await sending.catch((cause) => {
      throw failed(cause)
    })
    if (response.ok) return { response, disarm, failed }
    const error = await errorFromAnswer(response, name)
    disarm()
    options.signal?.throwIfAborted()
    const retryAfter = response.headers.get('retry-after')
    throw retryAfter === null
      ? error
      : new CuroError(error.code, error.message, { details: { ...error.details, retryAfter } })
  }

  function prepare(route: RouteDefinition, given: unknown, options: CallOptions) {
    const input = (given ?? {}) as AnyInput
    const path = pathOf(route, input.params ?? {}) + queryOf(input.query ?? {})
    const { body, type } = bodyOf(route, input)
    const headers: Record<string, string> = {
      accept: route.rawResponse ?? 'application/json',
      ...(type ? { 'content-type': type } : {}),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    }
    const init: RequestInit = {
      method: route.method,
      headers,
      credentials: byCookie ? 'same-origin' : 'omit',
      ...(body === undefined ? {} : { body }),
    }
    const retry = {
      repeatable: options.repeatable ?? REPEATABLE_METHODS.includes(route.method),
      signal: options.signal,
    }
    return { path, init, retry }
  }

  async function call(route: RouteDefinition, given: unknown, options: CallOptions = {}): Promise<unknown> {
    const { path, init, retry } = prepare(route, given, options)
    return withRetries(async () => {
      const { response, disarm, failed } = await request(route.name, path, init, options)
      const answer = await response.arrayBuffer().catch((cause) => {
        throw failed(cause)
      })
      disarm()
      return readAnswer(route, new Uint8Array(answer))
    }, retry)
  }

  async function stream(
    route: RouteDefinition,
    given: unknown,
    options: CallOptions = {},
  ): Promise<ByteStream> {
    const { path, init, retry } = prepare(route, given, options)
    return withRetries(async () => {
      const { response, disarm, failed } = await request(route.name, path, init, options)
      disarm()
      const announced = Number(response.headers.get('content-length') ?? Number.NaN)
      return { length: Number.isSafeInteger(announced) ? announced : null, bytes: bytesOf(response, failed) }
    }, retry)
  }

  async function file(path: string, options: CallOptions = {}): Promise<Uint8Array> {
    return withRetries(
      async () => {
        const { response, disarm, failed } = await request(path, path, { method: 'GET' }, options)
        const answer = await response.arrayBuffer().catch((cause) => {
          throw failed(cause)
        })
        disarm()
        return new Uint8Array(answer)
      },
      { repeatable: true, signal: options.signal },
    )
  }

  return {
    node: base,
    token,
    byCookie,
    withToken: (other) => makeApi({ node, token: other, fetch: fetchLike, byCookie }),
    call: call as Api['call'],
    stream,
    file,
  }
}

function baseUrl(node: string): string {
  let url: URL
  try {
    url = new URL(node)
  } catch (cause) {
    throw new CuroError('invalid-input', `${node} is not the address of a hospital’s computer.`, { cause })
  }
  if (!/^https?:$/.test(url.protocol))
    throw new CuroError(
      'invalid-input',
      'The address of a hospital’s computer starts with https:// or http://.',
    )
  return (url.origin + url.pathname).replace(/\/+$/, '')
}

function readAnswer(route: RouteDefinition, answer: Uint8Array): unknown {
  if (route.rawResponse === 'application/octet-stream') return answer
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(answer)
    if (route.rawResponse) return text
    return route.response ? route.response.parse(JSON.parse(text)) : undefined
  } catch (cause) {
    throw malformedAnswer(route.name, cause)
  }
}

async function* bytesOf(
  response: Response,
  failed: (cause: unknown) => CuroError,
): AsyncGenerator<Uint8Array> {
  if (!response.body) return
  const reader = response.body.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((cause) => {
        throw failed(cause)
      })
      if (done) return
      yield value
    }
  } finally {
    await reader.cancel().catch(() => {})
  }
}
