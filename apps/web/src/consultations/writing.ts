import { fetchPatientKeys, findByCard } from '@curo/client/cards'
import { listConsents, verifyConsent } from '@curo/client/consent'
import { openGrantedKeys } from '@curo/client/granted-keys'
import type { WriteAuthority } from '@curo/client/records'
import { prepareSealing, type Sealing } from '@curo/client/sealing'
import { fromBase64Url } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { visitInHand } from '../visits/work.ts'
import type { WorkContext } from '../work/context.ts'

/** By what right, and to which keys, is written about this patient. */
export type Writing = {
  sealing: Sealing
  authority: WriteAuthority
  lookupKeys: readonly { epoch: number; key: Uint8Array }[]
}

/**
 * With the card in hand; otherwise with what the patient allowed in her app. Her keys are fetched anew: she may have
 * revoked somebody since the visit began, and new records are sealed to new keys.
 * @throws CuroError 'not-found' when there is neither
 */
export async function prepareWriting(
  context: WorkContext,
  patient: string,
  signal: AbortSignal,
): Promise<Writing> {
  const { card } = visitInHand(patient)
  const person = context.person()
  if (card) {
    const { keys } = await findByCard(person, card, { signal })
    const sealing = await prepareSealing(person, { keys, stubKey: card.stubKey }, { signal })
    const { lookupEpoch, lookupKey } = card.payload
    return { sealing, authority: { by: 'card', card }, lookupKeys: [{ epoch: lookupEpoch, key: lookupKey }] }
  }
  const consents = await listConsents(person, { state: 'active', patient }, { signal })
  const consent = consents.find(({ sealedKeys }) => sealedKeys)
  if (!consent?.sealedKeys)
    throw new CuroError(
      'not-found',
      'To sign, scan the patient’s card, or ask her for permission in her app. What you wrote is kept.',
    )
  const { grant } = consent
  await verifyConsent(person, { consent })
  const { stubKeys } = await openGrantedKeys(person, { consent }, { signal })
  const [stubKey] = stubKeys
  if (!stubKey)
    throw new CuroError('malformed', 'The consent brings no key for the timeline. Ask the patient again.')
  const trust = { identity: fromBase64Url(grant.signer) }
  const keys = await fetchPatientKeys(person, { patient, trust }, { signal })
  const sealing = await prepareSealing(person, { keys, stubKey }, { signal })
  return { sealing, authority: { by: 'consent', consent: grant.id }, lookupKeys: [] }
}
