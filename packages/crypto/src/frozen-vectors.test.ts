import { describe, expect, it } from 'vitest'
import { deriveCategoryKey, deriveIdentityKey, deriveSealKey, fingerprintOf } from './account.ts'
import { type Bytes, fromBase64Url, toHex, utf8Bytes, utf8Text } from './bytes.ts'
import { decodeCard, deriveCardKeyPair, deriveCardSigningKey, deriveCardWrapKey, encodeCard } from './card.ts'
import { openColumn, searchToken } from './column-seal.ts'
import { openShareAsGuardian } from './guardian-shares.ts'
import { combineShares } from './guardians.ts'
import { deriveChainKey } from './lookup.ts'
import { holderHalf, mediationPoint, mediationShare, mediationStep } from './mediated.ts'
import { derivePasskeyWrapKey, PASSKEY_PRF_INPUT } from './passkey.ts'
import { finishLogin, startLogin, startServerLogin } from './password.ts'
import {
  checkWrapProof,
  deriveStubKey,
  envelopeHash,
  openStub,
  openWrap,
  type RecordEnvelope,
  verifyEnvelope,
  type Wrap,
  wrapDigest,
} from './record.ts'
import {
  deriveRecoveryKey,
  deriveRecoveryProof,
  recoveryVerifierOf,
  unwrapByRecoveryCode,
} from './recovery-kit.ts'
import { openSealed } from './seal-to.ts'
import { openBytes } from './stream.ts'
import { FROZEN } from './testing/frozen-vectors.ts'
import { unwrapSecret } from './wrap.ts'
import { keyIdOf } from './xwing.ts'

const counting = (byte: (i: number) => number): Bytes =>
  Uint8Array.from({ length: 32 }, (_, i) => byte(i) & 255)
const root = counting((i) => i)
const lookupKey = counting((i) => 255 - i)
const cardSecret = counting((i) => i * 7)
const scalar = counting((i) => i * 11 + 3)
const dek = counting((i) => i * 13 + 5)
const envelope = FROZEN.envelope as unknown as RecordEnvelope
const [accountWrap, categoryWrap] = envelope.wraps as [Wrap, Wrap]

