import type { Attestation } from '@curo/contract/patients'
import { equalBytes, fromBase64Url } from '@curo/crypto/bytes'
import { canonicalBytes } from '@curo/crypto/canonical-json'
import { CuroError } from '@curo/crypto/errors'
import { sha256 } from '@curo/crypto/hash'
import { verifyBody } from '@curo/crypto/signatures'
import type { NodeContext } from '../context.ts'
import { inTransaction, type Queries } from '../database.ts'
import { asBuffer } from '../sealed-columns.ts'
import type { Session } from '../sessions.ts'
import { patientOfAccount } from './directory.ts'

const absent = () => new CuroError('not-found', 'There is no such patient here.')

/**
 * Stores a holder's statement that x·S = P. The patient's identity key speaks for all her keys, a card's key for
 * the card, an author's identity key for the author's own point; nobody speaks for another's.
 * @throws 'not-found', 'forbidden', 'tampered' for a point that is not the stored one, 'forged-signature'
 */
export async function storeAttestation(
  node: NodeContext,
  session: Session,
  given: { patient: string; attestation: Attestation },
): Promise<void> {
  const { patient, attestation } = given
  if (session.account.role === 'patient' && (await patientOfAccount(node.db, session.account.id)) !== patient)
    throw absent()
  if (attestation.patient !== patient || attestation.custodian !== node.config.origin)
    throw new CuroError('invalid-input', 'The attestation names another patient or another custodian.')
  await verifyBody({ kind: 'attestation', body: attestation })
  const signer = fromBase64Url(attestation.signer)
  const hash = asBuffer(sha256(canonicalBytes(attestation)))
  await inTransaction(node.db, async (trx) => {
    const row = await trx
      .selectFrom('patients')
      .select('identity')
      .where('id', '=', patient)
      .forUpdate()
      .executeTakeFirst()
    if (!row) throw absent()
    const stored = await storedPoints(trx, patient, attestation)
    const card = await trx
      .selectFrom('cards')
      .select(['x', 'patient'])
      .where('proof_key', '=', asBuffer(signer))
      .executeTakeFirst()
    for (const { holder, account, x } of stored) {
      const isHers = holder !== 'author' && equalBytes(signer, row.identity)
      const isTheCards = holder === 'card' && card?.patient === patient && card.x.equals(x)
      const isTheAuthors =
        holder === 'author' && account === session.account.id && equalBytes(signer, session.account.identity)
      if (!isHers && !isTheCards && !isTheAuthors)
        throw new CuroError('forbidden', 'This key may not attest that point: its holder has to.')
    }
    if (await isAttested(trx, { patient, signer, stored })) return
    await trx
      .insertInto('attestations')
      .values({
        patient,
        hash,
        signer: asBuffer(signer),
        statement: JSON.stringify(attestation),
        stored_at: node.clock(),
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    await trx
      .insertInto('attested_points')
      .values(stored.map(({ x }) => ({ patient, x, hash })))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  })
}

async function storedPoints(trx: Queries, patient: string, attestation: Attestation) {
  const rows = await trx
    .selectFrom('mediation_points')
    .selectAll()
    .where('patient', '=', patient)
    .where(
      'x',
      'in',
      attestation.points.map(({ x }) => asBuffer(fromBase64Url(x))),
    )
    .execute()
  const byX = new Map(rows.map((row) => [row.x.toString('base64url'), row]))
  return attestation.points.map(({ x, share, point }) => {
    const row = byX.get(x)
    if (!row || !equalBytes(row.share, fromBase64Url(share)) || !equalBytes(row.point, fromBase64Url(point)))
      throw new CuroError('tampered', 'These are not the points that this node gave: fetch them again.')
    return row
  })
}

/**
 * A statement that says nothing new is not kept. So there are never more than points and signers, and nobody uses up
 * what the patient needs for her next keys.
 */
async function isAttested(
  trx: Queries,
  { patient, signer, stored }: { patient: string; signer: Uint8Array; stored: readonly { x: Buffer }[] },
): Promise<boolean> {
  const known = await trx
    .selectFrom('attested_points')
    .innerJoin('attestations', (join) =>
      join
        .onRef('attestations.patient', '=', 'attested_points.patient')
        .onRef('attestations.hash', '=', 'attested_points.hash'),
    )
    .select('attested_points.x')
    .distinct()
    .where('attested_points.patient', '=', patient)
    .where('attestations.signer', '=', asBuffer(signer))
    .where(
      'attested_points.x',
      'in',
      stored.map(({ x }) => x),
    )
    .execute()
  const attested = new Set(known.map(({ x }) => x.toString('hex')))
  return stored.every(({ x }) => attested.has(x.toString('hex')))
}
