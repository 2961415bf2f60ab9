import { blockCard } from '@curo/client/cards'
import { revokeConsent } from '@curo/contract/consent'
import { readOpenedContent } from '@curo/contract/openings'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { consentByApp, consentByCode, tryOpening } from '../testing/consents.ts'
import { type CardHolder, type Hospital, makeHospital } from '../testing/hospital.ts'
import { signRevocation } from '../testing/statements.ts'

let hospital: Hospital
let holder: CardHolder
let record: string
beforeAll(async () => {
  hospital = await makeHospital()
  holder = await hospital.makeCardHolder()
  const [stored] = await hospital.store(holder, [{}])
  record = stored?.id ?? ''
})
afterAll(() => hospital.stop())

async function revoke(consent: string) {
  const revocation = await signRevocation(hospital, holder.app, { patient: holder.id, consent })
  const token = holder.app.api.token ?? ''
  const answer = await hospital.node.call(
    revokeConsent,
    { params: { consent }, body: { revocation } },
    { token },
  )
  expect(answer.status).toBe(200)
  return revocation.id
}

/** Where an event stands in her chain. */
async function placeOf(kind: string, id: string): Promise<number> {
  const row = await hospital.node.context.db
    .selectFrom('ledger_events')
    .select('seq')
    .where('kind', '=', kind)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return Number(row.seq)
}

test('attack: openings race with the revocation: none is released after it was answered', {
  timeout: 180_000,
}, async () => {
  const outcomes = { before: 0, refused: 0 }
  // How the race goes is the machine's matter: it is run until both have won some, with an end.
  const hasRaced = () => outcomes.before > 10 && outcomes.refused > 50
  for (let round = 0; round < 25 || (!hasRaced() && round < 200); round++) {
    const consent = (await (round % 2 ? consentByApp : consentByCode)(hospital, holder)).grant.id
    let revoked = false
    const tries: { sentAfter: boolean; answer: ReturnType<typeof tryOpening> }[] = []
    const tryOne = () => {
      const sentAfter = revoked
      tries.push({ sentAfter, answer: tryOpening(hospital, holder, { consent, records: [record] }) })
    }
    for (let i = 0; i < 3; i++) tryOne()
    // A head start for some, a little longer each time, so that no machine is too fast or too slow for every round.
    await new Promise((resolve) => setTimeout(resolve, round % 25))
    const revocation = revoke(consent).then((id) => {
      revoked = true
      for (let i = 0; i < 2; i++) tryOne()
      return id
    })
    for (let i = 0; i < 3; i++) tryOne()
    const end = await placeOf('revoke', await revocation)
    for (const { sentAfter, answer } of tries) {
      const { status, body } = await answer
      if (status === 201) {
        expect(sentAfter).toBe(false)
        // In her history, too, what was given out comes before the end.
        expect(await placeOf('opening', body.opening)).toBeLessThan(end)
        outcomes.before++
      } else {
        expect(status).toBe(404)
        outcomes.refused++
      }
    }
  }
  expect(hasRaced()).toBe(true)
})

test('a revocation after the opening was written, and before it is given out, keeps it back', async () => {
  const { ledger } = hospital.node.context
  const submitAlone = ledger.submitAlone.bind(ledger)
  const consent = (await consentByCode(hospital, holder)).grant.id
  try {
    ledger.submitAlone = async (events) => {
      const receipts = await submitAlone(events)
      await revoke(consent)
      return receipts
    }
    const { status } = await tryOpening(hospital, holder, { consent, records: [record] })
    expect(status).toBe(404)
  } finally {
    ledger.submitAlone = submitAlone
  }
})

test('bug: a card blocked after the opening was written, and before it was given out, opened all the same', async () => {
  const { ledger } = hospital.node.context
  const submitAlone = ledger.submitAlone.bind(ledger)
  const her = await hospital.makeCardHolder()
  const [stored] = await hospital.store(her, [{}])
  const consent = (await consentByCode(hospital, her)).grant.id
  try {
    ledger.submitAlone = async (events) => {
      const receipts = await submitAlone(events)
      await blockCard(hospital.staff, { card: her.card.number })
      return receipts
    }
    const { status } = await tryOpening(hospital, her, { consent, records: [stored?.id ?? ''] })
    expect(status).toBe(403)
  } finally {
    ledger.submitAlone = submitAlone
  }
})

test('bug: the content of a large record was given out after the card it was opened with was blocked', async () => {
  const her = await hospital.makeCardHolder()
  const [large] = await hospital.store(her, [{ content: new Uint8Array(200_000) }])
  const consent = (await consentByCode(hospital, her)).grant.id
  const { body } = await tryOpening(hospital, her, { consent, records: [large?.id ?? ''] })
  const params = { opening: body.opening, record: large?.id ?? '' }
  const read = () =>
    hospital.node.call(readOpenedContent, { params }, { token: hospital.doctor.api.token ?? '' })
  expect((await read()).status).toBe(200)
  await blockCard(hospital.staff, { card: her.card.number })
  expect((await read()).status).toBe(404)
})
