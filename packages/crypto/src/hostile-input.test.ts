import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concatBytes } from './bytes.ts'
import { openColumn } from './column-seal.ts'
import { CURO_ERROR_CODES, CuroError, type CuroErrorCode, isCuroError } from './errors.ts'
import { combineShares, splitAmongGuardians } from './guardians.ts'
import {
  checkStepProof,
  makeMediationScalar,
  mediationPoint,
  mediationStep,
  openMediated,
} from './mediated.ts'
import { randomBytes } from './random.ts'
import { openStub, openWrap, verifyEnvelope, verifyRewrap, type Wrap } from './record.ts'
import { openSealed } from './seal-to.ts'
import { checkSigningPublicKey, verifyBody, verifyCosignedBody, verifyRaw } from './signatures.ts'
import { HEADER_BYTES, openBytes, sealBytes } from './stream.ts'
import { unwrapSecret, wrapSecret } from './wrap.ts'
import { checkSealingPublicKey } from './xwing.ts'

const key = randomBytes(32)
const holderPoint = Uint8Array.of(9, ...new Uint8Array(31))

/** Each takes bytes from elsewhere and may only succeed or throw a CuroError. */
const OPENERS: Record<string, (bytes: Uint8Array) => unknown> = {
  openBytes: (sealed) => openBytes({ dek: key, sealed }),
  unwrapSecret: (wrapped) => unwrapSecret({ wrappingKey: key, wrapped, context: 'x' }),
  openSealed: (sealed) => openSealed({ seed: key, sealed, info: 'x' }),
  openMediated: (sealed) =>
    openMediated({ seed: key, point: holderPoint, sealed, step: sealed.subarray(0, 32), info: 'x' }),
  mediationStep: (sealed) => mediationStep(key, holderPoint, sealed),
  mediationPoint: (point) => mediationPoint(makeMediationScalar(), point),
  checkStepProof: (sealed) =>
    checkStepProof({ scalar: key, holderPoint, sealed, aad: sealed, proof: sealed.subarray(0, 32) }),
  openColumn: (sealed) => openColumn({ key, table: 't', column: 'c', rowId: '1', sealed }),
  combineShares: (share) =>
    combineShares({ shares: [share, share.slice().reverse()], commitment: share.subarray(2, 34) }),
  checkSigningPublicKey: (publicKey) => checkSigningPublicKey(publicKey),
  checkSealingPublicKey: (publicKey) => checkSealingPublicKey(publicKey),
  verifyRaw: (bytes) =>
    verifyRaw({ publicKey: bytes.subarray(0, 32), message: bytes, signature: bytes.subarray(0, 64) }),
}

async function mayOnlyThrowCuroErrors(call: () => unknown): Promise<CuroErrorCode | 'no error'> {
  try {
    await call()
  } catch (error) {
    expect(error).toBeInstanceOf(CuroError)
    expect(CURO_ERROR_CODES).toContain((error as CuroError).code)
    expect((error as CuroError).code).not.toBe('internal')
    return (error as CuroError).code
  }
  return 'no error'
}

