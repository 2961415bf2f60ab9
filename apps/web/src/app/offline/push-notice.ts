/**
 * A push carries nothing, so the notification says nothing but that something waits: telephones are read by others.
 * In the device's language, for the page's choice is not known here.
 */
const WORDS = {
  en: { title: 'Curo', body: 'Something waits for you. Open Curo to see it.' },
  hi: { title: 'Curo', body: 'कुछ आपकी प्रतीक्षा में है। देखने के लिए Curo खोलें।' },
}

type Extendable = { waitUntil(work: Promise<unknown>): void }
type Clicked = Extendable & { notification: { close(): void } }
type OpenWindow = { focus(): Promise<unknown> }

/** What of a service worker's surroundings is used here; the page's types have no such thing. */
export type PushSurroundings = {
  navigator: { language: string }
  registration: { showNotification(title: string, options: NotificationOptions): Promise<void> }
  clients: {
    matchAll(options: { type: 'window'; includeUncontrolled: boolean }): Promise<readonly OpenWindow[]>
    openWindow(url: string): Promise<unknown>
  }
  addEventListener(type: 'push', listener: (event: Extendable) => void): void
  addEventListener(type: 'notificationclick', listener: (event: Clicked) => void): void
}

/** Shows the one notification, and opens Curo when it is touched. */
export function showPushes(self: PushSurroundings): void {
  self.addEventListener('push', (event) => {
    const { title, body } = self.navigator.language.startsWith('hi') ? WORDS.hi : WORDS.en
    // One tag: ten pushes are one notification.
    event.waitUntil(self.registration.showNotification(title, { body, icon: '/icon.svg', tag: 'curo' }))
  })
  self.addEventListener('notificationclick', (event) => {
    event.notification.close()
    event.waitUntil(openCuro(self))
  })
}

async function openCuro({ clients }: PushSurroundings): Promise<void> {
  const [open] = await clients.matchAll({ type: 'window', includeUncontrolled: true })
  if (open) await open.focus()
  else await clients.openWindow('/')
}
