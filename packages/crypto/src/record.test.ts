import { beforeAll, describe, expect, it } from 'vitest'
import { deriveCategoryKey, deriveIdentityKey, deriveSealKey, makeAccountRoot } from './account.ts'
import { equalBytes, fromBase64Url, toHex } from './bytes.ts'
import { deriveStubKey, makeLookupKey } from './lookup.ts'
import {
  holderHalf,
  makeMediationScalar,
  mediatedPublicKey,
  mediationPoint,
  mediationShare,
  mediationStep,
} from './mediated.ts'
import { randomBytes, randomId } from './random.ts'
import {
  briefOf,
  checkWrapProof,
  envelopeHash,
  type MakeEnvelopeOptions,
  makeEnvelope,
  makeRewrap,
  namesWrap,
  openStub,
  openWrap,
  type RecordEnvelope,
  verifyEnvelope,
  verifyRewrap,
  type Wrap,
  wholeWraps,
  wrapDigest,
} from './record.ts'
import { type SigningKey, signBody } from './signatures.ts'

const stubKey = deriveStubKey(makeLookupKey())
const stub = { title: 'Haemoglobin', day: '2031-03-04' }
let author: SigningKey
let accountSeed: Uint8Array
let categorySeed: Uint8Array
let custodian: { scalar: Uint8Array; holderPoint: Uint8Array }
let options: MakeEnvelopeOptions
let envelope: RecordEnvelope

beforeAll(async () => {
  const patientRoot = makeAccountRoot()
  author = await deriveIdentityKey(makeAccountRoot())
  const account = await deriveSealKey(patientRoot)
  accountSeed = account.seed
  categorySeed = (await deriveCategoryKey(patientRoot, 'laboratory', 0)).seed
  const { kemPublicKey, x25519PublicKey: holderPoint } = holderHalf(categorySeed)
  const scalar = makeMediationScalar()
  custodian = { scalar, holderPoint }
  const point = await mediationPoint(scalar, holderPoint)
  options = {
    id: randomId(),
    custodian: 'asha.example/log',
    patient: randomId(),
    category: 'laboratory',
    epoch: 0,
    kind: 'Observation',
    occurred: '2031-03-04',
    created: '2031-03-04T10:11:12.345Z',
    author: randomId(),
    size: 1000,
    sealedSize: 1065,
    root: randomBytes(32),
    dek: randomBytes(32),
    recipients: [
      { to: 'account', publicKey: account.publicKey },
      {
        to: 'category',
        publicKey: mediatedPublicKey({ kemPublicKey, point }),
        point,
        share: mediationShare(scalar, holderPoint),
      },
    ],
    stub,
    stubKey,
    authorKey: author,
  }
  envelope = await makeEnvelope(options)
})

const wrapTo = (to: Wrap['to']) => wholeWraps(envelope).find((wrap) => wrap.to === to) as Wrap

