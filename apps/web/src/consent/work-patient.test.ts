import { CuroError } from '@curo/crypto/errors'
import { expect, test } from 'vitest'
import type { WorkContext } from '../work/context.ts'
import { requestsToMe } from './work-patient.ts'

const ASKED = {
  request: { id: 'request', account: 'doctor' },
  state: 'granted',
  from: 'Dr Tomas Okafor',
  expiresAt: '2026-12-08T00:00:00Z',
  refusal: null,
}

/** A patient whose node lists one request, and once told to, that the doctor who asked cannot be proven now. */
function contextOf(mayEnd: Promise<void>) {
  const call = async ({ path }: { path: string }, _: unknown, { signal }: { signal?: AbortSignal } = {}) => {
    if (path.includes('requests')) return { requests: [ASKED], next: null }
    const abort = new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason))
    })
    await Promise.race([mayEnd, abort])
    throw new CuroError('unavailable', 'This doctor’s keys are being entered in the ledger.')
  }
  const person = { api: { call }, hospital: {} }
  return { patient: () => person, person: () => person } as unknown as WorkContext
}

test('bug: a call that was given up took the proof of a doctor away from the next one; now that has its answer', async () => {
  let endProof = () => {}
  const context = contextOf(
    new Promise((resolve) => {
      endProof = resolve
    }),
  )
  const leaving = new AbortController()
  const callOf = (signal: AbortSignal) => ({ onProgress: () => {}, signal })
  const first = requestsToMe(context, undefined, callOf(leaving.signal))
  const second = requestsToMe(context, undefined, callOf(new AbortController().signal))
  // After every step that is ready: both wait for the proof.
  await new Promise(setImmediate)
  leaving.abort()
  await new Promise(setImmediate)
  endProof()
  await first.catch(() => {})
  expect(await second).toMatchObject([{ request: ASKED.request, fault: null }])
})
