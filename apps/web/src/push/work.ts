import { getPushKey, subscribePush, unsubscribePush } from '@curo/client/push'
import { getSettings, type StoredSettings, saveSettings } from '@curo/client/settings'
import type { WorkCall, WorkContext } from '../work/context.ts'

/** For the browser's push service: which node may wake this device. */
export const key = (context: WorkContext): Promise<Uint8Array<ArrayBuffer>> => getPushKey(context.person())

/** @throws CuroError 'invalid-input' for a push service that this hospital does not use */
export const subscribe = (context: WorkContext, given: { endpoint: string }): Promise<void> =>
  subscribePush(context.person(), given)

export const unsubscribe = (context: WorkContext): Promise<void> => unsubscribePush(context.person())

export const settings = (context: WorkContext, _: undefined, { signal }: WorkCall): Promise<StoredSettings> =>
  getSettings(context.person(), { signal })

/** @throws CuroError 'conflict' when another device has saved meanwhile */
export const saveOwn = (context: WorkContext, stored: StoredSettings): Promise<StoredSettings> =>
  saveSettings(context.person(), stored)
