import type { Account } from '@curo/contract/accounts'
import type { Transaction } from 'kysely'
import type { NodeContext } from '../context.ts'
import type { Database } from '../database.ts'
import { shortToken } from '../sealed-columns.ts'
import { beginningsOf, wordsOf } from '../search-words.ts'

type Found = Pick<Account, 'role' | 'name' | 'profession'> & { account: string }

/** What somebody who works here is found by: the beginnings of name, speciality, department and number. */
export async function replaceAccountTokens(
  trx: Transaction<Database>,
  node: Pick<NodeContext, 'keys'>,
  { account, role, name, profession }: Found,
): Promise<void> {
  await trx.deleteFrom('account_search').where('account', '=', account).execute()
  if (role === 'patient') return
  const { speciality = '', department = '', registrationNumber = '' } = profession
  const words = wordsOf([name, speciality, department, registrationNumber].join(' '))
  const tokens = new Set(
    words.flatMap(beginningsOf).map((beginning) => shortToken(node, 'clinician', beginning)),
  )
  if (tokens.size === 0) return
  await trx
    .insertInto('account_search')
    .values([...tokens].map((token) => ({ token, account })))
    .execute()
}
