import { finishActivation, type StartedActivation, startActivation } from '@curo/client/activation'
import { type Card, readCard } from '@curo/client/cards'
import { rewrapRecords } from '@curo/client/rewrapping'
import { CuroError } from '@curo/crypto/errors'
import type { WorkCall, WorkContext } from '../work/context.ts'
import type { SignedIn } from './work.ts'

/** Between two steps the card stays here: the page never holds its secret longer than the field does. */
let card: Card | undefined

/**
 * Reads a scanned or pasted card and asks for a code to the telephone that the desk registered.
 * @throws CuroError 'malformed' (not a Curo card), 'invalid-input' (another hospital's), 'not-found' (unknown or blocked)
 */
export async function beginActivation(
  context: WorkContext,
  { scanned }: { scanned: string },
  { signal }: WorkCall,
): Promise<StartedActivation> {
  const read = await readCard(scanned.trim())
  const started = await startActivation(await context.connection(), read, { signal })
  card = read
  return started
}

export type CompleteActivation = {
  activation: string
  code: string
  contact: string
  password: string
  name: string
  device: string
}

/**
 * The account of her own. `recoveryCode` is the only thing that leaves the Worker: it is to be written down.
 * @throws CuroError 'unauthorized' | 'attempts-exhausted' | 'expired' (the code), 'conflict' (the number has an account)
 */
export async function completeActivation(
  context: WorkContext,
  given: CompleteActivation,
  { signal }: WorkCall,
): Promise<SignedIn & { recoveryCode: string }> {
  if (!card) throw new CuroError('expired', 'The card was forgotten meanwhile: scan it again.')
  const { person, recoveryCode } = await finishActivation(
    await context.connection(),
    { card, ...given },
    { signal },
  )
  card = undefined
  await context.setPerson(person)
  return { account: person.account, expiresAt: person.expiresAt, offline: false, recoveryCode }
}

export type Rewrapped = { seen: number; rewrapped: number; faults: number }

/** Gives her earlier records wraps for her new keys; may be stopped and called again. */
export async function takeOverRecords(
  context: WorkContext,
  _: undefined,
  { signal, onProgress }: WorkCall<Rewrapped>,
): Promise<Rewrapped> {
  const plain = ({ seen, rewrapped, faults }: { seen: number; rewrapped: number; faults: unknown[] }) => ({
    seen,
    rewrapped,
    faults: faults.length,
  })
  const done = await rewrapRecords(context.patient(), {
    signal,
    onProgress: (progress) => onProgress(plain(progress)),
  })
  return plain(done)
}