describe('bytes from elsewhere', () => {
  it.each(Object.entries(OPENERS))('%s answers any bytes with a CuroError', async (_, open) => {
    const lengths = [0, 1, 16, 32, 33, 64, 81, 1120, 1136, 1200]
    const anyBytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.constantFrom(...lengths).chain((length) => fc.uint8Array({ minLength: length, maxLength: length })),
      fc.constantFrom(...lengths).map((length) => new Uint8Array(length)),
      fc.constantFrom(...lengths).map((length) => new Uint8Array(length).fill(255)),
    )
    await fc.assert(
      fc.asyncProperty(anyBytes, async (bytes) => {
        await mayOnlyThrowCuroErrors(() => open(bytes))
      }),
      { numRuns: 60 },
    )
  })

  it('genuine bytes with any damage are refused, never opened', async () => {
    const plaintext = randomBytes(150)
    const stream = await sealBytes({ dek: key, plaintext, chunkBytes: 64 })
    const wrapped = await wrapSecret({ wrappingKey: key, secret: plaintext, context: 'x' })
    const { shares, commitment } = await splitAmongGuardians(plaintext)
    const [first, second] = shares as [Uint8Array, Uint8Array]
    const genuine: [Uint8Array, (bytes: Uint8Array) => unknown][] = [
      [stream.sealed, (sealed) => openBytes({ dek: key, sealed })],
      [wrapped, (bytes) => unwrapSecret({ wrappingKey: key, wrapped: bytes, context: 'x' })],
      [first, (share) => combineShares({ shares: [share, second], commitment })],
    ]
    const damages = fc.record({
      which: fc.nat(genuine.length - 1),
      at: fc.nat(),
      cut: fc.nat(40),
      insert: fc.uint8Array({ maxLength: 40 }),
    })
    await fc.assert(
      fc.asyncProperty(damages, async ({ which, at, cut, insert }) => {
        const [bytes, open] = genuine[which] as (typeof genuine)[number]
        const from = at % (bytes.length + 1)
        const damaged = concatBytes(bytes.subarray(0, from), insert, bytes.subarray(from + cut))
        if (damaged.length === bytes.length && damaged.every((byte, i) => byte === bytes[i])) return
        // The threshold is not covered by the commitment; a lie about it alone changes nothing that opens.
        if (
          which === 2 &&
          damaged.length === bytes.length &&
          damaged.every((byte, i) => i === 1 || byte === bytes[i])
        )
          return
        expect(await mayOnlyThrowCuroErrors(() => open(damaged))).not.toBe('no error')
      }),
      { numRuns: 300 },
    )
    expect(HEADER_BYTES).toBeLessThan(stream.sealed.length)
  })
})

describe('JSON from elsewhere', () => {
  const CHECKS: Record<string, (json: unknown) => unknown> = {
    verifyEnvelope: (json) => verifyEnvelope(json),
    verifyRewrap: (json) => verifyRewrap(json),
    verifyBody: (json) => verifyBody({ kind: 'grant', body: json as object }),
    verifyCosignedBody: (json) => verifyCosignedBody({ kind: 'grant', body: json as object }),
    openStub: (json) => openStub({ stub: json as string, stubKey: key, recordId: 'x' }),
    openWrap: (json) => openWrap({ wrap: (json ?? {}) as Wrap, recordId: 'x', seed: key, step: holderPoint }),
  }
  const text = fc.oneof(fc.string(), fc.base64String(), fc.constant('AAAA'))
  const signed = fc.record(
    {
      signer: text,
      signature: text,
      signatures: fc.array(fc.record({ signer: text, signature: text })),
      sealed: text,
      point: text,
      wraps: fc.jsonValue(),
    },
    { requiredKeys: [] },
  )

  it.each(Object.entries(CHECKS))('%s refuses anything with a CuroError', async (_, check) => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.jsonValue(), signed), async (json) => {
        expect(await mayOnlyThrowCuroErrors(() => check(json))).not.toBe('no error')
      }),
      { numRuns: 100 },
    )
  })
})

it('errors name their code and keep their cause', () => {
  const cause = new Error('below')
  const error = new CuroError('tampered', 'Fetch it again.', { cause, details: { chunk: 3 } })
  expect(error).toMatchObject({
    name: 'CuroError',
    code: 'tampered',
    message: 'Fetch it again.',
    cause,
    details: { chunk: 3 },
  })
  expect('cause' in new CuroError('malformed', 'No.')).toBe(false)
  expect(isCuroError(error)).toBe(true)
  expect(isCuroError(error, 'tampered', 'truncated')).toBe(true)
  expect(isCuroError(error, 'truncated')).toBe(false)
  expect(isCuroError(cause)).toBe(false)
})
