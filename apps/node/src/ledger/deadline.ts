import { CuroError } from '@curo/crypto/errors'

/**
 * The work's result, or a failure when it takes longer; the work itself is not stopped.
 * @throws CuroError 'unavailable'
 */
export async function withDeadline<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new CuroError('unavailable', 'The database did not answer in time; ask again with the same id.'))
    }, milliseconds)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
