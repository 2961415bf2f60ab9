import { getHospital } from '@curo/contract/hospital'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { databaseFault } from './database-faults.ts'
import { asCuroError } from './errors.ts'
import { consentByCode, tryOpening } from './testing/consents.ts'
import { type CardHolder, type Hospital, makeHospital } from './testing/hospital.ts'

let hospital: Hospital
let holder: CardHolder
let operator: pg.Client
beforeAll(async () => {
  hospital = await makeHospital()
  holder = await hospital.makeCardHolder()
  operator = new pg.Client({ connectionString: hospital.node.databaseUrl })
  await operator.connect()
})
afterAll(async () => {
  await operator.end()
  await hospital.stop()
})

test('bug: while the database was away the node said “something went wrong”, and clients did not try again', async () => {
  await operator.query('BEGIN; LOCK TABLE hospital_profile')
  const looking = hospital.node.call(getHospital)
  const end = async () =>
    (
      await operator.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`)
    ).rowCount
  await expect.poll(end, { timeout: 30_000 }).toBeGreaterThan(0)
  await operator.query('ROLLBACK')
  const { status, problem } = await looking
  expect([status, problem.code]).toEqual([503, 'unavailable'])
  // Until its end arrives, the ended connection may be handed out once more: that is answered alike, and tried again.
  await expect.poll(async () => (await hospital.node.call(getHospital)).status).toBe(200)
  await hospital.store(holder, [{}])
})

test('bug: a full disk of the database was “something went wrong”; now it says what to do, and nothing is lost', async () => {
  const { pool } = hospital.node.context
  const [stored] = await hospital.store(holder, [{}])
  const consent = (await consentByCode(hospital, holder)).grant.id
  const records = [stored?.id ?? '']
  // As PostgreSQL says it when a table cannot grow.
  await pool.query(`CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$`)
  for (const table of ['records', 'ledger_events'])
    await pool.query(`CREATE TRIGGER no_room BEFORE INSERT ON ${table} EXECUTE FUNCTION no_room()`)
  await expect(hospital.store(holder, [{}])).rejects.toMatchObject({ code: 'storage-full' })
  const { status, problem } = await tryOpening(hospital, holder, { consent, records })
  expect([status, problem.code]).toEqual([507, 'storage-full'])
  await pool.query('DROP FUNCTION no_room CASCADE')
  await hospital.store(holder, [{}])
  expect((await tryOpening(hospital, holder, { consent, records })).status).toBe(201)
})

test('only what the database says of itself is taken for that', () => {
  const withCode = (code: string, more: object = {}) => Object.assign(new Error('x'), { code, ...more })
  for (const away of ['57P01', '57P03', '57014', '53300', '08006', '25P03'])
    expect([away, databaseFault(withCode(away))?.code]).toEqual([away, 'unavailable'])
  expect(databaseFault(withCode('ECONNREFUSED', { syscall: 'connect' }))?.code).toBe('unavailable')
  expect(databaseFault(new Error('Connection terminated unexpectedly'))?.code).toBe('unavailable')
  for (const other of [
    withCode('23505'),
    withCode('42601'),
    withCode('ENOENT', { syscall: 'open' }),
    new TypeError('x is not a function'),
    null,
    'text',
  ])
    expect(databaseFault(other)).toBeNull()
  expect(asCuroError(new TypeError('x is not a function')).code).toBe('internal')
})
