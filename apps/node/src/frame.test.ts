import { createConnection } from 'node:net'
import { Readable } from 'node:stream'
import { startSession } from '@curo/contract/accounts'
import { getHospital, getOpenApi } from '@curo/contract/hospital'
import { findPatients } from '@curo/contract/patients'
import { defineRoute } from '@curo/contract/route'
import { CuroError } from '@curo/crypto/errors'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { DOMAINS } from './domains.ts'
import { type Handler, handle } from './http.ts'
import { callRoute } from './testing/call.ts'
import { inventedDemographics, makeAccount, makePatient } from './testing/people.ts'
import { makeTestNode, type TestNode } from './testing/test-node.ts'

const echoBytes = defineRoute({
  name: 'echoBytes',
  method: 'PUT',
  path: '/test/bytes/:name',
  summary: 'Bytes there and back',
  access: 'public',
  params: z.object({ name: z.string().min(2) }),
  rawBody: 'application/octet-stream',
  rawResponse: 'application/octet-stream',
  bodyLimit: 1000,
})
const echoText = defineRoute({
  name: 'echoText',
  method: 'POST',
  path: '/test/text',
  summary: 'Text there and back, in pieces',
  access: 'public',
  rawBody: 'text/plain; charset=utf-8',
  rawResponse: 'text/plain; charset=utf-8',
})
const fail = defineRoute({
  name: 'fail',
  method: 'GET',
  path: '/test/fail/:how',
  summary: 'Fails',
  access: 'public',
  params: z.object({ how: z.string() }),
  response: z.object({ number: z.int() }),
})
const slow = defineRoute({
  name: 'slow',
  method: 'POST',
  path: '/test/slow',
  summary: 'Answers when told',
  access: 'public',
  body: z.object({ planted: z.string().optional() }),
  response: z.object({ done: z.literal(true) }),
})

let entered = () => undefined as undefined
let release: () => void = () => undefined
function testHandlers(): Handler[] {
  return [
    handle(echoBytes, async ({ body }) => body),
    handle(echoText, async ({ body }) => Readable.from([body.slice(0, 3), body.slice(3)])),
    handle(fail, async ({ params }) => {
      if (params.how === 'unexpected') throw new Error('planted-in-a-message')
      if (params.how === 'answer') return { number: 'planted-in-an-answer' as unknown as number }
      throw new CuroError('rate-limited', 'Wait.', { details: { retryAfterSeconds: 7 } })
    }),
    handle(slow, async () => {
      entered()
      await new Promise<void>((resolve) => {
        release = resolve
      })
      return { done: true as const }
    }),
  ]
}

let node: TestNode
const logLines: string[] = []
beforeAll(async () => {
  node = await makeTestNode({ logLines, domains: [...DOMAINS, { handlers: testHandlers }] })
})
afterAll(() => node.stop())

