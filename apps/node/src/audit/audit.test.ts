import { challengeStorage, listActivity } from '@curo/client/audit'
import { challengeStorage as challengeRoute } from '@curo/contract/audit'
import { refuseRequest, requestConsent, revokeConsent } from '@curo/contract/consent'
import { toBase64Url } from '@curo/crypto/bytes'
import { leafHash, merkleRootOfChunks } from '@curo/crypto/merkle'
import { randomBytes } from '@curo/crypto/random'
import { verifyInclusion } from '@curo/ledger/proofs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { consentByApp, consentByCode, tryOpening } from '../testing/consents.ts'
import { type CardHolder, type Hospital, makeHospital } from '../testing/hospital.ts'
import { signConsentRequest, signRevocation } from '../testing/statements.ts'
import { proveHeldLeaf } from './leaf-proof.ts'

let hospital: Hospital
let holder: CardHolder
beforeAll(async () => {
  hospital = await makeHospital()
  holder = await hospital.makeCardHolder()
})
afterAll(() => hospital.stop())

test.each([1, 4095, 4096, 4097, 8192, 20_000, 65_536])(
  'every leaf of %i bytes that are held whole is proved',
  (size) => {
    const content = randomBytes(size)
    const root = merkleRootOfChunks(content)
    const leaves = Math.ceil(size / 4096)
    for (let index = 0; index < leaves; index++) {
      const { data, path } = proveHeldLeaf(content, index)
      expect(verifyInclusion({ index, size: leaves, leafHash: leafHash(data), proof: path, root })).toBe(true)
    }
    expect(() => proveHeldLeaf(content, leaves)).toThrow()
  },
)

describe('storage challenges', () => {
  const rows = () =>
    hospital.node.context.db.selectFrom('records').select(['id', 'root', 'sealed_size']).execute()
  const audited = async () =>
    (await rows()).map((row) => ({ root: toBase64Url(row.root), sealedSize: Number(row.sealed_size) }))
  const outcomes = async (person = hospital.auditor) => {
    const results = await challengeStorage(person, { records: await audited(), challenges: 300 })
    return new Set(results.map(({ outcome }) => outcome))
  }

  test('are met for content in the database and in the vault, small and large', async () => {
    for (const size of [10, 5000, 60_000, 200_000, 1_500_000])
      await hospital.store(holder, [{ content: randomBytes(size) }])
    expect(await outcomes()).toEqual(new Set(['held']))
    expect(await outcomes(hospital.admin)).toEqual(new Set(['held']))
    expect(await outcomes(holder.app)).toEqual(new Set(['held']))
  })

  test('attack: a patient asks for ciphertext that is not hers, and cannot tell it from what is not there', async () => {
    const neighbour = await hospital.makeCardHolder()
    expect(await outcomes(neighbour.app)).toEqual(new Set(['missing']))
    const [first] = await audited()
    const challenges = [
      { root: first?.root ?? '', leaf: 0 },
      { root: toBase64Url(randomBytes(32)), leaf: 0 },
    ]
    const token = neighbour.app.api.token ?? ''
    const { body } = await hospital.node.call(challengeRoute, { body: { challenges } }, { token })
    expect(body.answers).toEqual([null, null])
  })

  test('a leaf beyond the end, a root nobody has and a doctor who asks get nothing', async () => {
    const [first] = await audited()
    const ask = (challenges: { root: string; leaf: number }[], token = hospital.auditor.api.token ?? '') =>
      hospital.node.call(challengeRoute, { body: { challenges } }, { token })
    const { body } = await ask([
      { root: first?.root ?? '', leaf: 1_000_000 },
      { root: toBase64Url(randomBytes(32)), leaf: 0 },
      { root: first?.root ?? '', leaf: 0 },
    ])
    expect(body.answers.map((answer) => answer?.leaf)).toEqual([undefined, undefined, 0])
    expect((await ask([{ root: first?.root ?? '', leaf: 0 }], hospital.doctor.api.token)).status).toBe(403)
    expect((await ask([])).status).toBe(400)
  })

  test('content altered or lost is found out', async () => {
    const { db, vault } = hospital.node.context
    const inline = await db
      .selectFrom('records')
      .select(['id', 'content'])
      .where('content', 'is not', null)
      .execute()
    for (const { id, content } of inline) {
      const bytes = Buffer.from(content ?? [])
      bytes[0] = (bytes[0] ?? 0) ^ 1
      await db.updateTable('records').set({ content: bytes }).where('id', '=', id).execute()
    }
    const stored = await db.selectFrom('vault_objects').selectAll().execute()
    await vault.remove(stored)
    expect(await outcomes()).toEqual(new Set(['altered', 'missing']))
  })
})