describe('a record envelope', () => {
  it('survives JSON and verifies with its author', async () => {
    const received = JSON.parse(JSON.stringify(envelope))
    expect(await verifyEnvelope(received, { authorPublicKey: author.publicKey })).toEqual(envelope)
  })

  it('gives the DEK to the account without help and to the category key with the custodian’s step', async () => {
    const account = await openWrap({ wrap: wrapTo('account'), recordId: envelope.id, seed: accountSeed })
    expect(account).toEqual(options.dek)
    const wrap = wrapTo('category')
    const step = await mediationStep(custodian.scalar, custodian.holderPoint, fromBase64Url(wrap.sealed))
    expect(await openWrap({ wrap, recordId: envelope.id, seed: categorySeed, step })).toEqual(options.dek)
    await expect(openWrap({ wrap, recordId: envelope.id, seed: categorySeed })).rejects.toMatchObject({
      code: 'invalid-input',
    })
  })

  it('a wrap moved to another record, role or key does not open', async () => {
    const wrap = wrapTo('account')
    const wrong = { code: 'wrong-key' }
    await expect(openWrap({ wrap, recordId: randomId(), seed: accountSeed })).rejects.toMatchObject(wrong)
    const moved = [
      { ...wrap, to: 'escrow' as const },
      { ...wrap, keyId: wrapTo('category').keyId },
    ]
    for (const other of moved)
      await expect(openWrap({ wrap: other, recordId: envelope.id, seed: accountSeed })).rejects.toMatchObject(
        wrong,
      )
  })

  it('the custodian takes a mediated wrap with its proof and refuses it under another record', async () => {
    const wrap = wrapTo('category')
    await checkWrapProof({ wrap, recordId: envelope.id, ...custodian })
    await expect(checkWrapProof({ wrap, recordId: randomId(), ...custodian })).rejects.toMatchObject({
      code: 'forged-signature',
    })
  })

  it('any changed member breaks the signature or the form', async () => {
    const other = await makeEnvelope({ ...options, id: randomId() })
    for (const member of Object.keys(envelope) as (keyof RecordEnvelope)[]) {
      if (JSON.stringify(other[member]) === JSON.stringify(envelope[member])) continue
      await expect(verifyEnvelope({ ...envelope, [member]: other[member] })).rejects.toMatchObject({
        code: 'forged-signature',
      })
    }
    for (const [member, value] of Object.entries({
      category: 'vitals',
      epoch: 1,
      size: 999,
      occurred: '2030-03-04',
    }))
      await expect(verifyEnvelope({ ...envelope, [member]: value })).rejects.toMatchObject({
        code: 'forged-signature',
      })
    const { publicKey } = await deriveIdentityKey(makeAccountRoot())
    await expect(verifyEnvelope(envelope, { authorPublicKey: publicKey })).rejects.toMatchObject({
      code: 'forged-signature',
    })
  })

  it.each<[string, (envelope: RecordEnvelope) => unknown]>([
    ['null', () => null],
    ['a text', () => 'envelope'],
    ['version 3', (e) => ({ ...e, v: 3 })],
    ['an unknown category', (e) => ({ ...e, category: 'gossip' })],
    ['a day that does not exist', (e) => ({ ...e, occurred: '2031-02-30' })],
    ['a local time', (e) => ({ ...e, created: '2031-03-04T10:11:12+05:30' })],
    ['a negative size', (e) => ({ ...e, size: -1 })],
    ['a fractional epoch', (e) => ({ ...e, epoch: 0.5 })],
    ['no wraps', (e) => ({ ...e, wraps: [] })],
    ['a short digest', (e) => ({ ...e, wraps: ['AAAA'] })],
    ['the same digest twice', (e) => ({ ...e, wraps: [briefOf(e).wraps[0], briefOf(e).wraps[0]] })],
    ['the same wrap twice', (e) => ({ ...e, wraps: [e.wraps[0], e.wraps[0]] })],
    [
      'a point without its proof',
      (e) => ({ ...e, wraps: wholeWraps(e).map(({ proof: _, ...wrap }) => wrap) }),
    ],
    ['a short root', (e) => ({ ...e, root: 'AAAA' })],
    ['an extra member', (e) => ({ ...e, note: 'x' })],
    ['a missing member', ({ stub: _, ...e }) => e],
  ])('is refused as malformed: %s', async (_, change) => {
    await expect(verifyEnvelope(change(envelope))).rejects.toMatchObject({ code: 'malformed' })
  })

  it('its hash covers everything except the signature bytes', () => {
    expect(toHex(envelopeHash({ ...envelope, signature: 'other' }))).toBe(toHex(envelopeHash(envelope)))
    expect(equalBytes(envelopeHash({ ...envelope, size: 1 }), envelopeHash(envelope))).toBe(false)
  })

  it('holds with digests in the place of wraps, and names its own wraps only', async () => {
    const [account, category] = wholeWraps(envelope) as [Wrap, Wrap]
    const brief = briefOf(envelope)
    expect(wholeWraps(brief)).toEqual([])
    for (const wraps of [brief.wraps, [account, wrapDigest(category)], [wrapDigest(account), category]]) {
      const shown = { ...envelope, wraps }
      expect(await verifyEnvelope(shown, { authorPublicKey: author.publicKey })).toEqual(shown)
      expect(envelopeHash(shown)).toEqual(envelopeHash(envelope))
      expect([account, category].map((wrap) => namesWrap(shown, wrap))).toEqual([true, true])
    }
    const other = wholeWraps(await makeEnvelope({ ...options, id: randomId() }))[0] as Wrap
    const altered: Wrap[] = [other, { ...account, to: 'escrow' }, { ...account, keyId: category.keyId }]
    const { point: _p, proof: _s, ...plain } = category
    for (const wrap of [...altered, plain]) {
      expect(namesWrap(brief, wrap)).toBe(false)
      await expect(
        verifyEnvelope({ ...envelope, wraps: [wrap, wrapDigest(category)] }),
      ).rejects.toMatchObject({ code: 'forged-signature' })
    }
    const reordered = { ...brief, wraps: [...brief.wraps].reverse() }
    await expect(verifyEnvelope(reordered)).rejects.toMatchObject({ code: 'forged-signature' })
  })

  it('of version 1 is covered with its wraps whole, and neither version passes for the other', async () => {
    const { signer: _s, signature: _g, ...body } = envelope
    const first = await signBody({ kind: 'record', body: { ...body, v: 1 as const }, key: author })
    expect(await verifyEnvelope(first)).toEqual(first)
    const forged = { code: 'forged-signature' }
    await expect(verifyEnvelope({ ...first, v: 2 })).rejects.toMatchObject(forged)
    await expect(verifyEnvelope({ ...envelope, v: 1 })).rejects.toMatchObject(forged)
    await expect(
      verifyEnvelope({ ...first, wraps: wholeWraps(first as RecordEnvelope).map(wrapDigest) }),
    ).rejects.toMatchObject(forged)
  })

  it('refuses to be made with a forged key, a foreign point or a bad field', async () => {
    const [plain, mediated] = options.recipients
    if (!plain || !mediated?.point) throw new Error('the recipients are as above')
    const foreign = { ...mediated, point: holderHalf(randomBytes(32)).x25519PublicKey }
    await expect(makeEnvelope({ ...options, recipients: [foreign] })).rejects.toMatchObject({
      code: 'bad-key',
    })
    const forged = { to: 'account' as const, publicKey: new Uint8Array(1216).fill(255) }
    await expect(makeEnvelope({ ...options, recipients: [forged] })).rejects.toMatchObject({
      code: 'bad-key',
    })
    await expect(makeEnvelope({ ...options, occurred: 'today' })).rejects.toMatchObject({ code: 'malformed' })
    await expect(makeEnvelope({ ...options, recipients: [plain, plain] })).rejects.toMatchObject({
      code: 'malformed',
    })
  })
})

