import type { reissueCard } from '@curo/contract/cards'
import type { Mediation } from '@curo/contract/patients'
import type { RouteArguments } from '@curo/contract/route'
import { equalBytes, fromBase64Url, toBase64Url, utf8Bytes } from '@curo/crypto/bytes'
import { canonicalBytes } from '@curo/crypto/canonical-json'
import { CuroError } from '@curo/crypto/errors'
import { sha256 } from '@curo/crypto/hash'
import type { Transaction } from 'kysely'
import { recordActivity } from '../audit/activity.ts'
import type { NodeContext } from '../context.ts'
import { type Database, inTransaction, isUniqueViolation } from '../database.ts'
import { loadPublishedKeys, patientOfAccount } from '../patients/directory.ts'
import { checkCardKey } from '../patients/key-rules.ts'
import { makePoints, openMediationScalar, storePoints, viewPoints } from '../patients/mediation.ts'
import { checkWrappedRoots } from '../patients/registration.ts'
import { patientToken } from '../patients/search.ts'
import { asBuffer } from '../sealed-columns.ts'
import type { Session } from '../sessions.ts'
import { cardRow } from './rows.ts'

type Reissue = RouteArguments<typeof reissueCard>['body']

const absent = () => new CuroError('not-found', 'There is no such patient here.')

/**
 * A new card under the next lookup epoch: the old card is blocked, the old chain ends with its rotation and the
 * new one begins, in one transaction. Who signs the new card's key holds the patient's root, so neither a desk
 * nor a thief alone can issue one. Repeating it answers as the first time.
 * @throws 'not-found', 'conflict' for another lookup epoch than the next, 'invalid-input', 'forged-signature'
 */
export async function issueNewCard(
  node: NodeContext,
  session: Session,
  given: Reissue & { patient: string },
): Promise<Mediation> {
  const { patient, cardKey, chain, wrappedRoots } = given
  if (session.account.role === 'patient' && (await patientOfAccount(node.db, session.account.id)) !== patient)
    throw absent()
  const published = await loadPublishedKeys(node, patient)
  if (!published) throw absent()
  if (published.card && equalBytes(canonicalBytes(published.card), canonicalBytes(cardKey)))
    return { points: published.mediation.points.filter(({ x }) => x === cardKey.x) }
  checkWrappedRoots(wrappedRoots)
  if (chain.epoch !== cardKey.lookupEpoch)
    throw new CuroError('invalid-input', 'The chain key and the card belong to one lookup epoch.')
  const points = await makePoints(await openMediationScalar(node, patient), [cardKey.x])
  const card = await cardRow(node, cardKey)
  try {
    await inTransaction(node.db, async (trx) => {
      const row = await trx
        .selectFrom('patients')
        .select(['no', 'identity'])
        .where('id', '=', patient)
        .forUpdate()
        .executeTakeFirst()
      if (!row) throw absent()
      const last = await newestEpoch(trx, patient)
      await checkCardKey(cardKey, { patient, identity: toBase64Url(row.identity), lookupEpoch: last + 1 })
      await refuseUsedPoint(trx, patient, cardKey.x)
      await trx
        .updateTable('cards')
        .set({ status: 'blocked', blocked_at: node.clock(), blocked_by: session.account.id })
        .where('patient', '=', patient)
        .where('status', '=', 'active')
        .execute()
      await trx.insertInto('cards').values(card).execute()
      await storePoints(
        trx,
        patient,
        points.map((point) => ({ ...point, holder: 'card' })),
      )
      await replaceWrappedRoots(trx, patient, wrappedRoots)
      await trx
        .updateTable('patients')
        .set({ keyring: asBuffer(fromBase64Url(given.keyring)) })
        .where('id', '=', patient)
        .execute()
      await trx
        .insertInto('patient_search')
        .values({ token: patientToken(node, cardKey.card), no: row.no })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      const act = { kind: 'card', outcome: 'reissued', by: session.account, at: node.clock() } as const
      await recordActivity(trx, act)
      await node.ledger.submit(trx, [
        {
          patient,
          class: 'patient',
          kind: 'rotate',
          id: rotationId(patient, chain.epoch),
          at: node.clock().toISOString(),
          details: { epoch: chain.epoch, reason: 'card' },
        },
      ])
      await node.ledger.closeChain(trx, { patient, epoch: last })
      await node.ledger.openChain(trx, {
        patient,
        epoch: chain.epoch,
        chainKey: fromBase64Url(chain.chainKey),
      })
    })
  } catch (cause) {
    if (!isUniqueViolation(cause)) throw cause
    throw new CuroError('conflict', 'This card was issued already, or another one at the same time.', {
      cause,
    })
  }
  return viewPoints(points)
}

/** One rotation per epoch, whatever is retried. */
const rotationId = (patient: string, epoch: number) =>
  toBase64Url(sha256(utf8Bytes(`rotate\0${patient}\0${epoch}`)).slice(0, 16))

async function newestEpoch(trx: Transaction<Database>, patient: string): Promise<number> {
  const { epoch } = await trx
    .selectFrom('cards')
    .select((of) => of.fn.max('lookup_epoch').as('epoch'))
    .where('patient', '=', patient)
    .executeTakeFirstOrThrow()
  return epoch
}

async function refuseUsedPoint(trx: Transaction<Database>, patient: string, x: string): Promise<void> {
  const used = await trx
    .selectFrom('mediation_points')
    .select('holder')
    .where('patient', '=', patient)
    .where('x', '=', asBuffer(fromBase64Url(x)))
    .executeTakeFirst()
  if (used) throw new CuroError('invalid-input', 'A new card needs a new secret.')
}

/** The roots wrapped by what was lost go; what is not given anew and was not lost stays. */
export async function replaceWrappedRoots(
  trx: Transaction<Database>,
  patient: string,
  wrappedRoots: readonly { by: 'card' | 'kit'; wrapped: string }[],
): Promise<void> {
  const replaced = new Set(['card' as const, ...wrappedRoots.map(({ by }) => by)])
  await trx
    .deleteFrom('patient_wrapped_roots')
    .where('patient', '=', patient)
    .where('wrapped_by', 'in', [...replaced])
    .execute()
  if (wrappedRoots.length === 0) return
  await trx
    .insertInto('patient_wrapped_roots')
    .values(
      wrappedRoots.map(({ by, wrapped }) => ({
        patient,
        wrapped_by: by,
        wrapped: asBuffer(fromBase64Url(wrapped)),
      })),
    )
    .execute()
}
