import { parseBundle } from '@curo/ledger/bundles'
import { decodeEntry } from '@curo/ledger/entries'
import { type Link, parseLink, tagDigest, tagOf } from '@curo/ledger/links'
import { readTile } from '@curo/ledger/tile-reader'
import { TILE_WIDTH, tileWidth } from '@curo/ledger/tiles'
import type { NodeContext } from '../context.ts'
import { inTransaction } from '../database.ts'
import type { JobList } from '../jobs.ts'
import { readHead } from './head.ts'
import { tileFolder } from './service.ts'
import type { Executor } from './sql.ts'
import { Submitter } from './submitter.ts'
import type { TileFolder } from './tile-folder.ts'

export function linkJobs(node: NodeContext): JobList {
  return {
    tasks: { 'ledger.links': () => writeLinks(node) },
    schedule: [{ task: 'ledger.links', match: '20 0 * * *' }],
  }
}

type TagsLink = Extract<Link, { kind: 'tags' }>

/**
 * Writes the day's links, once a day: the digest of the tags since the last one, by which a list of tags can be
 * checked to be whole, and the checkpoints of the other logs as this hospital has cosigned them, so that the logs
 * hold on to one another.
 */
export async function writeLinks(
  node: Pick<NodeContext, 'config' | 'db' | 'pool' | 'ledger' | 'clock'>,
): Promise<void> {
  const { ledger, pool } = node
  if (!(ledger instanceof Submitter)) return
  const day = new Date(node.clock().getTime() - 24 * 3_600_000).toISOString().slice(0, 10)
  const [head, last] = await Promise.all([readHead(pool), lastTagsLink(pool)])
  if (!head || (last && last.day >= day)) return
  const first = last?.end ?? 0
  const end = head.publishedSize
  const tags = await tagsBetween(tileFolder(node.config), first, end)
  const links: Link[] = [{ v: 1, kind: 'tags', day, first, end, ...tagDigest(tags) }]
  const { rows } = await pool.query<{ checkpoint: string }>(
    'SELECT checkpoint FROM network_witnessed WHERE cosigned AND size > 0 ORDER BY origin',
  )
  for (const { checkpoint } of rows) links.push({ v: 1, kind: 'checkpoint', note: checkpoint })
  await inTransaction(node.db, async (trx) => {
    for (const link of links) await ledger.submitLink(trx, link)
  })
}

/** Public entries are few: registry entries and two or three links a day. */
async function lastTagsLink(executor: Executor): Promise<TagsLink | null> {
  const { rows } = await executor.query<{ entry: Buffer }>(
    `SELECT e.entry FROM ledger_public_entries p JOIN ledger_entries e USING (position)
     WHERE get_byte(e.entry, 1) = 5 ORDER BY position DESC LIMIT 100`,
  )
  for (const { entry } of rows) {
    const decoded = decodeEntry(entry)
    const link = 'json' in decoded ? parseLink(decoded.json) : null
    if (link?.kind === 'tags') return link
  }
  return null
}

/** The tags of the entries [first, end) out of the published bundles. */
async function tagsBetween(folder: TileFolder, first: number, end: number): Promise<Uint8Array[]> {
  const tags: Uint8Array[] = []
  for (let index = Math.floor(first / TILE_WIDTH); index * TILE_WIDTH < end; index++) {
    const place = { level: 'entries' as const, index }
    const bytes = await readTile({ read: (path) => folder.read(path), size: end, ...place })
    for (const [at, entry] of parseBundle(bytes, tileWidth(place, end)).entries()) {
      const tag = index * TILE_WIDTH + at >= first ? tagOf(entry) : undefined
      if (tag) tags.push(tag)
    }
  }
  return tags
}
