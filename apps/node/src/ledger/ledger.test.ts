import { findTags, getCheckpoint, getLedger, getProof, getTile, listHistory } from '@curo/contract/ledger'
import { fromBase64Url, toBase64Url, utf8Bytes, utf8Text } from '@curo/crypto/bytes'
import { randomBytes, randomId } from '@curo/crypto/random'
import { verifyBody } from '@curo/crypto/signatures'
import { checkCommitment } from '@curo/ledger/commitments'
import { decodeEntry, type PatientEntry } from '@curo/ledger/entries'
import { parseVkey } from '@curo/ledger/keys'
import { verifyInclusion } from '@curo/ledger/proofs'
import { openCheckpoint } from '@curo/ledger/signers'
import { chainTag } from '@curo/ledger/tags'
import { parseTlogProof } from '@curo/ledger/tlog-proof'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTransaction } from '../database.ts'
import { makeTestNode, type TestNode } from '../testing/test-node.ts'
import { findLeaves } from './find.ts'
import { readHistory } from './history.ts'
import { meetPatients, type SamplePatient, sampleEvent, untilLogHas } from './testing/sample-events.ts'

let node: TestNode
beforeAll(async () => {
  node = await makeTestNode()
})
afterAll(() => node.stop())

const origin = 'node.test/log'
const ledger = () => node.context.ledger
const meetOne = async () => (await meetPatients(node.context, 1))[0] as SamplePatient
const history = (patient: string) =>
  readHistory(node.context.pool, { patient, dataKey: node.context.keys.dataKey, limit: 1000 })
const tagOf = ({ chainKey }: SamplePatient, counter: number) => chainTag({ chainKey, origin, counter })

test('an event is found by its tag, opened by its receipt, and proved by the log', async () => {
  const patient = await meetOne()
  const event = sampleEvent(patient.patient)
  const [receipt] = await ledger().submitAlone([event])
  if (!receipt) throw new Error('no receipt')
  expect(receipt).toMatchObject({ id: event.id, kind: 'opening', epoch: 0, seq: 0 })
  const body = JSON.parse(receipt.body)
  expect(body).toMatchObject({ v: 1, hospital: origin, seq: 0, prev: null, ...event.details })
  await verifyBody({ kind: 'opening', body, expectedSigner: node.context.keys.nodeSigning.publicKey })

  await untilLogHas(node.context, 'publishedSize', 1)
  const [found] = await findLeaves(node.context.pool, [tagOf(patient, 0)])
  if (found?.index == null) throw new Error('not placed')
  const { commitment } = decodeEntry(found.entry) as PatientEntry
  expect(
    checkCommitment({ commitment, r: fromBase64Url(receipt.r), bodyBytes: utf8Bytes(receipt.body) }),
  ).toBe(true)

  const status = await node.call(getLedger)
  const proof = await node.call(getProof, { params: { index: found.index } })
  const { index, proof: hashes, checkpoint } = parseTlogProof(proof.body as unknown as Uint8Array)
  const head = await openCheckpoint({ note: checkpoint, logKeys: [parseVkey(status.body.key)] })
  expect(
    verifyInclusion({
      index,
      size: head.size,
      leafHash: fromBase64Url(receipt.leaf),
      proof: hashes,
      root: head.root,
    }),
  ).toBe(true)
})

test('the same business event submitted again yields its first receipt and burns no counter', async () => {
  const patient = await meetOne()
  const event = sampleEvent(patient.patient)
  const [first] = await ledger().submitAlone([event])
  const again = await Promise.all([1, 2, 3, 4].map(() => ledger().submitAlone([event, event])))
  for (const receipts of again) expect(receipts).toEqual([first, first])
  const [next] = await ledger().submitAlone([sampleEvent(patient.patient)])
  expect(next?.seq).toBe(1)
})

test('parallel events of one patient make one unbroken chain', async () => {
  const patient = await meetOne()
  await Promise.all(Array.from({ length: 60 }, () => ledger().submitAlone([sampleEvent(patient.patient)])))
  await inTransaction(node.context.db, (trx) => ledger().submit(trx, [sampleEvent(patient.patient)]))
  const entries = await history(patient.patient)
  expect(entries.map(({ seq }) => seq)).toEqual(Array.from({ length: 61 }, (_, seq) => seq))
  for (const [at, entry] of entries.entries())
    expect(JSON.parse(entry.body).prev).toBe(at === 0 ? null : entries[at - 1]?.leaf)
})

