import type { Demographics } from '@curo/contract/patients'
import type { Transaction } from 'kysely'
import type { NodeContext, OutboxMessage } from '../context.ts'
import type { Database, Queries } from '../database.ts'
import { type Localised, languageOf } from '../messages/languages.ts'
import { demographicsCell } from '../patients/views.ts'
import { wakeAccount } from '../push/waking.ts'
import { openJson, openText } from '../sealed-columns.ts'
import { chosenLanguage } from '../settings/service.ts'
import { type AccountRow, accountCell } from './views.ts'

type Owner = Pick<AccountRow, 'id' | 'contact' | 'patient'>
type Reach = { db: Queries; keys: NodeContext['keys'] }

/**
 * The telephone that codes for this account go to: a patient's is the one that the desk has now, which may no longer
 * be the number she signs in with.
 */
export async function codePhoneOf(reach: Reach, owner: Owner): Promise<string | undefined> {
  if (owner.patient === null) return openText(reach, accountCell('contact', owner.id), owner.contact)
  return (await demographicsOf(reach, owner.patient))?.phone
}

async function demographicsOf({ db, keys }: Reach, patient: string): Promise<Demographics | undefined> {
  const row = await db
    .selectFrom('patients')
    .select('demographics')
    .where('id', '=', patient)
    .executeTakeFirst()
  return row && openJson<Demographics>({ keys }, demographicsCell(patient), row.demographics)
}

/**
 * Tells the owner about her account, everywhere that she can be reached: whoever took one of her telephones over
 * should not be the only one who hears of it.
 */
export async function tellOwner(
  trx: Transaction<Database>,
  node: NodeContext,
  owner: Owner,
  message: Pick<OutboxMessage, 'template' | 'values'>,
): Promise<void> {
  const reach = { db: trx, keys: node.keys }
  const contact = await openText(reach, accountCell('contact', owner.id), owner.contact)
  const known = owner.patient === null ? undefined : await demographicsOf(reach, owner.patient)
  const phones = new Set([contact, ...(known?.phone ? [known.phone] : [])])
  const language = (await chosenLanguage(reach, owner.id)) ?? languageOf(known?.language)
  for (const to of phones) await node.outbox.enqueue(trx, { ...message, to, channel: 'sms', language })
  await wakeAccount(trx, node, owner.id)
  if (known?.email)
    await node.outbox.enqueue(trx, { ...message, to: known.email, channel: 'email', language })
}

/** The message after a change that decides who may sign in. */
export async function tellChange(
  trx: Transaction<Database>,
  node: NodeContext,
  owner: Owner,
  change: Localised,
): Promise<void> {
  const values = { change, at: node.clock() }
  await tellOwner(trx, node, owner, { template: 'account-changed', values })
}
