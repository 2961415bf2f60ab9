import { z } from 'zod'
import { bytes } from './shapes.ts'

/** The JSON forms of WebAuthn Level 3 §5.1.8–9 as far as they are used here, between node and browser. */
const credentialId = bytes({ most: 1023 })
const descriptor = z.object({
  id: credentialId,
  type: z.literal('public-key'),
  transports: z.array(z.string().max(20)).max(8).optional(),
})
const challenge = bytes({ length: 32 })
const userVerification = z.enum(['required', 'preferred'])

/** For `navigator.credentials.create`. */
export const creationOptions = z.object({
  rp: z.object({ id: z.string(), name: z.string() }),
  user: z.object({ id: bytes({ most: 64 }), name: z.string(), displayName: z.string() }),
  challenge,
  pubKeyCredParams: z.array(z.object({ type: z.literal('public-key'), alg: z.int() })),
  timeout: z.int(),
  attestation: z.literal('none'),
  excludeCredentials: z.array(descriptor),
  authenticatorSelection: z.object({
    residentKey: z.literal('required'),
    requireResidentKey: z.literal(true),
    userVerification,
  }),
})
export type CreationOptions = z.infer<typeof creationOptions>

/** For `navigator.credentials.get`. */
export const requestOptions = z.object({
  challenge,
  rpId: z.string(),
  timeout: z.int(),
  /** Empty where the passkey itself says whose it is. */
  allowCredentials: z.array(descriptor),
  userVerification,
})
export type RequestOptions = z.infer<typeof requestOptions>

/**
 * What the browser answered. Extension results are no part of it: among them is the PRF's output, from which the key
 * to the account root derives.
 */
export const creationAnswer = z.object({
  id: credentialId,
  rawId: credentialId,
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: bytes({ most: 4096 }),
    attestationObject: bytes({ most: 8192 }),
    transports: z.array(z.string().max(20)).max(8).default([]),
  }),
})
export type CreationAnswer = z.infer<typeof creationAnswer>

export const requestAnswer = z.object({
  id: credentialId,
  rawId: credentialId,
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: bytes({ most: 4096 }),
    authenticatorData: bytes({ most: 4096 }),
    signature: bytes({ most: 1024 }),
    userHandle: bytes({ most: 64 }).optional(),
  }),
})
export type RequestAnswer = z.infer<typeof requestAnswer>
