import { toBase64Url } from '@curo/crypto/bytes'
import { canonicalJson } from '@curo/crypto/canonical-json'
import { cosignBody, importSigningKey, signBody } from '@curo/crypto/signatures'
import { describe, expect, it } from 'vitest'
import { BODY_KINDS, type Body, type BodyKind, parseBody, verifyBodySignatures } from './bodies.ts'

const node = await importSigningKey(new Uint8Array(32).fill(1))
const doctor = await importSigningKey(new Uint8Array(32).fill(2))
const id = (fill: number) => toBase64Url(new Uint8Array(16).fill(fill))
const hash = (fill: number) => toBase64Url(new Uint8Array(32).fill(fill))
const person = { account: id(9), identity: toBase64Url(doctor.publicKey) }
const consented = {
  scope: { categories: ['laboratory'], records: [] },
  purpose: { code: 'CAREMGT' },
  use: 'single',
  notAfter: '2026-02-03T04:05:06.007Z',
}
const amount = { minor: 150_000, currency: 'INR' }

/** A whole example of each kind. */
const EXAMPLES: Record<BodyKind, object> = {
  register: { patient: id(1), identity: hash(1) },
  anchor: { record: id(1), category: 'laboratory', envelope: hash(1), root: hash(2) },
  grant: { consent: id(1), grantee: person, by: 'otp', ...consented },
  revoke: { consent: id(1), by: person },
  request: { request: id(1), from: person, ...consented },
  opening: { opening: id(1), by: person, consent: id(2), via: 'card', records: [id(3)] },
  emergency: { consent: id(1), by: [person, person], reason: 'unconscious', ...consented },
  review: { emergency: id(1), by: person, outcome: 'justified' },
  payment: { payment: id(1), amount, method: 'upi', invoice: id(2) },
  refund: { refund: id(1), payment: id(2), amount },
  transfer: { to: 'b.example/log' },
  rotate: { epoch: 1, reason: 'card lost' },
}
/** The member of each example that may be left out. */
const OPTIONAL: Partial<Record<BodyKind, string>> = {
  revoke: 'by',
  opening: 'consent',
  payment: 'invoice',
  transfer: 'to',
  rotate: 'reason',
}
const common = {
  v: 1,
  id: id(0),
  at: '2026-01-02T03:04:05.006Z',
  hospital: 'asha.example/log',
  seq: 0,
  prev: null,
}
const unsigned = (kind: BodyKind) => ({ ...common, kind, ...EXAMPLES[kind] })
const signed = (kind: BodyKind) => signBody({ kind, body: unsigned(kind), key: node })
const malformed = expect.objectContaining({ code: 'malformed' })

describe('a ledger body', () => {
  it.each(BODY_KINDS)(
    'of kind %s is understood when whole, and refused without any one of its members',
    async (kind) => {
      const body = await signed(kind)
      expect(parseBody(body)).toEqual(body)
      for (const name of Object.keys(body)) {
        const { [name]: _, ...without } = body as Record<string, unknown>
        if (OPTIONAL[kind] === name) expect(() => parseBody(without)).not.toThrow()
        else expect(() => parseBody(without), `without ${name}`).toThrow(malformed)
        expect(() => parseBody({ ...body, [name]: { odd: true } }), `with an odd ${name}`).toThrow(malformed)
      }
    },
  )

  it('of an unknown kind or version, or no object at all, is refused', async () => {
    const body = await signed('revoke')
    const bad = [
      { ...body, kind: 'deletion' },
      { ...body, kind: 'constructor' },
      { ...body, v: 2 },
      null,
      [],
      'x',
      [body],
    ]
    for (const json of bad) expect(() => parseBody(json)).toThrow(malformed)
  })

  it('says what is wrong and never what stands there', async () => {
    const body = { ...(await signed('emergency')), reason: 17, scope: ['secret'] }
    expect(() => parseBody(body)).toThrow(/"reason"/)
    expect(() => parseBody({ ...body, reason: 'x' })).toThrow(/^(?!.*secret).*"scope"/)
  })

  it('is the first of its chain exactly when it has no previous entry', async () => {
    const body = await signed('revoke')
    expect(() => parseBody({ ...body, seq: 1 })).toThrow(malformed)
    expect(() => parseBody({ ...body, prev: hash(1) })).toThrow(malformed)
    expect(parseBody({ ...body, seq: 1, prev: hash(1) }).seq).toBe(1)
  })

  it('with a date that does not exist, half a money or a fraction of one is refused', async () => {
    const body = await signed('payment')
    const bad = [
      { at: '2026-02-30T00:00:00.000Z' },
      { at: '2026-01-02T03:04:05Z' },
      { at: '2026-01-02T03:04:05.006+05:30' },
      { amount: { minor: 1.5, currency: 'INR' } },
      { amount: { minor: -1, currency: 'INR' } },
      { amount: { minor: 1 } },
      { seq: 2 ** 53 },
      { id: 'short' },
    ]
    for (const change of bad)
      expect(() => parseBody({ ...body, ...change }), JSON.stringify(change)).toThrow(malformed)
  })

  it('is signed by one or by several, and not by none or both', async () => {
    const { signer, signature, ...bare } = await signed('revoke')
    const cosigned = await cosignBody({ kind: 'revoke', body: unsigned('revoke'), key: node })
    expect(parseBody(cosigned).signatures).toHaveLength(1)
    for (const json of [
      bare,
      { ...bare, signer },
      { ...bare, signature },
      { ...cosigned, signer, signature },
      { ...cosigned, signatures: [] },
    ])
      expect(() => parseBody(json)).toThrow(malformed)
  })

  it('says who signed it and the statements in it', async () => {
    const request = await signBody({ kind: 'opening-request', body: { v: 1, id: id(1) }, key: doctor })
    const statements = [{ kind: 'opening-request', document: { ...request } }]
    const body = await signBody({ kind: 'opening', body: { ...unsigned('opening'), statements }, key: node })
    const keys = await verifyBodySignatures(parseBody(body))
    expect(keys.custodian).toEqual([toBase64Url(node.publicKey)])
    expect(keys.statements).toEqual([{ kind: 'opening-request', signers: [toBase64Url(doctor.publicKey)] }])
  })

  it('attack: changed, signed as another kind, or around a forged statement it does not verify', async () => {
    const forged = { code: 'forged-signature' }
    const body = parseBody(await signed('payment')) as Body & { kind: 'payment' }
    await expect(
      verifyBodySignatures({ ...body, amount: { minor: 1, currency: 'INR' } }),
    ).rejects.toMatchObject(forged)
    const asRefund = parseBody(await signBody({ kind: 'refund', body: unsigned('payment'), key: node }))
    await expect(verifyBodySignatures(asRefund)).rejects.toMatchObject(forged)
    const request = await signBody({ kind: 'opening-request', body: { v: 1, id: id(1) }, key: doctor })
    const statements = [{ kind: 'opening-request', document: { ...request, id: id(2) } }]
    const around = parseBody(
      await signBody({ kind: 'opening', body: { ...unsigned('opening'), statements }, key: node }),
    )
    await expect(verifyBodySignatures(around)).rejects.toMatchObject(forged)
  })

  it('keeps members it does not know, which are signed too', async () => {
    const body = await signBody({ kind: 'revoke', body: { ...unsigned('revoke'), later: 'x' }, key: node })
    expect(canonicalJson(parseBody(body))).toContain('"later":"x"')
    await verifyBodySignatures(parseBody(body))
    await expect(verifyBodySignatures(parseBody({ ...body, later: 'y' }))).rejects.toThrow()
  })
})
