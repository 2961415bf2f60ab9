import { CuroError } from '@curo/crypto/errors'
import { work } from '../work/work.ts'

/**
 * Whether this device is woken for this account. `unsupported`: the browser has no push; `not-ready`: the page has no
 * service worker yet; `denied`: the person has forbidden notifications of this site.
 */
export type PushState = 'unsupported' | 'not-ready' | 'denied' | 'off' | 'on'

/** For whom this browser was switched on. The node knows a session's device only, so each sign-in says it again. */
const WANTED = 'curo.push'

async function registration(): Promise<ServiceWorkerRegistration | undefined> {
  return navigator.serviceWorker.getRegistration()
}

const isSupported = () =>
  'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis

export async function pushState(account: string): Promise<PushState> {
  if (!isSupported()) return 'unsupported'
  if (Notification.permission === 'denied') return 'denied'
  const worker = await registration()
  if (!worker) return 'not-ready'
  const subscribed = (await worker.pushManager.getSubscription()) !== null
  return subscribed && localStorage.getItem(WANTED) === account ? 'on' : 'off'
}

/** @throws CuroError 'forbidden' (not allowed by the person), 'unavailable' (push service), 'invalid-input' (not the hospital's) */
export async function switchOn(account: string): Promise<void> {
  const worker = await registration()
  if (!worker) throw new CuroError('unavailable', 'This page is not ready for notifications. Reload it.')
  if ((await Notification.requestPermission()) !== 'granted')
    throw new CuroError('forbidden', 'Notifications of this site are not allowed in this browser.')
  const applicationServerKey = await work.push.key(undefined)
  const subscription = await worker.pushManager
    .subscribe({ userVisibleOnly: true, applicationServerKey })
    .catch((cause) => {
      throw new CuroError('unavailable', 'The browser’s push service does not answer.', { cause })
    })
  try {
    await work.push.subscribe({ endpoint: subscription.endpoint })
  } catch (error) {
    await subscription.unsubscribe()
    throw error
  }
  localStorage.setItem(WANTED, account)
}

export async function switchOff(): Promise<void> {
  localStorage.removeItem(WANTED)
  await work.push.unsubscribe(undefined)
  const subscription = await (await registration())?.pushManager.getSubscription()
  await subscription?.unsubscribe()
}

/** After a sign-in: the session is a new one, and the device is the same. */
export async function keepSwitchedOn(account: string): Promise<void> {
  if (localStorage.getItem(WANTED) !== account || !isSupported()) return
  const subscription = await (await registration())?.pushManager.getSubscription()
  if (subscription) await work.push.subscribe({ endpoint: subscription.endpoint })
}
