import {
  getSettings as getSettingsRoute,
  putSettings as putSettingsRoute,
  type Settings,
} from '@curo/contract/settings'
import type { CallOptions } from './api.ts'
import type { Person } from './person.ts'

export type { Settings } from '@curo/contract/settings'

export type StoredSettings = {
  settings: Settings
  /** Give it back when saving. 0 until something was saved. */
  revision: number
}

/** One's own language, appearance and notifications; also while one waits for approval. */
export async function getSettings(person: Person, options: CallOptions = {}): Promise<StoredSettings> {
  return person.api.call(getSettingsRoute, {}, options)
}

/** @throws CuroError 'conflict' when another device has saved meanwhile */
export async function saveSettings(
  person: Person,
  stored: StoredSettings,
  options: CallOptions = {},
): Promise<StoredSettings> {
  return person.api.call(putSettingsRoute, { body: stored }, { ...options, repeatable: false })
}
