import { dropDraft } from '@curo/client/drafts'
import { importRecords } from '@curo/client/importing'
import { CuroError, isCuroError } from '@curo/crypto/errors'
import {
  addendumRecord,
  type ConsultationContext,
  consultationProblems,
  consultationRecords,
} from '@curo/fhir/consultation'
import type { TimelineSource } from '@curo/fhir/timeline'
import type { Composition } from '@curo/fhir/types'
import type { WorkCall, WorkContext } from '../work/context.ts'
import { forgetKeptDraft } from './kept-drafts.ts'
import { toSeal } from './sealed-records.ts'
import type { Written } from './work-drafts.ts'
import { prepareWriting, type Writing } from './writing.ts'

export * from './work-drafts.ts'
export { giveUpResult, uploadResult } from './work-upload.ts'

export type Signed = { sources: TimelineSource[] }

type Sign = Omit<Written, 'about' | 'signing'> & {
  /** Instant with the offset of the place, which the draft was marked with before. */
  signed: string
  /** Title of the note. */
  title: string
}

/**
 * [Note: signing begins in the draft] Seals a consultation and stores it, all of it or nothing; the draft is gone then.
 * The draft was saved with the instant of signing first, so that after a lost answer the same records are made again and
 * nothing stands twice.
 * @throws CuroError 'not-found' (no right to write), 'unavailable' (sign again)
 */
export async function sign(
  context: WorkContext,
  { patient, form, version, window, signed, title }: Sign,
  call: WorkCall<{ done: number; total: number }>,
): Promise<Signed> {
  if (consultationProblems(form).length > 0)
    throw new CuroError('invalid-input', 'Something in this consultation has to be put right first.')
  const writing = await prepareWriting(context, patient, call.signal)
  const person = context.person()
  const records = consultationRecords(form, noteContext(context, { patient, signed, title }))
  const sources = await store(writing, { records, signed }, call)
  await dropDraft(person, { patient, version }).catch((error) => {
    if (!isCuroError(error, 'conflict', 'unavailable')) throw error
  })
  await forgetKeptDraft({ account: person.account.id, patient, window })
  return { sources }
}

/** The names of who writes and where; patients are named by id alone. */
function noteContext(
  context: WorkContext,
  { patient, signed, title }: { patient: string; signed: string; title: string },
): ConsultationContext {
  const { account, hospital } = context.person()
  return {
    patient: `Patient/${patient}`,
    doctor: { name: account.name },
    hospital: { name: hospital.name },
    signed,
    title,
  }
}

async function store(
  { sealing, authority, lookupKeys }: Writing,
  { records, signed }: { records: Parameters<typeof toSeal>[1][]; signed: string },
  { signal, onProgress }: WorkCall<{ done: number; total: number }>,
): Promise<TimelineSource[]> {
  const sealable = records.map((record) => toSeal(sealing, record, signed))
  await importRecords(
    sealing,
    { authority, records: sealable.map(({ record }) => record) },
    { signal, lookupKeys, onProgress: (done, total) => onProgress({ done, total }) },
  )
  return sealable.map(({ source }) => source)
}

/**
 * Adds to a signed note, which itself is never changed.
 * @param given `id`, a UUID, and `signed` stay the same when it is tried again, so that nothing stands twice
 * @throws CuroError 'not-found' (no right to write), 'unavailable'
 */
export async function addendum(
  context: WorkContext,
  given: {
    patient: string
    first: Composition
    id: string
    text: string
    signed: string
    title: string
  },
  { signal }: WorkCall,
): Promise<Signed> {
  const { patient, first, id, text, signed, title } = given
  const writing = await prepareWriting(context, patient, signal)
  const record = addendumRecord(first, {
    id,
    text,
    context: noteContext(context, { patient, signed, title }),
  })
  return { sources: await store(writing, { records: [record], signed }, { signal, onProgress: () => {} }) }
}
