import { signOwnChange } from '@curo/client/own-change'
import { addPaper } from '@curo/client/papers'
import type { Person } from '@curo/client/person'
import { blockCard } from '@curo/contract/cards'
import {
  enterOtp,
  giveBackConsent,
  refuseRequest,
  requestConsent,
  resealConsent,
  resendOtp,
  revokeConsent,
} from '@curo/contract/consent'
import { refuseRecovery, releaseShare } from '@curo/contract/guardians'
import { openRecords, openTimeline, readOpenedContent } from '@curo/contract/openings'
import { listPapers, readPaper } from '@curo/contract/papers'
import { putPasskeyRoot, removePasskey } from '@curo/contract/passkeys'
import { getPatient, getPatientKeys, publishPatientKeys } from '@curo/contract/patients'
import { putRecords, putRewraps, readOwnContent } from '@curo/contract/records'
import type { RouteDefinition } from '@curo/contract/route'
import { dropUpload, getUpload, putUploadPart, startUpload } from '@curo/contract/vault'
import { toBase64Url, utf8Bytes } from '@curo/crypto/bytes'
import { makeCardNumber } from '@curo/crypto/card'
import { randomBytes, randomId } from '@curo/crypto/random'
import { makeRewrap } from '@curo/crypto/record'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { consentByCode, tryOpening } from './testing/consents.ts'
import { forgeRecord } from './testing/envelopes.ts'
import { type CardHolder, type Hospital, makeHospital } from './testing/hospital.ts'
import { makePatientKeys } from './testing/people.ts'
import {
  signConsentRequest,
  signGiveBack,
  signOpening,
  signProof,
  signRevocation,
} from './testing/statements.ts'

let hospital: Hospital
/** Whose things are asked after, and who asks. */
let owner: CardHolder
let asking: CardHolder
let theirs: {
  record: string
  opening: string
  consent: string
  request: string
  upload: string
  passkey: string
  recovery: string
  paper: string
}
beforeAll(async () => {
  hospital = await makeHospital()
  owner = await hospital.makeCardHolder()
  asking = await hospital.makeCardHolder()
  const { doctor, node } = hospital
  const [stored] = await hospital.store(owner, [{ content: randomBytes(100_000) }])
  const record = stored?.id ?? ''
  const consent = (await consentByCode(hospital, owner)).grant.id
  const opened = await tryOpening(hospital, owner, { consent, records: [record] })
  const request = await signConsentRequest(hospital, doctor, { patient: owner.id })
  const proof = await signProof(hospital, owner.card, { account: doctor.account.id })
  const token = doctor.api.token ?? ''
  await node.call(requestConsent, { body: { request, proof } }, { token })
  const { upload } = (await node.call(startUpload, { body: { sealedSize: 100 } }, { token })).body
  const { passkey, recovery } = await addAccountThings(owner.app.account.id)
  const signed = { patient: owner.id, kind: 'treatment', bytes: utf8Bytes('%PDF-1.7 signed') } as const
  const { id: paper } = await addPaper(hospital.staff, signed)
  theirs = {
    ...{ record, opening: opened.body.opening, consent, request: request.id, upload },
    ...{ passkey, recovery, paper },
  }
})
afterAll(() => hospital.stop())

/** A passkey, and guardians who are asked: how these come about is tested with them. */
async function addAccountThings(account: string) {
  const { db } = hospital.node.context
  const [passkey, recovery] = [randomId(), randomId()]
  const now = hospital.node.clock.now()
  const later = new Date(now.getTime() + 3_600_000)
  await db
    .insertInto('passkeys')
    .values({
      ...{ id: passkey, account, counter: 0, transports: '[]', wrapped_root: null, created_at: now },
      ...{ credential: Buffer.from(passkey), public_key: Buffer.alloc(1), name: Buffer.alloc(1) },
    })
    .execute()
  await db
    .insertInto('recoveries')
    .values({
      ...{ id: recovery, account, means: 'guardians', state: 'confirmed' },
      ...{ created_at: now, expires_at: later },
    })
    .execute()
  await db
    .insertInto('guardian_requests')
    .values({
      ...{ recovery, owner: account, asked_at: now, opens_at: later },
      ...{ request_key: Buffer.alloc(1216), refusal_hash: Buffer.from(randomBytes(32)) },
    })
    .execute()
  return { passkey, recovery }
}

