import type { CardKey } from '@curo/contract/patients'
import { fromBase64Url } from '@curo/crypto/bytes'
import type { Insertable } from 'kysely'
import type { NodeContext } from '../context.ts'
import { cardKeyCell } from '../patients/directory.ts'
import { cardNumberCell } from '../patients/views.ts'
import { asBuffer, lookupToken, sealJson, sealText } from '../sealed-columns.ts'
import type { CardTables } from './tables.ts'

export const cardToken = (node: Pick<NodeContext, 'keys'>, number: string): Buffer =>
  lookupToken(node, 'card', number)

/** A card in use, as its row. */
export async function cardRow(
  node: Pick<NodeContext, 'keys' | 'clock'>,
  cardKey: CardKey,
): Promise<Insertable<CardTables['cards']>> {
  const { card, patient, lookupEpoch, x, proofKey } = cardKey
  const numberToken = cardToken(node, card)
  return {
    number_token: numberToken,
    number: await sealText(node, cardNumberCell(numberToken), card),
    patient,
    lookup_epoch: lookupEpoch,
    status: 'active',
    x: asBuffer(fromBase64Url(x)),
    proof_key: asBuffer(fromBase64Url(proofKey)),
    key: await sealJson(node, cardKeyCell(patient, lookupEpoch), cardKey),
    issued_at: node.clock(),
    blocked_at: null,
    blocked_by: null,
    block_reason: null,
  }
}
