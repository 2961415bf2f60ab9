import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getLedger } from '@curo/contract/ledger'
import { addCheckpoint, getMirrored } from '@curo/contract/network'
import { utf8Text } from '@curo/crypto/bytes'
import { randomBytes } from '@curo/crypto/random'
import { formatAddCheckpoint, originHash } from '@curo/ledger/add-checkpoint'
import { parsePolicy } from '@curo/ledger/policy-file'
import { verifyLog } from '@curo/ledger/verify-log'
import { expect, onTestFinished, test } from 'vitest'
import { readHead } from '../ledger/head.ts'
import { logNoteKey } from '../ledger/log-key.ts'
import { untilLogHas } from '../ledger/testing/sample-events.ts'
import { updateMirrors } from './mirror.ts'
import { remoteLog } from './remote-log.ts'
import { append, introduce, makeRegionOfTest } from './testing/region.ts'

/** Something that calls itself a witness. */
async function impostor(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
const text = (body: unknown) => utf8Text(body as Uint8Array)

test('a witness that stalls does not hold up the others', async () => {
  const nodes = await makeRegionOfTest(4, 2)
  const [own] = nodes
  if (!own) throw new Error('no node')
  const unanswered = new Set<object>()
  const stalling = await impostor((request) => {
    unanswered.add(request)
    request.socket.once('close', () => unanswered.delete(request))
  })
  await introduce(nodes, 2, { addresses: { 3: stalling } })
  // Held up, a size would become final only after the stalling witness was given up: never while it still owes its
  // answer. Of two sizes both must; on a busy machine the first ones may take longer than it is given.
  let inTime = 0
  for (let size = 1; inTime < 2 && size <= 8; size++) {
    const [before] = unanswered
    await append(own)
    await untilLogHas(own.context, 'finalSize', size)
    if (before !== undefined && unanswered.has(before)) inTime++
    else inTime = unanswered.size > 0 ? 1 : 0
  }
  expect(inTime).toBe(2)
})

test('without a quorum entries are published but not final, and become final when a witness is back', async () => {
  const nodes = await makeRegionOfTest(3, 2)
  const [own] = nodes
  if (!own) throw new Error('no node')
  await introduce(nodes, 2, { addresses: { 2: 'http://127.0.0.1:9' } })
  await append(own)
  await untilLogHas(own.context, 'publishedSize', 1)
  expect((await readHead(own.context.pool))?.finalSize).toBe(0)
  await introduce(nodes, 2)
  await untilLogHas(own.context, 'finalSize', 1)
})

test('attack: a lying witness claims to have seen more; the log goes on and the lie is written down', async () => {
  const nodes = await makeRegionOfTest(3, 1)
  const [own] = nodes
  if (!own) throw new Error('no node')
  const liar = await impostor((request, response) => {
    if (request.method === 'POST')
      response.writeHead(409, { 'content-type': 'text/x.tlog.size' }).end('999\n')
    else
      response
        .writeHead(200)
        .end('h0.test/log\n999\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n— h0.test/log AAAAAAA=\n')
  })
  await introduce(nodes, 1, { addresses: { 2: liar } })
  await append(own)
  await untilLogHas(own.context, 'finalSize', 1)
  await append(own)
  await untilLogHas(own.context, 'finalSize', 2)
  expect((await readHead(own.context.pool))?.stopped).toBeNull()
  const faults = async () =>
    (await own.context.pool.query<{ last_fault: string }>('SELECT last_fault FROM network_witnesses')).rows
      .map(({ last_fault }) => last_fault)
      .join()
  await expect.poll(faults, { timeout: 30_000 }).toContain('more of this log than the log itself holds')
})

test('attack: a witness answers with endless bytes, forged cosignatures, redirects or nonsense; none counts', async () => {
  const nodes = await makeRegionOfTest(3, 2)
  const [own] = nodes
  if (!own) throw new Error('no node')
  const answers: RequestListener[] = [
    (_request, response) => {
      const more = () => response.write('x'.repeat(65_536)) && setImmediate(more)
      response.writeHead(200)
      response.on('drain', more)
      more()
    },
    (_request, response) =>
      response.writeHead(200).end('— h2.test/log/witness AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n'),
    (_request, response) => response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end(),
    (_request, response) => response.writeHead(409, { 'content-type': 'text/x.tlog.size' }).end('0\n'),
    (_request, response) => response.writeHead(500).end(),
    (_request, response) => void response.socket?.destroy(),
  ]
  for (const [at, answer] of answers.entries()) {
    await introduce(nodes, 2, { addresses: { 2: await impostor(answer) } })
    await append(own)
    await untilLogHas(own.context, 'publishedSize', at + 1)
  }
  expect(await readHead(own.context.pool)).toMatchObject({ finalSize: 0, stopped: null })
  await introduce(nodes, 2)
  await untilLogHas(own.context, 'finalSize', answers.length)
})

test('attack: a hospital shows two histories; the witness refuses the second and keeps the proof', async () => {
  const [own, other] = await makeRegionOfTest(2, 1)
  if (!own || !other) throw new Error('no nodes')
  await append(own, 2)
  await untilLogHas(own.context, 'finalSize', 2)
  const { sign } = await logNoteKey('h0.test/log', own.context.keys.logSeed)
  const forged = await sign({ origin: 'h0.test/log', size: 2, root: randomBytes(32) })
  const body = formatAddCheckpoint({ old: 2, proof: [], note: forged })
  for (let time = 0; time < 3; time++)
    expect((await other.call(addCheckpoint, { body: new TextEncoder().encode(body) })).status).toBe(422)
  const { rows } = await other.context.pool.query(
    'SELECT origin, evidence, known_checkpoint FROM network_alarms',
  )
  expect(rows).toHaveLength(1)
  expect(rows[0]).toMatchObject({ origin: 'h0.test/log', evidence: body })
  expect(rows[0].known_checkpoint).toContain('h0.test/log\n2\n')
})

test('a log that forked is stopped by the proof its witness holds: nothing is signed or recorded any more', async () => {
  const [own, other] = await makeRegionOfTest(2, 1)
  if (!own || !other) throw new Error('no nodes')
  await append(own, 2)
  await untilLogHas(own.context, 'finalSize', 2)
  // Whoever stole the log key has another history of the same size cosigned, as a restored backup would.
  const { sign } = await logNoteKey('h0.test/log', own.context.keys.logSeed)
  await other.context.pool.query('DELETE FROM network_witnessed')
  const forged = await sign({ origin: 'h0.test/log', size: 2, root: randomBytes(32) })
  const body = new TextEncoder().encode(formatAddCheckpoint({ old: 0, proof: [], note: forged }))
  expect((await other.call(addCheckpoint, { body })).status).toBe(200)
  await append(own)
  await expect
    .poll(async () => (await readHead(own.context.pool))?.stopped, { timeout: 60_000 })
    .toMatchObject({ why: 'fork' })
  await expect(append(own)).rejects.toMatchObject({ code: 'unavailable' })
  expect((await own.call(getLedger)).body.readOnly).toBe(true)
})

test('many requests for one log at once: the witness never signs a smaller head after a larger', async () => {
  const [own, other] = await makeRegionOfTest(2, 1)
  if (!own || !other) throw new Error('no nodes')
  for (let round = 1; round <= 6; round++) {
    await append(own, 5)
    await untilLogHas(own.context, 'finalSize', 5 * round)
    const size = await other.context.pool.query('SELECT size FROM network_witnessed')
    expect(size.rows[0].size).toBeGreaterThanOrEqual(5 * round)
  }
  const note = (await readHead(own.context.pool))?.finalCheckpoint ?? ''
  const replies = await Promise.all(
    Array.from({ length: 8 }, (_, at) =>
      other.call(addCheckpoint, {
        body: new TextEncoder().encode(formatAddCheckpoint({ old: at % 2 ? 30 : at, proof: [], note })),
      }),
    ),
  )
  const statuses = replies.map(({ status }) => status)
  expect(statuses.filter((status) => status === 200).length).toBe(4)
  expect(statuses.filter((status) => status === 409).length).toBe(4)
})

test('a witness answers by the rules of tlog-witness: unknown log, foreign key, malformed', async () => {
  const [own, other] = await makeRegionOfTest(2, 1)
  if (!own || !other) throw new Error('no nodes')
  const ask = async (body: string) =>
    (await other.call(addCheckpoint, { body: new TextEncoder().encode(body) })).status
  const unknown = await logNoteKey('stranger.test/log', randomBytes(32))
  const foreign = await logNoteKey('h0.test/log', randomBytes(32))
  const head = { size: 1, root: randomBytes(32) }
  const note = (await unknown.sign({ origin: 'stranger.test/log', ...head })) as string
  expect(await ask(formatAddCheckpoint({ old: 0, proof: [], note }))).toBe(404)
  const forged = await foreign.sign({ origin: 'h0.test/log', ...head })
  expect(await ask(formatAddCheckpoint({ old: 0, proof: [], note: forged }))).toBe(403)
  for (const body of [
    '',
    'old 0\n',
    'old -1\n\nx\n',
    `old 00\n\n${forged}`,
    `old 0\nnot base64\n\n${forged}`,
  ])
    expect(await ask(body), body).toBe(400)
})

test('a hospital does not count its own witness', async () => {
  const nodes = await makeRegionOfTest(2, 1)
  const [own] = nodes
  if (!own) throw new Error('no node')
  await expect(introduce([own, own], 1)).rejects.toMatchObject({ code: 'invalid-input' })
})

test('a mirror copies the whole log, verified, and serves it as its own', async () => {
  const [own, other] = await makeRegionOfTest(2, 1)
  if (!own || !other) throw new Error('no nodes')
  await append(own, 700)
  await untilLogHas(own.context, 'finalSize', 700)
  await updateMirrors(other.context)
  await append(own, 5)
  await untilLogHas(own.context, 'finalSize', 705)
  await updateMirrors(other.context)
  const prefix = `${other.address}/mirror/${originHash('h0.test/log')}`
  const policy = parsePolicy((await own.call(getLedger)).body.policy ?? '')
  const report = await verifyLog({ read: remoteLog(prefix), policy })
  expect(report).toMatchObject({ sound: true, size: 705 })
  const checkpoint = await other.call(getMirrored, {
    params: { log: originHash('h0.test/log') },
  })
  expect(checkpoint.status).toBe(404)
  expect(text(await remoteLog(prefix)('checkpoint'))).toContain('— h1.test/log/mirror ')
})

test('attack: a log whose entries do not lead to its signed root is not mirrored, and the proof is kept', async () => {
  const [own, other] = await makeRegionOfTest(2, 1)
  if (!own || !other) throw new Error('no nodes')
  await append(own, 20)
  await untilLogHas(own.context, 'finalSize', 20)
  const lying = await impostor(async (request, response) => {
    const path = (request.url ?? '').replace('/log/', '')
    const bytes = Buffer.from((await remoteLog(`${own.address}/log`)(path)) ?? [])
    if (path.includes('entries')) bytes[30] = (bytes[30] ?? 0) ^ 1
    response.writeHead(200).end(bytes)
  })
  await introduce([own, other], 1, { addresses: { 0: lying } })
  await updateMirrors(other.context)
  expect((await other.context.pool.query('SELECT FROM network_mirrored')).rowCount).toBe(0)
  const { rows } = await other.context.pool.query('SELECT origin, reason FROM network_alarms')
  expect(rows).toMatchObject([
    { origin: 'h0.test/log', reason: expect.stringContaining('do not lead to the root') },
  ])
  await introduce([own, other], 1)
  await updateMirrors(other.context)
  expect((await other.context.pool.query('SELECT FROM network_mirrored WHERE size = 20')).rowCount).toBe(1)
})