type Probe = { route: RouteDefinition; by: Person; input: object }
/** The same question after something of somebody else’s, and after something that is not there. */
type Question = (thing: typeof theirs & { patient: string; card: string }) => Promise<Probe>

const nothing = () => ({
  record: randomId(),
  opening: randomId(),
  consent: randomId(),
  request: randomId(),
  upload: randomId(),
  passkey: randomId(),
  recovery: randomId(),
  paper: randomId(),
  patient: randomId(),
  card: makeCardNumber(),
})

const questions: Record<string, Question> = {
  'a patient, by another patient': async ({ patient }) => ({
    route: getPatient,
    by: asking.app,
    input: { params: { patient } },
  }),
  'a patient’s keys, by another patient': async ({ patient }) => ({
    route: getPatientKeys,
    by: asking.app,
    input: { params: { patient } },
  }),
  'a patient’s signed papers, by another patient': async ({ patient }) => ({
    route: listPapers,
    by: asking.app,
    input: { params: { patient } },
  }),
  'a signed paper, by another patient': async ({ paper }) => ({
    route: readPaper,
    by: asking.app,
    input: { params: { paper } },
  }),
  'a patient, by publishing keys for her': async ({ patient }) => ({
    route: publishPatientKeys,
    by: asking.app,
    input: {
      params: { patient },
      body: { keys: await makePatientKeys({ patient, root: asking.app.root, revision: 1, epoch: 1 }) },
    },
  }),
  'a card, by blocking it': async ({ card }) => ({
    route: blockCard,
    by: asking.app,
    input: { body: { card } },
  }),
  'a record, by another patient': async ({ record }) => ({
    route: readOwnContent,
    by: asking.app,
    input: { params: { record } },
  }),
  'a record, by adding wraps to it': async ({ record }) => ({
    route: putRewraps,
    by: asking.app,
    input: {
      body: {
        rewraps: [
          await makeRewrap({
            record,
            dek: randomBytes(32),
            recipients: [{ to: 'account', publicKey: asking.app.seal.publicKey }],
            at: new Date().toISOString(),
            key: asking.app.identity,
          }),
        ],
      },
    },
  }),
  'a record, by opening it as its author': async ({ record }) => ({
    route: openRecords,
    by: hospital.otherDoctor,
    input: {
      body: {
        request: await signOpening(hospital, hospital.otherDoctor, {
          patient: owner.id,
          via: 'author',
          records: [record],
        }),
      },
    },
  }),
  'a consent, by opening with it': async ({ consent, patient }) => ({
    route: openTimeline,
    by: hospital.otherDoctor,
    input: {
      body: {
        request: await signOpening(hospital, hospital.otherDoctor, { patient, consent }),
        proof: await signProof(hospital, owner.card, { account: hospital.otherDoctor.account.id }),
      },
    },
  }),
  'a consent, by writing with it': async ({ consent }) => ({
    route: putRecords,
    by: hospital.otherDoctor,
    input: {
      body: {
        patient: owner.id,
        authority: { by: 'consent', consent },
        records: [await forgeRecord(await hospital.sealingFor(hospital.otherDoctor, owner))],
      },
    },
  }),
  'a consent, by revoking it': async ({ consent }) => ({
    route: revokeConsent,
    by: asking.app,
    input: {
      params: { consent },
      body: { revocation: await signRevocation(hospital, asking.app, { patient: asking.id, consent }) },
    },
  }),
  'a consent, by giving it back': async ({ consent, patient }) => ({
    route: giveBackConsent,
    by: hospital.otherDoctor,
    input: {
      params: { consent },
      body: { giveBack: await signGiveBack(hospital, hospital.otherDoctor, { patient, consent }) },
    },
  }),
  'a consent, by sealing its keys anew': async ({ consent }) => ({
    route: resealConsent,
    by: asking.app,
    input: { params: { consent }, body: { sealedKeys: toBase64Url(randomBytes(100)) } },
  }),
  'a request, by refusing it': async ({ request }) => ({
    route: refuseRequest,
    by: asking.app,
    input: { params: { request }, body: {} },
  }),
  'a request, by entering a code': async ({ request }) => ({
    route: enterOtp,
    by: hospital.otherDoctor,
    input: { params: { request }, body: { code: '123456' } },
  }),
  'a request, by having a code sent': async ({ request }) => ({
    route: resendOtp,
    by: hospital.otherDoctor,
    input: { params: { request } },
  }),
  'an opening, by its content': async ({ opening }) => ({
    route: readOpenedContent,
    by: hospital.otherDoctor,
    input: { params: { opening, record: theirs.record } },
  }),
  'a passkey, by removing it': async ({ passkey }) => ({
    route: removePasskey,
    by: asking.app,
    input: {
      params: { passkey },
      body: { change: await signOwnChange(asking.app, removePasskey, { passkey }) },
    },
  }),
  'a passkey, by wrapping a root with it': async ({ passkey }) => {
    const content = { wrappedRoot: toBase64Url(randomBytes(113)) }
    const change = await signOwnChange(asking.app, putPasskeyRoot, { ...content, passkey })
    return {
      route: putPasskeyRoot,
      by: asking.app,
      input: { params: { passkey }, body: { ...content, change } },
    }
  },
  'a recovery, by refusing it': async ({ recovery }) => ({
    route: refuseRecovery,
    by: asking.app,
    input: { params: { recovery } },
  }),
  'a recovery, by helping without being a guardian': async ({ recovery }) => {
    const content = { sealedShare: toBase64Url(randomBytes(1500)) }
    const change = await signOwnChange(asking.app, releaseShare, { ...content, recovery })
    return {
      route: releaseShare,
      by: asking.app,
      input: { params: { recovery }, body: { ...content, change } },
    }
  },
  'an upload': async ({ upload }) => ({
    route: getUpload,
    by: hospital.otherDoctor,
    input: { params: { upload } },
  }),
  'an upload, by sending a part': async ({ upload }) => ({
    route: putUploadPart,
    by: hospital.otherDoctor,
    input: { params: { upload, part: 0 }, body: randomBytes(100) },
  }),
  'an upload, by dropping it': async ({ upload }) => ({
    route: dropUpload,
    by: hospital.otherDoctor,
    input: { params: { upload } },
  }),
}

