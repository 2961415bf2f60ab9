import { CuroError } from '@curo/crypto/errors'
import { sqlState } from './database.ts'

const DISK_FULL = '53100'
/**
 * PostgreSQL's classes 08 (connection), 53 (resources) and 57 (operator: it restarts, a statement took too long), a
 * transaction that was idle too long, a lock that was not to be had.
 */
const AWAY = /^(08|53|57|25P03$|55P03$)/
/** How a socket fails. */
const SOCKET = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOENT']
/** What the driver throws itself, without a code. */
const DRIVER =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/

/** What the database, or the way to it, cannot do just now, as an error that says what to do; null for any other. */
export function databaseFault(error: unknown): CuroError | null {
  const { message, syscall } = (error ?? {}) as { message?: string; syscall?: string }
  const code = sqlState(error) ?? ''
  if (code === DISK_FULL)
    return new CuroError(
      'storage-full',
      'The disk of the hospital’s database is full. Its operator has to make room; then try again.',
      { cause: error },
    )
  const isAway =
    (code.length === 5 && AWAY.test(code)) ||
    (SOCKET.includes(code) && ['connect', 'read', 'write'].includes(syscall ?? '')) ||
    (code === '' && error instanceof Error && DRIVER.test(message ?? ''))
  if (!isAway) return null
  return new CuroError('unavailable', 'The hospital’s database does not answer. Try again in a moment.', {
    cause: error,
  })
}
