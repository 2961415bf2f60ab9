import {
  type ConsentRequest,
  type ConsentView,
  type Grant,
  grantConsent as grantConsentRoute,
  resealConsent,
  revokeConsent as revokeConsentRoute,
  type Scope,
} from '@curo/contract/consent'
import { publishPatientKeys } from '@curo/contract/patients'
import { toBase64Url } from '@curo/crypto/bytes'
import { canonicalJson } from '@curo/crypto/canonical-json'
import { CATEGORIES, type Category } from '@curo/crypto/category'
import { CuroError } from '@curo/crypto/errors'
import { randomId } from '@curo/crypto/random'
import { signBody } from '@curo/crypto/signatures'
import type { Policy } from '@curo/ledger/policy'
import type { CallOptions } from './api.ts'
import { type VerifiedClinician, verifyClinician } from './clinicians.ts'
import {
  isOwnGrant,
  isWithdrawn,
  listConsents,
  ownGrants,
  type Purpose,
  readPurpose,
  readScope,
  type ScopeInput,
  verifyRequest,
} from './consent.ts'
import { sealGrantedKeys } from './granted-keys.ts'
import { bodyIn, readHistory } from './history-lines.ts'
import { attestOwnKeys, fetchOwnKeys } from './own-keys.ts'
import { ownKeysOf, readOwnRecords } from './own-records.ts'
import { type CategoryEpochs, epochsOf, makePatientKeys } from './patient-keys.ts'
import type { PatientPerson } from './person.ts'

export type GrantOptions = {
  /** Verified in the ledger (verifyClinician): nothing is sealed to any other key. */
  doctor: VerifiedClinician
  scope: ScopeInput
  purpose: Purpose
  use: Grant['use']
  notAfter: Date
  /** The request that this answers; it must be this doctor's. */
  request?: ConsentRequest | undefined
}

type CategoriesIn = (scope: Scope) => Category[]

/**
 * Tells the categories whose keys a consent of one of these scopes needs: those it names, and those of the single records
 * that it names, as their authors signed them. Nothing beyond: what a doctor was sealed once she keeps.
 */
async function categoriesOf(
  patient: PatientPerson,
  scopes: readonly Scope[],
  options: CallOptions,
): Promise<CategoriesIn> {
  const wanted = new Set(scopes.flatMap(({ records }) => records))
  const known = new Map<string, Category>()
  if (wanted.size > 0)
    for await (const own of readOwnRecords(patient, options)) {
      if (!wanted.has(own.record) || own.fault || own.author.standing === 'unknown') continue
      known.set(own.record, own.envelope.category)
      if (known.size === wanted.size) break
    }
  return ({ categories, records }) => [
    ...new Set([...categories, ...records.flatMap((record) => known.get(record) ?? [])]),
  ]
}

/**
 * The patient grants, of her own accord or in answer to a request, and seals the category keys to the doctor.
 * @throws CuroError 'bad-key' (the node shows other keys than her own), 'forged-signature' | 'tampered' (the request is not
 * the doctor's, or the node kept something else), 'invalid-input', 'not-found', 'conflict'
 */
export async function grantConsent(
  patient: PatientPerson,
  { doctor, scope, purpose, use, notAfter, request }: GrantOptions,
  options: CallOptions = {},
): Promise<ConsentView> {
  if (request) await verifyRequest(patient, { request, doctor })
  const { published } = await fetchOwnKeys(patient, options)
  const body = {
    v: 1 as const,
    id: randomId(),
    patient: patient.account.patient,
    grantee: { account: doctor.account.id, identity: toBase64Url(doctor.identity) },
    hospital: patient.hospital.origin,
    scope: readScope(scope),
    purpose: readPurpose(purpose),
    use,
    notAfter: notAfter.toISOString(),
    by: 'app' as const,
    ...(request === undefined ? {} : { request: request.id }),
    at: new Date().toISOString(),
  }
  const categoriesIn = await categoriesOf(patient, [body.scope], options)
  if (request) checkWithinRequest(body, request, categoriesIn)
  const grant = await signBody({ kind: 'grant', body, key: patient.identity })
  const sealedKeys = await sealGrantedKeys(patient, {
    consent: grant.id,
    to: doctor.seal,
    categories: categoriesIn(grant.scope),
    epochs: epochsOf(published.keys),
  })
  const { consent } = await patient.api.call(
    grantConsentRoute,
    { body: { grant, sealedKeys } },
    { ...options, repeatable: true },
  )
  if (canonicalJson(consent.grant) !== canonicalJson(grant)) throw notWhatWasSigned()
  return consent
}

type Terms = Pick<Grant, 'scope' | 'use' | 'notAfter'>

/**
 * An answer may be narrower than what was asked, never wider: fewer categories, single records of them, fewer days, an
 * earlier end, one visit. Who wants to allow more grants it of her own accord.
 */
function checkWithinRequest(given: Terms, asked: Terms, categoriesIn: CategoriesIn): void {
  const { scope } = asked
  const named = given.scope.records.filter((record) => !scope.records.includes(record))
  const isAsked = (wanted: Category[]) =>
    wanted.length > 0 && wanted.every((category) => scope.categories.includes(category))
  const within =
    given.scope.categories.every((category) => isAsked([category])) &&
    named.every((record) => isAsked(categoriesIn({ categories: [], records: [record] }))) &&
    (scope.from === undefined || (given.scope.from ?? '') >= scope.from) &&
    (scope.to === undefined || (given.scope.to ?? '9999-12-31') <= scope.to) &&
    given.notAfter <= asked.notAfter &&
    (asked.use === 'standing' || given.use === 'single')
  if (!within)
    throw new CuroError(
      'invalid-input',
      'This allows more than the doctor asked for. Take away what is too much.',
    )
}

