import {
  getPushKey as getPushKeyRoute,
  putPushSubscription,
  removePushSubscription,
} from '@curo/contract/push'
import { fromBase64Url } from '@curo/crypto/bytes'
import type { CallOptions } from './api.ts'
import type { Person } from './person.ts'

/** For `pushManager.subscribe({ userVisibleOnly: true, applicationServerKey })`: 65 bytes. */
export async function getPushKey(
  person: Person,
  options: CallOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  return fromBase64Url((await person.api.call(getPushKeyRoute, {}, options)).key)
}

/**
 * Has this device woken when something waits. `endpoint` is the browser's `PushSubscription.endpoint`; its keys are not
 * needed, because a push carries nothing.
 * @throws CuroError 'invalid-input' for a push service that this hospital does not use
 */
export async function subscribePush(
  person: Person,
  { endpoint }: { endpoint: string },
  options: CallOptions = {},
): Promise<void> {
  await person.api.call(putPushSubscription, { body: { endpoint } }, options)
}

/** This device is woken no more. It counts as done when it was not. */
export async function unsubscribePush(person: Person, options: CallOptions = {}): Promise<void> {
  await person.api.call(removePushSubscription, {}, options)
}
