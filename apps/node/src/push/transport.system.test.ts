import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeTransport } from './transport.ts'

// A certificate is made by the openssl of the machine; without one these tests say so and skip.
const OPENSSL = '/usr/bin/openssl'
const can = existsSync(OPENSSL)

type Seen = { method: string; headers: IncomingMessage['headers']; body: Buffer }
const seen: Seen[] = []
let respond: (response: ServerResponse) => void
let connections = 0
let server: Server
let ca: string
let port: number
let folder: string
beforeAll(async () => {
  if (!can) return
  folder = mkdtempSync(join(tmpdir(), 'curo-push-'))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  const names = ['-subj', '/CN=push.example', '-addext', 'subjectAltName=DNS:push.example']
  const out = ['-keyout', key, '-out', cert]
  execFileSync(OPENSSL, ['req', '-x509', ...curve, ...names, ...out], { stdio: 'ignore' })
  ca = readFileSync(cert, 'utf8')
  server = createServer({ key: readFileSync(key), cert: ca }, async (request, response) => {
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece as Buffer)
    seen.push({ method: request.method ?? '', headers: request.headers, body: Buffer.concat(pieces) })
    respond(response)
  })
  server.on('connection', () => void connections++)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(() => {
  if (!can) return
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

const here = async () => [{ address: '127.0.0.1', family: 4 }]
const HEADERS = { authorization: 'vapid t=x, k=y', ttl: '60' }

test.skipIf(!can)('a push reaches its service without a byte of content', async () => {
  respond = (response) => response.writeHead(201).end('not read')
  const push = makeTransport({ mayCall: () => true, resolve: here, ca, port })
  expect(await push('https://push.example/abc', HEADERS)).toBe(201)
  const [request] = seen.splice(0)
  expect(request).toMatchObject({ method: 'POST', headers: { ...HEADERS, 'content-length': '0' } })
  expect(request?.body).toHaveLength(0)
  expect(Object.keys(request?.headers ?? {}).sort()).toEqual([
    'authorization',
    'connection',
    'content-length',
    'host',
    'ttl',
  ])
})

test.skipIf(!can)('attack: a name on the internet leads into the hospital’s own network', async () => {
  const before = connections
  const push = makeTransport({ resolve: here, ca, port })
  await expect(push('https://push.example/abc', HEADERS)).rejects.toMatchObject({ code: 'forbidden' })
  const mapped = makeTransport({
    resolve: async () => [{ address: '::ffff:127.0.0.1', family: 6 }],
    ...{ ca, port },
  })
  await expect(mapped('https://push.example/abc', HEADERS)).rejects.toMatchObject({ code: 'forbidden' })
  expect(connections).toBe(before)
})

test.skipIf(!can)('attack: a name leads elsewhere when it is looked up again', async () => {
  const before = connections
  let looks = 0
  const rebinding = async () => {
    looks++
    return [{ address: looks === 1 ? '8.8.8.8' : '127.0.0.1', family: 4 }]
  }
  const push = makeTransport({ resolve: rebinding, mayCall: (address) => address === '8.8.4.4', ca, port })
  await expect(push('https://push.example/abc', HEADERS)).rejects.toMatchObject({ code: 'forbidden' })
  expect(looks).toBe(1)
  expect(connections).toBe(before)
})

test.skipIf(!can)('attack: a service redirects the node to another address', async () => {
  respond = (response) => response.writeHead(307, { location: `https://push.example:${port}/inside` }).end()
  const push = makeTransport({ mayCall: () => true, resolve: here, ca, port })
  expect(await push('https://push.example/abc', HEADERS)).toBe(307)
  expect(seen.splice(0)).toHaveLength(1)
})

test.skipIf(!can)('attack: a service answers without end', async () => {
  let written = 0
  respond = (response) => {
    response.writeHead(200)
    const more = () => {
      if (response.destroyed || written > 50_000_000) return
      written += 65_536
      if (response.write(Buffer.alloc(65_536))) setImmediate(more)
      else response.once('drain', more)
    }
    more()
  }
  const push = makeTransport({ mayCall: () => true, resolve: here, ca, port })
  expect(await push('https://push.example/abc', HEADERS)).toBe(200)
  seen.splice(0)
  expect(written).toBeLessThan(10_000_000)
})

test.skipIf(!can)('attack: somebody in between shows another certificate', async () => {
  const push = makeTransport({ mayCall: () => true, resolve: here, port })
  await expect(push('https://push.example/abc', HEADERS)).rejects.toMatchObject({ code: 'unavailable' })
  const named = makeTransport({ mayCall: () => true, resolve: here, ca, port })
  await expect(named('https://other.example/abc', HEADERS)).rejects.toMatchObject({ code: 'unavailable' })
  expect(seen.splice(0)).toEqual([])
})
