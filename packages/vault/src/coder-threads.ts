import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { CuroError, type CuroErrorCode } from '@curo/crypto/errors'
import {
  type Coder,
  type EncodedPart,
  type HashedPieces,
  makeInlineCoder,
  movedWith,
  type RebuildRequest,
} from './coder.ts'
import type { CodeShape } from './stripes.ts'

type Bytes = Uint8Array<ArrayBuffer>

export type CoderRequest =
  | { work: 'encode'; content: Uint8Array; parity: Uint8Array }
  | { work: 'hash'; pieces: readonly Bytes[]; isParity: readonly boolean[] }
  | ({ work: 'rebuild' } & RebuildRequest)

export interface CoderReply {
  id: number
  value?: EncodedPart | HashedPieces | Bytes[] | undefined
  problem?: { code: CuroErrorCode; message: string }
}

/** Less than this is done at once: sending it to a thread takes longer. */
const WORTH_A_THREAD_BYTES = 128 * 1024

interface Thread {
  worker: Worker
  pending: Map<number, { resolve: (value: never) => void; reject: (error: unknown) => void }>
}

/** A thread can only run compiled code. When the sources run as they are, in tests, the work is done inline. */
const compiledWorker = import.meta.url.endsWith('.ts') ? null : new URL('./coder-worker.js', import.meta.url)
/** Beyond these the disks are the limit. */
const MOST_THREADS = 8

/**
 * A coder over worker threads, one per core unless told otherwise; `threads: 0` works on the caller's thread.
 * Threads start with the first work, and do not keep the process alive.
 */
export function makeCoder(
  shape: CodeShape,
  options: { threads?: number | undefined; workerUrl?: URL } = {},
): Coder {
  const { threads: count = Math.min(availableParallelism(), MOST_THREADS) } = options
  const workerUrl = options.workerUrl ?? compiledWorker
  if (count === 0 || workerUrl === null) return makeInlineCoder(shape)
  return makeThreadedCoder(shape, { count, workerUrl })
}

function makeThreadedCoder(shape: CodeShape, { count, workerUrl }: { count: number; workerUrl: URL }): Coder {
  const inline = makeInlineCoder(shape)
  const threads: Thread[] = []
  let lastId = 0

  function start(): Thread {
    const thread: Thread = {
      worker: new Worker(workerUrl, { workerData: shape, execArgv: [] }),
      pending: new Map(),
    }
    thread.worker.unref()
    thread.worker.on('message', ({ id, value, problem }: CoderReply) => {
      const waiting = thread.pending.get(id)
      thread.pending.delete(id)
      if (thread.pending.size === 0) thread.worker.unref()
      if (problem) waiting?.reject(new CuroError(problem.code, problem.message))
      else waiting?.resolve(value as never)
    })
    const fail = (cause?: unknown) => {
      if (threads.includes(thread)) threads.splice(threads.indexOf(thread), 1)
      for (const { reject } of thread.pending.values())
        reject(
          new CuroError('internal', 'A coding thread of the vault ended unexpectedly: try again.', { cause }),
        )
      thread.pending.clear()
    }
    thread.worker.on('error', fail)
    thread.worker.on('exit', () => fail())
    threads.push(thread)
    return thread
  }

  function leastBusy(): Thread {
    const idle = threads.find(({ pending }) => pending.size === 0)
    if (idle) return idle
    if (threads.length < count) return start()
    return threads.reduce((best, thread) => (thread.pending.size < best.pending.size ? thread : best))
  }

  function send<T>(request: CoderRequest, moved: readonly ArrayBuffer[]): Promise<T> {
    const thread = leastBusy()
    const id = ++lastId
    return new Promise<T>((resolve, reject) => {
      thread.worker.postMessage({ id, ...request }, moved)
      thread.pending.set(id, { resolve, reject })
      thread.worker.ref()
    })
  }

  return {
    encode(content, parity) {
      if (content.length < WORTH_A_THREAD_BYTES) return inline.encode(content, parity)
      const answer = send<EncodedPart>({ work: 'encode', content, parity }, movedWith(content, parity))
      // Shared memory comes back as another object over the same bytes; ours is the one that is known to be aligned.
      const own = (given: Uint8Array, back: Uint8Array) =>
        given.buffer instanceof ArrayBuffer ? back : given
      return answer.then((back) => ({
        ...back,
        content: own(content, back.content),
        parity: own(parity, back.parity),
      }))
    },
    hash(pieces, isParity) {
      const size = pieces.reduce((sum, { length }) => sum + length, 0)
      if (size < WORTH_A_THREAD_BYTES) return inline.hash(pieces, isParity)
      return send({ work: 'hash', pieces, isParity }, movedWith(...pieces))
    },
    rebuild(request) {
      if (request.pieceBytes < WORTH_A_THREAD_BYTES) return inline.rebuild(request)
      return send({ work: 'rebuild', ...request }, [])
    },
    async close() {
      await Promise.all(threads.map(({ worker }) => worker.terminate()))
    },
  }
}
