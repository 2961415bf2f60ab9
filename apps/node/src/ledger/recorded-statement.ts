import type { LedgerReceipt } from '@curo/contract/ledger'
import { canonicalJson } from '@curo/crypto/canonical-json'
import { CuroError } from '@curo/crypto/errors'
import type { LedgerBody } from '../context.ts'

/**
 * [Note: one id, one statement] Submitting a business id again gives the first receipt and writes nothing. Whoever acts on
 * a signed statement must therefore see that the receipt is for this very one: with an id used before, something else
 * could be done without a line in the ledger.
 * @throws CuroError 'conflict' when the id stands there with another statement
 */
export function checkStatementRecorded(
  receipt: Pick<LedgerReceipt, 'body'>,
  document: Readonly<Record<string, unknown>>,
): void {
  const { statements = [] } = JSON.parse(receipt.body) as LedgerBody
  const wanted = canonicalJson(document)
  if (!statements.some((statement) => canonicalJson(statement.document) === wanted))
    throw new CuroError('conflict', 'This id was used before, for something else. Try again with a new one.')
}