test('an event of a transaction that is rolled back leaves nothing, not even a counter', async () => {
  const patient = await meetOne()
  const failing = inTransaction(node.context.db, async (trx) => {
    await ledger().submit(trx, [sampleEvent(patient.patient)])
    throw new Error('the business change failed')
  })
  await expect(failing).rejects.toThrow('the business change failed')
  expect(await history(patient.patient)).toEqual([])
  const [receipt] = await ledger().submitAlone([sampleEvent(patient.patient)])
  expect(receipt?.seq).toBe(0)
})

test('one caller’s mistake is not another’s, and a call is recorded whole or not at all', async () => {
  const patient = await meetOne()
  const other = await meetOne()
  const taken = sampleEvent(patient.patient)
  await ledger().submitAlone([taken])
  const results = await Promise.allSettled([
    ledger().submitAlone([sampleEvent(patient.patient)]),
    ledger().submitAlone([sampleEvent(patient.patient), sampleEvent(randomId())]),
    ledger().submitAlone([{ ...taken, patient: other.patient }]),
    ledger().submitAlone([sampleEvent(patient.patient, { kind: 'Not A Kind' })]),
    ledger().submitAlone([sampleEvent(other.patient)]),
  ])
  expect(results.map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'rejected',
    'rejected',
    'fulfilled',
  ])
  expect(results[1]).toMatchObject({ reason: { code: 'not-found' } })
  expect(results[2]).toMatchObject({ reason: { code: 'conflict' } })
  expect((await history(patient.patient)).length).toBe(2)
  expect((await history(other.patient)).length).toBe(1)
})

test('two who submit one id for two patients at the same moment: one has it, the other is told', async () => {
  const [first, second] = await meetPatients(node.context, 2)
  const id = randomId()
  const results = await Promise.allSettled(
    [first, second].map((patient) => ledger().submitAlone([sampleEvent(patient?.patient ?? '', { id })])),
  )
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
})

test('transactions that touch the same patients in opposite order do not deadlock', async () => {
  const [first, second] = await meetPatients(node.context, 2)
  if (!first || !second) throw new Error('no patients')
  const both = [first.patient, second.patient]
  await Promise.all(
    Array.from({ length: 24 }, (_, at) =>
      inTransaction(node.context.db, (trx) =>
        ledger().submit(
          trx,
          (at % 2 ? both : both.toReversed()).map((patient) => sampleEvent(patient)),
        ),
      ),
    ),
  )
  expect((await history(first.patient)).length).toBe(24)
  expect((await history(second.patient)).length).toBe(24)
})

test('a chain is begun once; another key or a second open epoch is refused', async () => {
  const chain = await meetOne()
  const open = (opening: SamplePatient) =>
    inTransaction(node.context.db, (trx) => ledger().openChain(trx, opening))
  await open(chain)
  await expect(open({ ...chain, chainKey: randomBytes(32) })).rejects.toMatchObject({ code: 'conflict' })
  await expect(open({ ...chain, epoch: 1 })).rejects.toMatchObject({ code: 'conflict' })
})

test('after a rotation the next event stands in the new chain', async () => {
  const old = await meetOne()
  const next = { ...old, epoch: 1, chainKey: randomBytes(32) }
  await ledger().submitAlone([sampleEvent(old.patient)])
  await inTransaction(node.context.db, async (trx) => {
    await ledger().submit(trx, [sampleEvent(old.patient, { kind: 'rotate', details: { epoch: 1 } })])
    await ledger().closeChain(trx, old)
    await ledger().openChain(trx, next)
  })
  const [receipt] = await ledger().submitAlone([sampleEvent(old.patient)])
  expect(receipt).toMatchObject({ epoch: 1, seq: 0 })
  expect((await history(old.patient)).map(({ epoch, seq }) => [epoch, seq])).toEqual([
    [0, 0],
    [0, 1],
    [1, 0],
  ])
  const found = await findLeaves(node.context.pool, [tagOf(old, 1), tagOf(next, 0), tagOf(next, 1)])
  expect(found.length).toBe(2)
})

