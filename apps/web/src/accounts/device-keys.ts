import type { DeviceKey } from '@curo/crypto/device-key'
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'

/**
 * [Note: a reload keeps the person signed in] The account root, wrapped by a WebCrypto key that cannot be exported,
 * lies in sessionStorage (this tab only); the key lies in IndexedDB. Neither opens anything alone, nor both for a script
 * of another site. Locking, signing out and 15 idle minutes delete the keys of all tabs; closing a tab deletes its
 * ciphertext. What remains is told in docs/threat-model.md.
 */
interface Keys extends DBSchema {
  keys: { key: string; value: { id: string; key: DeviceKey; expiresAt: string } }
}

const open = (): Promise<IDBPDatabase<Keys>> =>
  openDB<Keys>('curo-device-keys', 1, {
    upgrade: (database) => {
      database.createObjectStore('keys', { keyPath: 'id' })
    },
  })

/** Uses the store once; the connection is not held, so that deleting never waits for it. */
async function within<T>(use: (database: IDBPDatabase<Keys>) => Promise<T>): Promise<T> {
  const database = await open()
  try {
    return await use(database)
  } finally {
    database.close()
  }
}

export async function putDeviceKey(entry: { id: string; key: DeviceKey; expiresAt: string }): Promise<void> {
  await within(async (database) => {
    const now = new Date().toISOString()
    for (const { id, expiresAt } of await database.getAll('keys'))
      if (expiresAt <= now) await database.delete('keys', id)
    await database.put('keys', entry)
  })
}

/** null when it was deleted or has ended. */
export async function getDeviceKey(id: string): Promise<DeviceKey | null> {
  const found = await within((database) => database.get('keys', id))
  return found && found.expiresAt > new Date().toISOString() ? found.key : null
}

export const deleteDeviceKey = (id: string): Promise<void> =>
  within((database) => database.delete('keys', id))

/** After this no tab of this browser opens without a password. */
export const deleteDeviceKeys = (): Promise<void> => within((database) => database.clear('keys'))
