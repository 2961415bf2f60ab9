import { z } from 'zod'
import { defineRoute } from './route.ts'
import { bytes, digest, id, instant, page } from './shapes.ts'

/** The hospital’s signed promise that an event is in its ledger: durable before it is given. */
export const receipt = z.object({
  id,
  kind: z.string(),
  epoch: z.int().nonnegative(),
  seq: z.int().nonnegative(),
  /** RFC 6962 leaf hash of the entry. */
  leaf: digest,
  /** Canonical JSON of the signed body, and the random value that opens the commitment to it. */
  body: z.string(),
  r: digest,
})
export type LedgerReceipt = z.infer<typeof receipt>

export const entryState = z.enum(['recorded', 'published', 'final'])

export const getLedger = defineRoute({
  name: 'getLedger',
  method: 'GET',
  path: '/v1/ledger',
  summary: 'The size and state of this hospital’s log',
  access: 'public',
  response: z.object({
    origin: z.string(),
    key: z.string(),
    size: z.int().nonnegative(),
    root: digest,
    finalSize: z.int().nonnegative(),
    pending: z.int().nonnegative(),
    publishedAt: instant.nullable(),
    readOnly: z.boolean(),
    policy: z.string().nullable(),
    witnesses: z.array(
      z.object({
        name: z.string(),
        key: z.string(),
        lastSize: z.int().nonnegative().nullable(),
        lastAt: instant.nullable(),
      }),
    ),
  }),
})

export const findTags = defineRoute({
  name: 'findTags',
  method: 'POST',
  path: '/v1/ledger/find',
  summary: 'Which of these tags stand in the log, and where; only who holds the lookup key can compute them',
  access: 'signed-in',
  body: z.object({
    tags: z
      .array(bytes({ length: 16 }))
      .min(1)
      .max(4096),
  }),
  bodyLimit: 256 * 1024,
  response: z.object({
    origin: z.string(),
    entries: z.array(
      z.object({
        tag: bytes({ length: 16 }),
        index: z.int().nonnegative().nullable(),
        entry: bytes({ length: 52 }),
      }),
    ),
  }),
})

export const listHistory = defineRoute({
  name: 'listHistory',
  method: 'GET',
  path: '/v1/ledger/history',
  summary:
    'Everything this hospital wrote about the patient who asks: each body, what opens it, where it stands',
  access: ['patient'],
  query: z.object({ ...page, limit: z.coerce.number().int().min(1).max(1000).default(500) }),
  response: z.object({
    origin: z.string(),
    entries: z.array(
      receipt.extend({
        index: z.int().nonnegative().nullable(),
        state: entryState,
        withheld: z.boolean().default(false),
      }),
    ),
    next: z.string().nullable(),
  }),
})

export const getProof = defineRoute({
  name: 'getProof',
  method: 'GET',
  path: '/v1/ledger/proofs/:index',
  summary: 'A C2SP `.tlog-proof` that an entry stands in the log, checkable offline',
  access: 'public',
  params: z.object({ index: z.coerce.number().int().min(0) }),
  rawResponse: 'text/plain; charset=utf-8',
})

export const getCheckpoint = defineRoute({
  name: 'getCheckpoint',
  method: 'GET',
  path: '/log/checkpoint',
  summary: 'The log’s signed checkpoint (C2SP tlog-checkpoint)',
  access: 'public',
  rawResponse: 'text/plain; charset=utf-8',
})

export const getTile = defineRoute({
  name: 'getTile',
  method: 'GET',
  path: '/log/tile/*',
  summary: 'A tile or entry bundle of the log (C2SP tlog-tiles)',
  access: 'public',
  rawResponse: 'application/octet-stream',
})
