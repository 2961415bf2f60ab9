import { z } from 'zod'
import {
  cardKey,
  identityRotation,
  mediation,
  patientKeys,
  patientSummary,
  publishedKeys,
  wrappedRoot,
} from './patients.ts'
import { defineRoute } from './route.ts'
import { bytes, id, instant, shortText, signed } from './shapes.ts'

export const cardNumber = z.string().regex(/^[0-9]{16}$/)

/** Proof that the card is in hand (kind `card-proof`), signed by the card’s own key; good for five minutes. */
export const cardProof = z.object({
  v: z.literal(1),
  card: cardNumber,
  /** The account that may use it; absent only where nobody is signed in (activation). */
  account: id.optional(),
  at: instant,
  nonce: id,
  ...signed,
})
export type CardProof = z.infer<typeof cardProof>

export const otpCode = z.string().regex(/^[0-9]{6}$/, 'The code has six digits.')

/** Where a one-time code went, with all but the last two digits hidden, and until when it is good. */
export const otpSent = z.object({ sentTo: z.string(), expiresAt: instant })

/** What a patient presents when she registers a password after activating her card. */
export const activationFinish = z.object({
  token: bytes({ length: 32 }),
  rotation: identityRotation,
  keys: patientKeys,
  cardKey,
  wrappedRoots: z.array(wrappedRoot).max(4),
  keyring: bytes({ most: 65536 }),
})

export const findByCard = defineRoute({
  name: 'findByCard',
  method: 'POST',
  path: '/v1/cards/find',
  summary: 'The patient whose card is in hand: who she is and her public keys, nothing clinical',
  access: ['doctor', 'staff', 'admin'],
  body: z.object({ proof: cardProof }),
  response: z.object({
    patient: patientSummary.pick({ id: true, demographics: true }),
    keys: publishedKeys,
    lookupEpoch: z.int().nonnegative(),
  }),
})

export const findByNumber = defineRoute({
  name: 'findByNumber',
  method: 'POST',
  path: '/v1/cards/number',
  summary:
    'Whom a doctor may ask who has only a card’s number: an id without a name, good for a request that the patient answers in her app',
  access: ['doctor'],
  body: z.object({ card: cardNumber }),
  response: z.object({ patient: id }),
  callsPerMinute: 30,
})

export const blockCard = defineRoute({
  name: 'blockCard',
  method: 'POST',
  path: '/v1/cards/block',
  summary: 'Blocks a lost card at once; it opens nothing from then on',
  access: ['staff', 'admin', 'patient'],
  body: z.object({ card: cardNumber, reason: shortText.optional() }),
})

export const reissueCard = defineRoute({
  name: 'reissueCard',
  method: 'POST',
  path: '/v1/patients/:patient/cards',
  summary:
    'A new card with a new secret and lookup epoch, signed by the patient’s identity key; the old one is blocked',
  access: ['staff', 'admin', 'patient'],
  params: z.object({ patient: id }),
  body: z.object({
    cardKey,
    chain: z.object({ epoch: z.int().positive(), chainKey: bytes({ length: 32 }) }),
    wrappedRoots: z.array(wrappedRoot).max(4),
    keyring: bytes({ most: 65536 }),
  }),
  response: mediation,
  status: 201,
})

export const startActivation = defineRoute({
  name: 'startActivation',
  method: 'POST',
  path: '/v1/activations',
  summary: 'Activates the patient’s app with her card: sends a code to the phone the desk registered',
  access: 'public',
  body: z.object({ proof: cardProof }),
  response: otpSent.extend({ activation: id }),
  status: 201,
  callsPerMinute: 30,
})

export const confirmActivation = defineRoute({
  name: 'confirmActivation',
  method: 'POST',
  path: '/v1/activations/:activation/otp',
  summary:
    'Enters the code; gives the root the desk made, under the card’s key, and a token to register with',
  access: 'public',
  params: z.object({ activation: id }),
  body: z.object({ code: otpCode }),
  response: z.object({
    patient: id,
    token: bytes({ length: 32 }),
    wrappedRoot: bytes({ most: 512 }),
    keyring: bytes({ most: 65536 }),
    keys: publishedKeys,
  }),
  callsPerMinute: 30,
})
