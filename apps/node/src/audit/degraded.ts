import type { listDegraded } from '@curo/contract/audit'
import type { RouteOutput } from '@curo/contract/route'
import { toBase64Url } from '@curo/crypto/bytes'
import { sql } from 'kysely'
import type { NodeContext } from '../context.ts'
import { pageOf, readPlace } from '../pages.ts'

/** Records with damaged pieces, as the last look at each found them, newest damage first. */
export async function degradedRecords(
  node: Pick<NodeContext, 'db'>,
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<RouteOutput<typeof listDegraded>> {
  const place = readPlace(after)
  let query = node.db
    .selectFrom('damaged_records')
    .innerJoin('records', 'records.id', 'damaged_records.record')
    .select(['record', 'pieces', 'lost', 'buckets', 'since', 'looked_at', 'root', 'sealed_size'])
  if (place) query = query.where(sql<boolean>`(since, record) < (${place.at}, ${place.id})`)
  const rows = await query
    .orderBy('since', 'desc')
    .orderBy('record', 'desc')
    .limit(limit + 1)
    .execute()
  const { page, next } = pageOf(
    rows.map((row) => ({ ...row, created_at: row.since, id: row.record })),
    limit,
  )
  return {
    degraded: page.map((row) => ({
      record: row.record,
      root: toBase64Url(row.root),
      sealedSize: Number(row.sealed_size),
      pieces: row.pieces,
      lost: row.lost,
      buckets: row.buckets,
      since: row.since.toISOString(),
      lookedAt: row.looked_at.toISOString(),
    })),
    next,
  }
}

/** How many records lie in the vault, how large they are sealed, and how many are damaged. */
export async function countRecords(node: Pick<NodeContext, 'db'>) {
  const [held, damaged] = await Promise.all([
    node.db
      .selectFrom('records')
      .select((of) => [
        of.fn.countAll<number>().as('records'),
        of.fn.coalesce(of.fn.sum<number>('sealed_size'), sql<number>`0`).as('bytes'),
      ])
      .where('manifest', 'is not', null)
      .executeTakeFirstOrThrow(),
    node.db
      .selectFrom('damaged_records')
      .select((of) => [
        of.fn.countAll<number>().as('degraded'),
        of.fn.countAll<number>().filterWhere('lost', '>', 0).as('lost'),
      ])
      .executeTakeFirstOrThrow(),
  ])
  return {
    records: held.records,
    sealedBytes: Number(held.bytes),
    degraded: damaged.degraded,
    lost: damaged.lost,
  }
}

/** Pieces that stored manifests say lie in each bucket. */
export async function expectedPieces(node: Pick<NodeContext, 'db'>): Promise<Map<string, number>> {
  const rows = await node.db
    .selectFrom('vault_objects')
    .select(['bucket', (of) => of.fn.countAll<number>().as('count')])
    .groupBy('bucket')
    .execute()
  return new Map(rows.map(({ bucket, count }) => [bucket, count]))
}