describe('frozen known answers', () => {
  it('every derivation gives the key it always gave', async () => {
    const identity = await deriveIdentityKey(root)
    const account = await deriveSealKey(root)
    const category = await deriveCategoryKey(root, 'laboratory', 2)
    const { x25519PublicKey: holderPoint } = holderHalf(category.seed)
    const derived = {
      'identity key': toHex(identity.publicKey),
      'account key id': keyIdOf(account.publicKey),
      'account seed': toHex(account.seed),
      'category seed': toHex(category.seed),
      'category key id': keyIdOf(category.publicKey),
      fingerprint: toHex(fingerprintOf(identity.publicKey)),
      'chain key': toHex(deriveChainKey({ lookupKey, origin: 'asha.example/log', epoch: 2 })),
      'stub key': toHex(deriveStubKey(lookupKey)),
      'card seed': toHex(deriveCardKeyPair(cardSecret).seed),
      'card signing key': toHex((await deriveCardSigningKey(cardSecret)).publicKey),
      'card wrap key': toHex(deriveCardWrapKey(cardSecret)),
      'mediation point': toHex(await mediationPoint(scalar, holderPoint)),
      'mediation share': toHex(mediationShare(scalar, holderPoint)),
      'mediation step': toHex(await mediationStep(scalar, holderPoint, fromBase64Url(categoryWrap.sealed))),
      'recovery key': toHex(deriveRecoveryKey(FROZEN.recoveryCode)),
      'recovery proof': toHex(deriveRecoveryProof(FROZEN.recoveryCode)),
      'recovery verifier': toHex(recoveryVerifierOf(deriveRecoveryProof(FROZEN.recoveryCode))),
      'passkey wrap key': toHex(derivePasskeyWrapKey(counting((i) => i * 5 + 1))),
      'search token': toHex(searchToken({ key: dek, field: 'patient.phone', value: '9876543210' })),
      'envelope hash': toHex(envelopeHash(envelope)),
      'envelope hash, wraps by digest': toHex(envelopeHash({ ...envelope, v: 2 })),
      'wrap digest': toHex(fromBase64Url(wrapDigest(accountWrap))),
      'stream root': toHex(fromBase64Url(envelope.root)),
    }
    expect(derived).toEqual(FROZEN.derived)
    expect(utf8Text(PASSKEY_PRF_INPUT)).toBe('curo/v1/passkey-root')
  })

  it('a stored record opens: envelope, stub, both wraps, content', async () => {
    const { publicKey } = await deriveIdentityKey(root)
    await verifyEnvelope(JSON.parse(JSON.stringify(envelope)), { authorPublicKey: publicKey })
    const stubKey = deriveStubKey(lookupKey)
    expect(await openStub({ stub: envelope.stub, stubKey, recordId: envelope.id })).toEqual({
      title: 'Haemoglobin',
    })

    const account = await deriveSealKey(root)
    expect(await openWrap({ wrap: accountWrap, recordId: envelope.id, seed: account.seed })).toEqual(dek)
    const { seed } = await deriveCategoryKey(root, 'laboratory', 2)
    const { x25519PublicKey: holderPoint } = holderHalf(seed)
    await checkWrapProof({ wrap: categoryWrap, recordId: envelope.id, scalar, holderPoint })
    const step = await mediationStep(scalar, holderPoint, fromBase64Url(categoryWrap.sealed))
    expect(await openWrap({ wrap: categoryWrap, recordId: envelope.id, seed, step })).toEqual(dek)

    const sealed = fromBase64Url(FROZEN.stream)
    const content = await openBytes({ dek, sealed, root: fromBase64Url(envelope.root) })
    expect(utf8Text(content)).toBe('Haemoglobin 13.2 g/dL. '.repeat(9))
    expect(sealed.length).toBe(envelope.sealedSize)
  })

  it('a printed card is read, and printed the same', () => {
    const card = decodeCard(FROZEN.card)
    expect(card).toMatchObject({ homeNode: 'https://asha.example', lookupEpoch: 7, cardSecret, lookupKey })
    expect(toHex(card.fingerprint)).toBe(FROZEN.derived.fingerprint)
    expect(encodeCard({ ...card, homeNode: 'https://asha.example' })).toBe(FROZEN.card)
  })

  it('a recovery kit, guardians, a wrapped key, a sealed column and a sealed message open', async () => {
    const wrappedByCode = fromBase64Url(FROZEN.wrappedByRecoveryCode)
    expect(await unwrapByRecoveryCode({ code: FROZEN.recoveryCode, wrapped: wrappedByCode })).toEqual(root)

    const shares = FROZEN.guardians.shares.map(fromBase64Url)
    const commitment = fromBase64Url(FROZEN.guardians.commitment)
    for (const left of shares)
      expect(await combineShares({ shares: shares.filter((share) => share !== left), commitment })).toEqual(
        root,
      )

    const held = await openShareAsGuardian({
      ...{ sealed: fromBase64Url(FROZEN.guardianShare), keyPair: await deriveSealKey(root) },
      ...{ owner: 'ICEiIyQlJicoKSorLC0uLw', guardian: 'EBESExQVFhcYGRobHB0eHw' },
    })
    expect([held.commitment, held.share]).toEqual([commitment, shares[1]])

    const wrapped = fromBase64Url(FROZEN.wrapped)
    const unwrapping = { wrappingKey: dek, wrapped, context: 'frozen', aad: utf8Bytes('account 1') }
    expect(await unwrapSecret(unwrapping)).toEqual(root)

    const place = { key: dek, table: 'patients', column: 'phone', rowId: 'row 1' }
    expect(utf8Text(await openColumn({ ...place, sealed: fromBase64Url(FROZEN.column) }))).toBe(
      '+91 98765 43210',
    )

    const { seed } = await deriveSealKey(root)
    const sealed = fromBase64Url(FROZEN.sealedToAccount)
    const opened = await openSealed({ seed, sealed, info: 'curo/v1/frozen', aad: utf8Bytes('place') })
    expect(utf8Text(opened)).toBe('to the account')
  })

  it('a registered password logs in and gives the key that wraps the root (Argon2id parameters included)', async () => {
    const { setup, record, exportKey } = FROZEN.password
    const password = 'correct horse battery staple'
    const { request, state } = await startLogin(password)
    const { response } = await startServerLogin({ setup, record, accountKey: 'account 1', request })
    const result = await finishLogin({ password, state, response })
    expect(result && toHex(result.exportKey)).toBe(exportKey)
  })
})
