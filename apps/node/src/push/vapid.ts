import { link, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { toBase64Url } from '@curo/crypto/bytes'
import { randomId } from '@curo/crypto/random'
import { importJWK, type JWK, SignJWT } from 'jose'
import type { Config } from '../config.ts'
import { readSecret, writeSecret } from '../keys.ts'
import { makeVapidSecret } from './vapid-secret.ts'

/** Less than the day that push services allow (RFC 8292 §2). */
const GOOD_FOR_S = 12 * 3600

/** The node's name towards push services: an ES256 key (RFC 8292). */
export type VapidKey = { readonly jwk: JWK; readonly publicKey: Uint8Array }

/**
 * The key in `<data>/keys/vapid.key`, made when it is not there, as in a folder of an earlier version: unlike the node's
 * other keys it protects nothing, and a lost one costs only that devices subscribe anew. Of several processes one makes it.
 */
export async function loadVapidKey(dataFolder: string): Promise<VapidKey> {
  const path = join(dataFolder, 'keys', 'vapid.key')
  const text = await readSecret(path).catch(async () => {
    const made = `${path}.new-${randomId()}`
    await writeSecret(made, await makeVapidSecret())
    await link(made, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
    await rm(made)
    return readSecret(path)
  })
  const jwk = JSON.parse(text) as JWK
  const point = [jwk.x, jwk.y].map((half) => Buffer.from(half ?? '', 'base64url'))
  return { jwk, publicKey: Buffer.concat([Buffer.of(4), ...point]) }
}

/** Whom a push service can write to about this node's pushes. */
function subjectOf({ mail, publicUrl, origin }: Config): string {
  if (publicUrl?.startsWith('https:')) return publicUrl
  return `mailto:${mail.from?.match(/[^\s<>]+@[^\s<>]+/)?.[0] ?? `curo@${origin.split(/[:/]/)[0]}`}`
}

/** The header that a push service knows this node by (RFC 8292 §3), for the endpoint's own service only. */
export async function vapidHeader(
  key: VapidKey,
  { endpoint, config, now }: { endpoint: string; config: Config; now: Date },
): Promise<string> {
  const token = await new SignJWT({})
    .setProtectedHeader({ typ: 'JWT', alg: 'ES256' })
    .setAudience(new URL(endpoint).origin)
    .setSubject(subjectOf(config))
    .setExpirationTime(Math.floor(now.getTime() / 1000) + GOOD_FOR_S)
    .sign(await importJWK(key.jwk, 'ES256'))
  return `vapid t=${token}, k=${toBase64Url(key.publicKey)}`
}
