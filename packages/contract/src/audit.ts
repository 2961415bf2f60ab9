import { z } from 'zod'
import { defineRoute } from './route.ts'
import { bytes, digest, id, instant, page } from './shapes.ts'

/** One leaf of 4 KiB ciphertext and its path to the record’s root (RFC 9162 §2.1.3). */
export const challengeAnswer = z.object({
  root: digest,
  leaf: z.int().nonnegative(),
  leaves: z.int().positive(),
  data: bytes({ most: 4096 }),
  path: z.array(digest).max(63),
})

export const challengeStorage = defineRoute({
  name: 'challengeStorage',
  method: 'POST',
  path: '/v1/audit/challenges',
  summary: 'Proves that chosen 4 KiB leaves of stored ciphertext are still there and unchanged',
  access: ['auditor', 'admin', 'patient'],
  body: z.object({
    challenges: z
      .array(z.object({ root: digest, leaf: z.int().nonnegative() }))
      .min(1)
      .max(256),
  }),
  response: z.object({ answers: z.array(challengeAnswer.nullable()) }),
})

export const bucketHealth = z.object({
  name: z.string(),
  kind: z.string(),
  state: z.enum(['ok', 'read-only', 'full', 'unreachable']),
  objects: z.int().nonnegative().nullable(),
  bytes: z.int().nonnegative().nullable(),
  /** Pieces that records and uploads say lie here. Those of a short file that have no bytes are not stored. */
  expected: z.int().nonnegative(),
  /** Bytes that still fit, where the store can tell. */
  freeBytes: z.int().nonnegative().nullable(),
  /** How long writing and removing a small object took, in milliseconds. */
  latencyMs: z.int().nonnegative().nullable(),
  /** What is wrong, in a sentence. */
  problem: z.string().nullable(),
})

export const scrubReport = z.object({
  id,
  state: z.enum(['running', 'done', 'failed']),
  startedAt: instant,
  finishedAt: instant.nullable(),
  /** Records looked at, of so many when it began. */
  records: z.int().nonnegative(),
  total: z.int().nonnegative(),
  pieces: z.int().nonnegative(),
  missing: z.int().nonnegative(),
  corrupt: z.int().nonnegative(),
  repaired: z.int().nonnegative(),
  lost: z.int().nonnegative(),
  orphans: z.int().nonnegative(),
})

export const getStorage = defineRoute({
  name: 'getStorage',
  method: 'GET',
  path: '/v1/audit/storage',
  summary: 'The buckets, their health and the last scrub',
  access: ['admin', 'auditor'],
  response: z.object({
    dataPieces: z.int(),
    parityPieces: z.int(),
    buckets: z.array(bucketHealth),
    lastScrub: scrubReport.nullable(),
    /** Records in the vault, their sealed bytes, and of how many some pieces are damaged. */
    records: z.int().nonnegative(),
    sealedBytes: z.int().nonnegative(),
    degraded: z.int().nonnegative(),
    lost: z.int().nonnegative(),
  }),
})

export const listDegraded = defineRoute({
  name: 'listDegraded',
  method: 'GET',
  path: '/v1/audit/degraded',
  summary: 'Records of which pieces are damaged, newest first: what is missing where, and whether it is lost',
  access: ['admin', 'auditor'],
  query: z.object({ ...page }),
  response: z.object({
    degraded: z.array(
      z.object({
        record: id,
        /** Of the ciphertext, as it stands in the ledger: what an auditor knows it by. */
        root: digest,
        sealedSize: z.int().positive(),
        pieces: z.int().positive(),
        lost: z.int().nonnegative(),
        buckets: z.record(z.string(), z.int().positive()),
        since: instant,
        lookedAt: instant,
      }),
    ),
    next: z.string().nullable(),
  }),
})

export const listScrubs = defineRoute({
  name: 'listScrubs',
  method: 'GET',
  path: '/v1/audit/scrubs',
  summary: 'Scrubs and what they found, newest first',
  access: ['admin', 'auditor'],
  query: z.object({ ...page }),
  response: z.object({ scrubs: z.array(scrubReport), next: z.string().nullable() }),
})

export const startScrub = defineRoute({
  name: 'startScrub',
  method: 'POST',
  path: '/v1/audit/scrubs',
  summary: 'Re-reads every piece, repairs what is lost or altered, and collects orphans',
  access: ['admin'],
  response: z.object({ scrub: id }),
  status: 202,
})

export const getScrub = defineRoute({
  name: 'getScrub',
  method: 'GET',
  path: '/v1/audit/scrubs/:scrub',
  summary: 'How far a scrub has come and what it found',
  access: ['admin', 'auditor'],
  params: z.object({ scrub: id }),
  response: scrubReport,
})

export const listActivity = defineRoute({
  name: 'listActivity',
  method: 'GET',
  path: '/v1/audit/activity',
  summary: 'What was done at this node, by whom, newest first; no patient is named',
  access: ['admin', 'auditor'],
  query: z.object({
    kind: z
      .string()
      .max(50)
      .regex(/^[a-z-]+$/)
      .optional(),
    outcome: z
      .string()
      .max(50)
      .regex(/^[a-z-]+$/)
      .optional(),
    /** Who did it. Openings are not found by this: who opened stands in sealed ledger bodies. */
    account: id.optional(),
    /** From this instant on, and before that one. */
    from: instant.optional(),
    to: instant.optional(),
    /** Only what was refused or failed. */
    problems: z.literal('only').optional(),
    ...page,
  }),
  response: z.object({
    events: z.array(
      z.object({ id, at: instant, kind: z.string(), account: id.nullable(), outcome: z.string() }),
    ),
    next: z.string().nullable(),
  }),
})

/** What an administrator should look at. The kinds say what; a page puts them into words. */
export const problemKind = z.enum([
  'ledger-stopped',
  'ledger-not-final',
  'witness-silent',
  'network-alarm',
  'bucket-unwell',
  'records-lost',
  'records-degraded',
  'scrub-failed',
  'scrub-overdue',
  'messages-failed',
  'jobs-failed',
  'reviews-overdue',
  'sign-ins-refused',
])
export const problem = z.object({
  kind: problemKind,
  /** `alarm`: now; `warning`: today. */
  severity: z.enum(['alarm', 'warning']),
  /** Which bucket, witness or log, where there are several. */
  subject: z.string().nullable(),
  count: z.int().positive(),
  since: instant.nullable(),
  /** The reason, where there is one, for the operator. */
  detail: z.string().nullable(),
})
export type Problem = z.infer<typeof problem>

export const listProblems = defineRoute({
  name: 'listProblems',
  method: 'GET',
  path: '/v1/audit/problems',
  summary:
    'What is wrong at this node now: ledger, witnesses, buckets, records, messages, jobs, overdue reviews',
  access: ['admin', 'auditor'],
  response: z.object({ checkedAt: instant, problems: z.array(problem) }),
})
