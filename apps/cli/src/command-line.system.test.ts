import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomBytes } from '@curo/crypto/random'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCuro } from './testing/command-line.ts'
import { inventPhone, makeTestHospital, PASSWORD, type TestHospital } from './testing/hospital.ts'

let hospital: TestHospital
let folder: string

const at = (name: string) => join(folder, name)

/** Runs a command as one of the people; the answer is the JSON on stdout. */
async function curo<T = Record<string, never>>(
  who: string,
  args: string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<T> {
  const { code, stdout, stderr } = await runCuro([...args, '--json', '--profile', at(`${who}.json`)], {
    environment: { CURO_NODE: hospital.node.address, CURO_PASSWORD: PASSWORD, ...environment },
  })
  if (code !== 0) throw new Error(`curo ${args.join(' ')} ended with ${code}: ${stderr}`)
  return JSON.parse(stdout) as T
}

const fails = async (who: string, args: string[]) =>
  runCuro([...args, '--json', '--profile', at(`${who}.json`)], {
    environment: { CURO_NODE: hospital.node.address },
  })

const bundle = JSON.stringify({
  resourceType: 'Bundle',
  type: 'collection',
  entry: [
    {
      fullUrl: 'urn:uuid:00000000-0000-4000-8000-000000000001',
      resource: {
        resourceType: 'Patient',
        id: 'asha',
        name: [{ family: 'Invented', given: ['Asha'] }],
        gender: 'female',
        birthDate: '1984-05-06',
      },
    },
    ...Array.from({ length: 12 }, (_, i) => ({
      fullUrl: `urn:uuid:00000000-0000-4000-8000-0000000001${String(i).padStart(2, '0')}`,
      resource: {
        resourceType: 'Observation',
        status: 'final',
        code: { coding: [{ system: 'http://loinc.org', code: '8867-4', display: 'Heart rate' }] },
        category: [
          {
            coding: [
              { system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' },
            ],
          },
        ],
        subject: { reference: 'urn:uuid:00000000-0000-4000-8000-000000000001' },
        effectiveDateTime: `2025-03-${String(i + 1).padStart(2, '0')}`,
        valueQuantity: { value: 60 + i, unit: '/min', system: 'http://unitsofmeasure.org', code: '/min' },
      },
    })),
  ],
})

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'curo-cli-'))
  hospital = await makeTestHospital()
  await writeFile(at('history.json'), bundle)
  await writeFile(at('scan.bin'), randomBytes(1_500_000))
  await curo('admin', ['login', '--contact', hospital.admin.account.contact])
})
afterAll(async () => {
  await hospital?.stop()
  await rm(folder, { recursive: true, force: true })
})

async function hire(who: string, role: string): Promise<void> {
  const contact = inventPhone()
  const { account, status } = await curo<{ account: string; status: string }>(who, [
    ...['register', '--contact', contact, '--role', role, '--name', `Invented ${who}`],
  ])
  expect(status).toBe('pending')
  const { accounts } = await curo<{ accounts: { id: string }[] }>('admin', [
    'accounts',
    '--status',
    'pending',
  ])
  expect(accounts.map(({ id }) => id)).toContain(account)
  await curo('admin', ['approve', account])
  await curo(who, ['login', '--contact', contact])
}

