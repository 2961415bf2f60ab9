import type { Card } from '@curo/client/cards'
import { requestDigest } from '@curo/client/emergencies'
import type { Person } from '@curo/client/person'
import type { CardProof } from '@curo/contract/cards'
import type { ConsentRequest, GiveBack, Grant, Revocation } from '@curo/contract/consent'
import type { EmergencyConfirmation, EmergencyRequest } from '@curo/contract/emergencies'
import type { OpeningRequest } from '@curo/contract/openings'
import { toBase64Url } from '@curo/crypto/bytes'
import { randomId } from '@curo/crypto/random'
import { signBody } from '@curo/crypto/signatures'
import type { Hospital } from './hospital.ts'

/*
 * What people sign, made without the client’s care: with any field other than a proper client would write, at the
 * node’s time rather than the test’s.
 */

type Now = Pick<Hospital, 'node'>
const now = ({ node }: Now) => node.clock.now().toISOString()
const inAnHour = ({ node }: Now) => new Date(node.clock.now().getTime() + 3_600_000).toISOString()

type Unsigned<T> = Partial<Omit<T, 'signer' | 'signature'>>

export function signOpening(
  hospital: Now,
  person: Person,
  fields: Unsigned<OpeningRequest> & Pick<OpeningRequest, 'patient'>,
): Promise<OpeningRequest> {
  const body = {
    v: 1 as const,
    id: randomId(),
    account: person.account.id,
    via: 'card' as const,
    at: now(hospital),
    ...fields,
  }
  return signBody({ kind: 'opening-request', body, key: person.identity })
}

export function signProof(hospital: Now, card: Card, fields: Unsigned<CardProof> = {}): Promise<CardProof> {
  const body = { v: 1 as const, card: card.number, at: now(hospital), nonce: randomId(), ...fields }
  return signBody({ kind: 'card-proof', body, key: card.signing })
}

export function signConsentRequest(
  hospital: Now,
  person: Person,
  fields: Unsigned<ConsentRequest> & Pick<ConsentRequest, 'patient'>,
): Promise<ConsentRequest> {
  const body = {
    v: 1 as const,
    id: randomId(),
    account: person.account.id,
    hospital: person.hospital.origin,
    scope: { categories: ['laboratory' as const], records: [] },
    purpose: { code: 'CAREMGT' as const },
    use: 'standing' as const,
    notAfter: inAnHour(hospital),
    at: now(hospital),
    ...fields,
  }
  return signBody({ kind: 'consent-request', body, key: person.identity })
}

/** A grant from the app, signed by `signer`: the patient, or somebody who would like to be her. */
export function signGrant(
  hospital: Now,
  signer: Person,
  fields: Unsigned<Grant> & Pick<Grant, 'patient'> & { to: Person },
): Promise<Grant> {
  const { to, ...over } = fields
  const body = {
    v: 1 as const,
    id: randomId(),
    grantee: { account: to.account.id, identity: toBase64Url(to.identity.publicKey) },
    hospital: signer.hospital.origin,
    scope: { categories: ['laboratory' as const], records: [] },
    purpose: { code: 'CAREMGT' as const },
    use: 'standing' as const,
    notAfter: inAnHour(hospital),
    by: 'app' as const,
    at: now(hospital),
    ...over,
  }
  return signBody({ kind: 'grant', body, key: signer.identity })
}

export function signRevocation(
  hospital: Now,
  signer: Person,
  fields: Unsigned<Revocation> & Pick<Revocation, 'patient' | 'consent'>,
): Promise<Revocation> {
  const body = { v: 1 as const, id: randomId(), at: now(hospital), ...fields }
  return signBody({ kind: 'revoke', body, key: signer.identity })
}

export function signGiveBack(
  hospital: Now,
  signer: Person,
  fields: Unsigned<GiveBack> & Pick<GiveBack, 'patient' | 'consent'>,
): Promise<GiveBack> {
  const body = { v: 1 as const, id: randomId(), account: signer.account.id, at: now(hospital), ...fields }
  return signBody({ kind: 'give-back', body, key: signer.identity })
}

export function signEmergencyRequest(
  hospital: Now,
  person: Person,
  fields: Unsigned<EmergencyRequest> & Pick<EmergencyRequest, 'patient'>,
): Promise<EmergencyRequest> {
  const body = {
    v: 1 as const,
    id: randomId(),
    account: person.account.id,
    hospital: person.hospital.origin,
    reason: 'Unconscious after an accident',
    at: now(hospital),
    ...fields,
  }
  return signBody({ kind: 'emergency-request', body, key: person.identity })
}

export function signEmergencyConfirmation(
  hospital: Now,
  person: Person,
  request: EmergencyRequest,
  fields: Unsigned<EmergencyConfirmation> = {},
): Promise<EmergencyConfirmation> {
  const body = {
    v: 1 as const,
    id: request.id,
    request: requestDigest(request),
    patient: request.patient,
    account: person.account.id,
    hospital: person.hospital.origin,
    at: now(hospital),
    ...fields,
  }
  return signBody({ kind: 'emergency-confirmation', body, key: person.identity })
}
