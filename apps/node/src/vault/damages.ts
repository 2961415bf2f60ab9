import type { Damage } from '@curo/vault/context'
import type { NodeContext } from '../context.ts'

/** Writes down what of a record could not be rebuilt now; nothing, and it is sound again. */
export async function noteDamage(
  node: Pick<NodeContext, 'db' | 'clock' | 'config'>,
  record: string,
  remaining: readonly Damage[],
): Promise<void> {
  if (remaining.length === 0) {
    await node.db.deleteFrom('damaged_records').where('record', '=', record).execute()
    return
  }
  const buckets: Record<string, number> = {}
  for (const { bucket } of remaining) buckets[bucket ?? 'none'] = (buckets[bucket ?? 'none'] ?? 0) + 1
  const now = node.clock()
  const found = {
    pieces: remaining.length,
    lost: lostPieces(remaining, node.config.vault.parityPieces),
    buckets: JSON.stringify(buckets),
    looked_at: now,
  }
  await node.db
    .insertInto('damaged_records')
    .columns(['record', 'pieces', 'lost', 'buckets', 'looked_at', 'since'])
    // Its record may have been removed meanwhile.
    .expression((of) =>
      of
        .selectFrom('records')
        .select((value) => [
          'records.id',
          value.val(found.pieces).as('pieces'),
          value.val(found.lost).as('lost'),
          value.cast<string>(value.val(found.buckets), 'jsonb').as('buckets'),
          value.cast<Date>(value.val(now), 'timestamptz').as('looked_at'),
          value.cast<Date>(value.val(now), 'timestamptz').as('since'),
        ])
        .where('records.id', '=', record),
    )
    .onConflict((conflict) => conflict.column('record').doUpdateSet(found))
    .execute()
}

/** Of each part, all that remain when they are more than parity makes up for; a silent bucket may still answer. */
export function lostPieces(remaining: readonly Damage[], parityPieces: number): number {
  const gone = remaining.filter(({ state }) => state !== 'unreachable')
  const inPart = (wanted: number) => gone.filter(({ part }) => part === wanted).length
  const parts = [...new Set(gone.map(({ part }) => part))].map(inPart)
  return parts.reduce((sum, count) => sum + (count > parityPieces ? count : 0), 0)
}
