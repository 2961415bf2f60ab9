import type { Transaction } from 'kysely'
import type { NodeContext } from '../context.ts'
import type { Database } from '../database.ts'
import type { TemplateValues } from '../messages/languages.ts'
import { wakePatient } from '../push/waking.ts'
import { reachOf } from './directory.ts'

export type Notice = { readonly template: string; readonly values: TemplateValues }

/**
 * Prepares to tell a patient something: looked up now, sent in the caller's transaction. By text message to the number
 * that the desk registered, else by e-mail; who left neither finds it in her app, which is woken.
 */
export async function tellPatient(
  node: Pick<NodeContext, 'db' | 'keys' | 'outbox' | 'jobs'>,
  patient: string,
): Promise<(trx: Transaction<Database>, notice: Notice) => Promise<void>> {
  const { phone, email, language } = await reachOf(node, patient)
  return async (trx, notice) => {
    await wakePatient(trx, node, patient)
    const to = phone ?? email
    if (to === undefined) return
    const channel = phone === undefined ? 'email' : 'sms'
    await node.outbox.enqueue(trx, { ...notice, to, channel, language })
  }
}
