/** Idle minutes until the keys are wiped; a person may choose fewer, never more than the last. */
export const LOCK_MINUTES = [2, 5, 15] as const
export type LockMinutes = (typeof LOCK_MINUTES)[number]

const MINUTES_KEY = 'curo.lock-minutes'
/** When somebody last did something in any tab of this browser, in ms since 1970. */
const ACTIVE_KEY = 'curo.active-at'
/** Storage is written at most this often. */
const NOTE_EVERY_MS = 5000
const CHECK_EVERY_MS = 5000
const SIGNS_OF_LIFE = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const

export function lockMinutes(): LockMinutes {
  const kept = Number(localStorage.getItem(MINUTES_KEY))
  return LOCK_MINUTES.find((minutes) => minutes === kept) ?? 15
}

export const setLockMinutes = (minutes: LockMinutes) => localStorage.setItem(MINUTES_KEY, String(minutes))

export function noteActivity(now: number = Date.now()): void {
  if (now - lastActive() >= NOTE_EVERY_MS) localStorage.setItem(ACTIVE_KEY, String(now))
}

const lastActive = () => Number(localStorage.getItem(ACTIVE_KEY) ?? 0)

/** By the clock on the wall, so that a laptop that slept for an hour wakes up locked. */
export const isIdleTooLong = (now: number = Date.now()) => now - lastActive() > lockMinutes() * 60_000

/** Calls `lock` when nobody has done anything in any tab for too long; returns how to stop watching. */
export function watchIdleness(lock: () => void): () => void {
  const onActivity = () => {
    // After a sleep the first key press must not wake what should have been locked.
    if (isIdleTooLong()) lock()
    else noteActivity()
  }
  const check = () => {
    if (isIdleTooLong()) lock()
  }
  localStorage.setItem(ACTIVE_KEY, String(Date.now()))
  const timer = setInterval(check, CHECK_EVERY_MS)
  for (const sign of SIGNS_OF_LIFE) addEventListener(sign, onActivity, { capture: true, passive: true })
  document.addEventListener('visibilitychange', check)
  return () => {
    clearInterval(timer)
    for (const sign of SIGNS_OF_LIFE) removeEventListener(sign, onActivity, { capture: true })
    document.removeEventListener('visibilitychange', check)
  }
}
