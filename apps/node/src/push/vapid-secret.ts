import { exportJWK, generateKeyPair } from 'jose'

/** A fresh ES256 key as JSON (RFC 7517), as it lies in `keys/vapid.key`. */
export async function makeVapidSecret(): Promise<string> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  return JSON.stringify(await exportJWK(privateKey))
}