describe('activity', () => {
  test('is written for what people do, and names no patient', async () => {
    const other = await makeHospital()
    try {
      const her = await other.makeCardHolder()
      const [stored] = await other.store(her, [{}])
      const byCode = (await consentByCode(other, her)).grant.id
      await tryOpening(other, her, { consent: byCode, records: [stored?.id ?? ''] })
      const { grant } = await consentByApp(other, her)
      const token = her.app.api.token ?? ''
      const revocation = await signRevocation(other, her.app, { patient: her.id, consent: grant.id })
      await other.node.call(revokeConsent, { params: { consent: grant.id }, body: { revocation } }, { token })
      const request = await signConsentRequest(other, other.doctor, { patient: her.id })
      await other.node.call(requestConsent, { body: { request } }, { token: other.doctor.api.token ?? '' })
      await other.node.call(refuseRequest, { params: { request: request.id }, body: {} }, { token })

      const { events, next } = await listActivity(other.auditor, { limit: 500 })
      const said = events.map(({ kind, outcome, account }) => `${kind} ${outcome} ${nameOf(other, account)}`)
      expect(said.sort()).toEqual([
        'account approved admin',
        'account approved admin',
        'account approved admin',
        'account approved admin',
        'consent granted doctor',
        'consent granted null',
        'consent revoked null',
        'consent-request asked doctor',
        'consent-request asked doctor',
        'consent-request refused null',
        'opening recorded doctor',
        'patient registered staff',
        'record stored doctor',
      ])
      expect(next).toBeNull()
      const text = JSON.stringify(events)
      for (const secret of [her.id, her.app.account.id, stored?.id ?? '', byCode, grant.id, request.id])
        expect(text).not.toContain(secret)
    } finally {
      await other.stop()
    }
  })

  const nameOf = ({ admin, staff, doctor, otherDoctor }: Hospital, account: string | null) =>
    Object.entries({ admin, staff, doctor, otherDoctor }).find(
      ([, person]) => person.account.id === account,
    )?.[0] ?? account

  test('comes in pages that neither overlap nor leave out, newest first, also of one kind', async () => {
    const consent = (await consentByCode(hospital, holder)).grant.id
    for (let i = 0; i < 7; i++) await tryOpening(hospital, holder, { consent })
    for (const filter of [{}, { kind: 'opening' }, { kind: 'account' }]) {
      const whole = (await listActivity(hospital.admin, { ...filter, limit: 500 })).events
      const paged: typeof whole = []
      let after: string | undefined
      do {
        const page = await listActivity(hospital.admin, { ...filter, limit: 2, ...(after ? { after } : {}) })
        paged.push(...page.events)
        after = page.next ?? undefined
      } while (after)
      expect(paged).toEqual(whole)
      expect(whole.length).toBeGreaterThan(3)
      expect(whole.map(({ at }) => at)).toEqual(
        whole
          .map(({ at }) => at)
          .sort()
          .reverse(),
      )
    }
    await expect(listActivity(hospital.admin, { after: "x' or 1=1" })).rejects.toMatchObject({
      code: 'invalid-input',
    })
  })
})