const ROUNDS = 15
const TRIES = 5
const median = (times: number[]) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0

test.each(Object.entries(questions))(
  'what is another’s looks like what is not there: %s',
  { timeout: 60_000 },
  async (_name, question) => {
    const answers = new Set<string>()
    const ask = async (kind: 'forbidden' | 'absent') => {
      const thing = kind === 'absent' ? nothing() : { ...theirs, patient: owner.id, card: owner.card.number }
      const { route, by, input } = await question(thing)
      const started = performance.now()
      const answer = await hospital.node.call(route, input as never, { token: by.api.token ?? '' })
      const took = performance.now() - started
      answers.add(`${answer.status} ${JSON.stringify(answer.problem)}`)
      return took
    }
    /** Roughly: a signature more or less, or a look into a bucket, would show. */
    const takesTheSameTime = async () => {
      const times: { forbidden: number[]; absent: number[] } = { forbidden: [], absent: [] }
      for (let round = 0; round < ROUNDS; round++)
        for (const kind of ['forbidden', 'absent'] as const) times[kind].push(await ask(kind))
      const [forbidden, absent] = [median(times.forbidden), median(times.absent)]
      return Math.abs(forbidden - absent) < Math.max(5, 0.6 * Math.max(forbidden, absent))
    }
    // What tells them apart does so every time; what else the machine does, now and then.
    let isSame = await takesTheSameTime()
    for (let tries = 1; !isSame && tries < TRIES; tries++) isSame = await takesTheSameTime()
    expect([...answers]).toHaveLength(1)
    expect([...answers][0]).toMatch(/^404 /)
    expect(isSame).toBe(true)
  },
)

test('an owner gets more than that: the questions can be answered', async () => {
  const token = { token: hospital.doctor.api.token ?? '' }
  expect((await hospital.node.call(getUpload, { params: { upload: theirs.upload } }, token)).status).toBe(200)
  const content = { params: { opening: theirs.opening, record: theirs.record } }
  expect((await hospital.node.call(readOpenedContent, content, token)).status).toBe(200)
  expect((await hospital.node.call(resendOtp, { params: { request: theirs.request } }, token)).status).toBe(
    200,
  )
  const mine = { token: owner.app.api.token ?? '' }
  expect((await hospital.node.call(getPatient, { params: { patient: owner.id } }, mine)).status).toBe(200)
  expect((await hospital.node.call(readOwnContent, { params: { record: theirs.record } }, mine)).status).toBe(
    200,
  )
})
