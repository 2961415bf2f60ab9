import type { OwnAccount } from '@curo/contract/accounts'
import { CuroError, isCuroError } from '@curo/crypto/errors'
import { useRef, useSyncExternalStore } from 'react'
import { endWork, listenToWork, work } from '../work/work.ts'
import { isIdleTooLong, noteActivity, watchIdleness } from './auto-lock.ts'
import { deleteDeviceKeys } from './device-keys.ts'
import { deviceName } from './device-name.ts'
import { deleteKeptDatabases } from './kept-databases.ts'
import type { SecondFactorAnswer, SecondFactorNeeded, SignedIn } from './work.ts'

/**
 * Who is signed in on this page. `locked`: the node knows her, but her keys are gone from this page until she gives her
 * password again. `notice` says why somebody finds herself outside.
 */
export type Session =
  | { state: 'starting' }
  | { state: 'signed-out'; notice?: 'ended' | 'other-person' | 'unreachable'; byHand?: true }
  | { state: 'locked'; account: OwnAccount; notice?: 'idle' | 'by-hand' }
  | { state: 'signed-in'; account: OwnAccount; expiresAt: string; offline: boolean }

/** This tab's ciphertext: [Note: a reload keeps the person signed in]. */
const KEPT = 'curo.kept'
/** Whether there may be a session at all, so that a first visit asks the node nothing. */
const MAYBE = 'curo.signed-in'

/** Whether somebody was signed in when this browser was last here. */
export const mayBeSignedIn = (): boolean => localStorage.getItem(MAYBE) !== null

type Message = { kind: 'lock' } | { kind: 'sign-out' } | { kind: 'signed-in'; account: string }

let session: Session = { state: 'starting' }
let stopWatching = () => {}
/** Reading is no request: this often the node is told that somebody is there, and tells whether the session stands. */
const STILL_HERE_EVERY_MS = 5 * 60_000
const listeners = new Set<() => void>()
const wipers = new Set<() => void>()
const tabs = new BroadcastChannel('curo.session')

export const currentSession = (): Session => session

export function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Called at lock and sign-out, for whatever keeps something opened: it has to forget it. */
export function onWipe(forget: () => void): () => void {
  wipers.add(forget)
  return () => wipers.delete(forget)
}

export const useSession = (): Session => useSyncExternalStore(subscribe, currentSession)

/** Her account, on pages that only somebody signed in sees. @throws Error elsewhere */
export function useAccount(): OwnAccount {
  const now = useSession()
  // After a sign-out a page is drawn once more before the router has left it.
  const last = useRef<OwnAccount>(undefined)
  if (now.state === 'signed-in' || now.state === 'locked') last.current = now.account
  if (last.current) return last.current
  throw new Error('Nobody is signed in here.')
}

function become(next: Session): void {
  session = next
  for (const listener of listeners) listener()
}

listenToWork({
  kept: (sealed) => sessionStorage.setItem(KEPT, sealed),
  // It may also have been a wrong code; the node is asked whether the session still stands.
  unauthorized: () => void refreshAccount().catch(() => {}),
})

tabs.addEventListener('message', ({ data }: MessageEvent<Message>) => {
  if (session.state !== 'signed-in' && session.state !== 'locked') return
  if (data.kind === 'lock') wipe(lockedNow('by-hand'))
  if (data.kind === 'sign-out') wipe({ state: 'signed-out', byHand: true })
  if (data.kind === 'signed-in' && data.account !== session.account.id)
    wipe({ state: 'signed-out', notice: 'other-person' })
})

function lockedNow(notice: 'idle' | 'by-hand'): Session {
  return session.state === 'signed-in' || session.state === 'locked'
    ? { state: 'locked', account: session.account, notice }
    : { state: 'signed-out' }
}

/** Every key and everything opened with one leaves this page. */
function wipe(next: Session): void {
  stopWatching()
  stopWatching = () => {}
  endWork()
  sessionStorage.removeItem(KEPT)
  for (const forget of wipers) forget()
  become(next)
}