function notWhatWasSigned(): CuroError {
  return new CuroError(
    'tampered',
    'The hospital’s computer did not keep what you signed. Look at your list of consents, and report it.',
  )
}

export type Revoked = {
  consent: ConsentView
  /** Doctors still allowed who got the keys of the next epoch. */
  resealed: string[]
  /** Those who did not, because their keys could not be verified now: resealConsents again later. */
  notResealed: { consent: string; grantee: string; fault: CuroError }[]
}

export type RevokeOptions = CallOptions & { policy?: Policy | undefined }

/**
 * Takes a consent back: the very next opening is refused. Then the keys of its categories change for what is written from
 * now on, and the doctors who are still allowed get the new ones.
 * @throws CuroError 'not-found'; 'conflict' (revoked already). What comes after the revocation is safe to do again:
 * rotateCategories, resealConsents
 */
export async function revokeConsent(
  patient: PatientPerson,
  consent: ConsentView,
  options: RevokeOptions = {},
): Promise<Revoked> {
  const body = {
    v: 1 as const,
    id: randomId(),
    patient: patient.account.patient,
    consent: consent.grant.id,
    at: new Date().toISOString(),
  }
  const revocation = await signBody({ kind: 'revoke', body, key: patient.identity })
  const answer = await patient.api.call(
    revokeConsentRoute,
    { params: { consent: consent.grant.id }, body: { revocation } },
    { ...options, repeatable: true },
  )
  if (answer.consent.grant.id !== consent.grant.id || !isWithdrawn(answer.consent)) throw notWhatWasSigned()
  const categories = await categoriesToChange(patient, consent.grant, options)
  const epochs = await rotateCategories(patient, categories, options)
  const change = { categories, epochs, refused: [consent.grant.id] }
  return { consent: answer.consent, ...(await resealConsents(patient, change, options)) }
}

/** All of them where the node shows another consent than she signed: who knows which keys that doctor has. */
async function categoriesToChange(
  patient: PatientPerson,
  grant: Grant,
  options: CallOptions,
): Promise<readonly Category[]> {
  const { identities } = await ownKeysOf(patient)
  if (grant.by === 'app' && !(await isOwnGrant(patient, grant, identities))) return CATEGORIES
  return (await categoriesOf(patient, [grant.scope], options))(grant.scope)
}

/**
 * Publishes the next epoch of these categories, checks the node's half of each new key and attests it. What was sealed
 * before stays as it is.
 * @returns the epochs in force
 * @throws CuroError 'bad-key', 'conflict' (published from another device at the same time: try again)
 */
export async function rotateCategories(
  patient: PatientPerson,
  categories: readonly Category[],
  options: CallOptions = {},
): Promise<CategoryEpochs> {
  const { published } = await fetchOwnKeys(patient, options)
  const epochs = epochsOf(published.keys)
  for (const category of categories) epochs[category] += 1
  const { keys } = await makePatientKeys({
    patient: patient.account.patient,
    root: patient.root,
    revision: published.keys.revision + 1,
    epochs,
  })
  const params = { patient: patient.account.patient }
  await patient.api.call(publishPatientKeys, { params, body: { keys } }, options)
  await attestOwnKeys(patient, {}, options)
  return epochs
}

/**
 * Seals the keys in force to every doctor who holds a consent over one of these categories that the patient signed
 * herself and has not taken back: what else the node may list gets nothing.
 * @param refused taken back just now; those of before stand in her history
 */
export async function resealConsents(
  patient: PatientPerson,
  {
    categories,
    epochs,
    refused = [],
  }: { categories: readonly Category[]; epochs: CategoryEpochs; refused?: readonly string[] },
  options: RevokeOptions = {},
): Promise<Pick<Revoked, 'resealed' | 'notResealed'>> {
  const takenBack = new Set([...refused, ...(await consentsTakenBack(patient, options))])
  const listed = await listConsents(patient, { state: 'active' }, options)
  const active = await ownGrants(
    patient,
    listed.filter(({ grant }) => !takenBack.has(grant.id)),
  )
  const scopes = active.map(({ grant }) => grant.scope)
  const categoriesIn = await categoriesOf(patient, scopes, options)
  const resealed: string[] = []
  const notResealed: Revoked['notResealed'] = []
  for (const { grant } of active) {
    const granted = categoriesIn(grant.scope)
    if (!granted.some((category) => categories.includes(category))) continue
    try {
      const doctor = await verifyClinician(
        patient,
        { account: grant.grantee.account, policy: options.policy },
        options,
      )
      if (toBase64Url(doctor.identity) !== grant.grantee.identity)
        throw new CuroError(
          'bad-key',
          'This doctor has other keys now than when you allowed her. Allow her again.',
        )
      const sealedKeys = await sealGrantedKeys(patient, {
        consent: grant.id,
        to: doctor.seal,
        categories: granted,
        epochs,
      })
      await patient.api.call(resealConsent, { params: { consent: grant.id }, body: { sealedKeys } }, options)
      resealed.push(grant.grantee.account)
    } catch (error) {
      if (!(error instanceof CuroError)) throw error
      notResealed.push({ consent: grant.id, grantee: grant.grantee.account, fault: error })
    }
  }
  return { resealed, notResealed }
}

async function consentsTakenBack(patient: PatientPerson, options: CallOptions): Promise<string[]> {
  const bodies = (await readHistory(patient, options)).map(bodyIn)
  return bodies.flatMap((body) => (body?.kind === 'revoke' ? [body.consent] : []))
}
