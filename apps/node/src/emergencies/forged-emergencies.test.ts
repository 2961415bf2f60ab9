import { verifyOwnHistory } from '@curo/client/ledger'
import type { Person } from '@curo/client/person'
import type { EmergencyRequest } from '@curo/contract/emergencies'
import { toBase64Url } from '@curo/crypto/bytes'
import { randomId } from '@curo/crypto/random'
import { signBody } from '@curo/crypto/signatures'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LedgerStatement } from '../context.ts'
import { type CardHolder, type Hospital, makeHospital } from '../testing/hospital.ts'
import { signEmergencyConfirmation, signEmergencyRequest } from '../testing/statements.ts'

/* A node, alone or with one doctor, writes an emergency that never was into a patient's ledger. Her own check finds it. */

let hospital: Hospital
let neighbour: CardHolder
beforeAll(async () => {
  hospital = await makeHospital()
  neighbour = await hospital.makeCardHolder()
})
afterAll(() => hospital.stop())

const personIn = ({ account, identity }: Person) => ({
  account: account.id,
  identity: toBase64Url(identity.publicKey),
})
const terms = {
  scope: { categories: ['summary'], records: [] },
  purpose: { code: 'BTG', text: 'Unconscious after an accident' },
  use: 'standing',
  notAfter: '2026-01-02T03:04:05.006Z',
}

type Forged = {
  by?: object[]
  statements: LedgerStatement[]
  kind?: string
  reason?: string
  over?: object
}

/** What the patient's check says of the entry, once it is published. */
async function faultsAfter(holder: CardHolder, id: string, forged: Forged): Promise<string[]> {
  const { by, statements, kind = 'emergency', reason = 'Unconscious after an accident', over } = forged
  await hospital.node.context.ledger.submitAlone([
    {
      patient: holder.id,
      class: kind === 'emergency' ? 'emergency' : 'patient',
      kind,
      id,
      at: new Date().toISOString(),
      details:
        kind === 'emergency'
          ? { consent: randomId(), by, reason, ...terms, ...over }
          : { consent: id, by: 'emergency', grantee: personIn(hospital.doctor), ...terms },
      statements,
    },
  ])
  for (;;) {
    const { faults, pending } = await verifyOwnHistory(holder.app)
    if (pending.length === 0) return faults.map((fault) => fault.kind)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

type Case = (given: { holder: CardHolder; request: EmergencyRequest }) => Promise<Forged>
const asked = (document: EmergencyRequest) => ({ kind: 'emergency-request', document })
const both = () => [personIn(hospital.doctor), personIn(hospital.otherDoctor)]
const confirmedBy = async (by: Person, request: EmergencyRequest, fields = {}) => ({
  kind: 'emergency-confirmation',
  document: await signEmergencyConfirmation(hospital, by, request, fields),
})

const cases: Record<string, Case> = {
  'without anybody’s signature': async () => ({ by: both(), statements: [] }),
  'without the second doctor’s': async ({ request }) => ({ by: both(), statements: [asked(request)] }),
  'with one doctor’s signature twice': async ({ request }) => ({
    by: [personIn(hospital.doctor), personIn(hospital.doctor)],
    statements: [asked(request), await confirmedBy(hospital.doctor, request)],
  }),
  'with the first doctor’s signature in the second’s name': async ({ request }) => ({
    by: both(),
    statements: [asked(request), await confirmedBy(hospital.doctor, request)],
  }),
  'with a confirmation of another request': async ({ request, holder }) => {
    const other = await signEmergencyRequest(hospital, hospital.doctor, { patient: holder.id })
    const confirmation = await confirmedBy(hospital.otherDoctor, other, { id: request.id })
    return { by: both(), statements: [asked(request), confirmation] }
  },
  'with what two doctors signed about another patient': async ({ request }) => {
    const about = await signEmergencyRequest(hospital, hospital.doctor, {
      patient: neighbour.id,
      id: request.id,
    })
    return { by: both(), statements: [asked(about), await confirmedBy(hospital.otherDoctor, about)] }
  },
  'with another reason than was signed': async ({ request }) => ({
    by: both(),
    reason: 'She agreed',
    statements: [asked(request), await confirmedBy(hospital.otherDoctor, request)],
  }),
  'over more than the summary': async ({ request }) => ({
    by: both(),
    over: { scope: { categories: ['summary', 'sensitive'], records: [] } },
    statements: [asked(request), await confirmedBy(hospital.otherDoctor, request)],
  }),
  'for longer than an hour': async ({ request }) => ({
    by: both(),
    over: { notAfter: new Date(Date.now() + 2 * 3_600_000).toISOString() },
    statements: [asked(request), await confirmedBy(hospital.otherDoctor, request)],
  }),
  'by a member of staff': async ({ request }) => ({
    by: [personIn(hospital.doctor), personIn(hospital.staff)],
    statements: [asked(request), await confirmedBy(hospital.staff, request)],
  }),
}

test.each(Object.entries(cases))('attack: an emergency %s', async (_name, forge) => {
  const holder = await hospital.makeCardHolder()
  const request = await signEmergencyRequest(hospital, hospital.doctor, { patient: holder.id })
  const faults = await faultsAfter(holder, request.id, await forge({ holder, request }))
  expect(faults).not.toEqual([])
  expect(['signer-unknown', 'altered']).toContain(faults[0])
})

test('attack: a right that the node signs alone and calls an emergency', async () => {
  const holder = await hospital.makeCardHolder()
  const id = randomId()
  const body = {
    v: 1,
    id,
    patient: holder.id,
    grantee: personIn(hospital.doctor),
    hospital: hospital.connection.hospital.origin,
    ...terms,
    by: 'emergency',
    at: new Date().toISOString(),
  }
  const document = await signBody({ kind: 'grant', body, key: hospital.node.context.keys.nodeSigning })
  expect(await faultsAfter(holder, id, { kind: 'grant', statements: [{ kind: 'grant', document }] })).toEqual(
    ['signer-unknown'],
  )
})

test('what two doctors did sign holds', async () => {
  const holder = await hospital.makeCardHolder()
  const request = await signEmergencyRequest(hospital, hospital.doctor, { patient: holder.id })
  const statements = [asked(request), await confirmedBy(hospital.otherDoctor, request)]
  expect(await faultsAfter(holder, request.id, { by: both(), statements })).toEqual([])
})
