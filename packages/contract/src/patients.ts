import { z } from 'zod'
import { defineRoute } from './route.ts'
import {
  bytes,
  category,
  day,
  epoch,
  id,
  instant,
  page,
  phone,
  sealingKey,
  shortText,
  signed,
  signingKey,
} from './shapes.ts'

export const sex = z.enum(['female', 'male', 'other', 'unknown'])

export const personName = z
  .object({ given: shortText, family: shortText })
  .refine((value) => value.given || value.family, {
    message: 'Enter at least one name.',
  })

/** What the front desk keeps of a person; never anything clinical. */
export const demographics = z.object({
  name: personName,
  birthDate: day,
  sex,
  phone: phone.optional(),
  email: z.email().optional(),
  address: z
    .object({
      lines: z.array(shortText).max(4).default([]),
      city: shortText.optional(),
      district: shortText.optional(),
      state: shortText.optional(),
      postalCode: shortText.optional(),
      country: shortText.optional(),
    })
    .optional(),
  language: shortText.optional(),
  identifiers: z
    .array(z.object({ system: shortText, value: shortText }))
    .max(20)
    .default([]),
})
export type Demographics = z.infer<typeof demographics>

/** The holder's half of a mediated key: ML-KEM-768 encapsulation key and X25519 point X. */
export const mediatedHalf = { kem: bytes({ length: 1184 }), x: bytes({ length: 32 }) }

/** A patient's public keys, signed by her identity key (kind `patient-keys`). The highest revision is in force. */
export const patientKeys = z.object({
  v: z.literal(1),
  patient: id,
  revision: z.int().nonnegative(),
  identity: signingKey,
  seal: sealingKey,
  categories: z.array(z.object({ category, epoch, ...mediatedHalf })).max(32),
  at: instant,
  ...signed,
})
export type PatientKeys = z.infer<typeof patientKeys>

/** The card's public key, signed by the patient's identity key (kind `card-key`). */
export const cardKey = z.object({
  v: z.literal(1),
  patient: id,
  card: z.string().regex(/^[0-9]{16}$/),
  lookupEpoch: epoch,
  ...mediatedHalf,
  /** Verifies the proof that the card is in hand. */
  proofKey: signingKey,
  at: instant,
  ...signed,
})
export type CardKey = z.infer<typeof cardKey>

/**
 * For each holder's X, the custodian's share S = s·B of that key and the point P = s·X. The scalar s is derived from the
 * patient's and X, so that no other value can be offered as a key to have it multiplied.
 */
export const mediation = z.object({
  points: z.array(
    z.object({ x: bytes({ length: 32 }), share: bytes({ length: 32 }), point: bytes({ length: 32 }) }),
  ),
})
export type Mediation = z.infer<typeof mediation>

/** A holder says that she checked x·S = P for these (kind `attestation`), signed by her identity or card key. */
export const attestation = z.object({
  v: z.literal(1),
  patient: id,
  custodian: z.string(),
  points: mediation.shape.points.min(1),
  at: instant,
  ...signed,
})
export type Attestation = z.infer<typeof attestation>

/** One identity key handing over to the next (kind `rotate-identity`), signed by both. */
export const identityRotation = z.object({
  v: z.literal(1),
  patient: id,
  from: signingKey,
  to: signingKey,
  at: instant,
  signatures: z.array(z.object(signed)).length(2),
})
export type IdentityRotation = z.infer<typeof identityRotation>

/** Everything one needs to seal a record for a patient and to check that no key was swapped. */
export const publishedKeys = z.object({
  patient: id,
  keys: patientKeys,
  card: cardKey.nullable(),
  mediation,
  attestations: z.array(attestation),
  rotations: z.array(identityRotation),
})
export type PublishedKeys = z.infer<typeof publishedKeys>

