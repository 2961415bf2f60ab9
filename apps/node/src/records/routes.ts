import {
  listOwnRecords,
  putRecords as putRecordsRoute,
  putRewraps as putRewrapsRoute,
  readOwnContent,
} from '@curo/contract/records'
import { toBase64Url } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { publicKeysOf } from '../accounts/directory.ts'
import type { NodeContext } from '../context.ts'
import { type Handler, handle } from '../http.ts'
import { patientOfAccount } from '../patients/directory.ts'
import { readContent } from './content.ts'
import { putRecords, putRewraps } from './service.ts'
import { loadFacts, loadPage, pageKeyOf } from './store.ts'

export function recordsHandlers(node: NodeContext): Handler[] {
  return [
    handle(putRecordsRoute, async ({ body, session }) => ({
      records: await putRecords(node, { session, ...body }),
    })),
    handle(putRewrapsRoute, async ({ body, session }) => ({
      stored: await putRewraps(node, session, body.rewraps),
    })),
    handle(listOwnRecords, async ({ query, session }) => {
      const patient = await patientOfAccount(node.db, session.account.id)
      if (!patient) return { records: [], next: null }
      const page = await loadPage(node.db, { patient, after: query.after, limit: query.limit })
      const authors = await publicKeysOf(node.db, [...new Set(page.map((record) => record.author))])
      const last = page.length === query.limit ? page.at(-1) : undefined
      return {
        records: page.map((record) => ({
          envelope: record.envelope,
          rewraps: record.rewraps,
          authorKey: toBase64Url(authors.get(record.author)?.identity ?? new Uint8Array(32)),
          content: record.content && toBase64Url(record.content),
        })),
        next: last ? pageKeyOf(last) : null,
      }
    }),
    handle(readOwnContent, async ({ params, session, reply }) => {
      const patient = await patientOfAccount(node.db, session.account.id)
      const [facts] = await loadFacts(node.db, [params.record])
      if (!patient || facts?.patient !== patient) throw new CuroError('not-found', 'There is no such record.')
      return await readContent(node, { record: params.record, reply })
    }),
  ]
}
