import { beforeAll, describe, expect, it } from 'vitest'
import { fromBase64Url, fromHex, toBase64Url, toHex, utf8Bytes } from './bytes.ts'
import { canonicalJson } from './canonical-json.ts'
import { randomBytes } from './random.ts'
import {
  type Cosigned,
  checkSigningPublicKey,
  cosignBody,
  importSigningKey,
  type SigningKey,
  signBody,
  signBodyAsJson,
  verifyBody,
  verifyCosignedBody,
  verifyRaw,
} from './signatures.ts'

describe('Ed25519', () => {
  it('gives the vectors of RFC 8032 §7.1', async () => {
    const vectors = [
      [
        '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
        'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
        '',
        'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
      ],
      [
        '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
        '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
        '72',
        '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
      ],
    ] as const
    for (const [seed, publicKey, message, signature] of vectors) {
      const key = await importSigningKey(fromHex(seed))
      expect(toHex(key.publicKey)).toBe(publicKey)
      expect(toHex(await key.sign(fromHex(message)))).toBe(signature)
      const claim = { publicKey: key.publicKey, message: fromHex(message), signature: fromHex(signature) }
      expect(await verifyRaw(claim)).toBe(true)
    }
  })
})

describe('a signed body', () => {
  let key: SigningKey
  let other: SigningKey
  beforeAll(async () => {
    key = await importSigningKey(randomBytes(32))
    other = await importSigningKey(randomBytes(32))
  })
  const body = { v: 1, scope: ['laboratory'], until: '2031-01-01T00:00:00Z' }
  const forged = { code: 'forged-signature' }

  it('verifies, whatever the order of its members, and names its signer', async () => {
    const signed = await signBody({ kind: 'grant', body, key })
    const reordered = JSON.parse(JSON.stringify(Object.fromEntries(Object.entries(signed).reverse())))
    expect(await verifyBody({ kind: 'grant', body: reordered })).toEqual(key.publicKey)
    await verifyBody({ kind: 'grant', body: reordered, expectedSigner: key.publicKey })
    await verifyBody({ kind: 'grant', body: reordered, expectedSigner: toBase64Url(key.publicKey) })
  })

  it('is, as JSON, the canonical text of the same signed body', async () => {
    const statements = [{ kind: 'opening-request', document: { id: 'é', signature: 'hers' } }]
    for (const given of [
      body,
      { ...body, statements, a: 1, zz: [] },
      { ...body, signature: 'an earlier one' },
    ]) {
      const json = await signBodyAsJson({ kind: 'grant', body: given, key })
      expect(json).toBe(canonicalJson(await signBody({ kind: 'grant', body: given, key })))
      await verifyBody({ kind: 'grant', body: JSON.parse(json), expectedSigner: key.publicKey })
    }
    await expect(signBodyAsJson({ kind: 'A b', body, key })).rejects.toMatchObject({ code: 'invalid-input' })
  })

  it('is refused when a member, the kind or the signer changed', async () => {
    const signed = await signBody({ kind: 'grant', body, key })
    const refused = (kind: string, changed: object, expectedSigner?: Uint8Array) =>
      expect(verifyBody({ kind, body: changed, expectedSigner })).rejects.toMatchObject(forged)
    await refused('grant', { ...signed, scope: ['sensitive'] })
    await refused('grant', { ...signed, extra: true })
    await refused('revoke', signed)
    await refused('grant', { ...signed, signer: toBase64Url(other.publicKey) })
    await refused('grant', signed, other.publicKey)
    await refused('grant', { ...signed, signature: toBase64Url(new Uint8Array(64)) })
    await refused('grant', { ...signed, signature: `${signed.signature}A` })
    await refused('grant', { ...signed, signature: 7 })
    await refused('grant', body)
  })

  it('signs anew instead of nesting when it was signed before', async () => {
    const once = await signBody({ kind: 'grant', body, key })
    const twice = await signBody({ kind: 'grant', body: once, key: other })
    expect(await verifyBody({ kind: 'grant', body: twice })).toEqual(other.publicKey)
  })

  it('refuses a kind that could run into the body', async () => {
    for (const kind of ['', 'grant\0', 'Grant', 'a/b', 'grant '])
      await expect(signBody({ kind, body, key })).rejects.toMatchObject({ code: 'invalid-input' })
  })

  it('two signers stand side by side, each over the same body', async () => {
    const first = await cosignBody({ kind: 'emergency', body, key })
    const both = await cosignBody({ kind: 'emergency', body: first, key: other })
    const signers = await verifyCosignedBody({
      kind: 'emergency',
      body: both,
      expectedSigners: [other.publicKey, key.publicKey],
    })
    expect(signers).toEqual([key.publicKey, other.publicKey])
    await expect(cosignBody({ kind: 'emergency', body: both, key })).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  it('one person cannot stand in for two', async () => {
    const once: Cosigned<typeof body> = await cosignBody({ kind: 'emergency', body, key })
    const doubled = { ...once, signatures: [...once.signatures, ...once.signatures] }
    await expect(verifyCosignedBody({ kind: 'emergency', body: doubled })).rejects.toMatchObject(forged)
    const expectedSigners = [key.publicKey, other.publicKey]
    await expect(
      verifyCosignedBody({ kind: 'emergency', body: once, expectedSigners }),
    ).rejects.toMatchObject(forged)
    await expect(
      verifyCosignedBody({ kind: 'emergency', body: { ...once, signatures: [] } }),
    ).rejects.toMatchObject(forged)
    await expect(verifyCosignedBody({ kind: 'emergency', body })).rejects.toMatchObject(forged)
  })
})

describe('keys that other verifiers judge differently', () => {
  /** The eight points of small order and their non-canonical twins. */
  const small = [
    '0100000000000000000000000000000000000000000000000000000000000000',
    '0100000000000000000000000000000000000000000000000000000000000080',
    '0000000000000000000000000000000000000000000000000000000000000000',
    '0000000000000000000000000000000000000000000000000000000000000080',
    'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
    'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
    'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
  ]

  it.each(small)('small order or not canonical: %s', async (hex) => {
    const publicKey = fromHex(hex)
    expect(() => checkSigningPublicKey(publicKey)).toThrow(expect.objectContaining({ code: 'bad-key' }))
    // R = A = identity and S = 0 satisfies the equation for any message under a small-order key in lax verifiers.
    const signature = new Uint8Array(64)
    signature[0] = 1
    const claim = { publicKey, message: utf8Bytes('anything'), signature }
    await expect(verifyRaw(claim)).rejects.toMatchObject({ code: 'bad-key' })
    const body = { signer: toBase64Url(publicKey), signature: toBase64Url(signature) }
    await expect(verifyBody({ kind: 'grant', body })).rejects.toMatchObject({ code: 'forged-signature' })
  })

  it('not on the curve, of mixed order, of the wrong length', () => {
    const bad = expect.objectContaining({ code: 'bad-key' })
    expect(() => checkSigningPublicKey(fromHex(`02${'00'.repeat(31)}`))).toThrow(bad)
    expect(() => checkSigningPublicKey(new Uint8Array(31))).toThrow(bad)
    expect(() => checkSigningPublicKey(new Uint8Array(33))).toThrow(bad)
  })

  it('an honest key passes', async () => {
    checkSigningPublicKey((await importSigningKey(randomBytes(32))).publicKey)
    expect(fromBase64Url(toBase64Url(new Uint8Array(32))).length).toBe(32)
  })
})
