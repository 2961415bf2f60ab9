import { findClinicians, type VerifiedClinician, verifyClinician } from '@curo/client/clinicians'
import {
  isWithdrawn,
  listConsents,
  listRequests,
  ownGrants,
  type Purpose,
  refuseRequest,
  type ScopeInput,
  verifyRequest,
} from '@curo/client/consent'
import {
  grantConsent,
  type Revoked,
  resealConsents,
  revokeConsent,
  rotateCategories,
} from '@curo/client/granting'
import { shownPolicy } from '@curo/client/shown-policy'
import type { ConsentRequest, ConsentView, Grant } from '@curo/contract/consent'
import type { Category } from '@curo/crypto/category'
import { CuroError, type CuroErrorCode, isCuroError } from '@curo/crypto/errors'
import type { WorkCall, WorkContext } from '../work/context.ts'

/** A doctor as the patient sees her. `proven`: her key stands in the hospital's ledger, and is the one that was used. */
export type DoctorSeen = { account: string; name: string; speciality: string | null; proven: boolean }

/** A request as it is shown: what the doctor signed, and what is wrong with it if anything is. */
export type RequestToMe = {
  request: ConsentRequest
  state: 'pending' | 'granted' | 'refused' | 'expired'
  from: DoctorSeen
  expiresAt: string
  refusal: string | null
  /** Why this must not be answered: the signature is not the doctor's, or it is not to this patient. */
  fault: CuroErrorCode | null
}

/** Somebody who may open records, or might once. */
export type Allowed = {
  grant: Grant
  state: ConsentView['state']
  grantee: DoctorSeen
  revokedAt: string | null
  /** False where the node lists as given in the app what the patient did not sign. */
  hers: boolean
}

/** Doctors verified in the ledger, until the lock. Every caller waits for the same proof, so none’s giving up ends it. */
const doctors = new Map<string, Promise<VerifiedClinician>>()

function doctorOf(context: WorkContext, account: string): Promise<VerifiedClinician> {
  const known = doctors.get(account)
  if (known) return known
  const verifying = proveDoctor(context, account).catch((error) => {
    doctors.delete(account)
    throw error
  })
  doctors.set(account, verifying)
  return verifying
}

/** Her key must stand in a ledger that others have cosigned, where the hospital names others. */
async function proveDoctor(context: WorkContext, account: string) {
  const person = context.person()
  return verifyClinician(person, { account, policy: await shownPolicy(person) })
}

const seen = ({ account }: VerifiedClinician): DoctorSeen => ({
  account: account.id,
  name: account.name,
  speciality: account.profession.speciality ?? null,
  proven: true,
})

/** Requests that one was asked, newest first; those that wait were checked against the ledger. */
export async function requestsToMe(
  context: WorkContext,
  _: undefined,
  { signal }: WorkCall,
): Promise<RequestToMe[]> {
  const views = await listRequests(context.patient(), {}, { signal })
  return Promise.all(
    views.map(async ({ request, state, from, expiresAt, refusal }) => {
      const unproven = { account: request.account, name: from, speciality: null, proven: false }
      const view = { request, state, expiresAt, refusal, from: unproven, fault: null }
      try {
        const doctor = await doctorOf(context, request.account)
        if (state === 'pending') await verifyRequest(context.patient(), { request, doctor })
        return { ...view, from: seen(doctor) }
      } catch (error) {
        if (!isCuroError(error)) throw error
        if (error.code === 'unavailable' || error.code === 'not-found') return view
        return { ...view, fault: error.code }
      }
    }),
  )
}

export type Answer = {
  /** Id of a request as it was listed. */
  request: string
  scope: ScopeInput
  purpose: Purpose
  use: Grant['use']
  notAfter: string
}

/** Says yes to a request, or to a part of it. @throws as the client's grantConsent */
export async function allowRequest(
  context: WorkContext,
  { request: id, ...answer }: Answer,
  { signal }: WorkCall,
): Promise<ConsentView> {
  const patient = context.patient()
  const view = (await listRequests(patient, {}, { signal })).find(({ request }) => request.id === id)
  if (view?.state !== 'pending')
    throw new CuroError('conflict', 'This request was answered already, or has lapsed.')
  const doctor = await doctorOf(context, view.request.account)
  return grantConsent(
    patient,
    { ...answer, doctor, notAfter: new Date(answer.notAfter), request: view.request },
    { signal },
  )
}

