import { z } from 'zod'
import { defineRoute } from './route.ts'
import { bytes, id, instant } from './shapes.ts'

/** The largest draft, sealed. */
export const DRAFT_BYTES = 256 * 1024

/** What somebody is writing about a patient, sealed by her device with a key that only she holds. */
const draft = bytes({ most: DRAFT_BYTES })
const version = z.int().nonnegative()

export const draftSummary = z.object({
  patient: id,
  version,
  size: z.int().nonnegative(),
  updatedAt: instant,
})
export type DraftSummary = z.infer<typeof draftSummary>

export const listDrafts = defineRoute({
  name: 'listDrafts',
  method: 'GET',
  path: '/v1/drafts',
  summary: 'One’s own drafts, newest first',
  access: ['doctor'],
  response: z.object({ drafts: z.array(draftSummary) }),
})

export const getDraft = defineRoute({
  name: 'getDraft',
  method: 'GET',
  path: '/v1/drafts/:patient',
  summary: 'One’s own draft about a patient',
  access: ['doctor'],
  params: z.object({ patient: id }),
  response: z.object({ draft, version, updatedAt: instant }),
})

export const putDraft = defineRoute({
  name: 'putDraft',
  method: 'PUT',
  path: '/v1/drafts/:patient',
  summary:
    'Saves one’s draft over the version that was read, 0 for none: a tab that did not see the newest one is told so',
  access: ['doctor'],
  params: z.object({ patient: id }),
  body: z.object({ draft, version }),
  bodyLimit: 512 * 1024,
  response: z.object({ version, updatedAt: instant }),
})

export const dropDraft = defineRoute({
  name: 'dropDraft',
  method: 'DELETE',
  path: '/v1/drafts/:patient',
  summary: 'Forgets one’s draft: it was signed, or given up. With a version, only that one',
  access: ['doctor'],
  params: z.object({ patient: id }),
  query: z.object({ version: z.coerce.number().int().nonnegative().optional() }),
})