describe('a stub', () => {
  it('opens with the lookup key, for its record only', async () => {
    expect(await openStub({ stub: envelope.stub, stubKey, recordId: envelope.id })).toEqual(stub)
    await expect(openStub({ stub: envelope.stub, stubKey, recordId: randomId() })).rejects.toMatchObject({
      code: 'tampered',
    })
    const otherKey = deriveStubKey(makeLookupKey())
    await expect(
      openStub({ stub: envelope.stub, stubKey: otherKey, recordId: envelope.id }),
    ).rejects.toMatchObject({
      code: 'wrong-key',
    })
  })

  it('does not betray its length', async () => {
    const made = await makeEnvelope({ ...options, stub: { title: 'HIV', day: '2031-03-04' } })
    expect(made.stub.length).toBe(envelope.stub.length)
    await expect(makeEnvelope({ ...options, stub: 'x'.repeat(9000) })).rejects.toMatchObject({
      code: 'too-large',
    })
  })
})

describe('a rewrap', () => {
  it('adds a key to a record without touching its envelope', async () => {
    const { dek, recipients } = options
    const rewrap = await makeRewrap({
      record: envelope.id,
      dek,
      recipients,
      at: envelope.created,
      key: author,
    })
    const received = await verifyRewrap(JSON.parse(JSON.stringify(rewrap)), {
      signerPublicKey: author.publicKey,
    })
    const wrap = received.wraps[0] as Wrap
    expect(await openWrap({ wrap, recordId: envelope.id, seed: accountSeed })).toEqual(dek)
    const brief = briefOf(rewrap)
    expect(await verifyRewrap(brief)).toEqual(brief)
    expect(namesWrap(brief, wrap)).toBe(true)
    await expect(verifyRewrap({ ...rewrap, record: randomId() })).rejects.toMatchObject({
      code: 'forged-signature',
    })
    await expect(verifyRewrap({ ...rewrap, wraps: [] })).rejects.toMatchObject({ code: 'malformed' })
    await expect(verifyRewrap(envelope)).rejects.toMatchObject({ code: 'malformed' })
  })
})