function enter({ account, expiresAt, offline }: SignedIn): OwnAccount {
  localStorage.setItem(MAYBE, '1')
  void deleteKeptDatabases({ butOf: account.id }).catch(() => {})
  stopWatching()
  const stopIdle = watchIdleness(() => void lock('idle'))
  const stillHere = setInterval(() => void refreshAccount().catch(() => {}), STILL_HERE_EVERY_MS)
  stopWatching = () => {
    stopIdle()
    clearInterval(stillHere)
  }
  become({ state: 'signed-in', account, expiresAt, offline })
  return account
}

/** What this page is when it opens: signed in after a reload, locked in a new tab, or nobody's. */
export async function startSession(): Promise<void> {
  if (session.state !== 'starting') return
  if (!mayBeSignedIn()) return become({ state: 'signed-out' })
  try {
    const kept = sessionStorage.getItem(KEPT)
    if (isIdleTooLong()) await forgetKeys()
    else if (kept !== null) {
      const resumed = await work.accounts.resume({ kept })
      if (resumed) return void enter(resumed)
    }
    const account = await work.accounts.whoIsSignedIn()
    if (account) return become({ state: 'locked', account, notice: 'idle' })
  } catch (error) {
    // The session may well stand, and whoever comes back finds it again.
    if (isCuroError(error, 'unavailable')) return become({ state: 'signed-out', notice: 'unreachable' })
    if (!isCuroError(error, 'unauthorized', 'forbidden')) throw error
  }
  localStorage.removeItem(MAYBE)
  sessionStorage.removeItem(KEPT)
  become({ state: 'signed-out', notice: 'ended' })
}

/**
 * Signs in, or says what else is asked for: then `answerSignIn` goes on.
 * @throws CuroError 'unauthorized' (number or password), 'rate-limited', 'forbidden', 'unavailable'
 */
export async function signIn(
  { contact, password }: { contact: string; password: string },
  signal?: AbortSignal,
): Promise<SecondFactorNeeded | null> {
  noteActivity()
  const answer = await work.accounts.signIn({ contact, password, device: deviceName() }, { signal })
  if ('secondFactor' in answer) return answer.secondFactor
  enterAs(answer)
  return null
}

/** @throws CuroError 'unauthorized' (wrong or used code, wrong passkey), 'expired', 'rate-limited' */
export async function answerSignIn(answer: SecondFactorAnswer): Promise<void> {
  noteActivity()
  enterAs(await work.accounts.answerSignIn(answer))
}

/** The same person again, by her password. @throws as `signIn` */
export async function unlock(password: string): Promise<SecondFactorNeeded | null> {
  if (session.state !== 'locked') return null
  return signIn({ contact: session.account.contact, password })
}

/** For somebody whose work function has signed her in (activation, recovery, a passkey). */
export function enterAs(signedIn: SignedIn): OwnAccount {
  tabs.postMessage({ kind: 'signed-in', account: signedIn.account.id } satisfies Message)
  return enter(signedIn)
}

/** Asks the node again who she is: a registration may have been approved meanwhile. */
export async function refreshAccount(): Promise<OwnAccount | null> {
  const account = await work.accounts.whoIsSignedIn()
  if (session.state !== 'signed-in') return null
  if (account === null) wipe({ state: 'signed-out', notice: 'ended' })
  else become({ ...session, account })
  return account
}

/** Wipes the keys in every tab; the node still knows her. */
export async function lock(notice: 'idle' | 'by-hand' = 'by-hand'): Promise<void> {
  if (session.state !== 'signed-in') return
  wipe(lockedNow(notice))
  tabs.postMessage({ kind: 'lock' } satisfies Message)
  await forgetKeys()
}

/** Ends the session at the node and in every tab. Without a network the node ends it by itself when it is idle. */
export async function signOut(): Promise<void> {
  try {
    await work.accounts.signOut()
  } catch (error) {
    if (!(error instanceof CuroError)) throw error
  } finally {
    wipe({ state: 'signed-out', byHand: true })
    localStorage.removeItem(MAYBE)
    tabs.postMessage({ kind: 'sign-out' } satisfies Message)
    await forgetKeys()
    await deleteKeptDatabases()
  }
}

async function forgetKeys(): Promise<void> {
  sessionStorage.removeItem(KEPT)
  await deleteDeviceKeys()
}
