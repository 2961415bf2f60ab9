import type { z } from 'zod'

/** Who takes part; each has its own home and its own rights. */
export const ROLES = ['patient', 'doctor', 'staff', 'admin', 'auditor'] as const
export type Role = (typeof ROLES)[number]

/**
 * Who may call a route. `public`: anyone; `signed-in`: any active account; `operator`: this machine or the
 * operator's token; otherwise the roles named, with an active account.
 */
export type Access = 'public' | 'signed-in' | 'operator' | readonly [Role, ...Role[]]

/** A body or an answer that is bytes or text rather than JSON, by its media type. */
export type RawMediaType = 'application/octet-stream' | 'text/plain; charset=utf-8'

/**
 * One operation of the HTTP API as data: the server, the typed client and the OpenAPI document are all made
 * from it. `reads: 'records'` marks the only routes that may answer with a record's ciphertext or wraps.
 */
export type RouteDefinition = {
  readonly name: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Fastify's notation: `/v1/patients/:patient`. */
  readonly path: string
  readonly summary: string
  readonly access: Access
  /** Also for someone who waits for approval. */
  readonly waitingToo?: true
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  readonly body?: z.ZodType
  readonly rawBody?: RawMediaType
  /** The largest body in bytes; 1 MiB where absent. */
  readonly bodyLimit?: number
  readonly response?: z.ZodType
  readonly rawResponse?: RawMediaType
  /** 200 where absent; 204 where there is no response. */
  readonly status?: 200 | 201 | 202
  readonly reads?: 'records'
  /** Open to somebody who has yet to set up the second factor that her hospital asks for. */
  readonly beforeSecondFactor?: true
  /** At most this many calls a minute from one address, beside the limits that live in the database. */
  readonly callsPerMinute?: number
}

export function defineRoute<const R extends RouteDefinition>(route: R): R {
  return route
}

type InputOf<S> = S extends z.ZodType ? z.input<S> : undefined
type OutputOf<S> = S extends z.ZodType ? z.output<S> : undefined

/** What a caller gives, before parsing. */
export type RouteInput<R extends RouteDefinition> = {
  params: InputOf<R['params']>
  query: InputOf<R['query']>
  body: R['rawBody'] extends string ? Uint8Array : InputOf<R['body']>
}

/** What a handler receives, after parsing. */
export type RouteArguments<R extends RouteDefinition> = {
  params: OutputOf<R['params']>
  query: OutputOf<R['query']>
  body: OutputOf<R['body']>
}

/** What a handler answers, and what a caller gets back, parsed. */
export type RouteOutput<R extends RouteDefinition> = OutputOf<R['response']>
