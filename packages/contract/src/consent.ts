import { z } from 'zod'
import { profession } from './accounts.ts'
import { cardProof, otpCode, otpSent } from './cards.ts'
import { personName } from './patients.ts'
import { defineRoute } from './route.ts'
import { bytes, category, day, id, instant, page, shortText, signed, signingKey } from './shapes.ts'

/** What a consent covers. A record is in scope by its category or its id, and by its clinical day. */
export const scope = z
  .object({
    categories: z.array(category).max(16).default([]),
    records: z.array(id).max(1000).default([]),
    from: day.optional(),
    to: day.optional(),
  })
  .refine((value) => value.categories.length + value.records.length > 0, {
    message: 'Name a category or a record.',
  })
export type Scope = z.infer<typeof scope>

/** HL7 v3 PurposeOfUse codes, as consent artefacts in India and elsewhere use them. */
export const purpose = z.object({
  code: z.enum(['CAREMGT', 'BTG', 'PUBHLTH', 'HPAYMT', 'DSRCH', 'PATRQT']),
  text: shortText.optional(),
})

/** `single`: one visit (the first timeline and the openings that follow within the hour). */
export const consentUse = z.enum(['single', 'standing'])

/** A doctor asks (kind `consent-request`), signed by her identity key. */
export const consentRequest = z.object({
  v: z.literal(1),
  id,
  patient: id,
  account: id,
  hospital: z.string(),
  scope,
  purpose,
  use: consentUse,
  notAfter: instant,
  at: instant,
  ...signed,
})
export type ConsentRequest = z.infer<typeof consentRequest>

/** The consent itself (kind `grant`): signed by the patient in her app, or by the home node after an OTP. */
export const grant = z.object({
  v: z.literal(1),
  id,
  patient: id,
  /** The doctor, and the identity key she must sign openings with. */
  grantee: z.object({ account: id, identity: signingKey }),
  hospital: z.string(),
  scope,
  purpose,
  use: consentUse,
  notAfter: instant,
  by: z.enum(['otp', 'app', 'emergency']),
  request: id.optional(),
  at: instant,
  ...signed,
})
export type Grant = z.infer<typeof grant>

/** The patient takes a consent back (kind `revoke`). */
export const revocation = z.object({ v: z.literal(1), id, patient: id, consent: id, at: instant, ...signed })
export type Revocation = z.infer<typeof revocation>

/** The doctor gives a consent back that she was given (kind `give-back`), signed by her identity key. */
export const giveBack = z.object({
  v: z.literal(1),
  id,
  patient: id,
  account: id,
  consent: id,
  at: instant,
  ...signed,
})
export type GiveBack = z.infer<typeof giveBack>

export const requestState = z.enum(['pending', 'granted', 'refused', 'expired'])
/** `revoked`: the patient took it back; `given-back`: the doctor did not want it any longer. */
export const consentState = z.enum(['active', 'revoked', 'given-back', 'expired', 'used'])

/**
 * Category keys and the stub keys, sealed by the patient to one doctor’s key: JSON of `grantedKeys`, 90 bytes for each
 * key. Every consent taken back adds one to its categories, so there is room for hundreds.
 */
export const sealedKeys = bytes({ most: 393_216 })

/**
 * What `sealedKeys` holds once opened (kind `granted-keys`), signed by the patient: anyone can seal to a doctor. Seeds are
 * of X-Wing category keys.
 */
export const grantedKeys = z.object({
  v: z.literal(1),
  consent: id,
  stubKeys: z.array(bytes({ length: 32 })),
  categories: z.array(z.object({ category, epoch: z.int().nonnegative(), seed: bytes({ length: 32 }) })),
  ...signed,
})
export type GrantedKeys = z.infer<typeof grantedKeys>

const clinicianFacts = profession.pick({ speciality: true, department: true, qualification: true })

export const consentRequestView = z.object({
  request: consentRequest,
  state: requestState,
  /** The doctor’s name. */
  from: z.string(),
  /** What else a patient may want to know of who asks. */
  asker: clinicianFacts.default({}),
  /** For the doctor who asked with the card in hand or was allowed; null for one who only knows an id. */
  patientName: personName.nullable().default(null),
  /** Asked with the card in hand: a code went to her telephone, if she has one. */
  cardInHand: z.boolean().default(false),
  consent: id.nullable(),
  /** What has become of the consent that answered it. */
  consentState: consentState.nullable().default(null),
  /** What the patient said when she refused, if she said anything. */
  refusal: shortText.nullable().default(null),
  expiresAt: instant,
})

