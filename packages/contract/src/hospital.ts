import { z } from 'zod'
import { defineRoute } from './route.ts'
import { digest, id, language, name, shortText, signingKey } from './shapes.ts'

/** What anyone may know of a hospital's node before signing in. */
export const hospitalInfo = z.object({
  name,
  /** The name of its log, and of the hospital in every signed body. */
  origin: z.string(),
  /** Where its cards point to: the node's own address. */
  homeNode: z.url(),
  /** Signs consents by OTP, receipts and registry entries. */
  nodeKey: signingKey,
  /** The log's verifier key in the signed-note format. */
  logKey: z.string(),
  /** Demo people with known passwords live here: nothing real belongs in it. */
  demo: z.boolean(),
  /** A place to learn in, made so for ever: patients may be invented here, and real ones do not belong. */
  training: z.boolean().default(false),
  /** False until the first administrator has registered with the setup code. */
  ready: z.boolean(),
  /** False until an administrator has saved the hospital’s profile. */
  configured: z.boolean().default(false),
  /** What the portal speaks here; the first is the hospital’s own. */
  languages: z.array(language).min(1).default(['en']),
  timeZone: z.string().default('Asia/Kolkata'),
  /** ISO 4217. */
  currency: z.string().default('INR'),
  /** Put before a telephone number that is typed without a country code. */
  countryPrefix: z.string().default('+91'),
  /** SHA-256 of the logo, null where there is none. */
  logo: digest.nullable().default(null),
  version: z.string(),
})
export type HospitalInfo = z.infer<typeof hospitalInfo>

const isTimeZone = (text: string) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text })
    return true
  } catch {
    return false
  }
}

/** Most departments, and most facilities, of one hospital. */
export const MOST_PLACES = 200
const placeName = z.string().trim().min(1).max(200)

/** What the hospital says of itself: on screens, letters and cards. Public. */
export const hospitalProfile = z
  .object({
    name: placeName,
    facilities: z
      .array(z.object({ id, name: placeName, address: shortText.optional(), phone: shortText.optional() }))
      .max(MOST_PLACES)
      .default([]),
    /** `facility`: where the department is, if the hospital has several. */
    departments: z
      .array(z.object({ id, name: placeName, facility: id.optional() }))
      .max(MOST_PLACES)
      .default([]),
    letterhead: z
      .object({
        lines: z.array(shortText).max(6).default([]),
        phone: shortText.optional(),
        email: z.email().max(254).optional(),
        website: z
          .url({ protocol: /^https?$/ })
          .max(400)
          .optional(),
        /** Under which the health authority knows the hospital. */
        registrationNumber: shortText.optional(),
      })
      .prefault({}),
    timeZone: z.string().max(100).refine(isTimeZone, 'Write it as Asia/Kolkata.'),
    currency: z.string().regex(/^[A-Z]{3}$/, 'Write the three letters of ISO 4217, such as INR.'),
    languages: z
      .array(language)
      .min(1, 'Choose a language.')
      .refine((chosen) => new Set(chosen).size === chosen.length, 'Choose each language once.'),
    countryPrefix: z.string().regex(/^\+[1-9][0-9]{0,2}$/, 'Write the country code as +91.'),
  })
  .superRefine(({ facilities, departments }, context) => {
    const known = new Set(facilities.map((facility) => facility.id))
    const ids = [...facilities, ...departments].map((place) => place.id)
    if (new Set(ids).size !== ids.length)
      context.addIssue({ code: 'custom', path: ['departments'], message: 'Each place has an id of its own.' })
    for (const [at, { facility }] of departments.entries())
      if (facility !== undefined && !known.has(facility))
        context.addIssue({
          code: 'custom',
          path: ['departments', at, 'facility'],
          message: 'There is no such facility.',
        })
  })
export type HospitalProfile = z.infer<typeof hospitalProfile>

/** `revision` counts what was saved: saving over somebody else’s change is a conflict. */
const storedProfile = z.object({
  profile: hospitalProfile,
  revision: z.int().nonnegative(),
  logo: digest.nullable(),
})

export const getHospitalProfile = defineRoute({
  name: 'getHospitalProfile',
  method: 'GET',
  path: '/v1/hospital/profile',
  summary: 'Name, departments, facilities and letterhead of this hospital',
  access: 'public',
  response: storedProfile,
})

export const putHospitalProfile = defineRoute({
  name: 'putHospitalProfile',
  method: 'PUT',
  path: '/v1/hospital/profile',
  summary: 'Saves the profile; a new name is entered in the ledger’s registry too',
  access: ['admin'],
  body: z.object({ profile: hospitalProfile, revision: z.int().nonnegative() }),
  response: storedProfile,
})

/** The largest logo in bytes, and its longest side in pixels. */
export const LOGO_BYTES = 256 * 1024
export const LOGO_PIXELS = 2048

export const getHospitalLogo = defineRoute({
  name: 'getHospitalLogo',
  method: 'GET',
  path: '/v1/hospital/logo',
  summary: 'The logo, as image/png or image/jpeg',
  access: 'public',
  rawResponse: 'application/octet-stream',
})

export const putHospitalLogo = defineRoute({
  name: 'putHospitalLogo',
  method: 'PUT',
  path: '/v1/hospital/logo',
  summary: 'Sets the logo: a PNG or JPEG of at most 256 KiB and 2048 pixels a side',
  access: ['admin'],
  rawBody: 'application/octet-stream',
  bodyLimit: LOGO_BYTES,
  response: z.object({ logo: digest }),
})

export const dropHospitalLogo = defineRoute({
  name: 'dropHospitalLogo',
  method: 'DELETE',
  path: '/v1/hospital/logo',
  summary: 'Takes the logo away',
  access: ['admin'],
})

export const getHospital = defineRoute({
  name: 'getHospital',
  method: 'GET',
  path: '/v1/hospital',
  summary: 'The hospital this node belongs to, and the public keys to check it by',
  access: 'public',
  response: hospitalInfo,
})

export const getOpenApi = defineRoute({
  name: 'getOpenApi',
  method: 'GET',
  path: '/v1/openapi.json',
  summary: 'This API as an OpenAPI 3.1 document',
  access: 'public',
  response: z.record(z.string(), z.unknown()),
})
