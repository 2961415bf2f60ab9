import type { CardKey, PatientKeys } from '@curo/contract/patients'
import { concatBytes, fromBase64Url } from '@curo/crypto/bytes'
import { isCardNumber } from '@curo/crypto/card-number'
import { CuroError } from '@curo/crypto/errors'
import { checkSigningPublicKey, verifyBody } from '@curo/crypto/signatures'
import { checkSealingPublicKey } from '@curo/crypto/xwing'

const refuse = (sentence: string) => new CuroError('invalid-input', sentence)

/**
 * Refuses a revision of a patient's keys that she did not sign, or whose keys would verify or open for others.
 * @throws 'invalid-input', 'bad-key', 'forged-signature'
 */
export async function checkPatientKeys(
  keys: PatientKeys,
  expected: { patient: string; revision: number; identity?: string },
): Promise<void> {
  if (keys.patient !== expected.patient) throw refuse('These keys are of another patient.')
  if (keys.revision !== expected.revision)
    throw new CuroError(
      'conflict',
      `The next revision of the keys is ${expected.revision}: fetch the keys again.`,
    )
  if (expected.identity !== undefined && keys.identity !== expected.identity)
    throw refuse('The identity key only changes with a rotation that both keys sign.')
  if (keys.categories.length === 0) throw refuse('A patient needs category keys.')
  checkSigningPublicKey(fromBase64Url(keys.identity))
  checkSealingPublicKey(fromBase64Url(keys.seal))
  const names = new Set<string>()
  for (const { category, epoch, kem, x } of keys.categories) {
    names.add(`${category} ${epoch}`)
    checkHalf({ kem, x })
  }
  if (names.size !== keys.categories.length) throw refuse('A category has one key per epoch.')
  if (new Set(keys.categories.map((key) => key.x)).size !== keys.categories.length)
    throw refuse('Each category needs a key of its own.')
  await verifyBody({ kind: 'patient-keys', body: keys, expectedSigner: keys.identity })
}

/** @throws 'invalid-input', 'bad-key', 'forged-signature' */
export async function checkCardKey(
  cardKey: CardKey,
  expected: { patient: string; identity: string; lookupEpoch: number },
): Promise<void> {
  if (cardKey.patient !== expected.patient) throw refuse('This card key is of another patient.')
  if (!isCardNumber(cardKey.card)) throw refuse('The card number has a wrong check digit.')
  if (cardKey.lookupEpoch !== expected.lookupEpoch)
    throw new CuroError(
      'conflict',
      `The card's lookup epoch is ${expected.lookupEpoch}: fetch the keys again.`,
    )
  checkHalf(cardKey)
  checkSigningPublicKey(fromBase64Url(cardKey.proofKey))
  if (cardKey.proofKey === expected.identity) throw refuse('The card needs a proof key of its own.')
  await verifyBody({ kind: 'card-key', body: cardKey, expectedSigner: expected.identity })
}

/** The holder's half is itself an X-Wing key; FIPS 203 §7.2 for the one part, no small order for the other. */
function checkHalf({ kem, x }: { kem: string; x: string }): void {
  checkSealingPublicKey(concatBytes(fromBase64Url(kem), fromBase64Url(x)))
}

/**
 * From one revision to the next an epoch keeps its key and no category falls back to an older epoch.
 * @throws 'invalid-input'
 */
export function checkEpochsGoForward(before: PatientKeys, after: PatientKeys): void {
  const newest = (keys: PatientKeys) => {
    const epochs = new Map<string, number>()
    for (const { category, epoch } of keys.categories)
      epochs.set(category, Math.max(epoch, epochs.get(category) ?? 0))
    return epochs
  }
  const now = newest(after)
  for (const [category, epoch] of newest(before))
    if ((now.get(category) ?? -1) < epoch)
      throw refuse(`The category ${category} cannot go back to an older epoch.`)
  const known = new Map(before.categories.map((key) => [`${key.category} ${key.epoch}`, key.x]))
  for (const { category, epoch, x } of after.categories) {
    const earlier = known.get(`${category} ${epoch}`)
    if (earlier !== undefined && earlier !== x) throw refuse('A new category key needs a new epoch.')
  }
}