export type ConsentRequestView = z.infer<typeof consentRequestView>

export const consentView = z.object({
  grant,
  state: consentState,
  granteeName: z.string(),
  /** What else a patient may want to know of whom she allowed. */
  grantee: clinicianFacts.default({}),
  /** For the doctor: whose consent it is. */
  patientName: personName.nullable().default(null),
  sealedKeys: sealedKeys.nullable(),
  /** When it was taken back or given back: `state` says which. */
  revokedAt: instant.nullable(),
})
export type ConsentView = z.infer<typeof consentView>

/** Whoever does not ask for pages gets as much as one holds. */
const wholePage = { ...page, limit: z.coerce.number().int().min(1).max(500).default(500) }

export const requestConsent = defineRoute({
  name: 'requestConsent',
  method: 'POST',
  path: '/v1/consents/requests',
  summary:
    'Asks a patient for consent: with her card in hand a code goes to her phone; her app shows the request either way',
  access: ['doctor'],
  body: z.object({ request: consentRequest, proof: cardProof.optional() }),
  response: z.object({ request: id, otp: otpSent.nullable(), expiresAt: instant }),
  status: 201,
  callsPerMinute: 120,
})

export const enterOtp = defineRoute({
  name: 'enterOtp',
  method: 'POST',
  path: '/v1/consents/requests/:request/otp',
  summary: 'Enters the code the patient read out; it becomes a consent signed by this node',
  access: ['doctor'],
  params: z.object({ request: id }),
  body: z.object({ code: otpCode }),
  response: z.object({ consent: consentView }),
  status: 201,
})

export const resendOtp = defineRoute({
  name: 'resendOtp',
  method: 'POST',
  path: '/v1/consents/requests/:request/otp/resend',
  summary: 'Sends a new code, which voids the one before; three times at most',
  access: ['doctor'],
  params: z.object({ request: id }),
  response: otpSent,
})

export const listRequests = defineRoute({
  name: 'listRequests',
  method: 'GET',
  path: '/v1/consents/requests',
  summary: 'Requests one has made (doctor) or been asked (patient), newest first',
  access: ['doctor', 'patient'],
  query: z.object({ state: requestState.optional(), ...wholePage }),
  response: z.object({ requests: z.array(consentRequestView), next: z.string().nullable().default(null) }),
})

export const refuseRequest = defineRoute({
  name: 'refuseRequest',
  method: 'POST',
  path: '/v1/consents/requests/:request/refusal',
  summary: 'The patient says no, and why if she likes: the doctor reads it',
  access: ['patient'],
  params: z.object({ request: id }),
  body: z.object({ reason: shortText.optional() }),
  response: consentRequestView,
})

export const grantConsent = defineRoute({
  name: 'grantConsent',
  method: 'POST',
  path: '/v1/consents',
  summary:
    'The patient grants, of her own accord or in answer to a request, and seals the keys to the doctor',
  access: ['patient'],
  body: z.object({ grant, sealedKeys }),
  response: z.object({ consent: consentView }),
  status: 201,
})

export const listConsents = defineRoute({
  name: 'listConsents',
  method: 'GET',
  path: '/v1/consents',
  summary: 'Consents one gave (the allowed list) or received, newest first',
  access: ['doctor', 'patient'],
  query: z.object({ state: consentState.optional(), patient: id.optional(), ...wholePage }),
  response: z.object({ consents: z.array(consentView), next: z.string().nullable().default(null) }),
})

export const revokeConsent = defineRoute({
  name: 'revokeConsent',
  method: 'POST',
  path: '/v1/consents/:consent/revocation',
  summary: 'Takes a consent back; the very next opening is refused',
  access: ['patient'],
  params: z.object({ consent: id }),
  body: z.object({ revocation }),
  response: z.object({ consent: consentView }),
})

export const giveBackConsent = defineRoute({
  name: 'giveBackConsent',
  method: 'POST',
  path: '/v1/consents/:consent/give-back',
  summary: 'The doctor gives back a consent that is open for her; the very next opening is refused',
  access: ['doctor'],
  params: z.object({ consent: id }),
  body: z.object({ giveBack }),
  response: z.object({ consent: consentView }),
})

export const resealConsent = defineRoute({
  name: 'resealConsent',
  method: 'PUT',
  path: '/v1/consents/:consent/keys',
  summary: 'After a category epoch changed, the patient seals the new keys to a doctor who is still allowed',
  access: ['patient'],
  params: z.object({ consent: id }),
  body: z.object({ sealedKeys }),
})
