import { z } from 'zod'
import { cardProof } from './cards.ts'
import { receipt } from './ledger.ts'
import { envelope, INLINE_SEALED_BYTES, rewrap, wrap } from './records.ts'
import { defineRoute } from './route.ts'
import { bytes, category, day, id, instant, signed, signingKey } from './shapes.ts'

/** The most records one opening may name; each opening is one line in the ledger. */
export const OPENING_RECORDS = 1000

/** Which of a record’s wraps the reader holds the key of. */
export const openingRoute = z.enum(['card', 'category', 'author'])

/** A doctor’s signed wish to read (kind `opening-request`). Without `records` it asks for the timeline. */
export const openingRequest = z.object({
  v: z.literal(1),
  id,
  patient: id,
  account: id,
  /** Absent only when an author opens what she wrote herself. */
  consent: id.optional(),
  via: openingRoute,
  records: z.array(id).min(1).max(OPENING_RECORDS).optional(),
  at: instant,
  ...signed,
})
export type OpeningRequest = z.infer<typeof openingRequest>

/** What the timeline shows of a record; the stub is sealed to the lookup key. */
export const timelineEntry = z.object({
  id,
  category,
  epoch: z.int().nonnegative(),
  kind: z.string(),
  occurred: day,
  created: instant,
  author: id,
  size: z.int().nonnegative(),
  stub: envelope.shape.stub,
})
export type TimelineEntry = z.infer<typeof timelineEntry>

const openingBody = z.object({
  request: openingRequest,
  /** Needed wherever the consent came by OTP: it is good only with the card in hand. */
  proof: cardProof.optional(),
})

export const openTimeline = defineRoute({
  name: 'openTimeline',
  method: 'POST',
  path: '/v1/openings/timeline',
  summary: 'What there is within a consent’s scope, newest first; the look is written in the ledger first',
  access: ['doctor'],
  body: openingBody,
  response: z.object({ opening: id, receipt, records: z.array(timelineEntry) }),
  status: 201,
  reads: 'records',
})

/** A record as a consented reader gets it: the one wrap she can finish, digests of the others, and the custodian’s step. */
export const openedRecord = z.object({
  envelope,
  authorKey: signingKey,
  wrap,
  /** The signed rewrap that names `wrap` when it is not among the envelope’s own. */
  rewrap: rewrap.nullable(),
  step: bytes({ length: 32 }),
  /** The sealed content where it is small; otherwise fetched with `readOpenedContent`. */
  content: bytes({ most: INLINE_SEALED_BYTES }).nullable(),
})
export type OpenedRecord = z.infer<typeof openedRecord>

export const openRecords = defineRoute({
  name: 'openRecords',
  method: 'POST',
  path: '/v1/openings',
  summary:
    'Opens records: consent is checked, the opening is durable in the ledger, then the custodian takes its step',
  access: ['doctor'],
  body: openingBody,
  bodyLimit: 256 * 1024,
  response: z.object({ opening: id, receipt, records: z.array(openedRecord) }),
  status: 201,
  reads: 'records',
})

export const readOpenedContent = defineRoute({
  name: 'readOpenedContent',
  method: 'GET',
  path: '/v1/openings/:opening/records/:record/content',
  summary: 'The sealed content of a record just opened, while the opening is fresh and the consent holds',
  access: ['doctor'],
  params: z.object({ opening: id, record: id }),
  rawResponse: 'application/octet-stream',
  reads: 'records',
})
