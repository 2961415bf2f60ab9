import { z } from 'zod'
import { documentType } from './approvals.ts'
import { PAPER_BYTES } from './paper-size.ts'
import { defineRoute } from './route.ts'
import { id, instant } from './shapes.ts'

/** How many papers the hospital keeps of one patient. */
export const MOST_PAPERS = 50

/** What was signed: consent to a treatment or a procedure, how data are used, who may act for her. Never a record. */
export const paperKind = z.enum(['treatment', 'procedure', 'privacy', 'representative', 'other'])

/** A paper that a patient signed at the desk, scanned there: the hospital's own, not part of her history. */
export const paper = z.object({
  id,
  patient: id,
  kind: paperKind,
  type: documentType,
  size: z.int().positive(),
  /** Name of who scanned it. */
  addedBy: z.string(),
  createdAt: instant,
  /** Who of the hospital has looked at it, newest first; the last twenty. */
  readings: z.array(z.object({ at: instant, by: z.string() })),
})
export type Paper = z.infer<typeof paper>

export const addPaper = defineRoute({
  name: 'addPaper',
  method: 'POST',
  path: '/v1/patients/:patient/papers',
  summary: 'Keeps a paper that a patient signed: a PDF, PNG or JPEG of at most 5 MiB',
  access: ['staff', 'admin'],
  params: z.object({ patient: id }),
  /** With an `id` made by whoever sends it, one that is sent again is kept once. */
  query: z.object({ kind: paperKind, id: id.optional() }),
  rawBody: 'application/octet-stream',
  bodyLimit: PAPER_BYTES,
  response: paper,
  status: 201,
  callsPerMinute: 60,
})

export const listPapers = defineRoute({
  name: 'listPapers',
  method: 'GET',
  path: '/v1/patients/:patient/papers',
  summary:
    'The papers a patient signed, newest first, and who has looked at them; for the desk and for herself',
  access: ['staff', 'admin', 'patient'],
  params: z.object({ patient: id }),
  response: z.object({ papers: z.array(paper) }),
})

export const readPaper = defineRoute({
  name: 'readPaper',
  method: 'GET',
  path: '/v1/papers/:paper',
  summary:
    'One signed paper; that somebody of the hospital read it is written down where the patient sees it',
  access: ['staff', 'admin', 'patient'],
  params: z.object({ paper: id }),
  rawResponse: 'application/octet-stream',
})

export const removePaper = defineRoute({
  name: 'removePaper',
  method: 'DELETE',
  path: '/v1/papers/:paper',
  summary:
    'Deletes a paper that was scanned by mistake: within a day by who scanned it, later by an administrator',
  access: ['staff', 'admin'],
  params: z.object({ paper: id }),
})
