import type { Person } from '@curo/client/person'
import { utf8Bytes, utf8Text } from '@curo/crypto/bytes'
import { type DeviceKey, deriveDeviceKey, openOnDevice, sealOnDevice } from '@curo/crypto/device-key'
import { isCuroError } from '@curo/crypto/errors'
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import { keptDatabaseName } from '../accounts/kept-databases.ts'

/**
 * [Note: what a device keeps] Her records as they were opened, the sealed bytes of files she has looked at, and uploads
 * under way, in IndexedDB. Each row is sealed under a key that follows from her account root (`deriveDeviceKey`), so that
 * nobody reads it who cannot sign in as her; files stay as the hospital gave them. One database per account: signing out
 * deletes all of them, and somebody else's sign-in those that are not hers.
 */
interface Kept extends DBSchema {
  records: { key: string; value: Row }
  uploads: { key: string; value: Row }
  files: { key: string; value: KeptFile; indexes: { usedAt: number } }
  facts: { key: 'listedAt'; value: string }
}

type Row = { id: string; sealed: Uint8Array<ArrayBuffer> }
type KeptFile = { id: string; sealed: Blob; usedAt: number }
type RowStore = 'records' | 'uploads'

/** A device's disk is hers: records and files together stay below what a handful of photographs takes. */
const MOST_RECORD_BYTES = 64 * 1024 * 1024
const MOST_FILE_BYTES = 200 * 1024 * 1024
/** A larger file is fetched again. */
export const LARGEST_KEPT_FILE = 32 * 1024 * 1024

export class DeviceStore {
  readonly #account: string
  readonly #key: DeviceKey
  readonly #within: <T>(use: (database: IDBPDatabase<Kept>) => Promise<T>, otherwise: T) => Promise<T>

  constructor(account: string, key: DeviceKey) {
    this.#account = account
    this.#key = key
    this.#within = (use, otherwise) => within(account, use, otherwise)
  }

  /** Every row that opens; one that does not is left out, and fetched again from the hospital. */
  async rows<T>(store: RowStore): Promise<T[]> {
    const rows = await this.#within((database) => database.getAll(store), [])
    const opened = await Promise.all(rows.map((row) => this.#open<T>(store, row)))
    return opened.filter((value) => value !== null)
  }

  async put(store: RowStore, values: readonly (readonly [id: string, value: unknown])[]): Promise<void> {
    if (values.length === 0) return
    const rows = await Promise.all(values.map(([id, value]) => this.#seal(store, id, value)))
    await this.#within(async (database) => {
      if (store === 'records' && (await this.#isFull(database))) return
      const transaction = database.transaction(store, 'readwrite')
      await Promise.all([...rows.map((row) => transaction.store.put(row)), transaction.done])
    }, undefined)
  }

  async remove(store: RowStore | 'files', ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return
    await this.#within(async (database) => {
      const transaction = database.transaction(store, 'readwrite')
      await Promise.all([...ids.map((id) => transaction.store.delete(id)), transaction.done])
    }, undefined)
  }

  /** When the hospital last listed everything. */
  listedAt(): Promise<string | undefined> {
    return this.#within((database) => database.get('facts', 'listedAt'), undefined)
  }

  async noteListed(at: string): Promise<void> {
    await this.#within(async (database) => void (await database.put('facts', at, 'listedAt')), undefined)
  }

  /** A file's sealed bytes, as the hospital gave them. */
  async file(id: string): Promise<Blob | null> {
    return this.#within(async (database) => {
      const kept = await database.get('files', id)
      if (kept) await database.put('files', { ...kept, usedAt: Date.now() })
      return kept?.sealed ?? null
    }, null)
  }

  /** Keeps a file, and lets go of those not looked at for longest where there are too many. */
  async putFile(id: string, sealed: Blob): Promise<void> {
    if (sealed.size > LARGEST_KEPT_FILE) return
    await this.#within(async (database) => {
      const transaction = database.transaction('files', 'readwrite')
      await transaction.store.put({ id, sealed, usedAt: Date.now() })
      let bytes = 0
      let cursor = await transaction.store.index('usedAt').openCursor(null, 'prev')
      for (; cursor; cursor = await cursor.continue()) {
        bytes += cursor.value.sealed.size
        if (bytes > MOST_FILE_BYTES) await cursor.delete()
      }
      await transaction.done
    }, undefined)
  }

  async #isFull(database: IDBPDatabase<Kept>): Promise<boolean> {
    const count = await database.count('records')
    // Rows are a few kB each; only a history far beyond the usual is weighed.
    if (count < 5000) return false
    const rows = await database.getAll('records')
    return rows.reduce((sum, { sealed }) => sum + sealed.length, 0) > MOST_RECORD_BYTES
  }

  #aad(store: RowStore, id: string): Uint8Array {
    return utf8Bytes(`curo/v1/kept\0${this.#account}\0${store}\0${id}`)
  }

  async #seal(store: RowStore, id: string, value: unknown): Promise<Row> {
    const plaintext = utf8Bytes(JSON.stringify(value))
    return { id, sealed: await sealOnDevice({ key: this.#key, aad: this.#aad(store, id), plaintext }) }
  }

  async #open<T>(store: RowStore, { id, sealed }: Row): Promise<T | null> {
    try {
      const opened = await openOnDevice({ key: this.#key, aad: this.#aad(store, id), sealed })
      return JSON.parse(utf8Text(opened)) as T
    } catch (error) {
      if (isCuroError(error) || error instanceof SyntaxError) return null
      throw error
    }
  }
}

/** Uses the database once and lets go of it, so that signing out never waits. Without one (a private window) nothing is kept. */
async function within<T>(
  account: string,
  use: (database: IDBPDatabase<Kept>) => Promise<T>,
  otherwise: T,
): Promise<T> {
  try {
    const database = await openDB<Kept>(keptDatabaseName(account), 1, {
      upgrade: (made) => {
        made.createObjectStore('records', { keyPath: 'id' })
        made.createObjectStore('uploads', { keyPath: 'id' })
        made.createObjectStore('files', { keyPath: 'id' }).createIndex('usedAt', 'usedAt')
        made.createObjectStore('facts')
      },
    })
    try {
      return await use(database)
    } finally {
      database.close()
    }
  } catch (error) {
    // Full, forbidden, or deleted meanwhile by a sign-out elsewhere: it is a convenience, and the hospital has everything.
    if (error instanceof DOMException) return otherwise
    throw error
  }
}

let stores: { root: Uint8Array; store: Promise<DeviceStore> } | undefined

/** What this device keeps for her. */
export function deviceStoreOf(person: Person): Promise<DeviceStore> {
  if (stores?.root === person.root) return stores.store
  const store = deriveDeviceKey(person.root, 'records').then((key) => new DeviceStore(person.account.id, key))
  stores = { root: person.root, store }
  return store
}
