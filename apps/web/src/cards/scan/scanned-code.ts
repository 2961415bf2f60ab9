import { decodeCard } from '@curo/crypto/card'
import { isCuroError } from '@curo/crypto/errors'

/** What other codes that people hold before a camera turn out to be; a word of `scan.other` each. */
export const otherCodes = [
  'payment',
  'web',
  'wifi',
  'contact',
  'phone',
  'authenticator',
  'healthLink',
  'idDocument',
  'number',
  'text',
] as const
export type OtherCode = (typeof otherCodes)[number]

/** `text` is what readCard of the client takes: the card's address with its secret. It belongs in memory only. */
export type ScannedCode =
  | { kind: 'card'; text: string; cardNumber: string }
  | { kind: 'damaged' }
  | { kind: 'newer' }
  | { kind: 'other'; what: OtherCode }

const KINDS: readonly (readonly [RegExp, OtherCode])[] = [
  [/^upi:|^bitcoin:|^000201/i, 'payment'],
  [/^wifi:/i, 'wifi'],
  [/^begin:vcard|^mecard:/i, 'contact'],
  [/^(tel|sms|smsto|mailto):/i, 'phone'],
  [/^otpauth(-migration)?:/i, 'authenticator'],
  [/^shc:|^HC1:|shlink:/i, 'healthLink'],
  [/PrintLetterBarcodeData|^\d{200,}$/i, 'idDocument'],
  [/^https?:|^www\./i, 'web'],
  [/^[\d\s-]+$/, 'number'],
]

/** 97 bytes in base64url. */
const PAYLOAD_CHARACTERS = 130

function looksLikeCard(text: string): boolean {
  return /\/card#/.test(text) || (/^#?[\w-]+$/.test(text) && Math.abs(text.length - PAYLOAD_CHARACTERS) < 12)
}

/** Tells Curo cards from everything else that a QR code can hold. Never throws, and keeps nothing. */
export function identifyCode(scanned: string): ScannedCode {
  const text = scanned.trim()
  try {
    return { kind: 'card', text, cardNumber: decodeCard(text).cardNumber }
  } catch (error) {
    if (looksLikeCard(text)) return { kind: isCuroError(error, 'unsupported-suite') ? 'newer' : 'damaged' }
    const what = KINDS.find(([pattern]) => pattern.test(text))?.[1] ?? 'text'
    return { kind: 'other', what }
  }
}

const RANK = { card: 0, newer: 1, damaged: 2, other: 3 } as const

/** The one to answer with when several codes are in the picture. */
export function mostTelling(codes: ScannedCode[]): ScannedCode | undefined {
  return codes.toSorted((a, b) => RANK[a.kind] - RANK[b.kind])[0]
}
