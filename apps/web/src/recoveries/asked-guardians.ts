import type { AskedGuardians } from '@curo/client/guardian-recovery'
import { utf8Bytes, utf8Text } from '@curo/crypto/bytes'
import { type DeviceKey, makeDeviceKey, openOnDevice, sealOnDevice } from '@curo/crypto/device-key'
import { type DBSchema, openDB } from 'idb'

/** The number is what the new password will be for. */
export type OwnRequest = AskedGuardians & { contact: string }

/**
 * Guardians take a day: the request outlives its page. What opens their shares is sealed by a key that this browser
 * never hands out, and both go as soon as it is over.
 */
interface Requests extends DBSchema {
  request: { key: string; value: { key: DeviceKey; sealed: Uint8Array<ArrayBuffer>; expiresAt: string } }
}
const ONLY = 'own'
const AAD = utf8Bytes('curo/v1/asked-guardians')

const open = () =>
  openDB<Requests>('curo-recovery', 1, {
    upgrade: (database) => void database.createObjectStore('request'),
  })

export async function keepRequest(request: OwnRequest): Promise<void> {
  const key = await makeDeviceKey()
  const plaintext = utf8Bytes(JSON.stringify(request))
  const sealed = await sealOnDevice({ key, aad: AAD, plaintext })
  plaintext.fill(0)
  const database = await open()
  try {
    await database.put('request', { key, sealed, expiresAt: request.expiresAt }, ONLY)
  } finally {
    database.close()
  }
}

/** null where there is none, or it is over. */
export async function keptRequest(): Promise<OwnRequest | null> {
  const database = await open()
  try {
    const found = await database.get('request', ONLY)
    if (!found) return null
    if (found.expiresAt > new Date().toISOString()) {
      const opened = await openOnDevice({ key: found.key, aad: AAD, sealed: found.sealed })
      return JSON.parse(utf8Text(opened)) as OwnRequest
    }
    await database.delete('request', ONLY)
    return null
  } finally {
    database.close()
  }
}

export async function forgetRequest(): Promise<void> {
  const database = await open()
  try {
    await database.clear('request')
  } finally {
    database.close()
  }
}
