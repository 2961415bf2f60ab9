import { CuroError } from '@curo/crypto/errors'
import { originHash } from '@curo/ledger/add-checkpoint'
import type { WitnessAnswer } from '@curo/ledger/witness'
import { readBounded } from './remote-log.ts'

/** A witness's answer is a few lines, a checkpoint a few kilobytes; nobody may make us read more. */
const MAX_ANSWER_BYTES = 256 * 1024

/** Sends `POST <prefix>/add-checkpoint`. @throws CuroError 'unavailable' when nothing usable comes back in time */
export async function postCheckpoint({
  url,
  body,
  signal,
}: {
  url: string
  body: string
  signal: AbortSignal
}): Promise<WitnessAnswer> {
  return send(`${withoutSlash(url)}/add-checkpoint`, signal, {
    method: 'POST',
    body,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  })
}

/** The checkpoint of a log as this witness has cosigned it (tlog-witness § Monitor Retrieval); null before the first. */
export async function fetchWitnessed({
  url,
  origin,
  signal,
}: {
  url: string
  origin: string
  signal: AbortSignal
}): Promise<string | null> {
  const answer = await send(`${withoutSlash(url)}/${originHash(origin)}/checkpoint`, signal)
  return answer.status === 200 ? answer.body : null
}

async function send(url: string, signal: AbortSignal, init: RequestInit = {}): Promise<WitnessAnswer> {
  try {
    const response = await fetch(url, { ...init, signal, redirect: 'error' })
    const bytes = await readBounded(response, MAX_ANSWER_BYTES)
    const body = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return { status: response.status, contentType: response.headers.get('content-type') ?? '', body }
  } catch (cause) {
    if (cause instanceof CuroError) throw cause
    throw new CuroError('unavailable', 'A witness did not answer in time.', { cause })
  }
}

function withoutSlash(url: string): string {
  return url.endsWith('/') ? url.slice(0, -1) : url
}
