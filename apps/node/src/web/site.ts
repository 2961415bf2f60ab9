import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { demoPeople } from '../demo/people.ts'

/** The built web app, beside this package; `npm start` builds it. */
export const BUILT_SITE = fileURLToPath(new URL('../../../web/dist/site/', import.meta.url))

/**
 * What a page of the web app may do: run this site's own scripts and WebAssembly, show its own and its own making's
 * pictures, talk to this node. Nothing inline, nothing from elsewhere. `frame-src blob:` is for the sandboxed viewer.
 */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  'frame-src blob:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types curo',
].join('; ')

/** For a script, which may become a Worker and then goes by the policy that it came with. */
const SCRIPT_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "connect-src 'self'",
  "require-trusted-types-for 'script'",
  'trusted-types curo',
].join('; ')

const PAGE_PERMISSIONS =
  'camera=(self), microphone=(self), publickey-credentials-get=(self), publickey-credentials-create=(self), geolocation=(), payment=(), usb=()'

/** Headers of documents, which mean nothing on another file. */
const OF_DOCUMENTS = [
  'content-security-policy',
  'permissions-policy',
  'cross-origin-opener-policy',
  'x-frame-options',
  'referrer-policy',
]

/** In place of the API's headers, which allow nothing. */
function setHeaders(reply: FastifyReply, path: string): void {
  reply.header('cache-control', HASHED.test(path) ? A_YEAR : ASK_EACH_TIME)
  if (!path.includes('.') || path.endsWith('.html')) {
    reply.header('content-security-policy', PAGE_POLICY).header('permissions-policy', PAGE_PERMISSIONS)
    return
  }
  for (const name of OF_DOCUMENTS) reply.removeHeader(name)
  if (/\.m?js$/.test(path)) reply.header('content-security-policy', SCRIPT_POLICY)
}

/** Files whose name holds the hash of their content. */
const HASHED = /^\/assets\//
const A_YEAR = 'public, max-age=31536000, immutable'
const ASK_EACH_TIME = 'no-cache'

/** Where the sign-in page of a demo finds the people to be. No part of the API, which knows no passwords. */
export const DEMO_PEOPLE = '/demo-people.json'

/**
 * Serves the web app beside the API: the files of `folder` as they were built and compressed, and its index page for
 * every address that a browser navigates to and that nothing else answers. Without a built app the node is an API only.
 * @returns what answers a request that no route takes: whether it was answered
 */
export async function registerSite(
  server: FastifyInstance,
  { demo, folder = BUILT_SITE }: { demo: boolean; folder?: string },
): Promise<(request: FastifyRequest, reply: FastifyReply) => boolean> {
  const index = `${folder}/index.html`
  if (!existsSync(index)) return () => false
  await server.register(async (site) => {
    site.addHook('onRequest', async (request, reply) => {
      setHeaders(reply, pathOf(request))
    })
    await site.register(fastifyStatic, {
      root: folder,
      // One route for each file that is there: a request can never name another.
      wildcard: false,
      index: 'index.html',
      dotfiles: 'ignore',
      preCompressed: true,
      cacheControl: false,
      lastModified: false,
      acceptRanges: false,
    })
  })
  if (demo) server.get(DEMO_PEOPLE, { config: { routeName: 'demoPeople' } }, async () => demoPeople())
  const page = await readFile(index)
  return (request, reply) => {
    if (!isNavigation(request)) return false
    setHeaders(reply, '/index.html')
    reply.type('text/html; charset=utf-8').send(page)
    return true
  }
}

/** A browser that opens an address of the app: not a call of the API, not a file that is missing. */
function isNavigation(request: FastifyRequest): boolean {
  const { method, headers } = request
  if (method !== 'GET' || !headers.accept?.includes('text/html')) return false
  const path = pathOf(request)
  return !path.startsWith('/v1/') && !/\.[a-z0-9]+$/i.test(path)
}

const pathOf = ({ url }: FastifyRequest) => url.split('?', 1)[0] ?? ''
