import { type Settings, settings as settingsShape } from '@curo/contract/settings'
import type { Language } from '@curo/contract/shapes'
import { CuroError } from '@curo/crypto/errors'
import type { NodeContext } from '../context.ts'
import type { Queries } from '../database.ts'
import { openJson, sealJson } from '../sealed-columns.ts'

const settingsCell = (row: string) => ({ table: 'account_settings', column: 'settings', row }) as const

export type StoredSettings = { settings: Settings; revision: number }
type Reading = { db: Queries; keys: NodeContext['keys'] }

/** One account's settings; what a later version adds has its default. */
export async function settingsOf({ db, keys }: Reading, account: string): Promise<StoredSettings> {
  const row = await db
    .selectFrom('account_settings')
    .select(['settings', 'revision'])
    .where('account', '=', account)
    .executeTakeFirst()
  if (!row) return { settings: settingsShape.parse({}), revision: 0 }
  const stored = await openJson<unknown>({ keys }, settingsCell(account), row.settings)
  return { settings: settingsShape.parse(stored), revision: row.revision }
}

/** In which language to write to this person; undefined where she has not chosen one. */
export async function chosenLanguage(reading: Reading, account: string): Promise<Language | undefined> {
  return (await settingsOf(reading, account)).settings.language
}

/** The same for a patient who has activated her app. */
export async function chosenByPatient(reading: Reading, patient: string): Promise<Language | undefined> {
  const account = await reading.db
    .selectFrom('accounts')
    .select('id')
    .where('patient', '=', patient)
    .executeTakeFirst()
  return account && chosenLanguage(reading, account.id)
}

/** @throws 'conflict' when another device has saved meanwhile */
export async function saveSettings(
  node: Pick<NodeContext, 'db' | 'keys'>,
  { account, settings, revision }: StoredSettings & { account: string },
): Promise<StoredSettings> {
  const values = {
    settings: await sealJson(node, settingsCell(account), settings),
    revision: revision + 1,
  }
  const saved =
    revision === 0
      ? await node.db
          .insertInto('account_settings')
          .values({ account, ...values })
          .onConflict((conflict) => conflict.doNothing())
          .returning('revision')
          .executeTakeFirst()
      : await node.db
          .updateTable('account_settings')
          .set(values)
          .where('account', '=', account)
          .where('revision', '=', revision)
          .returning('revision')
          .executeTakeFirst()
  if (!saved) throw new CuroError('conflict', 'The settings were changed on another device: load them again.')
  return { settings, revision: saved.revision }
}
