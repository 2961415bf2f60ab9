import { lookup } from 'node:dns/promises'
import { request } from 'node:https'
import type { LookupFunction } from 'node:net'
import { CuroError } from '@curo/crypto/errors'
import { isPublicAddress } from './endpoints.ts'

const TIMEOUT_MS = 20_000

/** Posts nothing to an endpoint, with these headers, and gives the status. */
export type PushTransport = (endpoint: string, headers: Readonly<Record<string, string>>) => Promise<number>

/** For tests, which have no push service on the public internet. */
export type TransportOptions = {
  readonly mayCall?: (address: string) => boolean
  readonly resolve?: (host: string) => Promise<{ address: string; family: number }[]>
  readonly ca?: string
  readonly port?: number
}

/**
 * [Note: pushes go out only] The address is checked in the moment of connecting, so a name that leads elsewhere a moment
 * later leads nowhere; redirects are not followed and the answer's body is not read.
 * @throws CuroError 'unavailable' when there is no answer, 'forbidden' for an address that is not public
 */
export function makeTransport(options: TransportOptions = {}): PushTransport {
  const { mayCall = isPublicAddress, resolve = resolveAll, ca, port = 443 } = options
  const guardedLookup: LookupFunction = (host, _options, done) => {
    resolve(host).then(
      (found) => {
        const allowed = found.filter(({ address }) => mayCall(address))
        if (allowed.length === 0) done(new CuroError('forbidden', 'Not an address to push to.'), '')
        else (done as (error: null, addresses: typeof allowed) => void)(null, allowed)
      },
      (error) => done(error, ''),
    )
  }
  return (endpoint, headers) =>
    new Promise((settle, fail) => {
      const sending = request(
        endpoint,
        {
          method: 'POST',
          headers: { ...headers, 'content-length': '0' },
          ...{ lookup: guardedLookup, port, agent: false, timeout: TIMEOUT_MS },
          ...(ca === undefined ? {} : { ca }),
        },
        (response) => {
          settle(response.statusCode ?? 0)
          response.destroy()
        },
      )
      sending.once('timeout', () => sending.destroy(new Error('no answer in time')))
      sending.once('error', (cause) =>
        fail(
          cause instanceof CuroError
            ? cause
            : new CuroError('unavailable', 'The push service did not answer.', { cause }),
        ),
      )
      sending.end()
    })
}

const resolveAll = (host: string) => lookup(host, { all: true })
