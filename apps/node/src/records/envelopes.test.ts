import { openRecords as openByClient } from '@curo/client/openings'
import { recipientsFor, type Sealing } from '@curo/client/sealing'
import { openRecords } from '@curo/contract/openings'
import { listOwnRecords, putRecords, type Wrap } from '@curo/contract/records'
import { fromBase64Url, toBase64Url } from '@curo/crypto/bytes'
import { mediatedPublicKey } from '@curo/crypto/mediated'
import { randomBytes, randomId } from '@curo/crypto/random'
import { briefOf, type Recipient, wholeWraps, wrapDigest } from '@curo/crypto/record'
import { deriveSealingKeyPair } from '@curo/crypto/xwing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { consentByCode, tryOpening } from '../testing/consents.ts'
import { forgeRecord, type RawRecord } from '../testing/envelopes.ts'
import { type CardHolder, type Hospital, makeHospital } from '../testing/hospital.ts'
import { signProof } from '../testing/statements.ts'

let hospital: Hospital
let holder: CardHolder
let sealing: Sealing
beforeAll(async () => {
  hospital = await makeHospital()
  holder = await hospital.makeCardHolder()
  sealing = await hospital.sealingFor(hospital.doctor, holder)
})
afterAll(() => hospital.stop())

async function put(records: RawRecord[], by = hospital.doctor) {
  const proof = await signProof(hospital, holder.card, { account: by.account.id })
  const body = { patient: holder.id, authority: { by: 'card' as const, proof }, records }
  return hospital.node.call(putRecords, { body }, { token: by.api.token ?? '' })
}

/** Refused whole: no record, no line in the ledger. */
async function mustRefuse(record: RawRecord, codes: string[]) {
  const proper = await forgeRecord(sealing)
  const { status, problem } = await put([proper, record])
  expect([status >= 400 && status < 500, codes.includes(problem.code)], problem.detail).toEqual([true, true])
  const { db } = hospital.node.context
  for (const { envelope } of [proper, record]) {
    const row = await db.selectFrom('records').select('id').where('id', '=', envelope.id).executeTakeFirst()
    const line = await db
      .selectFrom('ledger_events')
      .select('id')
      .where('id', '=', envelope.id)
      .executeTakeFirst()
    expect([row, line]).toEqual([undefined, undefined])
  }
}

test('a proper record is taken: what the attacks below differ in is why they are refused', async () => {
  expect((await put([await forgeRecord(sealing)])).status).toBe(201)
})

describe('what a reader is given of the wraps', () => {
  test.each([1, 2] as const)('version %i: the doctor her own, the patient all of them', async (v) => {
    const record = await forgeRecord(sealing, { over: { v } })
    expect((await put([record])).status).toBe(201)
    const { id } = record.envelope
    const consent = (await consentByCode(hospital, holder)).grant.id
    const { body } = await tryOpening(hospital, holder, { consent, records: [id] })
    const opened = body.records.find((one) => 'envelope' in one && one.envelope.id === id)
    expect(opened).toMatchObject({
      envelope: briefOf(record.envelope),
      wrap: wholeWraps(record.envelope).find(({ to }) => to === 'card'),
      rewrap: null,
    })
    const own = await hospital.node.call(listOwnRecords, {}, { token: holder.app.api.token ?? '' })
    expect(own.body.records.find(({ envelope }) => envelope.id === id)?.envelope).toEqual(record.envelope)
    for (const reader of [{ via: 'card' as const, card: holder.card }, { via: 'author' as const }]) {
      const records = await openByClient(hospital.doctor, {
        ...{ patient: holder.id, reader, records: [id] },
        ...(reader.via === 'card' ? { consent } : {}),
      })
      expect(records.map(({ fault }) => fault)).toEqual([undefined])
    }
  })

  test('a record is not taken with digests in the place of its wraps', async () => {
    await mustRefuse(await forgeRecord(sealing, { wraps: (wraps) => wraps.map(wrapDigest) }), [
      'invalid-input',
    ])
    await mustRefuse(
      await forgeRecord(sealing, {
        wraps: (wraps) => wraps.map((wrap) => (wrap.to === 'account' ? wrap : wrapDigest(wrap))),
      }),
      ['invalid-input'],
    )
  })
})

