import { CATEGORIES } from '@curo/crypto/category'
import { z } from 'zod'

const BASE64URL = /^[A-Za-z0-9_-]*$/

/** Bytes as base64url without padding; `length` or `most` in bytes. */
export function bytes(limit: { length: number } | { most: number }) {
  if ('length' in limit) {
    const characters = Math.ceil((limit.length * 4) / 3)
    return z.string().length(characters).regex(BASE64URL)
  }
  return z
    .string()
    .max(Math.ceil((limit.most * 4) / 3))
    .regex(BASE64URL)
}

/** The identifier of every object: 16 random bytes as base64url. */
export const id = z.string().length(22).regex(BASE64URL)

/** An instant in UTC, RFC 3339 with milliseconds and `Z`. */
export const instant = z.iso.datetime({ precision: 3 })

/** A calendar day, `YYYY-MM-DD`; there was no year 0. */
export const day = z.iso.date().regex(/^(?!0000)/, 'There was no year 0.')

/** Which of the keys that follow each other: a category's, or a card's lookup key. */
export const epoch = z.int().min(0).max(0x7fffffff)

/** A telephone number in E.164: `+` and 7 to 15 digits. */
export const phone = z
  .string()
  .regex(/^\+[1-9][0-9]{6,14}$/, 'Write the number with its country code, such as +919812345678.')

/** What one signs in with. */
export const contact = phone

/** The languages that Curo speaks. */
export const LANGUAGES = ['en', 'hi'] as const
export const language = z.enum(LANGUAGES)
export type Language = z.infer<typeof language>

export const category = z.enum(CATEGORIES)

/** An Ed25519 public key. */
export const signingKey = bytes({ length: 32 })
/** An Ed25519 signature. */
export const signature = bytes({ length: 64 })
/** An X-Wing public key: ML-KEM-768 (1184) and X25519 (32). */
export const sealingKey = bytes({ length: 1216 })
/** A SHA-256 digest. */
export const digest = bytes({ length: 32 })

/** Members that `signBody` adds; `kind` is bound by the caller, not carried. */
export const signed = { signer: signingKey, signature }

export const name = z.string().trim().min(1).max(400)
export const shortText = z.string().trim().max(400)
export const page = {
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
}