test('a node answers over HTTP what its contract says', async () => {
  const hospital = await node.call(getHospital)
  expect(hospital.status).toBe(200)
  expect(hospital.body).toMatchObject({ name: 'Test Hospital', origin: 'node.test/log', ready: false })
  expect(hospital.body.homeNode).toBe(node.address)
  expect(hospital.body.logKey).toMatch(/^node\.test\/log\+[0-9a-f]{8}\+/)
  expect(hospital.headers.get('x-content-type-options')).toBe('nosniff')
  expect(hospital.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(hospital.headers.get('strict-transport-security')).toBeNull()
  const document = await node.call(getOpenApi)
  expect(document.body.openapi).toBe('3.1.0')
})

test('bytes and text go through raw routes unchanged, under any media type', async () => {
  const bytes = Uint8Array.from({ length: 1000 }, (_, at) => at % 256)
  const params = { name: 'ab' }
  const answer = await callRoute<Uint8Array>(node.address, echoBytes, { params, body: bytes }, {})
  expect(answer.body).toEqual(bytes)
  const headers = { 'content-type': 'application/x-anything' }
  const note = await callRoute<Uint8Array>(node.address, echoText, { body: 'नमस्ते\n\n— ok' }, { headers })
  expect(new TextDecoder().decode(note.body)).toBe('नमस्ते\n\n— ok')
  expect(note.headers.get('content-type')).toBe('text/plain; charset=utf-8')
})

test('too large, malformed and misplaced requests get problems that say what to do', async () => {
  const large = await callRoute(
    node.address,
    echoBytes,
    { params: { name: 'ab' }, body: new Uint8Array(1001) },
    {},
  )
  expect([large.status, large.problem.code]).toEqual([413, 'too-large'])
  expect(large.headers.get('content-type')).toContain('application/problem+json')
  const short = await callRoute(
    node.address,
    echoBytes,
    { params: { name: 'a' }, body: new Uint8Array(1) },
    {},
  )
  expect([short.status, short.problem.detail]).toEqual([400, expect.stringContaining('name')])
  const text = await callRoute(node.address, echoText, { body: Uint8Array.of(0xff, 0xfe) }, {})
  expect([text.status, text.problem.code]).toEqual([400, 'malformed'])
  const post = (body: string, type = 'application/json') =>
    fetch(`${node.address}/v1/sessions/start`, { method: 'POST', headers: { 'content-type': type }, body })
  expect((await post('{ broken')).status).toBe(400)
  expect((await post('{"contact":"+919812345678","__proto__":{"x":1}}')).status).toBe(400)
  expect((await post('<xml/>', 'application/xml')).status).toBe(415)
  expect((await post(JSON.stringify({ contact: 'x'.repeat(2_000_000) }))).status).toBe(413)
  const absent = await fetch(`${node.address}/v1/nothing/here`)
  expect([absent.status, await absent.json()]).toEqual([404, expect.objectContaining({ code: 'not-found' })])
})

test('an unexpected error and a wrong answer show nothing of themselves', async () => {
  for (const how of ['unexpected', 'answer']) {
    const answer = await callRoute(node.address, fail, { params: { how } }, {})
    expect([answer.status, answer.problem.code]).toEqual([500, 'internal'])
    expect(JSON.stringify(answer.problem)).not.toContain('planted')
  }
  const limited = await callRoute(node.address, fail, { params: { how: 'limited' } }, {})
  expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7'])
  expect(logLines.join('')).not.toContain('planted')
  expect(logLines.some((line) => line.includes('"route":"fail"') && line.includes('frame.test.ts'))).toBe(
    true,
  )
})

test('no personal data, token, code or query string reaches the log, at its most talkative', async () => {
  const desk = await makeAccount(node, { role: 'staff' })
  const demographics = inventedDemographics({
    name: { given: 'Logplanted', family: 'Person' },
    phone: '+919344411122',
  })
  const patient = await makePatient(node, desk, demographics)
  await node.call(findPatients, { body: { search: 'Logplanted' } }, desk)
  await node.call(findPatients, { body: { search: 'x'.repeat(300), birthDate: 'plantedday' } }, desk)
  await node.call(startSession, { body: { contact: '+919344411122', request: 'plantedrequest' } })
  await callRoute(
    node.address,
    slow,
    { body: { planted: 5 } },
    { headers: { cookie: 'curo_session=plantedcookie' } },
  )
  await node.context.pool
    .query(`select 'plantedquery'::int`)
    .catch((err) => node.context.log.error({ err }, 'as it may be'))
  const log = logLines.join('')
  expect(log).toContain('"route":"findPatients"')
  for (const text of [
    'Logplanted',
    '9344411122',
    'planted',
    desk.token,
    patient.id,
    patient.card.number,
    'search=',
  ])
    expect(log.includes(text), text).toBe(false)
})

test('metrics are the operator’s: no browser page and no proxy on this machine gets them', async () => {
  const get = (headers: Record<string, string> = {}) => fetch(`${node.address}/metrics`, { headers })
  const metrics = await get()
  expect(metrics.status).toBe(200)
  const text = await metrics.text()
  expect(text).toContain('curo_http_request_seconds_bucket')
  expect(text).toMatch(/route="getHospital"/)
  for (const headers of [
    { 'x-forwarded-for': '203.0.113.9' },
    { forwarded: 'for=1' },
    { origin: 'http://evil.example' },
  ])
    expect((await get(headers as Record<string, string>)).status).toBe(403)
  // fetch sets Host itself; a rebound name reaches the same socket with another one.
  const rebound = await raw(`GET /metrics HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`)
  expect(rebound).toMatch(/^HTTP\/1\.1 403/)
})

test('requests that no client sends are answered and change nothing', async () => {
  expect(await raw('GET /v1/hospital HTTP/1.1\r\n\r\n')).toMatch(/^HTTP\/1\.1 400/)
  expect(
    await raw(
      'POST /v1/sessions/start HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n',
    ),
  ).toMatch(/^HTTP\/1\.1 400/)
  expect(await raw('GET /v1/patients/%E0%A4%A HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).toMatch(
    /^HTTP\/1\.1 (400|404)/,
  )
  expect(await raw('GET /v1/../metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).toMatch(
    /^HTTP\/1\.1 (403|404)/,
  )
  expect((await fetch(`${node.address}/healthz`)).status).toBe(200)
})

test('calls from one address beyond the route’s number wait', async () => {
  const limited = await makeTestNode({ limits: { callsFactor: 0.1 } })
  try {
    const body = { contact: '+919812345678', request: 'x' }
    const statuses: number[] = []
    for (let call = 0; call < 8; call++) statuses.push((await limited.call(startSession, { body })).status)
    expect(statuses).toEqual([400, 400, 400, 400, 400, 400, 429, 429])
    const last = await limited.call(startSession, { body })
    expect(last.problem.code).toBe('rate-limited')
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await limited.call(getHospital)).status).toBe(200)
  } finally {
    await limited.stop()
  }
})

test('stopping answers what is under way, then nothing more', async () => {
  const stopping = await makeTestNode({ domains: [{ handlers: testHandlers }] })
  const underWay = new Promise<void>((resolve) => {
    entered = () => void resolve() as undefined
  })
  const answer = callRoute<{ done: true }>(stopping.address, slow, { body: {} }, {})
  await underWay
  const stopped = stopping.stop()
  await expect(fetch(`${stopping.address}/healthz`)).rejects.toThrow()
  release()
  // Once the answered client's kept connection held the stop back for its 72 seconds.
  expect((await answer).body).toEqual({ done: true })
  await stopped
})

async function raw(request: string): Promise<string> {
  const { hostname, port } = new URL(node.address)
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = createConnection(Number(port), hostname, () => socket.end(request))
    socket.on('data', (piece) => {
      answer += piece
    })
    socket.on('end', () => resolve(answer))
    socket.on('error', reject)
  })
}
