import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  endOtherSession,
  listAccounts,
  listSessions,
  registerAccount,
  resumeSession,
  saveSession,
  signIn,
  signOut,
} from '@curo/client/accounts'
import { finishActivation, startActivation } from '@curo/client/activation'
import { blockCard, findByCard, readCard } from '@curo/client/cards'
import { verifyClinician } from '@curo/client/clinicians'
import { connect } from '@curo/client/connection'
import { findPatients, getPatient, registerPatientAtDesk, updatePatient } from '@curo/client/patients'
import type { Person } from '@curo/client/person'
import { recipientsFor } from '@curo/client/sealing'
import { confirmTotp, startTotp } from '@curo/client/second-factors'
import { lyingFetch } from '@curo/client/testing/fake-fetch'
import { type TOTP, URI } from 'otpauth'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCuro } from './testing/command-line.ts'
import {
  inventPhone,
  makeTestHospital,
  PASSWORD,
  type TestHospital,
  whenPublished,
} from './testing/hospital.ts'

let hospital: TestHospital
let desk: Person
let doctor: Person

const demographics = (phone = inventPhone()) => ({
  name: { given: 'Asha', family: 'Invented' },
  birthDate: '1984-05-06',
  sex: 'female' as const,
  phone,
})

beforeAll(async () => {
  hospital = await makeTestHospital()
  desk = await hospital.hire('staff')
  doctor = await hospital.hire('doctor', 'Dr Meera Rao')
})
afterAll(() => hospital?.stop())

describe('accounts', () => {
  test('someone who is not approved cannot do anything', async () => {
    const contact = inventPhone()
    const { status } = await registerAccount(hospital.connection, {
      contact,
      password: PASSWORD,
      role: 'doctor',
      name: 'Dr Waiting',
    })
    expect(status).toBe('pending')
    await expect(
      signIn(hospital.connection, { contact, password: PASSWORD }).then((person) => findPatients(person, {})),
    ).rejects.toMatchObject({ code: 'forbidden' })
    expect(
      (await listAccounts(hospital.admin, { status: 'pending' })).accounts.map(({ name }) => name),
    ).toContain('Dr Waiting')
  })

  test('a wrong password and an unknown number look the same', async () => {
    const attempt = (contact: string, password: string) =>
      signIn(hospital.connection, { contact, password }).then(
        () => ['signed in'],
        (error) => [error.code, error.message],
      )
    const wrong = await attempt(doctor.account.contact, 'not the password')
    const unknown = await attempt(inventPhone(), 'not the password')
    expect(wrong).toEqual(unknown)
    expect(wrong[0]).toBe('unauthorized')
  })

  test('a session is taken up again with the same keys, and ends when it is signed out', async () => {
    const saved = await saveSession(doctor)
    const again = await resumeSession(hospital.connection, saved)
    expect(again.identity.publicKey).toEqual(doctor.identity.publicKey)
    const other = await signIn(hospital.connection, {
      contact: doctor.account.contact,
      password: PASSWORD,
      device: 'a borrowed telephone',
    })
    const sessions = await listSessions(doctor)
    const borrowed = sessions.find(({ device }) => device === 'a borrowed telephone')
    await endOtherSession(doctor, borrowed?.id ?? '')
    await expect(listSessions(other)).rejects.toMatchObject({ code: 'unauthorized' })
    const brief = await signIn(hospital.connection, { contact: doctor.account.contact, password: PASSWORD })
    await signOut(brief)
    await signOut(brief)
    await expect(listSessions(brief)).rejects.toMatchObject({ code: 'unauthorized' })
  })

  test('a doctor’s keys can be proved by the ledger moments after she was approved', async () => {
    const verified = await whenPublished(() => verifyClinician(desk, { account: doctor.account.id }))
    expect(verified.account.name).toBe('Dr Meera Rao')
  })

  test('malicious server shows somebody else’s keys for one’s own account', async () => {
    const alter = (answer: { account: object }) => ({
      ...answer,
      account: { ...answer.account, keys: desk.account.keys },
    })
    const lying = lyingFetch((url, init) => fetch(url, init), [{ path: /sessions\/finish/, alter }])
    await expect(
      signIn(await hospital.connect(lying), { contact: doctor.account.contact, password: PASSWORD }),
    ).rejects.toMatchObject({ code: 'bad-key' })
  })

  test('a hospital that changed its keys is not connected to', async () => {
    const { hospital: pinned } = hospital.connection
    const swapped = { ...pinned, nodeKey: 'A'.repeat(43) }
    await expect(connect({ node: hospital.node.address, pinned: swapped })).rejects.toMatchObject({
      code: 'bad-key',
    })
  })
})

