import { setTimeout as sleep } from 'node:timers/promises'
import type { Fetch } from '@curo/client/api'
import { readHistory } from '@curo/client/history-lines'
import { verifyOwnHistory } from '@curo/client/ledger'
import { readOwnRecords } from '@curo/client/own-records'
import type { Person } from '@curo/client/person'
import { collectBytes } from '@curo/client/record-content'
import { putSealedRecords, sealRecord } from '@curo/client/records'
import type { Sealing } from '@curo/client/sealing'
import { putRecords } from '@curo/contract/records'
import { equalBytes } from '@curo/crypto/bytes'
import { isCuroError } from '@curo/crypto/errors'
import { randomBytes, randomId } from '@curo/crypto/random'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { consentByCode, tryOpening } from '../testing/consents.ts'
import { type CardHolder, type Hospital, inventRecord, makeHospital } from '../testing/hospital.ts'
import { type KillableNode, makeKillableNode } from '../testing/killable-node.ts'

/** At least; until so many requests were cut off by one and answered when they came again. */
const KILLS = 50
const REPEATS = 6

let hospital: Hospital
let holder: CardHolder
let killable: KillableNode
beforeAll(async () => {
  hospital = await makeHospital()
  holder = await hospital.makeCardHolder()
  killable = await makeKillableNode(hospital)
  await killable.start()
})
afterAll(async () => {
  await killable.kill()
  await hospital.stop()
})

type Sealed = Awaited<ReturnType<typeof sealRecord>>
/** What was acknowledged, and what was sent without an answer: perhaps stored, perhaps not. */
const acknowledged = new Map<string, Uint8Array>()
const uncertain = new Map<string, { content: Uint8Array; sealed: Sealed; sealing: Sealing }>()
/** Records whose storing was cut off by a kill, and how many of them were stored when they were sent again. */
const cutOff = new Set<string>()
let repeats = 0

/** The client by itself sends again what was not answered; only here is it seen. */
const watchedFetch: Fetch = async (url, init) => {
  const isPut = url.endsWith(putRecords.path)
  const { records = [] } = isPut ? JSON.parse(String(init.body)) : {}
  const ids = records.map(({ envelope }: { envelope: { id: string } }) => envelope.id)
  try {
    const answer = await fetch(url, init)
    if (answer.ok) for (const id of ids) if (cutOff.delete(id)) repeats++
    return answer
  } catch (error) {
    const { code } = ((error as Error).cause ?? {}) as { code?: string }
    if (code !== 'ECONNREFUSED') for (const id of ids) cutOff.add(id)
    throw error
  }
}

/** Small and large in turns; every tenth large one has two parts. */
const sizeOf = (turn: number, large: boolean) => {
  if (!large) return 100 + Math.floor(Math.random() * 30_000)
  return turn % 10 === 9 ? 8 * 2 ** 20 + 5000 : 80_000 + Math.floor(Math.random() * 600_000)
}

/** Keeps writing until told to stop; after a failure the very same is sent again. */
async function write(sealing: Sealing, { large, isOver }: { large: boolean; isOver: () => boolean }) {
  const authority = { by: 'card' as const, card: holder.card }
  for (let turn = 0; !isOver(); turn++) {
    const content = randomBytes(sizeOf(turn, large))
    const id = randomId()
    try {
      const sealed = await sealRecord(sealing, inventRecord({ id, content }))
      uncertain.set(id, { content, sealed, sealing })
      await putSealedRecords(sealing, { authority, records: [sealed] })
      acknowledged.set(id, content)
      uncertain.delete(id)
    } catch (error) {
      if (isCuroError(error, 'rate-limited')) await passAWeek()
      else if (!isCuroError(error, 'unavailable')) throw error
    }
    await repeatUncertain(sealing)
  }
}

