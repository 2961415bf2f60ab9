import { z } from 'zod'
import { cardProof } from './cards.ts'
import { receipt } from './ledger.ts'
import { defineRoute } from './route.ts'
import { bytes, category, day, digest, epoch, id, instant, page, signed, signingKey } from './shapes.ts'

/** Sealed content up to this many bytes travels with its envelope; larger content is uploaded to the vault. */
export const INLINE_SEALED_BYTES = 64 * 1024

/**
 * A data key sealed to one holder (protocol.md, “A record”). The mediated ones name the `point` they are sealed to, and
 * carry the step `proof` by which the custodian sees, before it stores them, that their sender made them for this record.
 */
export const wrap = z.object({
  to: z.enum(['account', 'category', 'card', 'author', 'escrow']),
  keyId: id,
  sealed: bytes({ length: 1168 }),
  point: bytes({ length: 32 }).exactOptional(),
  proof: bytes({ length: 32 }).exactOptional(),
})
export type Wrap = z.infer<typeof wrap>

/**
 * Wraps as a statement has them: whole, or by their digest where the reader does not need them. Since version 2 the
 * signature covers the digests. See [Note: wraps by digest] in packages/crypto.
 */
const statementVersion = z.literal([1, 2])
const wraps = z
  .array(z.union([digest, wrap]))
  .min(1)
  .max(8)

/** A record’s envelope, signed by its author (kind `record`). */
export const envelope = z.object({
  v: statementVersion,
  id,
  custodian: z.string(),
  patient: id,
  category,
  epoch,
  kind: z.string().regex(/^[A-Z][A-Za-z]{1,63}$/),
  occurred: day,
  created: instant,
  author: id,
  size: z.int().nonnegative(),
  sealedSize: z.int().positive(),
  root: digest,
  wraps,
  stub: bytes({ most: 8448 }),
  ...signed,
})
export type Envelope = z.infer<typeof envelope>

/** Wraps for keys that came after the record: a new root, card or category epoch (kind `rewrap`). */
export const rewrap = z.object({
  v: statementVersion,
  record: id,
  wraps,
  at: instant,
  ...signed,
})
export type Rewrap = z.infer<typeof rewrap>

/** By what right one writes into a patient’s history: her card in hand, her consent, or being her. */
export const authority = z.discriminatedUnion('by', [
  z.object({ by: z.literal('card'), proof: cardProof }),
  z.object({ by: z.literal('consent'), consent: id }),
  z.object({ by: z.literal('self') }),
])

export const newRecord = z.object({
  envelope,
  content: z.discriminatedUnion('in', [
    z.object({ in: z.literal('here'), sealed: bytes({ most: INLINE_SEALED_BYTES }) }),
    z.object({ in: z.literal('vault'), upload: id }),
  ]),
})

export const putRecords = defineRoute({
  name: 'putRecords',
  method: 'POST',
  path: '/v1/records',
  summary:
    'Stores sealed records of one patient and anchors them in the ledger, all or none; repeating is harmless',
  access: ['doctor', 'patient'],
  body: z.object({ patient: id, authority, records: z.array(newRecord).min(1).max(64) }),
  bodyLimit: 16 * 1024 * 1024,
  response: z.object({ records: z.array(z.object({ id, receipt })) }),
  status: 201,
})

/** A record as its patient reads it: envelope, later wraps, and its content where it is small. */
export const ownRecord = z.object({
  envelope,
  rewraps: z.array(rewrap),
  authorKey: signingKey,
  content: bytes({ most: INLINE_SEALED_BYTES }).nullable(),
})

export const listOwnRecords = defineRoute({
  name: 'listOwnRecords',
  method: 'GET',
  path: '/v1/records/mine',
  summary: 'The patient’s own records, sealed; her account key opens them without anyone’s help',
  access: ['patient'],
  query: z.object({ ...page }),
  response: z.object({ records: z.array(ownRecord), next: z.string().nullable() }),
  reads: 'records',
})

export const readOwnContent = defineRoute({
  name: 'readOwnContent',
  method: 'GET',
  path: '/v1/records/:record/content',
  summary: 'The sealed content of one of the patient’s own records',
  access: ['patient'],
  params: z.object({ record: id }),
  rawResponse: 'application/octet-stream',
  reads: 'records',
})

export const putRewraps = defineRoute({
  name: 'putRewraps',
  method: 'POST',
  path: '/v1/records/rewraps',
  summary: 'The patient adds wraps for her new keys to her own records',
  access: ['patient'],
  body: z.object({ rewraps: z.array(rewrap).min(1).max(256) }),
  bodyLimit: 8 * 1024 * 1024,
  response: z.object({ stored: z.int().nonnegative() }),
})
