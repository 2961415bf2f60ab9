import { CuroError } from '@curo/crypto/errors'
import type { Bucket } from './bucket.ts'

/** Rests double with every timeout in a row, up to this many times the first. */
const LONGEST_REST = 64

export interface BoundedCall<T> {
  /** The answer, or 'unavailable' when it took too long, or the reason of the caller's abort. */
  readonly result: Promise<T>
  /** When the bucket has really let go of what it was given; never rejects, and may never come. */
  readonly settled: Promise<void>
}

/**
 * A bucket whose every call ends in time. When a call outlives its deadline it is given up and the bucket rests:
 * calls fail at once; after the rest a single call tries again. What cannot be ended (a read from a dead network
 * mount) keeps its place among the bucket's `concurrency`, so that a hanging disk cannot collect threads and memory.
 */
export interface BoundedBucket {
  readonly bucket: Bucket
  readonly name: string
  /** Whether a call would fail at once. */
  isResting(): boolean
  /**
   * `work` gets a signal that fires at the deadline. The caller's own `signal` takes the call out of the queue, or
   * stops waiting for it; what has begun runs on, so that a bucket that hangs is found out even when nobody waits.
   */
  call<T>(
    work: (signal: AbortSignal) => Promise<T>,
    options?: { signal?: AbortSignal | undefined },
  ): BoundedCall<T>
}

interface Waiting {
  begin: () => void
  refuse: (reason: unknown) => void
}

export function boundBucket(bucket: Bucket, options: { timeoutMs: number; restMs: number }): BoundedBucket {
  const { timeoutMs, restMs } = options
  const queue = new Set<Waiting>()
  let running = 0
  let hanging = 0
  let timeoutsInARow = 0
  let restsUntil = 0

  const isTrying = () => timeoutsInARow > 0 && running > hanging
  const isResting = () => restsUntil > performance.now() || hanging >= bucket.concurrency || isTrying()
  const tooSlow = () => new CuroError('unavailable', `Bucket ${bucket.name} does not answer in time.`)

  function admitNext(): void {
    for (const waiting of queue) {
      if (!isResting() && running >= bucket.concurrency) return
      queue.delete(waiting)
      if (isResting()) waiting.refuse(tooSlow())
      else waiting.begin()
    }
  }

  function startRest(): void {
    if (restsUntil > performance.now()) return
    restsUntil = performance.now() + restMs * Math.min(2 ** timeoutsInARow, LONGEST_REST)
    timeoutsInARow++
  }

  /** Runs `work` under the deadline; the answer also settles at the deadline, `onEnd` only when the work has ended. */
  function begin<T>(work: (signal: AbortSignal) => Promise<T>, onEnd: () => void): Promise<T> {
    running++
    const controller = new AbortController()
    let isHanging = false
    return new Promise<T>((resolve, reject) => {
      const deadline = setTimeout(() => {
        isHanging = true
        hanging++
        startRest()
        reject(tooSlow())
        controller.abort(tooSlow())
        admitNext()
      }, timeoutMs)
      Promise.resolve()
        .then(() => work(controller.signal))
        .finally(() => {
          clearTimeout(deadline)
          running--
          if (isHanging) hanging--
          else timeoutsInARow = 0
          onEnd()
          admitNext()
        })
        .then(resolve, reject)
    })
  }

  return {
    bucket,
    name: bucket.name,
    isResting,
    call<T>(
      work: (signal: AbortSignal) => Promise<T>,
      { signal }: { signal?: AbortSignal | undefined } = {},
    ) {
      let settle = () => {}
      const settled = new Promise<void>((resolve) => {
        settle = resolve
      })
      const result = new Promise<T>((resolve, reject) => {
        const waiting: Waiting = {
          begin: () => begin(work, settle).then(resolve, reject),
          refuse: (reason) => {
            settle()
            reject(reason)
          },
        }
        const giveUp = () => {
          if (queue.delete(waiting)) settle()
          reject(signal?.reason)
        }
        if (signal?.aborted) return waiting.refuse(signal.reason)
        signal?.addEventListener('abort', giveUp, { once: true })
        void settled.then(() => signal?.removeEventListener('abort', giveUp))
        queue.add(waiting)
        admitNext()
      })
      return { result, settled }
    },
  }
}
