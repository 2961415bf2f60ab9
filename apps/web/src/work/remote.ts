import { CuroError, isCuroError } from '@curo/crypto/errors'
import type { WorkCall, WorkContext } from './context.ts'
import type { Domains } from './domains.ts'
import { fromSent, type Reply, type Request } from './messages.ts'

export type CallOptions<Progress = unknown> = {
  onProgress?: ((progress: Progress) => void) | undefined
  signal?: AbortSignal | undefined
}

type RemoteFunction<F> = F extends (context: WorkContext) => Promise<infer Output>
  ? (input?: undefined, options?: CallOptions) => Promise<Output>
  : F extends (context: WorkContext, input: infer Input, ...rest: infer Rest) => Promise<infer Output>
    ? Rest extends [call: WorkCall<infer Progress>]
      ? (input: Input, options?: CallOptions<Progress>) => Promise<Output>
      : (input: Input, options?: CallOptions) => Promise<Output>
    : never

type Remote<Module> = {
  [Name in keyof Module as Module[Name] extends (context: WorkContext, ...rest: never[]) => Promise<unknown>
    ? Name
    : never]: RemoteFunction<Module[Name]>
}

/** `await work.records.openChart(input, { onProgress, signal })`. */
export type Work = { readonly [D in keyof Domains]: Remote<Domains[D]> }

type Waiting = {
  resolve: (value: never) => void
  reject: (reason: unknown) => void
  onProgress: ((progress: never) => void) | undefined
  settle: () => void
}

export type WorkerLike = {
  postMessage(message: Request): void
  addEventListener(type: 'message', listener: (event: MessageEvent<Reply>) => void): void
  addEventListener(type: 'error', listener: (event: unknown) => void): void
  terminate(): void
}

/** Ends calls that were under way when the keys were wiped. */
const locked = () => new CuroError('unauthorized', 'The page was locked. Unlock it and try again.')

/** The page's end of the key Worker, which starts with the first call and again after each `end`. */
export function makeRemote(options: {
  start: () => WorkerLike
  onKept: (sealed: string) => void
  /** A call was refused for want of a session: it may have ended. */
  onUnauthorized?: () => void
}) {
  let worker: WorkerLike | undefined
  let lastCall = 0
  const waiting = new Map<number, Waiting>()

  function rejectAll(reason: unknown): void {
    const all = [...waiting.values()]
    waiting.clear()
    for (const { reject, settle } of all) {
      settle()
      reject(reason)
    }
  }

  function running(): WorkerLike {
    if (worker) return worker
    const started = options.start()
    started.addEventListener('message', ({ data }) => {
      if (worker !== started) return
      if ('kept' in data) options.onKept(data.kept)
      else receive(data)
    })
    started.addEventListener('error', () => {
      if (worker !== started) return
      rejectAll(new CuroError('unavailable', 'A part of this page could not be loaded. Reload it.'))
    })
    worker = started
    return started
  }

  function receive(reply: Exclude<Reply, { kept: string }>): void {
    const caller = waiting.get(reply.call)
    if (!caller) return
    if ('progress' in reply) {
      caller.onProgress?.(reply.progress as never)
      return
    }
    waiting.delete(reply.call)
    caller.settle()
    if ('error' in reply) {
      const error = fromSent(reply.error)
      if (isCuroError(error, 'unauthorized')) options.onUnauthorized?.()
      caller.reject(error)
    } else caller.resolve(reply.value as never)
  }

  function call(domain: string, name: string, input: unknown, { onProgress, signal }: CallOptions = {}) {
    signal?.throwIfAborted()
    const id = ++lastCall
    const to = running()
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        waiting.delete(id)
        to.postMessage({ abort: id })
        reject(signal?.reason)
      }
      signal?.addEventListener('abort', onAbort, { once: true })
      const settle = () => signal?.removeEventListener('abort', onAbort)
      waiting.set(id, { resolve, reject, onProgress, settle })
      try {
        to.postMessage({ call: id, domain, name, input, wantsProgress: onProgress !== undefined })
      } catch (error) {
        waiting.delete(id)
        settle()
        reject(error)
      }
    })
  }

  const domains = new Map<string, object>()
  const domainOf = (domain: string) => {
    const known = domains.get(domain)
    if (known) return known
    const made = new Proxy(
      {},
      {
        get: (_, name) => (input: unknown, given?: CallOptions) =>
          Promise.resolve().then(() => call(domain, String(name), input, given)),
      },
    )
    domains.set(domain, made)
    return made
  }

  return {
    work: new Proxy({} as Work, { get: (_, domain) => domainOf(String(domain)) }),
    /** Wipes every key: the Worker's memory goes with it. */
    end() {
      worker?.terminate()
      worker = undefined
      rejectAll(locked())
    },
  }
}
