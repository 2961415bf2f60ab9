import type { Person } from '@curo/client/person'
import { giveBackConsent, listConsents, revokeConsent } from '@curo/contract/consent'
import { readOpenedContent } from '@curo/contract/openings'
import { toBase64Url } from '@curo/crypto/bytes'
import { randomId } from '@curo/crypto/random'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { consentByApp, consentByCode, HOUR_MS, ledgerLines, tryOpening } from '../testing/consents.ts'
import { type CardHolder, type Hospital, makeHospital } from '../testing/hospital.ts'
import { signGiveBack, signRevocation } from '../testing/statements.ts'

let hospital: Hospital
let holder: CardHolder
beforeAll(async () => {
  hospital = await makeHospital()
  holder = await hospital.makeCardHolder()
})
afterAll(() => hospital.stop())

const as = (person: Person) => ({ token: person.api.token ?? '' })

type Said = Partial<Parameters<typeof signGiveBack>[2]>
async function giveBack(consent: string, by: Person = hospital.doctor, over: Said = {}, signer = by) {
  const said = { patient: holder.id, account: by.account.id, consent, ...over }
  const document = await signGiveBack(hospital, signer, said)
  const input = { params: { consent }, body: { giveBack: document } }
  return hospital.node.call(giveBackConsent, input, as(by))
}

async function takeBack(consent: string) {
  const revocation = await signRevocation(hospital, holder.app, { patient: holder.id, consent })
  return hospital.node.call(revokeConsent, { params: { consent }, body: { revocation } }, as(holder.app))
}

const stateFor = async (by: Person, consent: string) =>
  (await hospital.node.call(listConsents, {}, as(by))).body.consents.find(({ grant }) => grant.id === consent)
    ?.state

describe('a consent given back by the doctor', () => {
  test.each([
    ['by code', consentByCode, 'card' as const],
    ['in the app', consentByApp, 'category' as const],
  ])('that was given %s opens nothing any more, as one taken back', async (_, give, via) => {
    const [stored] = await hospital.store(holder, [{ content: new Uint8Array(200_000) }])
    const record = stored?.id ?? ''
    const consent = (await give(hospital, holder)).grant.id
    const opened = await tryOpening(hospital, holder, { consent, via, records: [record] })
    const params = { opening: opened.body.opening, record }
    const readContent = () => hospital.node.call(readOpenedContent, { params }, as(hospital.doctor))
    expect((await readContent()).status).toBe(200)

    const { status, body } = await giveBack(consent)
    expect(status).toBe(200)
    expect(body.consent).toMatchObject({ state: 'given-back', revokedAt: expect.any(String) })
    const refusals = [
      await tryOpening(hospital, holder, { consent, via, records: [record] }),
      await tryOpening(hospital, holder, { consent, via }),
      await readContent(),
    ]
    const other = (await give(hospital, holder)).grant.id
    await takeBack(other)
    const { problem } = await tryOpening(hospital, holder, { consent: other, via })
    expect(refusals.map((answer) => answer.status)).toEqual([404, 404, 404])
    expect(refusals.map((answer) => answer.problem)).toEqual([problem, problem, problem])
    expect(await stateFor(holder.app, consent)).toBe('given-back')
  })

  test('stands in her ledger with the doctor’s own signature before the answer', async () => {
    const consent = (await consentByCode(hospital, holder)).grant.id
    const { id } = hospital.doctor.account
    const document = await signGiveBack(hospital, hospital.doctor, { patient: holder.id, consent })
    const input = { params: { consent }, body: { giveBack: document } }
    expect((await hospital.node.call(giveBackConsent, input, as(hospital.doctor))).status).toBe(200)
    const { db, ledger } = hospital.node.context
    expect(await ledger.bodyOf(db, 'revoke', document.id)).toMatchObject({
      consent,
      by: { account: id, identity: toBase64Url(hospital.doctor.identity.publicKey) },
      statements: [{ kind: 'give-back', document }],
    })
  })

  test('twice, and twice at once, is one line in the ledger', async () => {
    const consent = (await consentByCode(hospital, holder)).grant.id
    const lines = await ledgerLines(hospital, holder.id, 'revoke')
    const answers = await Promise.all([giveBack(consent), giveBack(consent)])
    answers.push(await giveBack(consent))
    expect(answers.map(({ body }) => body.consent.state)).toEqual(Array(3).fill('given-back'))
    expect(await ledgerLines(hospital, holder.id, 'revoke')).toBe(lines + 1)
  })

  test('is hers, and signed by her: another doctor’s is not there', async () => {
    const { doctor, otherDoctor } = hospital
    const consent = (await consentByCode(hospital, holder)).grant.id
    const absent = await giveBack(randomId())
    const refused = [
      await giveBack(consent, otherDoctor),
      await giveBack(consent, otherDoctor, { account: doctor.account.id }),
      await giveBack(consent, doctor, { patient: randomId() }),
      await giveBack(consent, doctor, { consent: randomId() }),
    ]
    for (const { status, problem } of refused) expect([status, problem]).toEqual([404, absent.problem])
    expect((await giveBack(consent, doctor, {}, otherDoctor)).problem.code).toBe('forged-signature')
    expect((await giveBack(consent, holder.app)).status).toBe(403)
    expect(await stateFor(doctor, consent)).toBe('active')
  })

  test('must be open: what was taken back or is over has nothing left to give back', async () => {
    const takenBack = (await consentByCode(hospital, holder)).grant.id
    await takeBack(takenBack)
    expect((await giveBack(takenBack)).problem.code).toBe('conflict')
    expect(await stateFor(holder.app, takenBack)).toBe('revoked')

    const brief = { notAfter: new Date(hospital.node.clock.now().getTime() + HOUR_MS / 60) }
    const over = (await consentByCode(hospital, holder, brief)).grant.id
    hospital.node.clock.advance(HOUR_MS / 30)
    expect((await giveBack(over)).problem.code).toBe('conflict')
    expect(await stateFor(hospital.doctor, over)).toBe('expired')
  })

  test('and then taken back by the patient stays given back', async () => {
    const consent = (await consentByApp(hospital, holder)).grant.id
    await giveBack(consent)
    const { body } = await takeBack(consent)
    expect(body.consent.state).toBe('given-back')
    const listed = async (state: 'given-back' | 'revoked') => {
      const answer = await hospital.node.call(listConsents, { query: { state } }, as(hospital.doctor))
      return answer.body.consents.map(({ grant }) => grant.id)
    }
    expect(await listed('given-back')).toContain(consent)
    expect(await listed('revoked')).not.toContain(consent)
  })

  test('attack: under the id of another statement it would leave no line', async () => {
    const [one, two] = [await consentByApp(hospital, holder), await consentByApp(hospital, holder)]
    const id = randomId()
    expect((await giveBack(one.grant.id, hospital.doctor, { id })).status).toBe(200)
    expect((await giveBack(two.grant.id, hospital.doctor, { id })).problem.code).toBe('conflict')
    expect(await stateFor(hospital.doctor, two.grant.id)).toBe('active')
  })
})