/** @throws CuroError 'not-found' when it was answered or has lapsed */
export async function refuse(
  context: WorkContext,
  given: { request: string; reason?: string | undefined },
  { signal }: WorkCall,
): Promise<void> {
  await refuseRequest(context.patient(), given, { signal })
}

/** Everyone who may open records, and those who once might, newest first. */
export async function allowedByMe(
  context: WorkContext,
  _: undefined,
  { signal }: WorkCall,
): Promise<Allowed[]> {
  const patient = context.patient()
  const views = await listConsents(patient, {}, { signal })
  const own = new Set((await ownGrants(patient, views)).map(({ grant }) => grant.id))
  return Promise.all(
    views.map(async ({ grant, state, granteeName, revokedAt }) => {
      const { account, identity } = grant.grantee
      const unproven = { account, name: granteeName, speciality: null, proven: false }
      const doctor = await doctorOf(context, account).catch((error) => {
        if (isCuroError(error)) return null
        throw error
      })
      const isSame = doctor?.account.keys.identity === identity
      const hers = grant.by !== 'app' || state !== 'active' || own.has(grant.id)
      return { grant, state, grantee: doctor && isSame ? seen(doctor) : unproven, revokedAt, hers }
    }),
  )
}

export type DoctorFound = Omit<DoctorSeen, 'proven'> & { department: string | null }

/** Doctors by name or speciality, to allow one of her own accord. */
export async function findDoctors(
  context: WorkContext,
  { search }: { search: string },
  { signal }: WorkCall,
): Promise<DoctorFound[]> {
  const filter = search.trim() === '' ? {} : { search: search.trim() }
  const { clinicians } = await findClinicians(context.person(), filter, { signal })
  return clinicians.map(({ id, name, profession }) => ({
    account: id,
    name,
    speciality: profession.speciality ?? null,
    department: profession.department ?? null,
  }))
}

/** Allows a doctor who has not asked. @throws CuroError 'bad-key' when her keys are not those in the ledger */
export async function allowDoctor(
  context: WorkContext,
  { account, notAfter, ...given }: Omit<Answer, 'request'> & { account: string },
  { signal }: WorkCall,
): Promise<ConsentView> {
  const doctor = await doctorOf(context, account)
  return grantConsent(context.patient(), { ...given, doctor, notAfter: new Date(notAfter) }, { signal })
}

export type Taken = {
  /** False: it is taken back, but the keys of what is written later have not changed yet. */
  keysChanged: boolean
  /** Doctors still allowed who have the new keys, and those who have not. */
  resealed: number
  notResealed: string[]
}

const taken = ({ resealed, notResealed }: Pick<Revoked, 'resealed' | 'notResealed'>): Taken => ({
  keysChanged: true,
  resealed: resealed.length,
  notResealed: notResealed.map(({ grantee }) => grantee),
})

/**
 * Takes a consent back. What comes after it, new keys for what is written later, may fail by itself: `changeKeys` again.
 * @throws CuroError 'not-found', 'unavailable'
 */
export async function takeBack(
  context: WorkContext,
  { consent: id }: { consent: string },
  { signal }: WorkCall,
): Promise<Taken> {
  const patient = context.patient()
  const consentNow = async () =>
    (await listConsents(patient, {}, { signal })).find(({ grant }) => grant.id === id)
  const consent = await consentNow()
  if (!consent) throw new CuroError('not-found', 'There is no such permission any more.')
  try {
    return taken(
      await revokeConsent(patient, consent, { signal, policy: await shownPolicy(patient, { signal }) }),
    )
  } catch (error) {
    const now = isCuroError(error) && (await consentNow())
    if (!now || !isWithdrawn(now)) throw error
    return { keysChanged: false, resealed: 0, notResealed: [] }
  }
}

/** New keys for what is written later in these categories, and to the doctors still allowed. Harmless to repeat. */
export async function changeKeys(
  context: WorkContext,
  { categories }: { categories: Category[] },
  { signal }: WorkCall,
): Promise<Taken> {
  const patient = context.patient()
  const epochs = await rotateCategories(patient, categories, { signal })
  const policy = await shownPolicy(patient, { signal })
  return taken(await resealConsents(patient, { categories, epochs }, { signal, policy }))
}
