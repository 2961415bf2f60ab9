import { findTags, getCheckpoint, getLedger, getProof, getTile, listHistory } from '@curo/contract/ledger'
import { fromBase64Url, toBase64Url } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import type { NodeContext } from '../context.ts'
import { type Handler, handle } from '../http.ts'
import { findLeaves } from './find.ts'
import { readHead } from './head.ts'
import { type HistoryPlace, readHistory } from './history.ts'
import { proveEntry } from './own-proofs.ts'
import { tileFolder } from './service.ts'
import { currentCheckpoint, describeLedger } from './status.ts'

const IMMUTABLE = 'public, max-age=31536000, immutable'
const FRESH = 'public, max-age=1'

export function ledgerHandlers(node: NodeContext): Handler[] {
  const { pool, config, keys } = node
  const folder = tileFolder(config)
  return [
    handle(getLedger, () => describeLedger(node)),
    handle(findTags, async ({ body }) => {
      const found = await findLeaves(pool, body.tags.map(fromBase64Url))
      return {
        origin: config.origin,
        entries: found.map(({ tag, index, entry }) => ({
          tag: toBase64Url(tag),
          index,
          entry: toBase64Url(entry),
        })),
      }
    }),
    handle(listHistory, async ({ query, session }) => {
      const patient = await patientOf(node, session.account.id)
      const entries = await readHistory(pool, {
        patient,
        dataKey: keys.dataKey,
        limit: query.limit,
        ...(query.after === undefined ? {} : { after: parsePlace(query.after) }),
      })
      const last = entries.at(-1)
      const next = last && entries.length === query.limit ? `${last.epoch}.${last.seq}` : null
      return { origin: config.origin, entries, next }
    }),
    handle(getProof, ({ params }) => proveEntry(pool, folder, params.index)),
    handle(getCheckpoint, async ({ reply }) => {
      reply.header('cache-control', FRESH)
      return currentCheckpoint(await readHead(pool), node.clock())
    }),
    handle(getTile, async ({ request, reply }) => {
      const path = `tile/${(request.params as { '*': string })['*']}`
      const bytes = await folder.read(path)
      if (!bytes) throw new CuroError('not-found', 'The log has no such tile or bundle.')
      reply.header('cache-control', IMMUTABLE)
      return bytes
    }),
  ]
}

function parsePlace(after: string): HistoryPlace {
  const match = /^(\d{1,9})\.(\d{1,15})$/.exec(after)
  if (!match) throw new CuroError('invalid-input', 'Continue with the `next` that the page before gave.')
  return { epoch: Number(match[1]), seq: Number(match[2]) }
}

/** The patient behind an account. */
async function patientOf(node: NodeContext, account: string): Promise<string> {
  const row = await node.db
    .selectFrom('accounts')
    .select('patient')
    .where('id', '=', account)
    .executeTakeFirst()
  if (!row?.patient) throw new CuroError('not-found', 'This account belongs to no patient here.')
  return row.patient
}
