import type { DemoKeeper } from '@curo/client/demo/keeper'
import type { Person } from '@curo/client/person'
import { utf8Bytes, utf8Text } from '@curo/crypto/bytes'
import { type DeviceKey, deriveDeviceKey, openOnDevice, sealOnDevice } from '@curo/crypto/device-key'
import { isCuroError } from '@curo/crypto/errors'
import { type DBSchema, openDB } from 'idb'

/** What was asked for, and how far it is. */
export type DemoPlan = {
  /** Of everybody who is invented. */
  password: string
  patients: number
  seed: string
  progress: { patients: number; done: number; all: number; away?: string[] }
  /** Instant; null until everything is there. */
  finishedAt: string | null
}

export type KeptCard = { key: string; card: string; recoveryCode: string }

/** Sealed rows by their ids; IndexedDB, or memory in a test. */
export type Rows = {
  get(id: string): Promise<Uint8Array | undefined>
  /** Resolves once it is on the disk. The browser may still clear it away when the disk is full. */
  put(id: string, sealed: Uint8Array<ArrayBuffer>): Promise<void>
  /** In the order of their ids. */
  ids(prefix: string): Promise<string[]>
}

/**
 * [Note: cards of the invented] Cards that nobody could make again, their password, and which steps are done, each row
 * sealed under a key that follows from the administrator's account root. They outlive signing out, unlike
 * [Note: what a device keeps]: whoever has them can go on, and can hand the cards out, on another day.
 */
export class KeptDemo implements DemoKeeper {
  readonly #account: string
  readonly #key: DeviceKey
  readonly #rows: Rows

  constructor(given: { account: string; key: DeviceKey; rows: Rows }) {
    this.#account = given.account
    this.#key = given.key
    this.#rows = given.rows
  }

  plan(): Promise<DemoPlan | null> {
    return this.#get<DemoPlan>('plan')
  }

  putPlan(plan: DemoPlan): Promise<void> {
    return this.#put('plan', plan)
  }

  async keepCard(key: string, secrets: { card: string; recoveryCode: string }): Promise<void> {
    await this.#put(`card/${key}`, { key, ...secrets } satisfies KeptCard)
  }

  async cardOf(key: string): Promise<string | null> {
    return (await this.#get<KeptCard>(`card/${key}`))?.card ?? null
  }

  async cards(): Promise<KeptCard[]> {
    const own = `${this.#account}/`
    const ids = await this.#rows.ids(`${own}card/`)
    const cards = await Promise.all(ids.map((id) => this.#get<KeptCard>(id.slice(own.length))))
    return cards.filter((card) => card !== null)
  }

  async isDone(step: string): Promise<boolean> {
    return (await this.#get<true>(`step/${step}`)) === true
  }

  async setDone(step: string): Promise<void> {
    await this.#put(`step/${step}`, true)
  }

  #aad(name: string): Uint8Array {
    return utf8Bytes(`curo/v1/kept-demo\0${this.#account}\0${name}`)
  }

  async #put(name: string, value: unknown): Promise<void> {
    const plaintext = utf8Bytes(JSON.stringify(value))
    const sealed = await sealOnDevice({ key: this.#key, aad: this.#aad(name), plaintext })
    await this.#rows.put(`${this.#account}/${name}`, sealed)
  }

  /** Null for what is not there, and for what another key sealed. */
  async #get<T>(name: string): Promise<T | null> {
    const sealed = await this.#rows.get(`${this.#account}/${name}`)
    if (!sealed) return null
    try {
      return JSON.parse(utf8Text(await openOnDevice({ key: this.#key, aad: this.#aad(name), sealed })))
    } catch (error) {
      if (isCuroError(error, 'tampered')) return null
      throw error
    }
  }
}

interface Kept extends DBSchema {
  rows: { key: string; value: { id: string; sealed: Uint8Array<ArrayBuffer> } }
}

/** The connection is held for as long as the key Worker lives: a filling writes thousands of rows. */
async function openRows(): Promise<Rows> {
  const database = await openDB<Kept>('curo-demo', 1, {
    upgrade: (made) => {
      made.createObjectStore('rows', { keyPath: 'id' })
    },
  })
  return {
    get: async (id) => (await database.get('rows', id))?.sealed,
    async put(id, sealed) {
      // On the disk before the node hears of the patient, as a card needs it.
      const transaction = database.transaction('rows', 'readwrite', { durability: 'strict' })
      await Promise.all([transaction.store.put({ id, sealed }), transaction.done])
    },
    ids: (prefix) => database.getAllKeys('rows', IDBKeyRange.bound(prefix, `${prefix}\uffff`)),
  }
}

let rows: Promise<Rows> | undefined

/** What this browser keeps of the administrator's filling. @throws DOMException where a browser keeps nothing */
export async function keptDemoOf(admin: Person): Promise<KeptDemo> {
  rows ??= openRows().catch((error) => {
    rows = undefined
    throw error
  })
  const key = await deriveDeviceKey(admin.root, 'demo')
  return new KeptDemo({ account: admin.account.id, key, rows: await rows })
}
