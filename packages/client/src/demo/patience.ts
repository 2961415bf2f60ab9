import { CuroError, isCuroError } from '@curo/crypto/errors'

const MOST_TRIES = 40
const LONGEST_PAUSE_MS = 30_000

/**
 * Tries again what the node puts off: too many calls from this address, an entry of the registry that is a second away.
 * @throws the last fault after about a minute of 'unavailable', or the signal's reason
 */
export async function patiently<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted()
    try {
      return await work()
    } catch (error) {
      if (attempt === MOST_TRIES || !isCuroError(error, 'rate-limited', 'unavailable')) throw error
      await pause(pauseAfter(error, attempt), signal)
    }
  }
}

function pauseAfter(error: unknown, attempt: number): number {
  const told = (error as CuroError).details?.retryAfterSeconds
  if (typeof told === 'number') return Math.min(told * 1000 + 200, LONGEST_PAUSE_MS)
  return Math.min(100 * attempt, 2000)
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, milliseconds)
    const stop = () => {
      clearTimeout(timer)
      reject(signal?.reason ?? new CuroError('unavailable', 'Stopped.'))
    }
    signal?.addEventListener('abort', stop, { once: true })
  })
}
