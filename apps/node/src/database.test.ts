import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { inTransaction } from './database.ts'
import { makeTestNode } from './testing/test-node.ts'

test('a transaction that asks the pool for a second connection is noticed by the tests', async () => {
  const [careful, careless] = await Promise.all([makeTestNode(), makeTestNode()])
  const ask = sql`select 1`
  await inTransaction(careful.context.db, (trx) => ask.execute(trx))
  await ask.execute(careful.context.db)
  await inTransaction(careless.context.db, () => ask.execute(careless.context.db))
  await careful.stop()
  await expect(careless.stop()).rejects.toThrow('A transaction asked for a second connection.')
})
