import { CuroError, isCuroError } from '@curo/crypto/errors'
import { work } from '../work/work.ts'
import type { SaveState } from './autosave.ts'
import { type DraftInHand, windowId } from './draft-in-hand.ts'
import { localInstant } from './instants.ts'
import type { Signed } from './work.ts'

/** Refused for good: nothing was stored, and the words may be changed again. */
const REFUSED = ['not-found', 'invalid-input', 'forbidden', 'bad-key', 'too-large'] as const

type SignOptions = { title: string; onProgress: (progress: { done: number; total: number }) => void }

/**
 * Signs what is in hand: [Note: signing begins in the draft].
 * @throws CuroError 'conflict' when another window wrote; 'unavailable' when it may have gone through: sign again
 */
export async function signDraft(draft: DraftInHand, { title, onProgress }: SignOptions): Promise<Signed> {
  const signed = draft.signing ?? localInstant()
  const marked = await draft.mark(signed)
  if (marked.at !== 'saved') {
    void draft.mark(undefined)
    throw whyNotSaved(marked)
  }
  const { patient, form, autosave } = draft
  try {
    return await work.consultations.sign(
      { patient, form, version: autosave.version, window: windowId(), signed, title },
      { onProgress },
    )
  } catch (error) {
    if (isCuroError(error, ...REFUSED)) await draft.mark(undefined)
    throw error
  }
}

/** Nothing was sealed: signing goes on only from a draft that the hospital has. */
function whyNotSaved(state: SaveState): unknown {
  if (state.at === 'failed') return state.error
  return state.at === 'conflict'
    ? new CuroError('conflict', 'Another window has written in this consultation. Go back and choose.')
    : new CuroError('unavailable', 'The hospital’s computer does not answer. Nothing was signed; try again.')
}
