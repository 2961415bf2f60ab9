import type { CardKey, Demographics, PublishedKeys } from '@curo/contract/patients'
import type { Language } from '@curo/contract/shapes'
import { toBase64Url } from '@curo/crypto/bytes'
import type { NodeContext } from '../context.ts'
import type { Queries } from '../database.ts'
import { languageOf } from '../messages/languages.ts'
import { openJson } from '../sealed-columns.ts'
import { chosenByPatient } from '../settings/service.ts'
import { loadPoints, viewPoints } from './mediation.ts'
import { demographicsCell } from './views.ts'

export { openMediationScalar } from './mediation.ts'

/** The patient whose account this is. */
export async function patientOfAccount(db: Queries, account: string): Promise<string | null> {
  const row = await db.selectFrom('accounts').select('patient').where('id', '=', account).executeTakeFirst()
  return row?.patient ?? null
}

export async function patientExists(db: Queries, patient: string): Promise<boolean> {
  const row = await db.selectFrom('patients').select('id').where('id', '=', patient).executeTakeFirst()
  return row !== undefined
}

/** The identity key in force. */
export async function identityOfPatient(db: Queries, patient: string): Promise<Uint8Array | null> {
  const row = await db.selectFrom('patients').select('identity').where('id', '=', patient).executeTakeFirst()
  return row?.identity ?? null
}

/** How a patient is reached, as the desk registered it. */
export type Reach = {
  readonly phone: string | undefined
  readonly email: string | undefined
  readonly language: Language | undefined
}

export async function reachOf(node: Pick<NodeContext, 'db' | 'keys'>, patient: string): Promise<Reach> {
  const row = await node.db
    .selectFrom('patients')
    .select('demographics')
    .where('id', '=', patient)
    .executeTakeFirst()
  const { phone, email, language } = row
    ? await openJson<Partial<Demographics>>(node, demographicsCell(patient), row.demographics)
    : {}
  return { phone, email, language: (await chosenByPatient(node, patient)) ?? languageOf(language) }
}

/** The telephone number that the desk registered. */
export async function phoneOf(
  node: Pick<NodeContext, 'db' | 'keys'>,
  patient: string,
): Promise<string | undefined> {
  return (await reachOf(node, patient)).phone
}

/** Each point of this custodian for a patient's keys (base64url), with the holder's X that it was made for. */
export async function holderPointsOf(db: Queries, patient: string): Promise<Map<string, Uint8Array>> {
  const rows = await db
    .selectFrom('mediation_points')
    .select(['x', 'point'])
    .where('patient', '=', patient)
    .execute()
  return new Map(rows.map(({ x, point }) => [toBase64Url(point), x]))
}

export const cardKeyCell = (patient: string, lookupEpoch: number) =>
  ({ table: 'cards', column: 'key', row: `${patient}:${lookupEpoch}` }) as const

/** The keys in force, the card in use, this custodian's points for them, and what was attested of these. */
export async function loadPublishedKeys(
  node: Pick<NodeContext, 'db' | 'keys'>,
  patient: string,
  db: Queries = node.db,
): Promise<PublishedKeys | null> {
  const row = await db
    .selectFrom('patients')
    .innerJoin('patient_keys', (join) =>
      join
        .onRef('patient_keys.patient', '=', 'patients.id')
        .onRef('patient_keys.revision', '=', 'patients.revision'),
    )
    .select('patient_keys.keys')
    .where('patients.id', '=', patient)
    .executeTakeFirst()
  if (!row) return null
  const card = await db
    .selectFrom('cards')
    .select(['key', 'lookup_epoch'])
    .where('patient', '=', patient)
    .where('status', '=', 'active')
    .executeTakeFirst()
  const cardKey = card
    ? await openJson<CardKey>(node, cardKeyCell(patient, card.lookup_epoch), card.key)
    : null
  const xs = [...row.keys.categories.map((key) => key.x), ...(cardKey ? [cardKey.x] : [])]
  const points = await loadPoints(db, patient, xs)
  const attestations = await db
    .selectFrom('attestations')
    .select('statement')
    .where('patient', '=', patient)
    .where('hash', 'in', (about) =>
      about
        .selectFrom('attested_points')
        .select('hash')
        .where('patient', '=', patient)
        .where(
          'x',
          'in',
          points.map((point) => Buffer.from(point.x)),
        ),
    )
    .orderBy('stored_at')
    .execute()
  const rotations = await db
    .selectFrom('patient_identity_rotations')
    .select('rotation')
    .where('patient', '=', patient)
    .orderBy('revision')
    .execute()
  return {
    patient,
    keys: row.keys,
    card: cardKey,
    mediation: viewPoints(points),
    attestations: attestations.map(({ statement }) => statement),
    rotations: rotations.map(({ rotation }) => rotation),
  }
}