describe('attack: what an envelope says', () => {
  const cases: [string, () => Partial<RawRecord['envelope']>, string[]][] = [
    ['another custodian', () => ({ custodian: 'elsewhere.example/log' }), ['invalid-input']],
    ['another patient', () => ({ patient: randomId() }), ['invalid-input']],
    ['another author', () => ({ author: hospital.otherDoctor.account.id }), ['invalid-input']],
    [
      'made in the future',
      () => ({ created: new Date(Date.now() + 3_600_000).toISOString() }),
      ['invalid-input'],
    ],
    ['a clinical day in the future', () => ({ occurred: '2999-01-01' }), ['invalid-input']],
    ['a day that does not exist', () => ({ occurred: '2024-02-30' }), ['invalid-input', 'malformed']],
    ['another root', () => ({ root: toBase64Url(randomBytes(32)) }), ['tampered']],
    ['another sealed size', () => ({ sealedSize: 99 }), ['tampered']],
    ['an epoch that is not in force', () => ({ epoch: 7 }), ['invalid-input']],
    ['a day in the year 0', () => ({ occurred: '0000-01-01' }), ['invalid-input']],
    ['a category it was not sealed for', () => ({ category: 'imaging' }), ['invalid-input']],
  ]
  test.each(cases)('%s', async (_name, over, codes) => {
    const base = await forgeRecord(sealing)
    const changed = { ...base, envelope: { ...base.envelope, ...over() } }
    // Changed after signing, and changed and signed.
    await mustRefuse(changed, [...codes, 'forged-signature'])
    if (!('category' in over())) await mustRefuse(await forgeRecord(sealing, { over: over() }), codes)
  })

  test('bug: an epoch beyond what the database holds was an internal error', async () => {
    const recipients = (all: Recipient[]) => all.filter(({ to }) => to === 'account')
    const over = { epoch: 3_000_000_000 }
    await mustRefuse(await forgeRecord(sealing, { over, recipients }), ['invalid-input'])
  })

  test('a forged author’s signature', async () => {
    await mustRefuse(await forgeRecord(sealing, { signer: hospital.otherDoctor }), ['forged-signature'])
    const record = await forgeRecord(sealing)
    await mustRefuse(
      { ...record, envelope: { ...record.envelope, signature: toBase64Url(randomBytes(64)) } },
      ['forged-signature', 'malformed'],
    )
  })

  test('content that is not what was sealed', async () => {
    const [one, two] = [await forgeRecord(sealing), await forgeRecord(sealing)]
    await mustRefuse({ envelope: one.envelope, content: two.content }, ['tampered'])
    await mustRefuse({ envelope: one.envelope, content: { in: 'here', sealed: '' } }, ['tampered'])
  })
})

