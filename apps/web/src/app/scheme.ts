import type { MantineColorSchemeManager } from '@mantine/core'
import { useSyncExternalStore } from 'react'

/** Light, dark, or what the device is set to. */
export const SCHEMES = ['light', 'dark', 'auto'] as const
export type Scheme = (typeof SCHEMES)[number]

/** As public/before-paint.js reads it. */
const KEY = 'curo.scheme'
const devicePrefersDark = matchMedia('(prefers-color-scheme: dark)')
const listeners = new Set<() => void>()

const chosen = (): Scheme => SCHEMES.find((scheme) => scheme === localStorage.getItem(KEY)) ?? 'auto'

function shown(): 'light' | 'dark' {
  const scheme = chosen()
  if (scheme !== 'auto') return scheme
  return devicePrefersDark.matches ? 'dark' : 'light'
}

function show(): void {
  document.documentElement.setAttribute('data-mantine-color-scheme', shown())
  for (const listener of listeners) listener()
}
devicePrefersDark.addEventListener('change', show)
addEventListener('storage', ({ key }) => {
  if (key === KEY) show()
})

export function setScheme(scheme: Scheme): void {
  localStorage.setItem(KEY, scheme)
  show()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** What was chosen, and what is shown because of it. */
export function useScheme(): { chosen: Scheme; shown: 'light' | 'dark' } {
  return {
    chosen: useSyncExternalStore(subscribe, chosen),
    shown: useSyncExternalStore(subscribe, shown),
  }
}

/** Mantine follows; it is not on the sign-in page, which has the same switch. */
export function makeSchemeManager(): MantineColorSchemeManager {
  let stop = () => {}
  return {
    get: chosen,
    // Mantine sets again what it was told of: only a choice that is another one is news.
    set: (scheme) => {
      if (scheme !== chosen()) setScheme(scheme)
    },
    clear: () => setScheme('auto'),
    subscribe: (onUpdate) => {
      stop = subscribe(() => onUpdate(chosen()))
    },
    unsubscribe: () => stop(),
  }
}
