import { CuroError } from '@curo/crypto/errors'

const NAME = 'curo.demo'

/**
 * Two windows never fill at once; the browser lets go of a closed one's lock by itself.
 * @throws CuroError 'conflict' where another window has it
 */
export function whileAlone<T>(work: () => Promise<T>): Promise<T> {
  return navigator.locks.request(NAME, { ifAvailable: true }, async (lock) => {
    if (!lock) throw new CuroError('conflict', 'Another window of this browser is inventing people already.')
    return work()
  })
}

export async function isHeld(): Promise<boolean> {
  const { held = [] } = await navigator.locks.query()
  return held.some(({ name }) => name === NAME)
}
