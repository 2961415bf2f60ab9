/**
 * Makes the app open without a network. It keeps the program only: the page, and every script, style and font that was
 * used once or that the page names. What the node answers (`/v1`, tiles, the logo) never passes here; records kept for reading offline are sealed,
 * in IndexedDB.
 */
import { isKeptFile, isNavigationHere } from './kept-files.ts'
import { type PushSurroundings, showPushes } from './push-notice.ts'

type Entry = { url: string; revision: string | null }
/** What of a service worker's surroundings is used here; the page's types have no such thing. */
type Surroundings = PushSurroundings & {
  __WB_MANIFEST: Entry[]
  location: Location
  skipWaiting(): Promise<void>
  clients: { claim(): Promise<void> }
  addEventListener(type: 'install', listener: (event: Installing) => void): void
  addEventListener(type: 'activate', listener: (event: Extendable) => void): void
  addEventListener(type: 'fetch', listener: (event: Fetching) => void): void
  addEventListener(type: 'message', listener: (event: Extendable & { data: unknown }) => void): void
}
type Extendable = { waitUntil(work: Promise<unknown>): void }
/** With the static routes that not every browser has. */
type Installing = Extendable & {
  addRoutes?(rule: { condition: { urlPattern: string }; source: 'network' }): Promise<void>
}
type Fetching = Extendable & { request: Request; respondWith(answer: Promise<Response>): void }

declare const self: Surroundings

const SHELL: readonly Entry[] = self.__WB_MANIFEST
const PAGE = '/index.html'
const SHELL_CACHE = `curo-shell-${hashOf(SHELL)}`
/** Files with a hash in their name: the same name is the same content for ever. */
const ASSETS_CACHE = 'curo-assets'
const MOST_ASSETS = 400
/** A network that is there but does not answer. */
const PATIENCE_MS = 4000

function hashOf(entries: readonly Entry[]): string {
  let hash = 5381
  for (const letter of JSON.stringify(entries)) hash = ((hash * 33) ^ letter.charCodeAt(0)) >>> 0
  return hash.toString(36)
}

showPushes(self)

self.addEventListener('install', (event) => {
  // Past this program altogether: otherwise each part of an upload is copied here, and waits for this one's collector.
  const routed = event.addRoutes?.({ condition: { urlPattern: '/v1/*' }, source: 'network' })
  event.waitUntil(Promise.all([routed, keepShell()]))
})

async function keepShell(): Promise<void> {
  const cache = await caches.open(SHELL_CACHE)
  // The list names some files twice, which addAll refuses.
  const urls = new Set(SHELL.map(({ url }) => url))
  await cache.addAll([...urls].map((url) => new Request(url, { cache: 'no-cache' })))
}

self.addEventListener('activate', (event) => event.waitUntil(takeOver()))

async function takeOver(): Promise<void> {
  for (const name of await caches.keys())
    if (name !== SHELL_CACHE && name !== ASSETS_CACHE) await caches.delete(name)
  await self.clients.claim()
}

self.addEventListener('message', (event) => {
  const { data } = event
  if (data === 'take over') event.waitUntil(self.skipWaiting())
  // What the page loaded before it had a service worker comes from the browser's own cache now; viewers come ahead of use.
  else if (Array.isArray(data)) event.waitUntil(keepAll(data.filter((url) => typeof url === 'string')))
})

async function keepAll(urls: readonly string[]): Promise<void> {
  const cache = await caches.open(ASSETS_CACHE)
  const isFilling = (await cache.keys()).length > MOST_ASSETS / 2
  for (const url of urls) {
    if (!isKeptFile(new URL(url, self.location.origin), self.location.origin)) continue
    const kept = await cache.match(url)
    // What this version still uses counts as new again: its fonts keep their names over many versions.
    if (kept && isFilling) await cache.put(url, kept)
    else if (!kept) await cache.add(new Request(url, { priority: 'low' })).catch(() => {})
  }
  await dropOldest(cache)
}

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin) return
  if (isNavigationHere(request.mode, url)) event.respondWith(newestPage(request))
  else if (isKeptFile(url, self.location.origin)) event.respondWith(keptFile(event, url))
  else if (SHELL.some((entry) => url.pathname === `/${entry.url}`)) event.respondWith(shellFile(request))
})

/** The node's page while it answers, so that a new version is seen at once; otherwise the one that is kept. */
async function newestPage(request: Request): Promise<Response> {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) })
    if (answer.status < 500) return answer
  } catch {
    // Without a network the kept page is the answer.
  }
  const kept = await caches.match(PAGE)
  return kept ?? Response.error()
}

async function keptFile(event: Extendable, url: URL): Promise<Response> {
  const cache = await caches.open(ASSETS_CACHE)
  const kept = await cache.match(url.href)
  if (kept) return kept
  const answer = await fetch(url.href)
  if (answer.ok) event.waitUntil(keep(cache, url.href, answer.clone()))
  return answer
}

async function keep(cache: Cache, url: string, answer: Response): Promise<void> {
  await cache.put(url, answer)
  await dropOldest(cache)
}

/** Those that were put longest ago belong to versions long gone. */
async function dropOldest(cache: Cache): Promise<void> {
  const all = await cache.keys()
  for (const request of all.slice(0, Math.max(0, all.length - MOST_ASSETS))) await cache.delete(request)
}

async function shellFile(request: Request): Promise<Response> {
  return fetch(request).catch(async () => (await caches.match(request)) ?? Response.error())
}
