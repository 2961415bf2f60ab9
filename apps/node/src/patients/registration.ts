import type { Mediation, registerPatient } from '@curo/contract/patients'
import type { RouteArguments } from '@curo/contract/route'
import { equalBytes, fromBase64Url, toBase64Url } from '@curo/crypto/bytes'
import { canonicalBytes } from '@curo/crypto/canonical-json'
import { CuroError } from '@curo/crypto/errors'
import { sha256 } from '@curo/crypto/hash'
import { recordActivity } from '../audit/activity.ts'
import { cardRow } from '../cards/rows.ts'
import type { NodeContext } from '../context.ts'
import { inTransaction, isUniqueViolation } from '../database.ts'
import { asBuffer, sealJson } from '../sealed-columns.ts'
import type { Session } from '../sessions.ts'
import { loadPublishedKeys } from './directory.ts'
import { checkCardKey, checkPatientKeys } from './key-rules.ts'
import { makePatientScalar, makePoints, storePoints, viewPoints } from './mediation.ts'
import { replaceSearchTokens, searchTokens } from './search.ts'
import { demographicsCell } from './views.ts'

type Registration = RouteArguments<typeof registerPatient>['body']

/**
 * Registers a patient whose keys and card were made at the desk. Everything is stored with the first entry of her
 * chain in one transaction. Repeating the very same registration answers as the first time.
 * @throws 'invalid-input', 'bad-key', 'forged-signature', 'conflict'
 */
export async function registerNewPatient(
  node: NodeContext,
  session: Session,
  given: Registration,
): Promise<{ patient: string; mediation: Mediation }> {
  const { id, demographics, keys, cardKey, chain, wrappedRoots } = given
  await checkPatientKeys(keys, { patient: id, revision: 0 })
  await checkCardKey(cardKey, { patient: id, identity: keys.identity, lookupEpoch: 0 })
  if (chain.epoch !== 0) throw new CuroError('invalid-input', 'The first lookup epoch is 0.')
  if (keys.categories.some((key) => key.x === cardKey.x))
    throw new CuroError('invalid-input', 'The card needs a key of its own.')
  checkWrappedRoots(wrappedRoots)
  const earlier = await repeatedRegistration(node, given)
  if (earlier) return earlier

  const { scalar, sealed: sealedScalar } = await makePatientScalar(node, id)
  const xs = [...keys.categories.map((key) => key.x), cardKey.x]
  const points = await makePoints(scalar, xs)
  const card = await cardRow(node, cardKey)
  const sealedDemographics = await sealJson(node, demographicsCell(id), demographics)
  const tokens = searchTokens(node, demographics, cardKey.card)
  const now = node.clock()
  try {
    await inTransaction(node.db, async (trx) => {
      const { no } = await trx
        .insertInto('patients')
        .values({
          id,
          demographics: sealedDemographics,
          mediation_scalar: sealedScalar,
          identity: asBuffer(fromBase64Url(keys.identity)),
          revision: 0,
          keyring: asBuffer(fromBase64Url(given.keyring)),
          activated_at: null,
          created_at: now,
          created_by: session.account.id,
        })
        .returning('no')
        .executeTakeFirstOrThrow()
      await trx
        .insertInto('patient_keys')
        .values({
          patient: id,
          revision: 0,
          identity: asBuffer(fromBase64Url(keys.identity)),
          keys: JSON.stringify(keys),
        })
        .execute()
      await storePoints(
        trx,
        id,
        points.map((point, at) => ({ ...point, holder: at < keys.categories.length ? 'category' : 'card' })),
      )
      await trx.insertInto('cards').values(card).execute()
      await trx
        .insertInto('patient_wrapped_roots')
        .values(
          wrappedRoots.map(({ by, wrapped }) => ({
            patient: id,
            wrapped_by: by,
            wrapped: asBuffer(fromBase64Url(wrapped)),
          })),
        )
        .execute()
      await replaceSearchTokens(trx, no, tokens)
      await recordActivity(trx, { kind: 'patient', outcome: 'registered', by: session.account, at: now })
      await node.ledger.openChain(trx, { patient: id, epoch: 0, chainKey: fromBase64Url(chain.chainKey) })
      await node.ledger.submit(trx, [
        {
          patient: id,
          class: 'patient',
          kind: 'register',
          id,
          at: now.toISOString(),
          details: { patient: id, identity: keys.identity, keys: toBase64Url(sha256(canonicalBytes(keys))) },
        },
      ])
    })
  } catch (cause) {
    if (!isUniqueViolation(cause)) throw cause
    const repeated = await repeatedRegistration(node, given)
    if (repeated) return repeated
    throw new CuroError('conflict', 'This id, card or key is taken: make new ones and register again.', {
      cause,
    })
  }
  return { patient: id, mediation: viewPoints(points) }
}

/** The answer to a registration that was stored, should it have been lost on its way. */
async function repeatedRegistration(node: NodeContext, { id, keys, cardKey }: Registration) {
  const stored = await loadPublishedKeys(node, id)
  if (!stored?.card) return null
  const same =
    equalBytes(canonicalBytes(stored.keys), canonicalBytes(keys)) &&
    equalBytes(canonicalBytes(stored.card), canonicalBytes(cardKey))
  return same ? { patient: id, mediation: stored.mediation } : null
}

export function checkWrappedRoots(wrappedRoots: readonly { by: string }[]): void {
  if (new Set(wrappedRoots.map(({ by }) => by)).size !== wrappedRoots.length)
    throw new CuroError('invalid-input', 'The root is wrapped once by the card and once by the kit.')
}