/** Uploads whose answers were lost in a crash count against the account until they lapse; not those yet to be used. */
async function passAWeek(): Promise<void> {
  const { db } = hospital.node.context
  const wanted = [...uncertain.values()].flatMap(({ sealed: { content } }) =>
    content.in === 'vault' ? [content.upload] : [],
  )
  let lapsed = db.updateTable('uploads').set({ expires_at: new Date() }).where('record', 'is', null)
  if (wanted.length > 0) lapsed = lapsed.where('id', 'not in', wanted)
  await lapsed.execute()
}

async function repeatUncertain(own: Sealing): Promise<void> {
  for (const [id, { content, sealed, sealing }] of uncertain) {
    if (sealing !== own) continue
    try {
      const authority = { by: 'card' as const, card: holder.card }
      await putSealedRecords(sealing, { authority, records: [sealed] })
      acknowledged.set(id, content)
      uncertain.delete(id)
    } catch (error) {
      if (!isCuroError(error, 'unavailable')) throw error
    }
  }
}

/** Records without an anchor, anchors without a record, records with pieces nobody knows, parts of finished uploads. */
async function halfThings(): Promise<number[]> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from records r where not exists
      (select from ledger_events e where e.id = r.id and e.kind = 'anchor')
    union all
    select count(*)::int from ledger_events e where e.kind = 'anchor' and not exists
      (select from records r where r.id = e.id)
    union all
    select count(*)::int from records r, jsonb_path_query(r.manifest, '$.parts[*].objects[*]') object
      where object <> 'null' and not exists
      (select from vault_objects o where o.bucket = object->>'bucket' and o.key = object->>'key')
    union all
    select count(*)::int from upload_parts p join uploads u on u.id = p.upload where u.record is not null`.execute(
    hospital.node.context.db,
  )
  return rows.map(({ count }) => count)
}

test(`killed ${KILLS} times while records are sealed and parts uploaded: what was acknowledged is all there`, {
  timeout: 1_800_000,
}, async () => {
  let over = false
  const isOver = () => over
  const sealingAt = async (person: Person) => ({
    ...(await hospital.sealingFor(person, holder)),
    person: killable.at(person, watchedFetch),
  })
  const writers = Promise.all([
    write(await sealingAt(hospital.doctor), { large: false, isOver }),
    write(await sealingAt(hospital.doctor), { large: true, isOver }),
    write(await sealingAt(hospital.otherDoctor), { large: false, isOver }),
  ])
  // A fault of a writer is the test's, at once and not only at the end.
  const faulty = writers.then(() => new Promise<never>(() => {}))
  const isEnough = () => acknowledged.size > KILLS && repeats >= REPEATS
  for (let kill = 0; kill < KILLS || (!isEnough() && kill < 4 * KILLS); kill++) {
    await Promise.race([sleep(Math.random() * 700), faulty])
    await killable.kill()
    expect(await halfThings()).toEqual([0, 0, 0, 0])
    await killable.start()
  }
  over = true
  await writers
  for (const { sealing } of [...uncertain.values()]) await repeatUncertain(sealing)
  expect(uncertain.size).toBe(0)
  expect(acknowledged.size).toBeGreaterThan(KILLS)
  expect(repeats).toBeGreaterThanOrEqual(REPEATS)

  const app = killable.at(holder.app)
  const read = new Set<string>()
  for await (const record of readOwnRecords(app)) {
    if (record.fault) throw record.fault
    const content = await collectBytes(record.read(), 1e9)
    expect(equalBytes(content, acknowledged.get(record.record) ?? new Uint8Array(0))).toBe(true)
    read.add(record.record)
  }
  expect(read).toEqual(new Set(acknowledged.keys()))

  const history = await readHistory(app)
  const anchors = history.filter(({ kind }) => kind === 'anchor').map(({ id }) => id)
  expect(anchors.sort()).toEqual([...acknowledged.keys()].sort())

  const consent = (await consentByCode(hospital, holder)).grant.id
  const { body } = await tryOpening(hospital, holder, { consent })
  expect(body.records).toHaveLength(acknowledged.size)
  await expect
    .poll(() => verifyOwnHistory(app).then(({ faults }) => faults), { timeout: 120_000 })
    .toEqual([])
})