test('a registry entry is public, is written once, and is found by its leaf hash', async () => {
  const json = { v: 1, kind: 'hospital', name: 'Asha Hospital' }
  const submit = () => inTransaction(node.context.db, (trx) => ledger().submitRegistry(trx, json))
  const leaf = await submit()
  expect(await submit()).toBe(leaf)
  await untilLogHas(node.context, 'publishedSize', Number((await node.call(getLedger)).body.size) + 1)
  const index = (await ledger().findIndexes([leaf, toBase64Url(randomBytes(32))])).get(leaf)
  expect(index).toBeTypeOf('number')
})

test('what stands in the database does not show what an event was about', async () => {
  const patient = await meetOne()
  await ledger().submitAlone([
    sampleEvent(patient.patient, { details: { reason: 'planted-plaintext-7f3a' } }),
  ])
  const { rows } = await node.context.pool.query(
    `SELECT t::text AS text FROM ledger_events t WHERE patient = $1
     UNION ALL SELECT t::text FROM ledger_entries t UNION ALL SELECT t::text FROM ledger_chains t`,
    [patient.patient],
  )
  const dump = rows.map(({ text }) => text).join('\n')
  const hex = (text: string | Uint8Array) => Buffer.from(text).toString('hex')
  expect(dump).toContain(patient.patient)
  for (const secret of ['planted-plaintext-7f3a', hex('planted-plaintext-7f3a'), hex(patient.chainKey)])
    expect(dump).not.toContain(secret)
})

test('the log is served in the C2SP paths, and nothing else is', async () => {
  const patient = await meetOne()
  await ledger().submitAlone([sampleEvent(patient.patient)])
  await untilLogHas(node.context, 'publishedSize', 1)
  const checkpoint = await node.call(getCheckpoint)
  expect(checkpoint.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  const size = Number(utf8Text(checkpoint.body as unknown as Uint8Array).split('\n')[1])
  const width = size % 256
  const tile = await node.call(getTile, { params: { '*': `0/000.p/${width}` } as never })
  expect(tile.status).toBe(200)
  expect((tile.body as unknown as Uint8Array).length).toBe(32 * width)
  expect(tile.headers.get('cache-control')).toContain('immutable')
  for (const path of [
    '0/000.p/0',
    '0/000',
    '0/../../keys/log.key',
    '..%2f..%2fkeys%2flog.key',
    '7/000',
    '0/x000/000',
  ])
    expect((await node.call(getTile, { params: { '*': path } as never })).status, path).toBe(404)
})

test('only who is signed in may look for tags, and only a patient sees a history', async () => {
  const tags = [toBase64Url(randomBytes(16))]
  expect((await node.call(findTags, { body: { tags } })).status).toBe(401)
  expect((await node.call(listHistory)).status).toBe(401)
})

test('an erased event keeps its place in the chain, opens no more, and cannot be recorded again', async () => {
  const patient = await meetOne()
  const event = sampleEvent(patient.patient)
  await ledger().submitAlone([event, sampleEvent(patient.patient)])
  await node.context.pool.query('UPDATE ledger_events SET sealed = NULL WHERE id = $1', [event.id])
  expect(
    (await history(patient.patient)).map(({ seq, withheld, body, r }) => ({
      seq,
      withheld,
      opens: body + r !== '',
    })),
  ).toEqual([
    { seq: 0, withheld: true, opens: false },
    { seq: 1, withheld: false, opens: true },
  ])
  await expect(ledger().submitAlone([event])).rejects.toMatchObject({ code: 'conflict' })
  expect(await ledger().bodyOf(node.context.db, event.kind, event.id)).toBeNull()
})

test('a call with thousands of events is one transaction, in order', async () => {
  const patient = await meetOne()
  const events = Array.from({ length: 3_000 }, () => sampleEvent(patient.patient))
  const receipts = await ledger().submitAlone(events)
  expect(receipts.map(({ id, seq }) => [id, seq])).toEqual(events.map(({ id }, seq) => [id, seq]))
})
