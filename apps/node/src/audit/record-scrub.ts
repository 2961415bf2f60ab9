import type { Manifest } from '@curo/vault/manifest'
import type { NodeContext } from '../context.ts'
import { lostPieces, noteDamage } from '../vault/damages.ts'
import { repairRecord } from '../vault/repair.ts'

/** Records between two notes of progress, and at once; each has a part of 12 MiB in memory. */
const BATCH = 8
const AT_ONCE = 4

/** In pieces, of which each part of 8 MiB has one per bucket. */
export type Counts = {
  pieces: number
  /** Not there, or its bucket did not answer. */
  missing: number
  corrupt: number
  repaired: number
  /** Gone for good: too few others are left to rebuild them from. */
  lost: number
}

const NOTHING: Counts = { pieces: 0, missing: 0, corrupt: 0, repaired: 0, lost: 0 }

const add = (a: Counts, b: Counts): Counts => ({
  pieces: a.pieces + b.pieces,
  missing: a.missing + b.missing,
  corrupt: a.corrupt + b.corrupt,
  repaired: a.repaired + b.repaired,
  lost: a.lost + b.lost,
})

/** Checks and repairs the next few records of the vault after `after`, by id. `records` is 0 when there are no more. */
export async function scrubRecords(
  node: NodeContext,
  after: string,
): Promise<{ counts: Counts; records: number; last: string }> {
  const rows = await node.db
    .selectFrom('records')
    .select(['id', 'manifest'])
    .where('manifest', 'is not', null)
    .where('id', '>', after)
    .orderBy('id')
    .limit(BATCH)
    .execute()
  const waiting = [...rows]
  let counts = NOTHING
  const work = async () => {
    for (let row = waiting.shift(); row; row = waiting.shift()) {
      const found = await scrubRecord(node, row.id, row.manifest as Manifest)
      counts = add(counts, found)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return { counts, records: rows.length, last: rows.at(-1)?.id ?? after }
}

async function scrubRecord(node: NodeContext, record: string, manifest: Manifest): Promise<Counts> {
  const pieces = manifest.parts.reduce((sum, part) => sum + part.objects.length, 0)
  try {
    const { damages } = await node.vault.scrub({ manifest })
    if (damages.length === 0) {
      await noteDamage(node, record, [])
      return { ...NOTHING, pieces }
    }
    const outcome = await repairRecord(node, record)
    if (!outcome) return { ...NOTHING, pieces }
    const { repaired, remaining } = outcome
    const seen = [...repaired, ...remaining]
    const corrupt = seen.filter(({ state }) => state === 'corrupt').length
    const lost = lostPieces(remaining, node.config.vault.parityPieces)
    if (lost > 0) node.log.error({ record, lost }, 'pieces of a record are lost for good')
    return { pieces, missing: seen.length - corrupt, corrupt, repaired: repaired.length, lost }
  } catch (err) {
    // One record that cannot be scrubbed must not keep the others from it.
    node.log.error({ err, record }, 'a record could not be scrubbed')
    return { ...NOTHING, pieces, lost: pieces }
  }
}
