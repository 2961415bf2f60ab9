import type { Mediation } from '@curo/contract/patients'
import { fromBase64Url, toBase64Url } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { makeMediationScalar, mediationPoint, mediationShare } from '@curo/crypto/mediated'
import type { Transaction } from 'kysely'
import type { NodeContext } from '../context.ts'
import type { Database, Queries } from '../database.ts'
import { asBuffer, openBytes, sealBytes } from '../sealed-columns.ts'

const scalarCell = (row: string) => ({ table: 'patients', column: 'mediation_scalar', row }) as const

/** A new patient's scalar, sealed for its column, and as it is. */
export async function makePatientScalar(
  node: Pick<NodeContext, 'keys'>,
  patient: string,
): Promise<{ scalar: Uint8Array; sealed: Buffer }> {
  const scalar = makeMediationScalar()
  return { scalar, sealed: await sealBytes(node, scalarCell(patient), scalar) }
}

/**
 * The scalar that this custodian's half of each key of hers is derived from. Only for mediation steps on stored
 * wraps, after the opening is in the ledger, and for new points.
 * @throws 'not-found'
 */
export async function openMediationScalar(
  node: Pick<NodeContext, 'db' | 'keys'>,
  patient: string,
): Promise<Uint8Array> {
  const row = await node.db
    .selectFrom('patients')
    .select('mediation_scalar')
    .where('id', '=', patient)
    .executeTakeFirst()
  if (!row) throw new CuroError('not-found', 'There is no such patient.')
  return openBytes(node, scalarCell(patient), row.mediation_scalar)
}

/** Share S and point P of one holder's X, all 32 bytes. */
export type Point = { readonly x: Uint8Array; readonly share: Uint8Array; readonly point: Uint8Array }

/** @throws 'bad-key' for an X of small order or not canonical */
export async function makePoints(scalar: Uint8Array, xs: readonly string[]): Promise<Point[]> {
  return Promise.all(
    xs.map(async (text) => {
      const x = fromBase64Url(text)
      return { x, share: mediationShare(scalar, x), point: await mediationPoint(scalar, x) }
    }),
  )
}

export type Holder =
  | { readonly holder: 'category' | 'card' }
  | { readonly holder: 'author'; readonly account: string }

/** The same X again changes nothing: its point is always the same. */
export async function storePoints(
  trx: Transaction<Database>,
  patient: string,
  points: readonly (Point & Holder)[],
): Promise<void> {
  if (points.length === 0) return
  await trx
    .insertInto('mediation_points')
    .values(
      points.map((point) => ({
        patient,
        x: asBuffer(point.x),
        share: asBuffer(point.share),
        point: asBuffer(point.point),
        holder: point.holder,
        account: point.holder === 'author' ? point.account : null,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** The stored points of these holders, in their order. */
export async function loadPoints(db: Queries, patient: string, xs: readonly string[]): Promise<Point[]> {
  if (xs.length === 0) return []
  const rows = await db
    .selectFrom('mediation_points')
    .select(['x', 'share', 'point'])
    .where('patient', '=', patient)
    .where(
      'x',
      'in',
      xs.map((x) => asBuffer(fromBase64Url(x))),
    )
    .execute()
  const byX = new Map(rows.map((row) => [toBase64Url(row.x), row]))
  return xs.flatMap((x) => byX.get(x) ?? [])
}

export const viewPoints = (points: readonly Point[]): Mediation => ({
  points: points.map(({ x, share, point }) => ({
    x: toBase64Url(x),
    share: toBase64Url(share),
    point: toBase64Url(point),
  })),
})
