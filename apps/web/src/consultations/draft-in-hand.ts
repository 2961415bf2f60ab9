import {
  type Consultation,
  isEmptyConsultation,
  newConsultation,
  type OrderEntry,
} from '@curo/fhir/consultation'
import { onWipe } from '../accounts/session.ts'
import { work } from '../work/work.ts'
import { Autosave, type SaveState } from './autosave.ts'
import { localInstant } from './instants.ts'
import type { DraftAbout, ReadDraft } from './work-drafts.ts'

type Value = { form: Consultation; signing?: string | undefined }

/** A consultation that is being written on this page: what it says, and its saving. It lives until it is signed. */
export class DraftInHand {
  readonly patient: string
  /** Another draft of the same consultation is another one to the screen. */
  readonly key = crypto.randomUUID()
  readonly autosave: Autosave<Value>
  /** It was found on this device only. */
  readonly wasUnsent: boolean
  about: DraftAbout | null
  #value: Value

  constructor(patient: string, about: DraftAbout | null, read: ReadDraft | null) {
    this.patient = patient
    this.about = read?.about ?? about
    this.wasUnsent = read?.isUnsent ?? false
    this.#value = read
      ? { form: read.form, signing: read.signing }
      : { form: newConsultation({ newId: () => crypto.randomUUID(), started: localInstant() }) }
    this.autosave = new Autosave<Value>({
      version: read?.version ?? 0,
      state: read && !read.isUnsent ? { at: 'saved', savedAt: read.savedAt } : { at: 'new' },
      keep: (value, version) => work.consultations.keep(this.#written(value, version)),
      save: (value, version) => work.consultations.save(this.#written(value, version)),
    })
    if (read?.isUnsent) this.autosave.change(this.#value)
  }

  get form(): Consultation {
    return this.#value.form
  }

  /** Instant of a signing that was begun. */
  get signing(): string | undefined {
    return this.#value.signing
  }

  change(form: Consultation): void {
    this.#value = { ...this.#value, form }
    if (this.autosave.version === 0 && this.autosave.state.at === 'new' && isEmptyConsultation(form)) return
    this.autosave.change(this.#value)
  }

  /** Saves that signing begins, or that it was refused: [Note: signing begins in the draft]. */
  async mark(signing: string | undefined): Promise<SaveState> {
    this.#value = { form: this.#value.form, signing }
    this.autosave.change(this.#value)
    return this.autosave.flush()
  }

  #written({ form, signing }: Value, version: number) {
    return { patient: this.patient, form, about: this.about, signing, version, window: windowId() }
  }
}

const WINDOW = 'curo.window'

/** This window, also after a reload: what it has kept is its own. */
export function windowId(): string {
  const known = sessionStorage.getItem(WINDOW)
  if (known) return known
  const made = crypto.randomUUID()
  sessionStorage.setItem(WINDOW, made)
  return made
}

/** Drafts stay in hand while one looks at the chart, so that coming back shows the last letter. */
const inHand = new Map<string, DraftInHand>()

onWipe(() => {
  for (const draft of inHand.values()) draft.autosave.stop()
  inHand.clear()
})

export async function takeDraft(
  patient: string,
  about: DraftAbout | null,
  signal?: AbortSignal,
): Promise<DraftInHand> {
  const known = inHand.get(patient)
  if (known) {
    known.about ??= about
    return known
  }
  const read = await work.consultations.read({ patient, window: windowId() }, { signal })
  // React asks twice in development, and the first answer counts.
  const draft = inHand.get(patient) ?? new DraftInHand(patient, about, read)
  inHand.set(patient, draft)
  return draft
}

/** It was signed or given up. */
export function putDown(draft: DraftInHand): void {
  draft.autosave.stop()
  inHand.delete(draft.patient)
}

/** What another window saved, in place of what is here. */
export async function takeTheirs(draft: DraftInHand): Promise<DraftInHand> {
  const { patient, about } = draft
  const read = await work.consultations.readSaved({ patient, window: windowId() })
  putDown(draft)
  const theirs = new DraftInHand(patient, about, read)
  inHand.set(patient, theirs)
  return theirs
}

/** The same words as a consultation of its own: the other one was signed, and its ids are taken. */
export async function keepAsNew(draft: DraftInHand): Promise<DraftInHand> {
  putDown(draft)
  const made = new DraftInHand(draft.patient, draft.about, null)
  inHand.set(draft.patient, made)
  made.change(withNewIds(draft.form, made.form))
  await made.autosave.flush()
  return made
}

function withNewIds(form: Consultation, { id, visit, series, started }: Consultation): Consultation {
  const renewed = <T extends Pick<OrderEntry, 'id'>>(entries: readonly T[]) =>
    entries.map((entry) => ({ ...entry, id: crypto.randomUUID() }))
  return {
    ...form,
    ...{ id, visit, series, started },
    diagnoses: renewed(form.diagnoses),
    orders: renewed(form.orders),
    prescriptions: renewed(form.prescriptions),
  }
}
