import type { Person } from '@curo/client/person'
import { revokeConsent } from '@curo/contract/consent'
import { type OpeningPart, type OpeningRequest, openRecords } from '@curo/contract/openings'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { consentByApp, ledgerLines } from '../testing/consents.ts'
import { type CardHolder, type Hospital, makeHospital } from '../testing/hospital.ts'
import { signOpening, signProof, signRevocation } from '../testing/statements.ts'

let hospital: Hospital
let holder: CardHolder
let ids: string[]
beforeAll(async () => {
  hospital = await makeHospital()
  holder = await hospital.makeCardHolder()
  ids = (await hospital.store(holder, [{}, {}, {}, {}, {}])).map(({ id }) => id)
})
afterAll(() => hospital.stop())

async function send(request: OpeningRequest, part?: OpeningPart, by: Person = hospital.doctor) {
  const proof = await signProof(hospital, holder.card, { account: by.account.id })
  const body = { request, proof, ...(part && { part }) }
  return hospital.node.call(openRecords, { body }, { token: by.api.token ?? '' })
}
const linesOf = () => ledgerLines(hospital, holder.id, 'opening')
const idsIn = ({ body }: Awaited<ReturnType<typeof send>>) => body.records.map(({ envelope }) => envelope.id)

async function askForAll(records = ids) {
  const { grant } = await consentByApp(hospital, holder)
  const fields = { patient: holder.id, consent: grant.id, records }
  return { consent: grant.id, request: await signOpening(hospital, hospital.doctor, fields) }
}

test('one request in parts gives each record once, under one line that names them all', async () => {
  const { request } = await askForAll()
  const lines = await linesOf()
  const parts = []
  for (const from of [0, 2, 4]) parts.push(await send(request, { from, count: 2 }))
  expect(parts.map(({ status }) => status)).toEqual([201, 201, 201])
  expect(parts.map(idsIn)).toEqual([ids.slice(0, 2), ids.slice(2, 4), ids.slice(4)])
  for (const { body } of parts) expect(body.receipt).toEqual(parts[0]?.body.receipt)
  expect(JSON.parse(parts[0]?.body.receipt.body ?? '').records).toEqual(ids)
  expect(await linesOf()).toBe(lines + 1)
  // And again, as after a lost answer.
  expect(idsIn(await send(request, { from: 2, count: 2 }))).toEqual(ids.slice(2, 4))
  expect(await linesOf()).toBe(lines + 1)
})

test('a later part that comes first, or at the same time, writes the same one line', async () => {
  const { request } = await askForAll()
  const lines = await linesOf()
  const answers = await Promise.all([4, 2, 0].map((from) => send(request, { from, count: 2 })))
  expect(answers.flatMap(idsIn).sort()).toEqual([...ids].sort())
  expect(await linesOf()).toBe(lines + 1)
})

test('attack: a later part of a request that names what is not hers writes nothing and gives nothing', async () => {
  const neighbour = await hospital.makeCardHolder()
  const [foreign] = await hospital.store(neighbour, [{}])
  const { request } = await askForAll([foreign?.id ?? '', ...ids])
  const lines = await linesOf()
  expect((await send(request, { from: 1, count: 5 })).status).toBe(404)
  expect(await linesOf()).toBe(lines)
})

test('attack: a later part of another request under an id that has its line', async () => {
  const { request } = await askForAll(ids.slice(0, 1))
  expect((await send(request, { from: 0, count: 1 })).status).toBe(201)
  const { signature: _s, signer: _k, ...fields } = request
  const wider = await signOpening(hospital, hospital.doctor, { ...fields, records: ids })
  expect((await send(wider, { from: 1, count: 4 })).problem.code).toBe('conflict')
})

test('attack: a later part by another doctor, after the revocation, or long after the first', async () => {
  const { request, consent } = await askForAll()
  const rest = { from: 1, count: 4 }
  expect((await send(request, { from: 0, count: 1 })).status).toBe(201)
  expect((await send(request, rest, hospital.otherDoctor)).status).toBe(404)
  hospital.node.clock.advance(10 * 60_000)
  expect((await send(request, rest)).problem.code).toBe('expired')
  hospital.node.clock.advance(-10 * 60_000)
  expect((await send(request, rest)).status).toBe(201)
  const revocation = await signRevocation(hospital, holder.app, { patient: holder.id, consent })
  const revoke = { params: { consent }, body: { revocation } }
  const token = holder.app.api.token ?? ''
  expect((await hospital.node.call(revokeConsent, revoke, { token })).status).toBe(200)
  expect((await send(request, rest)).status).toBe(404)
})

test('a part beyond the end is refused with what to do', async () => {
  const { request } = await askForAll()
  expect((await send(request, { from: 5, count: 1 })).problem.code).toBe('invalid-input')
  expect((await send(request, { from: 0, count: 0 })).status).toBe(400)
})