describe('attack: whom a record is sealed to', () => {
  const stranger = (to: Recipient['to'], like: Recipient): Recipient => {
    const pair = deriveSealingKeyPair(randomBytes(32))
    if (!like.point || !like.share) return { to, publicKey: pair.publicKey }
    // The stranger’s ML-KEM half beside the patient’s own point.
    const kemPublicKey = pair.publicKey.subarray(0, 1184)
    return {
      to,
      publicKey: mediatedPublicKey({ kemPublicKey, point: like.point }),
      point: like.point,
      share: like.share,
    }
  }

  test.each(['account', 'category', 'card', 'author'] as const)(
    'a stranger’s key in the place of the %s’s',
    async (to) => {
      const forged = await forgeRecord(sealing, {
        recipients: (proper) =>
          proper.map((recipient) => (recipient.to === to ? stranger(to, recipient) : recipient)),
      })
      await mustRefuse(forged, ['invalid-input', 'forged-signature'])
    },
  )

  test('no wrap for the patient’s own account key', async () => {
    await mustRefuse(
      await forgeRecord(sealing, { recipients: (proper) => proper.filter(({ to }) => to !== 'account') }),
      ['invalid-input'],
    )
  })

  test('two wraps for one kind of holder, or one for escrow that nobody agreed to', async () => {
    const twice = await forgeRecord(sealing, { wraps: (proper) => [...proper, ...proper.slice(0, 1)] })
    await mustRefuse(twice, ['invalid-input', 'malformed'])
    const escrow = await forgeRecord(sealing, {
      recipients: ([account, ...rest]) => [
        ...(account ? [account, { ...account, to: 'escrow' as const }] : []),
        ...rest,
      ],
    })
    await mustRefuse(escrow, ['invalid-input'])
  })

  test('a mediated key without its point, and a plain one with a point', async () => {
    const without = (to: string) => (wraps: readonly Wrap[]) =>
      wraps.map(({ point, proof, ...wrap }) =>
        wrap.to === to ? wrap : { ...wrap, ...(point ? { point } : {}), ...(proof ? { proof } : {}) },
      )
    for (const to of ['category', 'card', 'author'])
      await mustRefuse(await forgeRecord(sealing, { wraps: without(to) }), [
        'invalid-input',
        'forged-signature',
      ])
    const point = toBase64Url(randomBytes(32))
    const withPoint = await forgeRecord(sealing, {
      wraps: (wraps) =>
        wraps.map((wrap) => (wrap.to === 'account' ? { ...wrap, point, proof: point } : wrap)),
    })
    await mustRefuse(withPoint, ['invalid-input'])
  })

  test('a wrap of another record', async () => {
    const other = await forgeRecord(sealing)
    const copied = await forgeRecord(sealing, { wraps: () => other.envelope.wraps })
    await mustRefuse(copied, ['forged-signature'])
  })
})

describe('attack: the custodian’s step for another record’s encapsulation', () => {
  /** What an old reader, who still has the card or the category key, wants the step of. */
  async function victim() {
    const [stored] = await hospital.store(holder, [{}], hospital.otherDoctor)
    const rows = await hospital.node.context.db
      .selectFrom('wraps')
      .select('wrap')
      .where('record', '=', stored?.id ?? '')
      .execute()
    return rows.map(({ wrap }) => JSON.parse(wrap) as Wrap)
  }

  test.each(['category', 'card'] as const)(
    'copied into a record of one’s own, under the %s’s key',
    async (to) => {
      const hers = (await victim()).find((wrap) => wrap.to === to)
      const decoy = await forgeRecord(sealing, {
        wraps: (wraps) => wraps.map((wrap) => (wrap.to === to && hers ? hers : wrap)),
      })
      await mustRefuse(decoy, ['forged-signature'])
      const enc = fromBase64Url(hers?.sealed ?? '').slice(0, 1120)
      const graft = (sealed: string) => {
        const bytes = fromBase64Url(sealed)
        bytes.set(enc)
        return toBase64Url(bytes)
      }
      const grafted = await forgeRecord(sealing, {
        wraps: (wraps) =>
          wraps.map((wrap) => (wrap.to === to ? { ...wrap, sealed: graft(wrap.sealed) } : wrap)),
      })
      await mustRefuse(grafted, ['forged-signature', 'bad-key'])
    },
  )

  test('as one’s own author wrap, under a decoy X: the patient’s', async () => {
    const hers = (await victim()).find((wrap) => wrap.to === 'card')
    const card = recipientsFor(sealing.keys, 'laboratory').find(({ to }) => to === 'card')
    for (const wrap of [{ ...hers, to: 'author' as const }]) {
      const decoy = await forgeRecord(sealing, {
        wraps: (wraps) =>
          wraps.map((own) => (own.to === 'author' ? ({ ...own, ...wrap } as typeof own) : own)),
      })
      await mustRefuse(decoy, ['invalid-input', 'forged-signature'])
    }
    const asAuthor = await forgeRecord(sealing, {
      recipients: (proper) =>
        proper.map((recipient) =>
          recipient.to === 'author' && card ? { ...card, to: 'author' as const } : recipient,
        ),
    })
    await mustRefuse(asAuthor, ['invalid-input', 'forged-signature'])
  })
})

