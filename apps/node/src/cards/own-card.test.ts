import { type Card, findByCard, readCard } from '@curo/client/cards'
import { openKeyring, sealKeyring } from '@curo/client/keyring'
import { keepOwnCard, ownCardAddress } from '@curo/client/own-card'
import type { PatientPerson } from '@curo/client/person'
import { reissueCard } from '@curo/client/reissue'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Hospital, makeHospital } from '../testing/hospital.ts'

let hospital: Hospital
beforeAll(async () => {
  hospital = await makeHospital()
})
afterAll(() => hospital.stop())

const cardOf = async (person: PatientPerson): Promise<Card> => {
  const address = ownCardAddress(person)
  if (address === null) throw new Error('no card in the app')
  return readCard(address)
}

test('a card taken into the app is the card: it finds her, and survives the keyring being sealed', async () => {
  const { app, card, id } = await hospital.makeCardHolder()
  expect(ownCardAddress(app)).toBeNull()
  const kept = await keepOwnCard(app, card)
  const sealed = await sealKeyring({ root: app.root, patient: id, keyring: kept.keyring })
  const keyring = await openKeyring({ root: app.root, patient: id, sealed })
  const shown = await cardOf({ ...kept, keyring })
  expect((await findByCard(hospital.doctor, shown)).patient).toBe(id)
})

test('another’s card, or one that was replaced, is not taken', async () => {
  const [her, other] = [await hospital.makeCardHolder(), await hospital.makeCardHolder()]
  await expect(keepOwnCard(her.app, other.card)).rejects.toMatchObject({ code: 'wrong-key' })
  const { person, card } = await reissueCard(her.app)
  await expect(keepOwnCard(person, her.card)).rejects.toMatchObject({ code: 'wrong-key' })
  expect(ownCardAddress(person)).toBe(card)
  expect((await findByCard(hospital.doctor, await cardOf(person))).patient).toBe(her.id)
})

test('bug: a device that did not know of the new card would have lost its lookup key by keeping it', async () => {
  const { app } = await hospital.makeCardHolder()
  const { card } = await reissueCard(app)
  await expect(keepOwnCard(app, await readCard(card))).rejects.toMatchObject({ code: 'conflict' })
})
