import { CuroError } from '@curo/crypto/errors'
import type { ReadResource } from '@curo/ledger/tile-reader'

/** A full bundle of the largest entries allowed: 256 × (2 + 65,535) bytes. */
const MAX_RESOURCE_BYTES = 256 * 65_537
const TIMEOUT_MS = 20_000

/**
 * Reads the files of a log or mirror below its URL prefix (tlog-tiles § APIs). What comes is not trusted.
 * @throws CuroError 'unavailable' when the other side does not answer properly
 */
export function remoteLog(url: string): ReadResource {
  const prefix = url.endsWith('/') ? url.slice(0, -1) : url
  return (path) => fetchResource(`${prefix}/${path}`)
}

async function fetchResource(url: string): Promise<Uint8Array | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' })
    const bytes = await readBounded(response, MAX_RESOURCE_BYTES)
    if (response.status === 404) return undefined
    if (response.status === 200) return bytes
    throw new CuroError('unavailable', 'Another hospital’s log answered with an error.', {
      details: { status: response.status },
    })
  } catch (cause) {
    if (cause instanceof CuroError) throw cause
    throw new CuroError('unavailable', 'Another hospital’s log did not answer in time.', { cause })
  }
}

/** @throws CuroError 'too-large': nobody may make this node read without end */
export async function readBounded(response: Response, most: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of response.body ?? []) {
    length += part.length
    if (length > most)
      throw new CuroError('too-large', 'Another node answered with more than an answer can be.')
    parts.push(part)
  }
  return Buffer.concat(parts)
}