export const patientSummary = z.object({
  id,
  demographics,
  card: z.object({ number: z.string(), status: z.enum(['active', 'blocked']) }).nullable(),
  activated: z.boolean(),
  createdAt: instant,
})
export type PatientSummary = z.infer<typeof patientSummary>

/** The account root under another key: the card's, or the printed recovery kit's. */
export const wrappedRoot = z.object({ by: z.enum(['card', 'kit']), wrapped: bytes({ most: 512 }) })

export const registerPatient = defineRoute({
  name: 'registerPatient',
  method: 'POST',
  path: '/v1/patients',
  summary:
    'Registers a patient with keys and card made at the desk; the answer’s points are to be checked and attested',
  access: ['staff', 'admin'],
  body: z.object({
    id,
    demographics,
    keys: patientKeys,
    cardKey,
    /** This hospital’s own chain key of lookup epoch 0 (ledger.md), and no other’s. */
    chain: z.object({ epoch: z.int().nonnegative(), chainKey: bytes({ length: 32 }) }),
    wrappedRoots: z.array(wrappedRoot).min(1).max(4),
    keyring: bytes({ most: 65536 }),
  }),
  response: z.object({ patient: id, mediation }),
  status: 201,
})

export const attestPoints = defineRoute({
  name: 'attestPoints',
  method: 'POST',
  path: '/v1/patients/:patient/attestations',
  summary: 'Stores a holder’s attestation of mediation points; without one, nobody seals to them',
  access: ['staff', 'admin', 'doctor', 'patient'],
  params: z.object({ patient: id }),
  body: attestation,
})

export const findPatients = defineRoute({
  name: 'findPatients',
  // What was typed is a person: it must not stand in an address, which servers and proxies write down.
  method: 'POST',
  path: '/v1/patients/find',
  summary: 'Finds patients by name, telephone, birth date, identifier or card number',
  access: ['staff', 'admin'],
  body: z.object({
    search: z.string().trim().min(1).max(200).optional(),
    birthDate: day.optional(),
    ...page,
  }),
  response: z.object({ patients: z.array(patientSummary), next: z.string().nullable() }),
})

export const getPatient = defineRoute({
  name: 'getPatient',
  method: 'GET',
  path: '/v1/patients/:patient',
  summary: 'A patient’s demographics, as the desk or she herself sees them',
  access: ['staff', 'admin', 'patient'],
  params: z.object({ patient: id }),
  response: patientSummary,
})

export const updatePatient = defineRoute({
  name: 'updatePatient',
  method: 'PATCH',
  path: '/v1/patients/:patient',
  summary: 'Corrects a patient’s demographics',
  access: ['staff', 'admin'],
  params: z.object({ patient: id }),
  /** `before`: what the correction starts from. If something else stands there by now, nothing is replaced: `conflict`. */
  body: z.object({ demographics, before: demographics.optional() }),
  response: patientSummary,
})

export const getPatientKeys = defineRoute({
  name: 'getPatientKeys',
  method: 'GET',
  path: '/v1/patients/:patient/keys',
  summary: 'A patient’s public keys, attested points and identity rotations',
  access: ['doctor', 'staff', 'admin', 'patient'],
  params: z.object({ patient: id }),
  response: publishedKeys,
})

export const requestAuthorPoint = defineRoute({
  name: 'requestAuthorPoint',
  method: 'POST',
  path: '/v1/patients/:patient/author-point',
  summary:
    'The mediation point of one’s own sealing key for this patient, to seal what one writes to oneself',
  access: ['doctor'],
  params: z.object({ patient: id }),
  response: mediation,
})

export const publishPatientKeys = defineRoute({
  name: 'publishPatientKeys',
  method: 'PUT',
  path: '/v1/patients/:patient/keys',
  summary:
    'A patient publishes the next revision of her keys (new category epochs); the points come back for attesting',
  access: ['patient'],
  params: z.object({ patient: id }),
  body: z.object({ keys: patientKeys }),
  response: mediation,
})
