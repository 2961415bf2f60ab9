import { readOwnRecords } from '@curo/client/own-records'
import { recipientsFor } from '@curo/client/sealing'
import type { Rewrap } from '@curo/contract/records'
import { putRewraps } from '@curo/contract/records'
import { makeRewrap } from '@curo/crypto/record'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CardHolder, type Hospital, makeHospital } from '../testing/hospital.ts'

let hospital: Hospital
let holder: CardHolder
beforeAll(async () => {
  hospital = await makeHospital()
  holder = await hospital.makeCardHolder()
  await hospital.store(holder, [{}])
})
afterAll(() => hospital.stop())

async function rewrapAt(minutes: number, by = holder.app) {
  for await (const own of readOwnRecords(holder.app)) {
    if (own.fault) throw own.fault
    const at = new Date(hospital.node.clock.now().getTime() + minutes * 60_000).toISOString()
    const recipients = recipientsFor(holder.found.keys, own.envelope.category)
    return makeRewrap({ record: own.record, dek: own.dek, recipients, at, key: by.identity })
  }
  throw new Error('She has no record.')
}
const put = (...rewraps: Rewrap[]) =>
  hospital.node.call(putRewraps, { body: { rewraps } }, { token: holder.app.api.token ?? '' })

test('bug: a device with its clock ahead kept later keys from ever being used, one behind was never used', async () => {
  expect((await put(await rewrapAt(60 * 24 * 365))).problem.code).toBe('expired')
  expect((await put(await rewrapAt(-60))).problem.code).toBe('expired')
  expect((await put(await rewrapAt(0))).body).toEqual({ stored: 1 })
})

test('attack: somebody other than the patient adds keys to her record', async () => {
  const forged = await rewrapAt(0, hospital.doctor as never)
  expect((await put(forged)).problem.code).toBe('forged-signature')
  const hers = await rewrapAt(0)
  const token = (await hospital.makeCardHolder()).app.api.token ?? ''
  const stranger = await hospital.node.call(putRewraps, { body: { rewraps: [hers] } }, { token })
  expect(stranger.problem.code).toBe('not-found')
})

test('bug: of two statements about one record in one call, one was kept with the wraps of both', async () => {
  const [one, other] = [await rewrapAt(0), await rewrapAt(0)]
  expect((await put({ ...one, at: other.at }, other)).problem.code).toBe('invalid-input')
})
