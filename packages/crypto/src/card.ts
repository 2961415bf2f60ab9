import {
  type Bytes,
  concatBytes,
  equalBytes,
  fromBase64Url,
  readU32be,
  readU64be,
  toBase64Url,
  u32be,
  u64be,
  utf8Bytes,
} from './bytes.ts'
import { isCardNumber } from './card-number.ts'
import { CuroError } from './errors.ts'
import { hkdfSha256, sha256 } from './hash.ts'
import { randomBytes } from './random.ts'
import { importSigningKey, type SigningKey } from './signatures.ts'
import { deriveSealingKeyPair, type SealingKeyPair } from './xwing.ts'

export { formatCardNumber, isCardNumber, makeCardNumber } from './card-number.ts'

/**
 * What the card's QR code carries after the # of its address, which browsers never send to a server:
 * version u8 ‖ card number u64be ‖ card secret[32] ‖ lookup key[32] ‖ lookup epoch u32be ‖ fingerprint[16] ‖ checksum[4].
 */
const VERSION = 1
const PAYLOAD_BYTES = 93
const CHECKSUM_BYTES = 4
const KEY_BYTES = 32
const FINGERPRINT_BYTES = 16

export type Card = {
  /** Address of the patient's home node, such as 'https://asha.example', without a slash at its end. */
  homeNode: string
  /** 16 digits. */
  cardNumber: string
  /** 32 bytes; see deriveCardKeyPair, deriveCardSigningKey, deriveCardWrapKey. */
  cardSecret: Uint8Array
  /** 32 bytes. */
  lookupKey: Uint8Array
  lookupEpoch: number
  /** fingerprintOf the patient's identity key (16 bytes). */
  fingerprint: Uint8Array
}

/** `homeNode` is undefined when only the part after # was given. */
export type DecodedCard = Omit<Card, 'homeNode' | 'cardSecret' | 'lookupKey' | 'fingerprint'> & {
  homeNode: string | undefined
  cardSecret: Bytes
  lookupKey: Bytes
  fingerprint: Bytes
}

function checksumOf(payload: Uint8Array): Bytes {
  return sha256(utf8Bytes('curo/v1/card-check\0'), payload).slice(0, CHECKSUM_BYTES)
}

function unreadable(why: string, cause?: unknown): CuroError {
  return new CuroError(
    'malformed',
    `This is not a readable Curo card: ${why}. Scan it again, flat and in good light.`,
    {
      cause,
    },
  )
}

/** The home node of a card address, or undefined: HTTPS, except on the machine itself. */
function homeNodeOf(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined
  const url = new URL(address)
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && isLocal)
  if (!isSafe || url.username !== '' || url.password !== '' || url.search !== '') return undefined
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '')
}

export function makeCardSecret(): Bytes {
  return randomBytes(KEY_BYTES)
}

/** The address to print as a QR code: `<home node>/card#<base64url>`. Throws 'invalid-input' for a field out of form. */
export function encodeCard(card: Card): string {
  const homeNode = homeNodeOf(card.homeNode)
  const fault =
    (homeNode === undefined && 'its home node is no HTTPS address') ||
    (!isCardNumber(card.cardNumber) && 'its number is not 16 digits with a right check digit') ||
    (card.cardSecret.length !== KEY_BYTES && 'its secret has not 32 bytes') ||
    (card.lookupKey.length !== KEY_BYTES && 'its lookup key has not 32 bytes') ||
    (card.fingerprint.length !== FINGERPRINT_BYTES && 'its fingerprint has not 16 bytes')
  if (fault) throw new CuroError('invalid-input', `The card cannot be made: ${fault}.`)
  const payload = concatBytes(
    Uint8Array.of(VERSION),
    u64be(BigInt(card.cardNumber)),
    card.cardSecret,
    card.lookupKey,
    u32be(card.lookupEpoch),
    card.fingerprint,
  )
  return `${homeNode}/card#${toBase64Url(concatBytes(payload, checksumOf(payload)))}`
}

/** Splits what was scanned or typed into the home node, if it is there, and the payload's text. */
function splitAddress(scanned: string): { homeNode: string | undefined; payloadText: string } {
  const text = scanned.replace(/\s/g, '')
  const hash = text.indexOf('#')
  if (hash <= 0) return { homeNode: undefined, payloadText: text.slice(hash + 1) }
  const homeNode = homeNodeOf(text.slice(0, hash))
  if (!homeNode?.endsWith('/card')) throw unreadable('its address is not that of a Curo node')
  return { homeNode: homeNode.slice(0, -'/card'.length), payloadText: text.slice(hash + 1) }
}

/**
 * Reads a card's address, or only the part after its #; white space is ignored. Throws 'malformed' with what to do for
 * anything else, a wrong checksum included, and 'unsupported-suite' for a card of a later version.
 */
export function decodeCard(scanned: string): DecodedCard {
  const { homeNode, payloadText } = splitAddress(scanned)
  let bytes: Bytes
  try {
    bytes = fromBase64Url(payloadText)
  } catch (cause) {
    throw unreadable('some of its characters are wrong', cause)
  }
  if (bytes.length > 0 && bytes[0] !== VERSION)
    throw new CuroError(
      'unsupported-suite',
      'This card is of a newer kind than this program; update the program.',
    )
  if (bytes.length !== PAYLOAD_BYTES + CHECKSUM_BYTES) throw unreadable('a part of it is missing or doubled')
  const payload = bytes.subarray(0, PAYLOAD_BYTES)
  if (!equalBytes(checksumOf(payload), bytes.subarray(PAYLOAD_BYTES)))
    throw unreadable('its checksum is wrong')
  const cardNumber = readU64be(payload, 1).toString().padStart(16, '0')
  if (!isCardNumber(cardNumber)) throw unreadable('its number is wrong')
  return {
    homeNode,
    cardNumber,
    cardSecret: payload.slice(9, 41),
    lookupKey: payload.slice(41, 73),
    lookupEpoch: readU32be(payload, 73),
    fingerprint: payload.slice(77, 93),
  }
}

function deriveFromSecret(cardSecret: Uint8Array, purpose: 'seal' | 'sign' | 'wrap'): Bytes {
  if (cardSecret.length !== KEY_BYTES)
    throw new CuroError('bad-key', `A card secret has 32 bytes, not ${cardSecret.length}.`)
  const info = utf8Bytes(`curo/v1/card/${purpose}`)
  return hkdfSha256({ ikm: cardSecret, salt: new Uint8Array(0), info, length: 32 })
}

/** The holder's half of the card's mediated key: HKDF(card secret, "curo/v1/card/seal"). */
export function deriveCardKeyPair(cardSecret: Uint8Array): SealingKeyPair {
  return deriveSealingKeyPair(deriveFromSecret(cardSecret, 'seal'))
}

/** Proves that the card is in hand: HKDF(card secret, "curo/v1/card/sign"). */
export function deriveCardSigningKey(cardSecret: Uint8Array): Promise<SigningKey> {
  return importSigningKey(deriveFromSecret(cardSecret, 'sign'))
}

/** Wraps the account root (32 bytes): HKDF(card secret, "curo/v1/card/wrap"). */
export function deriveCardWrapKey(cardSecret: Uint8Array): Bytes {
  return deriveFromSecret(cardSecret, 'wrap')
}
