import { expect, test } from 'vitest'
import { type PushSurroundings, showPushes } from './push-notice.ts'

type Listener = (event: object) => void

function makeWorker({ language = 'en-IN', windows = 0 } = {}) {
  const listeners: Record<string, Listener> = {}
  const shown: { title: string; body: string | undefined; tag: string | undefined }[] = []
  const done: string[] = []
  const surroundings: PushSurroundings = {
    navigator: { language },
    registration: {
      showNotification: async (title, { body, tag }) => void shown.push({ title, body, tag }),
    },
    clients: {
      matchAll: async () =>
        Array.from({ length: windows }, () => ({ focus: async () => void done.push('focused') })),
      openWindow: async (url) => void done.push(`opened ${url}`),
    },
    addEventListener: (type: string, listener: unknown) => {
      listeners[type] = listener as Listener
    },
  }
  showPushes(surroundings)
  async function send(type: string, event: object = {}): Promise<void> {
    let work: Promise<unknown> | undefined
    listeners[type]?.({ ...event, waitUntil: (given: Promise<unknown>) => (work = given) })
    await work
  }
  return { shown, done, send }
}

test('a push shows one notification that says nothing of what waits, whatever came with it', async () => {
  const { shown, send } = makeWorker()
  await send('push', { data: { text: () => 'HIV test of Asha' } })
  expect(shown).toEqual([
    { title: 'Curo', body: 'Something waits for you. Open Curo to see it.', tag: 'curo' },
  ])
})

test('it speaks the device’s language', async () => {
  const { shown, send } = makeWorker({ language: 'hi-IN' })
  await send('push')
  expect(shown[0]?.body).toMatch(/\p{Script=Devanagari}/u)
})

test('a touch goes to the open page, or opens one', async () => {
  for (const [windows, expected] of [
    [1, 'focused'],
    [0, 'opened /'],
  ] as const) {
    const { done, send } = makeWorker({ windows })
    let closed = false
    await send('notificationclick', { notification: { close: () => (closed = true) } })
    expect([done, closed]).toEqual([[expected], true])
  }
})
