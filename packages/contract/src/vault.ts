import { z } from 'zod'
import { defineRoute } from './route.ts'
import { digest, id, instant } from './shapes.ts'

/** Bytes in every part of an upload but the last: 8 stripes of 4 × 256 KiB. */
export const PART_BYTES = 8 * 1024 * 1024

export const uploadState = z.object({
  upload: id,
  sealedSize: z.int().positive(),
  partBytes: z.int().positive(),
  /** Parts already durable; a resumed upload sends the others. */
  parts: z.array(z.int().nonnegative()),
  expiresAt: instant,
})

/** Bytes that one person's unfinished uploads may have together: a doctor's largest file, or a patient's. */
export const UNFINISHED_BYTES = { doctor: 64 * 2 ** 30, patient: 16 * 2 ** 30 } as const

export const listUploads = defineRoute({
  name: 'listUploads',
  method: 'GET',
  path: '/v1/uploads',
  summary: 'One’s own unfinished uploads, newest first, and how much room they take of what there is',
  access: ['doctor', 'patient'],
  response: z.object({
    uploads: z.array(uploadState.extend({ createdAt: instant, receivedBytes: z.int().nonnegative() })),
    reservedBytes: z.int().nonnegative(),
    mostBytes: z.int().positive(),
  }),
})

export const startUpload = defineRoute({
  name: 'startUpload',
  method: 'POST',
  path: '/v1/uploads',
  summary: 'Makes room for sealed content that is too large to travel with its envelope',
  access: ['doctor', 'patient'],
  body: z.object({ sealedSize: z.int().positive(), root: digest.optional() }),
  response: uploadState,
  status: 201,
})

export const getUpload = defineRoute({
  name: 'getUpload',
  method: 'GET',
  path: '/v1/uploads/:upload',
  summary: 'Which parts of one’s upload are durable',
  access: ['doctor', 'patient'],
  params: z.object({ upload: id }),
  response: uploadState,
})

export const putUploadPart = defineRoute({
  name: 'putUploadPart',
  method: 'PUT',
  path: '/v1/uploads/:upload/parts/:part',
  summary: 'One part of sealed content; answered once its pieces are durable in the buckets',
  access: ['doctor', 'patient'],
  params: z.object({ upload: id, part: z.coerce.number().int().min(0).max(100_000) }),
  rawBody: 'application/octet-stream',
  bodyLimit: PART_BYTES,
  response: z.object({ part: z.int().nonnegative(), bytes: z.int().positive() }),
})

export const dropUpload = defineRoute({
  name: 'dropUpload',
  method: 'DELETE',
  path: '/v1/uploads/:upload',
  summary: 'Gives an unfinished upload up; its pieces are collected',
  access: ['doctor', 'patient'],
  params: z.object({ upload: id }),
})
