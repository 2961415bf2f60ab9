import {
  openRecords as openRecordsRoute,
  openTimeline as openTimelineRoute,
  readOpenedContent,
} from '@curo/contract/openings'
import type { NodeContext } from '../context.ts'
import { type Handler, handle } from '../http.ts'
import { readContent } from '../records/content.ts'
import { checkFreshOpening, openRecords, openTimeline } from './service.ts'

export function openingsHandlers(node: NodeContext): Handler[] {
  return [
    handle(openTimelineRoute, async ({ body, session }) => {
      const opened = await openTimeline(node, { session, request: body.request, proof: body.proof })
      return { opening: body.request.id, ...opened }
    }),
    handle(openRecordsRoute, async ({ body, session }) => {
      const opened = await openRecords(node, { session, request: body.request, proof: body.proof })
      return { opening: body.request.id, ...opened }
    }),
    handle(readOpenedContent, async ({ params, session, reply }) => {
      await checkFreshOpening(node, { session, opening: params.opening, record: params.record })
      return await readContent(node, { record: params.record, reply })
    }),
  ]
}
