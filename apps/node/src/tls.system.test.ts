import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { get as getPlain, type IncomingMessage } from 'node:http'
import { get } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import type { FastifyReply } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { setSessionCookie } from './accounts/session-cookie.ts'
import { freePort } from './testing/node-process.ts'
import { makeTestNode, type TestNode } from './testing/test-node.ts'

// Certificates are made by the openssl of the machine; without one these tests say so and skip.
const OPENSSL = '/usr/bin/openssl'
const can = existsSync(OPENSSL)

let folder: string
let node: TestNode
let redirectPort: number
const path = (name: string) => join(folder, name)

function makeCertificate(): string {
  execFileSync(
    OPENSSL,
    [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '2',
      '-subj',
      '/CN=127.0.0.1',
      '-addext',
      'subjectAltName=IP:127.0.0.1',
      '-keyout',
      path('key.pem'),
      '-out',
      path('cert.pem'),
    ],
    { stdio: 'ignore' },
  )
  return readFileSync(path('cert.pem'), 'utf8')
}

let ca: string
beforeAll(async () => {
  if (!can) return
  folder = mkdtempSync(join(tmpdir(), 'curo-tls-'))
  ca = makeCertificate()
  redirectPort = await freePort()
  node = await makeTestNode({ tls: { cert: path('cert.pem'), key: path('key.pem'), redirectPort } })
})
afterAll(async () => {
  if (!can) return
  await node.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function ask(url: string): Promise<IncomingMessage> {
  const [answer] = await once(get(url, { ca, agent: false }), 'response')
  ;(answer as IncomingMessage).resume()
  return answer as IncomingMessage
}

test.skipIf(!can)(
  'over TLS the node answers, tells browsers to stay with it, and marks its cookie secure',
  async () => {
    expect(node.address).toMatch(/^https:/)
    const answer = await ask(`${node.address}/v1/hospital`)
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['strict-transport-security']).toBe('max-age=63072000; includeSubDomains')
    const set: string[] = []
    const reply = { header: (_name: string, value: string) => set.push(value) } as unknown as FastifyReply
    setSessionCookie(node.context, reply, 'invented')
    expect(set).toHaveLength(1)
    expect(set[0]?.split('; ')).toEqual(expect.arrayContaining(['HttpOnly', 'SameSite=Strict', 'Secure']))
  },
)

test.skipIf(!can)('plain HTTP is sent to the same place under https, whatever Host it names', async () => {
  const request = getPlain(`http://127.0.0.1:${redirectPort}/v1/hospital?x=1`, {
    headers: { host: 'evil.example' },
  })
  const [answer] = (await once(request, 'response')) as [IncomingMessage]
  answer.resume()
  expect([answer.statusCode, answer.headers.location]).toEqual([308, `${node.address}/v1/hospital?x=1`])
  const absolute = getPlain({ host: '127.0.0.1', port: redirectPort, path: 'http://evil.example/' })
  const [other] = (await once(absolute, 'response')) as [IncomingMessage]
  other.resume()
  expect(other.headers.location).toBe(`${node.address}/`)
})

test.skipIf(!can)('versions of TLS before 1.2 are refused', async () => {
  const { hostname, port } = new URL(node.address)
  const old = connect({
    host: hostname,
    port: Number(port),
    ca,
    minVersion: 'TLSv1',
    maxVersion: 'TLSv1.1',
    ciphers: 'DEFAULT@SECLEVEL=0',
  })
  await expect(once(old, 'secureConnect')).rejects.toThrow()
})

test.skipIf(!can)('a renewed certificate is taken up without a restart', async () => {
  const before = ca
  ca = makeCertificate()
  await expect(ask(`${node.address}/healthz`)).rejects.toThrow()
  node.reloadCertificate()
  expect((await ask(`${node.address}/healthz`)).statusCode).toBe(200)
  expect(ca).not.toBe(before)
})

test.skipIf(!can)(
  'a certificate without its key keeps the old one in use, and a start from starting',
  async () => {
    writeFileSync(path('key.pem'), 'not a key')
    expect(() => node.reloadCertificate()).toThrow('tls.cert')
    expect((await ask(`${node.address}/healthz`)).statusCode).toBe(200)
    const start = makeTestNode({ tls: { cert: path('cert.pem'), key: path('key.pem') } })
    await expect(start).rejects.toMatchObject({ code: 'unavailable' })
  },
)
