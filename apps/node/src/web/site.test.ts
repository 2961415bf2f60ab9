import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { registerSite } from './site.ts'

let folder: string
const servers: FastifyInstance[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'curo-site-'))
  await mkdir(join(folder, 'assets'))
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Curo</title>')
  await writeFile(join(folder, 'assets/app-abc123.js'), 'export const all = 1')
  await writeFile(join(folder, 'assets/app-abc123.js.br'), brotliCompressSync('export const all = 1'))
  await writeFile(join(folder, 'service-worker.js'), 'addEventListener("fetch", () => {})')
})
afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()))
  await rm(folder, { recursive: true })
})

async function serve(options: { demo?: boolean; folder?: string } = {}): Promise<FastifyInstance> {
  const server = Fastify()
  servers.push(server)
  server.addHook('onRequest', async (_request, reply) => {
    reply.headers({ 'content-security-policy': "default-src 'none'", 'x-frame-options': 'DENY' })
  })
  server.get('/v1/hospital', async () => ({ name: 'Test' }))
  const answered = await registerSite(server, {
    demo: options.demo ?? false,
    folder: options.folder ?? folder,
  })
  server.setNotFoundHandler((request, reply) =>
    answered(request, reply) ? reply : reply.code(404).send({ code: 'not-found' }),
  )
  return server
}

const asBrowser = { accept: 'text/html,application/xhtml+xml' }

test.each(['/', '/sign-in', '/patient/records?category=laboratory'])(
  'a browser that opens %s gets the page, under the page’s policy, and asks again each time',
  async (url) => {
    const answer = await (await serve()).inject({ url, headers: asBrowser })
    expect(answer.statusCode).toBe(200)
    expect(answer.body).toContain('<title>Curo</title>')
    expect(answer.headers['content-security-policy']).toContain("require-trusted-types-for 'script'")
    expect(answer.headers['content-security-policy']).not.toContain('unsafe-inline')
    expect(answer.headers['x-frame-options']).toBe('DENY')
    expect(answer.headers['cache-control']).toBe('no-cache')
  },
)

test('attack: a page, or a script that becomes a Worker, that runs or tells anything elsewhere', async () => {
  const server = await serve()
  for (const url of ['/', '/assets/app-abc123.js']) {
    const answer = await server.inject({ url, headers: asBrowser })
    const policy = String(answer.headers['content-security-policy'])
    const directives = new Map(
      policy.split('; ').map((directive) => {
        const [name = '', ...sources] = directive.split(' ')
        return [name, sources]
      }),
    )
    expect(directives.get('default-src')).toEqual(["'none'"])
    expect(directives.get('script-src')).toEqual(["'self'", "'wasm-unsafe-eval'"])
    expect(directives.get('connect-src')).toEqual(["'self'"])
    expect(directives.get('require-trusted-types-for')).toEqual(["'script'"])
    const allowed = new Set([...directives.values()].flat())
    for (const source of ["'unsafe-inline'", "'unsafe-eval'", '*', 'https:', 'http:'])
      expect(allowed).not.toContain(source)
    // No host at all: every source is a keyword, a scheme of the browser's own, or the name of our one policy.
    expect([...allowed].filter((source) => !/^('[a-z-]+'|blob:|data:|curo)$/.test(source))).toEqual([])
  }
})

test('a file with a hash in its name is kept for ever and sent compressed; a script has a Worker’s policy', async () => {
  const server = await serve()
  const url = '/assets/app-abc123.js'
  const answer = await server.inject({ url, headers: { 'accept-encoding': 'br, gzip' } })
  expect(answer.headers['content-encoding']).toBe('br')
  expect(answer.headers['content-type']).toMatch(/javascript/)
  expect(brotliDecompressSync(answer.rawPayload).toString()).toBe('export const all = 1')
  expect(answer.headers['cache-control']).toMatch(/immutable/)
  expect(answer.headers['content-security-policy']).toContain("connect-src 'self'")
  expect((await server.inject({ url })).body).toBe('export const all = 1')
})

test('the service worker is asked for each time', async () => {
  const answer = await (await serve()).inject({ url: '/service-worker.js' })
  expect(answer.headers['cache-control']).toBe('no-cache')
})

test.each(['/v1/nothing', '/assets/gone-123.js', '/favicon.ico'])(
  '%s is not the page, whoever asks',
  async (url) => {
    const answer = await (await serve()).inject({ url, headers: asBrowser })
    expect([answer.statusCode, answer.json()]).toEqual([404, { code: 'not-found' }])
  },
)

test('a program that asks for no page gets none', async () => {
  const answer = await (await serve()).inject({ url: '/patient', headers: { accept: 'application/json' } })
  expect(answer.statusCode).toBe(404)
})

test.each([
  '/../package.json',
  '/%2e%2e/package.json',
  '/assets/..%2f..%2fpackage.json',
  '/.env',
  '//etc/passwd',
])('attack: %s reaches no file outside the site', async (url) => {
  const answer = await (await serve()).inject({ url })
  expect(answer.statusCode).toBe(404)
})

test('the demo’s people are told by a demo only', async () => {
  const url = '/demo-people.json'
  const people = (await (await serve({ demo: true })).inject({ url })).json<{ role: string }[]>()
  expect(new Set(people.map(({ role }) => role))).toEqual(
    new Set(['admin', 'doctor', 'staff', 'auditor', 'patient']),
  )
  expect((await (await serve()).inject({ url })).statusCode).toBe(404)
})

test('without a built app the node is an API', async () => {
  const server = await serve({ folder: join(folder, 'nothing') })
  expect((await server.inject({ url: '/v1/hospital' })).json()).toEqual({ name: 'Test' })
  expect((await server.inject({ url: '/', headers: asBrowser })).statusCode).toBe(404)
})