describe('a day on the command line', () => {
  const phone = inventPhone()
  let records: string[]

  test('people are hired and sign in', async () => {
    await hire('desk', 'staff')
    await hire('rao', 'doctor')
    await hire('das', 'doctor')
    const { account } = await curo<{ account: { role: string } }>('rao', ['whoami'])
    expect(account.role).toBe('doctor')
  })

  test('the desk registers a patient; card and kit go into files that are hers', async () => {
    const made = await curo<{ patient: string; cardNumber: string }>('desk', [
      ...['patient', 'register', '--from-fhir', at('history.json'), '--phone', phone],
      ...['--card-out', at('asha.card'), '--kit-out', at('asha.kit')],
    ])
    expect(await readFile(at('asha.card'), 'utf8')).toContain('/card#')
    const again = await fails('desk', [
      ...['patient', 'register', '--from-fhir', at('history.json')],
      ...['--card-out', at('asha.card'), '--kit-out', at('other.kit')],
    ])
    expect([again.code, JSON.parse(again.stderr).error.code]).toEqual([1, 'conflict'])
    const found = await curo<{ patients: { id: string }[] }>('desk', ['find', 'Asha Invented'])
    expect(found.patients.map(({ id }) => id)).toContain(made.patient)
    const byCard = await curo<{ patient: string }>('rao', ['find', '--card', at('asha.card')])
    expect(byCard.patient).toBe(made.patient)
    expect((await fails('desk', ['import', '--card', at('asha.card'), at('history.json')])).code).toBe(1)
  })

  test('a doctor imports a bundle and a file', async () => {
    const done = await curo<{ records: number }>('rao', [
      ...['import', '--card', at('asha.card'), at('history.json'), at('scan.bin')],
    ])
    expect(done.records).toBe(12 + 2)
    const again = await curo<{ files: { records: number; known: number }[] }>('rao', [
      ...['import', '--card', at('asha.card'), at('history.json')],
    ])
    expect(again.files.map(({ records, known }) => [records, known])).toEqual([[0, 12]])
  })

  test('another doctor asks, enters the code and opens everything', async () => {
    expect((await fails('das', ['open', '--card', at('asha.card')])).code).toBe(1)
    const asked = await curo<{ request: string }>('das', [
      ...['request', '--card', at('asha.card'), '--text', 'Second opinion', '--until', '8h', '--standing'],
    ])
    const wrong = await fails('das', [
      'enter-code',
      asked.request,
      '--code',
      hospital.lastCode() === '000000' ? '000001' : '000000',
    ])
    expect([wrong.code, JSON.parse(wrong.stderr).error.code]).toEqual([1, 'unauthorized'])
    await curo('das', ['enter-code', asked.request, '--code', hospital.lastCode()])
    const timeline = await curo<{ records: { id: string; stub: { title: string } }[] }>('das', [
      'open',
      '--card',
      at('asha.card'),
    ])
    expect(timeline.records).toHaveLength(14)
    records = timeline.records.map(({ id }) => id)
    const opened = await curo<{ records: { content: { valueQuantity?: { value: number } } }[]; faults: [] }>(
      'das',
      [...['open', '--card', at('asha.card'), '--all']],
    )
    expect(opened.faults).toEqual([])
    expect(opened.records.filter(({ content }) => content?.valueQuantity?.value === 65)).toHaveLength(1)
    await curo('das', ['open', '--card', at('asha.card'), '--all', '--out', at('opened')])
    const files = await readdir(at('opened'))
    expect(files).toHaveLength(14)
    const scan = files.find((name) => name.includes('-File-')) ?? ''
    expect((await readFile(join(at('opened'), scan))).equals(await readFile(at('scan.bin')))).toBe(true)
    expect(
      (await fails('das', ['open', '--card', at('asha.card'), '--all', '--out', at('opened')])).code,
    ).toBe(1)
  })

  test('the patient activates her card, reads, and verifies her history', async () => {
    const card = [
      '--card',
      at('asha.card'),
      '--contact',
      phone,
      '--name',
      'Asha Invented',
      '--kit-out',
      at('new.kit'),
    ]
    const started = await fails('asha', ['card', 'activate', ...card])
    expect(started.code).toBe(2)
    const activation = /--activation ([\w-]{22})/.exec(started.stderr)?.[1] ?? ''
    const activated = await curo<{ rewrapped: number }>('asha', [
      ...['card', 'activate', ...card, '--activation', activation, '--code', hospital.lastCode()],
    ])
    expect(activated.rewrapped).toBe(14)
    const history = await curo<{ records: { record: string }[]; faults: [] }>('asha', [
      'history',
      '--out',
      at('mine'),
    ])
    expect(history.records.map(({ record }) => record).sort()).toEqual([...records].sort())
    expect(await readdir(at('mine'))).toHaveLength(14)
    const verified = await curo<{ complete: boolean; entries: object[] }>('asha', ['verify', 'history'])
    expect(verified.complete).toBe(true)
    expect(verified.entries.length).toBeGreaterThan(14)
    const { held } = await curo<{ held: number }>('asha', ['audit', 'challenge', '--count', '20'])
    expect(held).toBe(20)
  })

  test('she allows a doctor without the card, and takes it back', async () => {
    const { clinicians } = await curo<{ clinicians: { id: string }[] }>('asha', ['doctors', 'Invented rao'])
    const doctor = clinicians[0]?.id ?? ''
    const { consent } = await curo<{ consent: string }>('asha', [
      'grant',
      '--doctor',
      doctor,
      '--categories',
      'vitals',
      '--until',
      '1h',
    ])
    const { patient } = await curo<{ patient: string }>('rao', ['find', '--card', at('asha.card')])
    const opened = await curo<{ records: object[] }>('rao', ['open', '--patient', patient, '--all'])
    expect(opened.records).toHaveLength(12)
    const { state } = await curo<{ state: string }>('asha', ['revoke', consent])
    expect(state).toBe('revoked')
    expect((await fails('rao', ['open', '--patient', patient])).code).toBe(1)
  })

  test('a doctor gives back what she was allowed: nothing opens any more, and the patient’s history is whole', async () => {
    const { clinicians } = await curo<{ clinicians: { id: string }[] }>('asha', ['doctors', 'Invented rao'])
    const { consent } = await curo<{ consent: string }>('asha', [
      ...['grant', '--doctor', clinicians[0]?.id ?? '', '--categories', 'vitals', '--until', '1h'],
    ])
    const { patient } = await curo<{ patient: string }>('rao', ['find', '--card', at('asha.card')])
    const open = ['open', '--patient', patient, '--consent', consent]
    await curo('rao', open)
    expect((await fails('asha', ['give-back', consent])).code).toBe(1)
    const given = await curo<{ state: string; at: string }>('rao', ['give-back', consent])
    expect(given).toEqual({ consent, state: 'given-back', at: expect.stringMatching(/Z$/) })
    expect(await curo('rao', ['give-back', consent])).toEqual(given)
    expect((await fails('rao', open)).code).toBe(1)
    const absent = await fails('rao', ['give-back', 'A'.repeat(22)])
    expect([absent.code, JSON.parse(absent.stderr).error.code]).toEqual([1, 'not-found'])
    const { consents } = await curo<{ consents: { grant: { id: string } }[] }>('asha', [
      ...['consents', '--state', 'given-back'],
    ])
    expect(consents.map(({ grant }) => grant.id)).toEqual([consent])
    await curo('asha', ['verify', 'history'])
  })

  test('a new card opens everything, the lost one nothing', async () => {
    await curo('asha', ['card', 'issue', '--card-out', at('second.card')])
    expect((await fails('rao', ['find', '--card', at('asha.card')])).code).toBe(1)
    await curo('rao', ['find', '--card', at('second.card')])
    const { entries } = await curo<{ entries: object[] }>('rao', [
      'ledger',
      'entries',
      '--card',
      at('second.card'),
    ])
    expect(entries).toBeDefined()
    const asked = await curo<{ request: string }>('rao', [
      'request',
      '--card',
      at('second.card'),
      '--categories',
      'all',
    ])
    await curo('rao', ['enter-code', asked.request, '--code', hospital.lastCode()])
    const { records: all, faults } = await curo<{ records: object[]; faults: [] }>('rao', [
      ...['open', '--card', at('second.card'), '--all', '--out', at('by-second-card')],
    ])
    expect([all.length, faults.length]).toEqual([14, 0])
  })

  test('a proof is fetched, and holds without any node; an altered one does not', async () => {
    await curo('rao', ['ledger', 'proof', '0', '--out', at('0.tlog-proof')])
    const key = (await hospital.connection).hospital.logKey
    const offline = (file: string) =>
      runCuro(
        [
          'verify',
          'proof',
          file,
          '--entry',
          at('0.entry'),
          '--key',
          key,
          '--json',
          '--profile',
          at('none.json'),
        ],
        {
          fetch: async () => {
            throw new Error('offline')
          },
        },
      )
    expect(JSON.parse((await offline(at('0.tlog-proof'))).stdout).index).toBe(0)
    const text = await readFile(at('0.tlog-proof'), 'utf8')
    await writeFile(at('altered.tlog-proof'), text.replace('index 0', 'index 1'))
    expect((await offline(at('altered.tlog-proof'))).code).toBe(4)
    await writeFile(at('altered.tlog-proof'), text.replace('index 0', 'no index'))
    expect((await offline(at('altered.tlog-proof'))).code).toBe(4)
  })

  test('whoever signs out leaves no key behind', async () => {
    await curo('das', ['logout'])
    expect(JSON.parse(await readFile(at('das.json'), 'utf8')).session).toBeNull()
    const { code, stderr } = await fails('das', ['whoami'])
    expect([code, JSON.parse(stderr).error.code]).toEqual([1, 'unauthorized'])
  })
})