describe('the same id', () => {
  test('with the same content is answered as before, with other content it is a conflict', async () => {
    const record = await forgeRecord(sealing)
    const first = await put([record])
    const again = await put([record])
    expect([again.status, again.body]).toEqual([201, first.body])
    const other = await forgeRecord(sealing, { over: { id: record.envelope.id } })
    expect((await put([other])).problem.code).toBe('conflict')
    const byAnother = await forgeRecord(await hospital.sealingFor(hospital.otherDoctor, holder), {
      over: { id: record.envelope.id },
    })
    expect((await put([byAnother], hospital.otherDoctor)).problem.code).toBe('conflict')
  })

  test('bug: a record sent twice at the same moment was an internal error', async () => {
    const records = await Promise.all([forgeRecord(sealing), forgeRecord(sealing)])
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) => put(i % 2 ? records : [...records].reverse())),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(201))
    const receipts = answers.map(({ body }) => new Map(body.records.map(({ id, receipt }) => [id, receipt])))
    for (const { envelope } of records)
      expect(new Set(receipts.map((each) => JSON.stringify(each.get(envelope.id)))).size).toBe(1)
  })

  test('bug: one id twice in a call was an internal error', async () => {
    const record = await forgeRecord(sealing)
    const { status, problem } = await put([record, record])
    expect([status, problem.code]).toEqual([400, 'invalid-input'])
  })
})

test('attack: writing without the card, with another’s consent, or as the patient', async () => {
  const record = await forgeRecord(sealing)
  const send = (authority: object, by = hospital.doctor) =>
    hospital.node.call(
      putRecords,
      { body: { patient: holder.id, authority, records: [record] } as never },
      { token: by.api.token ?? '' },
    )
  const consent = (await consentByCode(hospital, holder, {}, hospital.otherDoctor)).grant.id
  const neighbour = await hospital.makeCardHolder()
  const proof = await signProof(hospital, neighbour.card, { account: hospital.doctor.account.id })
  expect((await send({ by: 'self' })).status).toBe(404)
  expect((await send({ by: 'consent', consent })).status).toBe(404)
  expect((await send({ by: 'consent', consent: randomId() })).status).toBe(404)
  expect((await send({ by: 'card', proof })).status).toBe(404)
  expect((await send({ by: 'self' }, neighbour.app)).status).toBe(404)
  expect((await send({ by: 'card', proof }, hospital.staff)).status).toBe(403)
})

test('bug: a page of one’s records that no page had named was an internal error', async () => {
  const list = (after: string) =>
    hospital.node.call(listOwnRecords, { query: { after } }, { token: holder.app.api.token ?? '' })
  for (const after of ['', 'x y', `2024-13-45 ${randomId()}`, `2024-02-30 ${randomId()}`, "' ' --"])
    expect([after, (await list(after)).status]).toEqual([after, 400])
  const first = await hospital.node.call(
    listOwnRecords,
    { query: { limit: 1 } },
    { token: holder.app.api.token ?? '' },
  )
  expect((await list(first.body.next ?? '')).status).toBe(200)
})

test('no half call: of ten records with one bad one none is in the timeline, the list or the ledger', async () => {
  const good = await Promise.all(Array.from({ length: 9 }, () => forgeRecord(sealing)))
  const bad = await forgeRecord(sealing, { over: { root: toBase64Url(randomBytes(32)) } })
  expect((await put([...good, bad])).status).toBe(422)
  const consent = (await consentByCode(hospital, holder)).grant.id
  const ids = good.map(({ envelope }) => envelope.id)
  const timeline = await tryOpening(hospital, holder, { consent })
  expect(JSON.stringify(timeline.body)).not.toMatch(new RegExp(ids.join('|')))
  const opening = await tryOpening(hospital, holder, { consent, records: ids })
  expect([opening.status, openRecords.path]).toEqual([404, '/v1/openings'])
  const lines = await hospital.node.context.db
    .selectFrom('ledger_events')
    .select('id')
    .where('id', 'in', ids)
    .execute()
  expect(lines).toEqual([])
})
