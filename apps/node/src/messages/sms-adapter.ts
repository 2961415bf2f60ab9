import { CuroError } from '@curo/crypto/errors'
import type { Adapter } from './delivery.ts'

const TIMEOUT_MS = 20_000

export type SmsService = {
  url: string
  style: 'form' | 'json'
  from?: string | undefined
  /** HTTP Basic with `user`, else a bearer token. */
  user?: string | undefined
  token?: string | undefined
  /** What the service calls recipient, sender and text. */
  toField: string
  fromField: string
  textField: string
}

/** Sends by an HTTP service that takes a form or JSON; any 2xx answer means taken. */
export function smsAdapter(service: SmsService): Adapter {
  return async ({ to, text }) => {
    const fields: Record<string, string> = { [service.toField]: to, [service.textField]: text }
    if (service.from !== undefined) fields[service.fromField] = service.from
    const isJson = service.style === 'json'
    const headers = {
      'content-type': isJson ? 'application/json' : 'application/x-www-form-urlencoded',
      ...authorization(service),
    }
    const body = isJson ? JSON.stringify(fields) : new URLSearchParams(fields).toString()
    let status: number
    try {
      const signal = AbortSignal.timeout(TIMEOUT_MS)
      const response = await fetch(service.url, { method: 'POST', headers, body, signal, redirect: 'error' })
      await response.body?.cancel()
      status = response.status
    } catch (cause) {
      throw new CuroError('unavailable', 'The SMS service did not answer.', { cause })
    }
    if (status < 200 || status > 299)
      throw new CuroError('unavailable', 'The SMS service did not take a message.', { details: { status } })
  }
}

function authorization({ user, token }: SmsService): Record<string, string> {
  if (token === undefined) return {}
  if (user === undefined) return { authorization: `Bearer ${token}` }
  return { authorization: `Basic ${Buffer.from(`${user}:${token}`).toString('base64')}` }
}
