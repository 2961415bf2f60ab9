import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { listAccounts, signIn } from '@curo/client/accounts'
import { findByCard, readCard } from '@curo/client/cards'
import { connect } from '@curo/client/connection'
import { listConsents, listRequests } from '@curo/client/consent'
import { listEmergencies } from '@curo/client/emergencies'
import { readHistory } from '@curo/client/history-lines'
import { getHospitalProfile } from '@curo/client/hospital'
import { verifyOwnHistory } from '@curo/client/ledger'
import { readOwnRecords } from '@curo/client/own-records'
import { asPatient, type PatientPerson } from '@curo/client/person'
import { collectBytes } from '@curo/client/record-content'
import { utf8Text } from '@curo/crypto/bytes'
import { makeChart } from '@curo/fhir/demo/chart'
import { demoMembers } from '@curo/fhir/demo/members'
import { sniffContentType } from '@curo/fhir/document'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort, type NodeProcess, startNodeProcess } from '../testing/node-process.ts'
import { DEMO_ADMIN, DEMO_PASSWORD, demoPeople } from './people.ts'

const PATIENTS = 6
const MAIN_PATIENT = '+919000000041'

let dataFolder: string
let port: number
let node: NodeProcess
const inDemo = (name: string) => join(dataFolder, 'demo', name)
const start = (patients = PATIENTS) =>
  startNodeProcess({ dataFolder, port, flags: ['--demo-patients', String(patients)] })
const steps = (): string[] =>
  existsSync(inDemo('steps.json')) ? JSON.parse(readFileSync(inDemo('steps.json'), 'utf8')) : []

async function until(what: string, is: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 600_000; !is(); await pause(20))
    if (Date.now() > deadline || node.child.exitCode !== null)
      throw new Error(`${what} did not come:\n${node.output()}`)
}

beforeAll(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'curo-demo-'))
  port = await freePort()
})
afterAll(async () => {
  await node?.end('SIGTERM')
  await rm(dataFolder, { recursive: true, force: true })
})

const connection = () => connect({ node: node.address })
const signInAs = async (contact: string) => signIn(await connection(), { contact, password: DEMO_PASSWORD })
const mainPatient = async () => asPatient(await signInAs(MAIN_PATIENT))

/** What lies in the patient's record: FHIR ids, and the kinds of files. */
async function contentOf(patient: PatientPerson) {
  const ids: string[] = []
  const files: string[] = []
  for await (const record of readOwnRecords(patient)) {
    if (record.fault) throw record.fault
    expect(record.author.standing).toBeOneOf(['registered', 'patient'])
    const bytes = record.content ?? (await collectBytes(record.read(), 10_000_000))
    if (record.envelope.kind === 'File') files.push(sniffContentType(bytes))
    else {
      const { resourceType, id } = JSON.parse(utf8Text(bytes)) as { resourceType: string; id: string }
      ids.push(`${resourceType}/${id}`)
    }
  }
  return { ids: ids.sort(), files: files.sort() }
}

/** Two thousand records on a busy machine. */
const LONG = 900_000

test('a demo that is killed while it is made goes on, and does nothing twice', {
  timeout: LONG,
}, async () => {
  node = await start()
  await until('the first card', () => existsSync(inDemo('card-of-meenakshi.txt')))
  await node.end('SIGKILL')

  node = await start()
  await until('the background', () => steps().includes('meenakshi-sundaresan: records 128–256'))
  await node.end('SIGKILL')

  node = await start()
  await until('a consent', () => steps().includes('meenakshi-sundaresan: a standing consent'))
  await node.end('SIGTERM')

  node = await start()
  await until('the end', () => node.output().includes('The demo is complete'))
  const patient = await mainPatient()
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Kolkata' }).format(
    new Date((await signInAs('+919000000021')).account.createdAt),
  )
  const [member] = demoMembers(1, { today })
  if (!member) throw new Error('The cast is empty.')
  const chart = makeChart(member, { today, patient: patient.account.patient })
  const expected = [
    ...chart.entries.map(({ resource }) => resource),
    ...chart.files.map(({ reference }) => reference),
  ].map(({ resourceType, id }) => `${resourceType}/${id}`)
  const found = await contentOf(patient)
  expect(found.ids).toEqual(expected.sort())
  expect(found.files).toEqual(chart.files.map(({ contentType }) => contentType).sort())
  expect(found.files).toContain('application/dicom')
})

test('every screen has something: what waits, what is allowed, who looked, what went wrong', async () => {
  const patient = await mainPatient()
  const requests = await listRequests(patient)
  expect(requests.filter(({ state }) => state === 'pending').map(({ from }) => from)).toEqual([
    'Dr Gurdeep Palkhivala',
  ])
  expect(requests.some(({ state }) => state === 'refused')).toBe(true)
  const consents = await listConsents(patient)
  expect(consents.filter(({ state, grant }) => state === 'active' && grant.use === 'standing')).not.toEqual(
    [],
  )
  expect(consents.some(({ state }) => state === 'revoked')).toBe(true)
  const kinds = (await readHistory(patient)).map(({ kind }) => kind)
  expect(kinds.filter((kind) => kind === 'opening').length).toBeGreaterThanOrEqual(4)
  expect(kinds).toContain('emergency')

  const admin = await signInAs(DEMO_ADMIN.contact)
  const waiting = (await listAccounts(admin, { status: 'pending' })).accounts
  expect(waiting.map(({ role }) => role).sort()).toEqual(['doctor', 'doctor', 'staff'])
  expect((await listEmergencies(admin)).emergencies.length).toBeGreaterThan(0)
  const { profile, revision } = await getHospitalProfile(admin.api)
  expect(revision).toBeGreaterThan(0)
  expect(profile.departments.length).toBeGreaterThan(8)

  const lost = await readCard(readFileSync(inDemo('card-of-gauri.txt'), 'utf8').trim())
  const doctor = await signInAs('+919000000011')
  await expect(findByCard(doctor, lost)).rejects.toMatchObject({ code: 'forbidden' })
})

test('the patient proves that her history is whole', async () => {
  const report = await verifyOwnHistory(await mainPatient())
  expect(report).toMatchObject({ complete: true, faults: [], recordsWithheld: [], recordsNotAnchored: [] })
})

test('everybody whom the sign-in page offers can sign in, and every card is readable by its owner alone', async () => {
  for (const { contact, role } of demoPeople()) expect((await signInAs(contact)).account.role).toBe(role)
  const { stat } = await import('node:fs/promises')
  for (const name of ['card-of-meenakshi.txt', 'card-of-gauri.txt', 'recovery-code-of-arjun.txt'])
    expect((await stat(inDemo(name))).mode & 0o077, name).toBe(0)
})

test('a later start finds it complete', async () => {
  await node.end('SIGTERM')
  node = await start()
  await until('the end', () => /is complete, with 6 patients\.$/m.test(node.output()))
})
