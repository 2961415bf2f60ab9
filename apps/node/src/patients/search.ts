import type { Demographics } from '@curo/contract/patients'
import type { NodeContext } from '../context.ts'
import type { Queries } from '../database.ts'
import { shortToken } from '../sealed-columns.ts'
import { beginningsOf, dayForms, identifierBeginnings, phoneBeginnings, wordsOf } from '../search-words.ts'

type Keys = Pick<NodeContext, 'keys'>

/** One space of tokens for all fields: what was typed is found wherever it stands. */
export const patientToken = (node: Keys, word: string): string => shortToken(node, 'patient', word)

/** Everything a patient is found by. */
export function searchTokens(node: Keys, demographics: Demographics, cardNumber: string | null): string[] {
  const { name, birthDate, phone, identifiers } = demographics
  const words = [
    ...wordsOf(`${name.given} ${name.family}`).flatMap(beginningsOf),
    ...dayForms(birthDate),
    ...(phone ? phoneBeginnings(phone) : []),
    ...identifiers.flatMap(({ value }) => identifierBeginnings(value)),
    ...(cardNumber ? [cardNumber] : []),
  ]
  return [...new Set(words)].map((word) => patientToken(node, word))
}

export async function replaceSearchTokens(
  trx: Queries,
  no: number,
  tokens: readonly string[],
): Promise<void> {
  await trx.deleteFrom('patient_search').where('no', '=', no).where('token', 'not in', tokens).execute()
  await trx
    .insertInto('patient_search')
    .values(tokens.map((token) => ({ token, no })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
