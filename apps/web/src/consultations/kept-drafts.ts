import { type DBSchema, type IDBPDatabase, openDB } from 'idb'

/**
 * [Note: a draft that has not arrived] What was written and has not reached the hospital's computer lies sealed on this
 * device, for each window by itself, so that neither a lost connection nor a reload loses it and two windows do not
 * overwrite each other. It is deleted as soon as it has arrived.
 */
export type KeptDraft = {
  account: string
  patient: string
  /** Which window wrote it: the same after a reload. */
  window: string
  sealed: Uint8Array
  /** The version it was written on. */
  version: number
  /** Instant. */
  at: string
}

type Row = KeptDraft & { id: string }
interface Kept extends DBSchema {
  drafts: { key: string; value: Row }
}

const open = (): Promise<IDBPDatabase<Kept>> =>
  openDB<Kept>('curo-drafts', 1, {
    upgrade: (database) => {
      database.createObjectStore('drafts', { keyPath: 'id' })
    },
  })

async function within<T>(use: (database: IDBPDatabase<Kept>) => Promise<T>): Promise<T> {
  const database = await open()
  try {
    return await use(database)
  } finally {
    database.close()
  }
}

const idOf = ({ account, patient, window }: Pick<KeptDraft, 'account' | 'patient' | 'window'>) =>
  `${account}/${patient}/${window}`

export async function keepDraft(draft: KeptDraft): Promise<void> {
  await within((database) => database.put('drafts', { ...draft, id: idOf(draft) }))
}

export async function forgetKeptDraft(of: Pick<KeptDraft, 'account' | 'patient' | 'window'>): Promise<void> {
  await within((database) => database.delete('drafts', idOf(of)))
}

/** Everything of this person that is kept here, newest first. */
export async function keptDrafts(account: string): Promise<KeptDraft[]> {
  const all = await within((database) => database.getAll('drafts'))
  return all.filter((row) => row.account === account).sort((a, b) => (a.at < b.at ? 1 : -1))
}