describe('a patient', () => {
  test('is registered at the desk, found by search and by card, and can be sealed to', async () => {
    const registered = await registerPatientAtDesk(desk, demographics())
    const { patients } = await findPatients(desk, { search: 'Asha Invented' })
    expect(patients.map(({ id }) => id)).toContain(registered.patient)
    const card = await readCard(registered.card)
    const found = await findByCard(doctor, card)
    expect(found.patient).toBe(registered.patient)
    expect(recipientsFor(found.keys, 'laboratory').map(({ to }) => to)).toEqual([
      'account',
      'category',
      'card',
    ])
    const before = await getPatient(desk, registered.patient)
    const changed = await updatePatient(desk, {
      patient: registered.patient,
      demographics: { ...before.demographics, language: 'kn' },
    })
    expect(changed.demographics.language).toBe('kn')
  })

  test('whose card is lost is found by it no more', async () => {
    const registered = await registerPatientAtDesk(desk, demographics())
    const card = await readCard(registered.card)
    await blockCard(desk, { card: card.number, reason: 'lost' })
    await blockCard(desk, { card: card.number })
    await expect(findByCard(doctor, card)).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('activates her app: a root no desk has known, and the card leads to it', async () => {
    const contact = inventPhone()
    const registered = await registerPatientAtDesk(desk, demographics(contact))
    const card = await readCard(registered.card)
    const { activation, sentTo } = await startActivation(hospital.connection, card)
    expect(sentTo).toMatch(/[0-9]{2}$/)
    const code = hospital.lastCode()
    const finish = (given: string) =>
      finishActivation(hospital.connection, {
        card,
        activation,
        code: given,
        contact,
        password: PASSWORD,
        name: 'Asha Invented',
      })
    await expect(finish(code === '000000' ? '000001' : '000000')).rejects.toMatchObject({
      code: 'unauthorized',
    })
    const { person, recoveryCode } = await finish(code)
    expect(recoveryCode).not.toBe(registered.recoveryCode)
    expect(person.account.patient).toBe(registered.patient)
    expect(person.keyring.previousRoots).toHaveLength(1)
    const found = await findByCard(doctor, card)
    expect(found.keys.identity).toEqual(person.identity.publicKey)
    expect(found.keys.identities).toHaveLength(2)
    expect(found.keys.categories.get('vitals')?.epoch).toBe(1)
    expect(recipientsFor(found.keys, 'laboratory').map(({ to }) => to)).toEqual([
      'account',
      'category',
      'card',
    ])
    const again = await signIn(hospital.connection, { contact, password: PASSWORD })
    expect(again.keyring).toEqual(person.keyring)
  })
})

describe('signing in with a second factor, on the command line', () => {
  test('takes the code from the option or the environment, and says what is missing', async () => {
    const doctor = await hospital.hire('doctor')
    const totp = URI.parse((await startTotp(doctor)).uri) as TOTP
    // The code before now confirms, so that the present one is still unused.
    await confirmTotp(doctor, { code: totp.generate({ timestamp: Date.now() - 30_000 }) })
    const profile = join(await mkdtemp(join(tmpdir(), 'curo-cli-totp-')), 'profile.json')
    const login = (args: string[], environment: NodeJS.ProcessEnv = {}) =>
      runCuro(['login', '--contact', doctor.account.contact, '--profile', profile, '--json', ...args], {
        environment: { CURO_NODE: hospital.node.address, CURO_PASSWORD: PASSWORD, ...environment },
      })
    const without = await login([])
    expect([without.code, without.stderr]).toEqual([2, expect.stringContaining('CURO_TOTP')])
    expect((await login(['--code', '000000'])).code).not.toBe(0)
    const within = await login([], { CURO_TOTP: totp.generate() })
    expect(JSON.parse(within.stdout)).toMatchObject({ account: { id: doctor.account.id } })
    const next = totp.generate({ timestamp: Date.now() + 30_000 })
    expect((await login(['--code', next])).code).toBe(0)
  })
})
