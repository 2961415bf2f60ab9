import type { Account } from '@curo/contract/accounts'
import type { changeAccount, WorkingAccount } from '@curo/contract/approvals'
import type { RouteArguments } from '@curo/contract/route'
import { CuroError } from '@curo/crypto/errors'
import type { Transaction } from 'kysely'
import { tellChange } from '../accounts/owner.ts'
import { enterInRegistry } from '../accounts/registry.ts'
import { replaceAccountTokens } from '../accounts/search.ts'
import { type AccountRow, accountCell } from '../accounts/views.ts'
import { recordActivity } from '../audit/activity.ts'
import type { NodeContext } from '../context.ts'
import { type Database, inTransaction } from '../database.ts'
import { openJson, openText, sealJson, sealText } from '../sealed-columns.ts'
import type { Session } from '../sessions.ts'
import { keepAnAdministrator } from './administrators.ts'
import { getWorkingAccount } from './people.ts'

type Change = RouteArguments<typeof changeAccount>['body']

const ROLE_IN_WORDS: Readonly<Record<Account['role'], { en: string; hi: string }>> = {
  patient: { en: 'you are a patient', hi: 'आप मरीज़ हैं' },
  doctor: { en: 'you are a doctor here now', hi: 'अब आप यहाँ डॉक्टर हैं' },
  staff: { en: 'you are a member of staff here now', hi: 'अब आप यहाँ कर्मचारी हैं' },
  admin: { en: 'you are an administrator here now', hi: 'अब आप यहाँ प्रशासक हैं' },
  auditor: { en: 'you are an auditor here now', hi: 'अब आप यहाँ लेखा-परीक्षक हैं' },
}

/**
 * Changes what an account is or is called. In the same transaction a doctor's registry entry follows: withdrawn when she
 * is one no more, entered anew with another name or number. Another role ends the sessions that began under the old one.
 * @throws 'not-found', 'forbidden' for one's own role, 'conflict' for the last administrator
 */
export async function changeOneAccount(
  node: NodeContext,
  session: Session,
  { account: id, ...change }: Change & { account: string },
): Promise<WorkingAccount> {
  if (change.role !== undefined && id === session.account.id && change.role !== session.account.role)
    throw new CuroError('forbidden', 'Another administrator has to change your own role.')
  const now = node.clock()
  await inTransaction(node.db, async (trx) => {
    if (change.role !== undefined && change.role !== 'admin') {
      const before = await trx
        .selectFrom('accounts')
        .select(['role', 'status'])
        .where('id', '=', id)
        .executeTakeFirst()
      if (before?.role === 'admin' && before.status === 'active')
        await keepAnAdministrator(trx, { without: id })
    }
    const row = await trx
      .selectFrom('accounts')
      .selectAll()
      .where('id', '=', id)
      .where('role', '!=', 'patient')
      .forUpdate()
      .executeTakeFirst()
    if (!row) throw new CuroError('not-found', 'There is no such account.')
    if (row.status === 'rejected')
      throw new CuroError('conflict', 'This registration was refused: there is nothing to change.')
    const changed = await store(trx, node, { row, change })
    if (!changed) return
    await followInRegistry(trx, node, { before: row, after: changed.row, named: changed.named })
    if (changed.row.role !== row.role) {
      await trx
        .updateTable('sessions')
        .set({ ended_at: now })
        .where('account', '=', id)
        .where('ended_at', 'is', null)
        .execute()
      await tellChange(trx, node, changed.row, ROLE_IN_WORDS[changed.row.role])
    }
    await recordActivity(trx, { kind: 'account', outcome: 'changed', by: session.account, at: now })
  })
  return getWorkingAccount(node, id)
}

/** The row as it is now, and whether it is called something else; null where nothing changed. */
async function store(
  trx: Transaction<Database>,
  node: NodeContext,
  { row, change }: { row: AccountRow; change: Change },
): Promise<{ row: AccountRow; named: boolean } | null> {
  const { id } = row
  const [nameBefore, professionBefore] = await Promise.all([
    openText(node, accountCell('name', id), row.name),
    openJson<Account['profession']>(node, accountCell('profession', id), row.profession),
  ])
  const name = change.name ?? nameBefore
  const profession = change.profession ?? professionBefore
  const role = change.role ?? row.role
  const isSame = JSON.stringify(profession) === JSON.stringify(professionBefore)
  if (name === nameBefore && isSame && role === row.role) return null
  const changed = await trx
    .updateTable('accounts')
    .set({
      role,
      name: name === nameBefore ? row.name : await sealText(node, accountCell('name', id), name),
      profession: isSame ? row.profession : await sealJson(node, accountCell('profession', id), profession),
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  await replaceAccountTokens(trx, node, { account: id, role, name, profession })
  const named = name !== nameBefore || profession.registrationNumber !== professionBefore.registrationNumber
  return { row: changed, named }
}

async function followInRegistry(
  trx: Transaction<Database>,
  node: NodeContext,
  { before, after, named }: { before: AccountRow; after: AccountRow; named: boolean },
): Promise<void> {
  if (after.status !== 'active') return
  if (before.role === 'doctor' && after.role !== 'doctor')
    await enterInRegistry(trx, node, before, 'withdrawn')
  if (after.role === 'doctor' && (before.role !== 'doctor' || named))
    await enterInRegistry(trx, node, after, 'active')
}
