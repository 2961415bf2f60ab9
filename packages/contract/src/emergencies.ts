import { z } from 'zod'
import { cardProof } from './cards.ts'
import { consentView } from './consent.ts'
import { receipt } from './ledger.ts'
import { demographics } from './patients.ts'
import { defineRoute } from './route.ts'
import { digest, id, instant, page, shortText, signed } from './shapes.ts'

/** Why the patient cannot be asked. Signed as it stands, so nothing is trimmed from it. */
export const emergencyReason = z
  .string()
  .min(3, 'Say in a few words why the patient cannot be asked.')
  .max(400)
  .regex(/^\S(.*\S)?$/su, 'Write the reason without blanks around it.')

/** A doctor asks for the emergency summary of a patient who cannot speak (kind `emergency-request`). */
export const emergencyRequest = z.object({
  v: z.literal(1),
  id,
  patient: id,
  account: id,
  hospital: z.string(),
  reason: emergencyReason,
  at: instant,
  ...signed,
})
export type EmergencyRequest = z.infer<typeof emergencyRequest>

/** A second doctor confirms it (kind `emergency-confirmation`). */
export const emergencyConfirmation = z.object({
  v: z.literal(1),
  /** Of the emergency. */
  id,
  /** SHA-256 of the canonical request, signature included: this one and no other. */
  request: digest,
  patient: id,
  account: id,
  hospital: z.string(),
  at: instant,
  ...signed,
})
export type EmergencyConfirmation = z.infer<typeof emergencyConfirmation>

export const emergencyState = z.enum(['waiting', 'confirmed', 'lapsed'])
export const reviewOutcome = z.enum(['justified', 'not-justified'])

export const emergencyView = z.object({
  request: emergencyRequest,
  state: emergencyState,
  /** The doctor who asks. */
  from: z.string(),
  /** Whom it is about, for the colleague who is to confirm. */
  patient: demographics.pick({ name: true, birthDate: true, sex: true }),
  /** Until when it can be confirmed. */
  expiresAt: instant,
  confirmation: emergencyConfirmation.nullable(),
  confirmedBy: z.string().nullable(),
  /** What may be opened, and until when; for the doctor who asked and for the patient. */
  consent: consentView.nullable(),
  /** The hospital looks at every emergency afterwards. */
  review: z
    .object({
      dueAt: instant,
      outcome: reviewOutcome.nullable(),
      by: z.string().nullable(),
      reason: z.string().nullable(),
      at: instant.nullable(),
    })
    .nullable(),
})
export type EmergencyView = z.infer<typeof emergencyView>

export const askEmergency = defineRoute({
  name: 'askEmergency',
  method: 'POST',
  path: '/v1/emergencies',
  summary:
    'Asks for the emergency summary with the card in hand; opens nothing until a second doctor confirms it',
  access: ['doctor'],
  body: z.object({ request: emergencyRequest, proof: cardProof }),
  response: emergencyView,
  status: 201,
  callsPerMinute: 60,
})

export const listEmergencies = defineRoute({
  name: 'listEmergencies',
  method: 'GET',
  path: '/v1/emergencies',
  summary:
    'Newest first: for a doctor her own or those to confirm, for a patient those about her, for an administrator all',
  access: ['doctor', 'patient', 'admin'],
  query: z.object({
    /** Doctors only: those one asked for or confirmed, or those of others that wait to be confirmed. */
    of: z.enum(['mine', 'to-confirm']).default('mine'),
    state: emergencyState.optional(),
    /** Administrators only: those confirmed that nobody has looked at. */
    review: z.literal('open').optional(),
    ...page,
  }),
  response: z.object({ emergencies: z.array(emergencyView), next: z.string().nullable() }),
})

export const getEmergency = defineRoute({
  name: 'getEmergency',
  method: 'GET',
  path: '/v1/emergencies/:emergency',
  summary: 'One emergency: whether it has been confirmed, by whom, and what it opens',
  access: ['doctor', 'patient', 'admin'],
  params: z.object({ emergency: id }),
  response: emergencyView,
})

export const confirmEmergency = defineRoute({
  name: 'confirmEmergency',
  method: 'POST',
  path: '/v1/emergencies/:emergency/confirmation',
  summary:
    'A second doctor confirms: the summary may be opened for an hour with the card in hand, and the patient is told at once',
  access: ['doctor'],
  params: z.object({ emergency: id }),
  body: z.object({ confirmation: emergencyConfirmation }),
  response: z.object({ emergency: emergencyView, receipt }),
  status: 201,
})

export const reviewEmergency = defineRoute({
  name: 'reviewEmergency',
  method: 'POST',
  path: '/v1/emergencies/:emergency/review',
  summary: 'An administrator judges an emergency afterwards; the patient reads the outcome in her ledger',
  access: ['admin'],
  params: z.object({ emergency: id }),
  body: z.object({ outcome: reviewOutcome, reason: shortText.min(3) }),
  response: emergencyView,
})
