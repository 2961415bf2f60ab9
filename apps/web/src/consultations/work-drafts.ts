import {
  dropDraft,
  listDrafts,
  openDraft,
  readDraft,
  saveDraft as saveAtNode,
  sealDraft,
} from '@curo/client/drafts'
import { isCuroError } from '@curo/crypto/errors'
import { randomId } from '@curo/crypto/random'
import { type Consultation, parseDraft, serializeDraft } from '@curo/fhir/consultation'
import type { WorkCall, WorkContext } from '../work/context.ts'
import { forgetKeptDraft, type KeptDraft, keepDraft, keptDrafts } from './kept-drafts.ts'

/** Whom a draft is about, sealed inside it: what the doctor knows without opening anything. */
export type DraftAbout = { given: string; family: string; birthDate?: string; sex?: string }

/** What a draft says once it is opened. */
type Content = {
  form: string
  about: DraftAbout | null
  /** Instant of a signing that was begun: the same instant makes the same records. */
  signing?: string
  /** Of this one save: a window knows by it what it wrote itself. */
  stamp: string
}

export type Written = {
  patient: string
  form: Consultation
  about: DraftAbout | null
  signing?: string | undefined
  version: number
  window: string
}

export type ReadDraft = Pick<Written, 'form' | 'about' | 'signing' | 'version'> & {
  savedAt: string
  /** It lies on this device only. */
  isUnsent: boolean
}

/** Saves of this window whose answer was lost: they may have arrived. */
const unanswered = new Set<string>()

const contentOf = ({ form, about, signing }: Omit<Written, 'patient' | 'version' | 'window'>): Content => ({
  form: serializeDraft(form),
  about,
  ...(signing === undefined ? {} : { signing }),
  stamp: randomId(),
})

/** Seals what is written on this device, until it has arrived: [Note: a draft that has not arrived]. */
export async function keep(context: WorkContext, written: Written): Promise<void> {
  const person = context.person()
  const { patient, version, window } = written
  const sealed = await sealDraft(person, { patient, content: contentOf(written) })
  const at = new Date().toISOString()
  await keepDraft({ account: person.account.id, patient, window, sealed, version, at })
}

/**
 * Seals and saves over the version that this window has seen.
 * @throws CuroError 'conflict' (`details.version`, 0 for none), 'too-large', 'storage-full', 'unavailable'
 */
export async function save(
  context: WorkContext,
  written: Written,
  { signal }: WorkCall,
): Promise<{ version: number; savedAt: string }> {
  const { patient, version, window } = written
  const person = context.person()
  const content = contentOf(written)
  const put = (over: number) => saveAtNode(person, { patient, content, version: over }, { signal })
  const saved = await put(version).catch(async (error) => {
    if (isCuroError(error, 'unavailable')) unanswered.add(content.stamp)
    if (!isCuroError(error, 'conflict')) throw error
    const there = await readDraft<Content>(person, patient, { signal })
    if (!there || !unanswered.has(there.content.stamp)) throw error
    return put(there.version)
  })
  unanswered.clear()
  await forgetKeptDraft({ account: person.account.id, patient, window })
  return { version: saved.version, savedAt: saved.updatedAt }
}

/** The draft about this patient: what this device has and has not sent, before what the node has. Null for none. */
export async function read(
  context: WorkContext,
  { patient, window }: { patient: string; window: string },
  { signal }: WorkCall,
): Promise<ReadDraft | null> {
  const person = context.person()
  const kept = (await keptDrafts(person.account.id)).filter((draft) => draft.patient === patient)
  const there = await readDraft<Content>(person, patient, { signal }).catch((error) => {
    if (kept.length > 0 && isCuroError(error, 'unavailable')) return undefined
    throw error
  })
  const own = kept.find((draft) => draft.window === window)
  // One that a closed window left behind, if nothing was saved since.
  const left = kept.find(({ version }) => there === undefined || version === (there?.version ?? 0))
  const unsent = own ?? left
  if (unsent) {
    const content = await openDraft<Content>(person, { patient, sealed: unsent.sealed }).catch(() => null)
    const form = content && parseDraft(content.form)
    if (content && form) {
      await takeOver(unsent, window)
      const { about, signing } = content
      return { form, about, signing, version: unsent.version, savedAt: unsent.at, isUnsent: true }
    }
  }
  const form = there && parseDraft(there.content.form)
  if (!there || !form) return null
  const { about, signing } = there.content
  return { form, about, signing, version: there.version, savedAt: there.updatedAt, isUnsent: false }
}

async function takeOver(draft: KeptDraft, window: string): Promise<void> {
  if (draft.window === window) return
  await keepDraft({ ...draft, window })
  await forgetKeptDraft(draft)
}

/** The draft as the node has it, past what is kept here: what another window wrote. */
export async function readSaved(
  context: WorkContext,
  { patient, window }: { patient: string; window: string },
  { signal }: WorkCall,
): Promise<ReadDraft | null> {
  const { account } = context.person()
  await forgetKeptDraft({ account: account.id, patient, window })
  return read(context, { patient, window }, { onProgress: () => {}, signal })
}

/** Forgets a draft for good. @throws CuroError 'conflict' when another window has saved a newer one */
export async function giveUp(
  context: WorkContext,
  { patient, version, window }: Pick<Written, 'patient' | 'version' | 'window'>,
  { signal }: WorkCall,
): Promise<void> {
  const person = context.person()
  await dropDraft(person, { patient, version }, { signal })
  await forgetKeptDraft({ account: person.account.id, patient, window })
}

export type DraftLine = {
  patient: string
  about: DraftAbout | null
  savedAt: string
  complaint: string
  /** It lies on this device only. */
  isUnsent: boolean
}

/** More are not opened for a list: nobody has so many visits unfinished. */
const MOST_LISTED = 50

/** What is unfinished, newest first, on the node and on this device. */
export async function list(
  context: WorkContext,
  _: undefined,
  { signal }: WorkCall,
): Promise<{ drafts: DraftLine[]; total: number }> {
  const person = context.person()
  const kept = await keptDrafts(person.account.id)
  const there = await listDrafts(person, { signal })
  const patients = [...new Set([...kept, ...there].map(({ patient }) => patient))]
  const lines: DraftLine[] = []
  for (const patient of patients.slice(0, MOST_LISTED)) {
    const unsent = kept.find((draft) => draft.patient === patient)
    const opened = unsent
      ? {
          content: await openDraft<Content>(person, { patient, sealed: unsent.sealed }),
          updatedAt: unsent.at,
        }
      : await readDraft<Content>(person, patient, { signal })
    if (!opened) continue
    const { content, updatedAt } = opened
    const complaint = parseDraft(content.form)?.complaint ?? ''
    lines.push({
      ...{ patient, about: content.about, savedAt: updatedAt },
      ...{ complaint: complaint.slice(0, 200), isUnsent: unsent !== undefined },
    })
  }
  lines.sort((a, b) => (a.savedAt < b.savedAt ? 1 : -1))
  return { drafts: lines, total: patients.length }
}
