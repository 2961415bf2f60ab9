import { combine, split } from 'shamir-secret-sharing'
import { type Bytes, concatBytes, equalBytes, utf8Bytes } from './bytes.ts'
import { CuroError } from './errors.ts'
import { sha256 } from './hash.ts'
import { randomBytes } from './random.ts'

/**
 * Shamir's scheme over GF(2^8). A wrong set of shares gives garbage without a word, so what is shared is
 * blind[32] ‖ secret, and its hash is kept as a commitment that betrays nothing of the secret.
 *
 * A share is version u8 ‖ threshold u8 ‖ set[8] (start of the commitment) ‖ Shamir share.
 */
const VERSION = 1
const BLIND_BYTES = 32
const SET_BYTES = 8
const SHARE_HEADER_BYTES = 2 + SET_BYTES
/** Enough to look for the honest pair among 20 shares; lying guardians must not make a client work for hours. */
const MAX_TRIES = 200

export type GuardianShares = { commitment: Bytes; shares: Bytes[] }

function commitTo(blindedSecret: Uint8Array): Bytes {
  return sha256(utf8Bytes('curo/v1/guardians\0'), blindedSecret)
}

export type SplitOptions = { shares?: number; threshold?: number }

/**
 * Any `threshold` (2) of `shares` (3) restore the secret, fewer learn nothing. The caller seals each share to its
 * guardian and keeps the commitment (32 bytes) where it can be trusted. Throws 'invalid-input'.
 */
export async function splitAmongGuardians(
  secret: Uint8Array,
  { shares = 3, threshold = 2 }: SplitOptions = {},
): Promise<GuardianShares> {
  const counts = Number.isSafeInteger(shares) && Number.isSafeInteger(threshold)
  if (!counts || threshold < 2 || shares < threshold || shares > 255 || secret.length === 0)
    throw new CuroError(
      'invalid-input',
      `A secret cannot be shared ${threshold} of ${shares}: choose 2 of 3, or more.`,
    )
  const blinded = concatBytes(randomBytes(BLIND_BYTES), secret)
  const commitment = commitTo(blinded)
  const header = concatBytes(Uint8Array.of(VERSION, threshold), commitment.subarray(0, SET_BYTES))
  const parts = await split(blinded, shares, threshold)
  return { commitment, shares: parts.map((part) => concatBytes(header, part)) }
}

/** Every way to take `count` of `items`. */
function* subsets<T>(items: readonly T[], count: number): Generator<T[]> {
  if (count === 0) yield []
  for (let i = 0; i <= items.length - count && count > 0; i++)
    for (const rest of subsets(items.slice(i + 1), count - 1)) yield [items[i] as T, ...rest]
}

function readShare(share: Uint8Array, commitment: Uint8Array) {
  if (share.length < SHARE_HEADER_BYTES + BLIND_BYTES + 2)
    throw new CuroError('truncated', "A guardian's share was cut off; ask for it again.")
  if (share[0] !== VERSION)
    throw new CuroError(
      'unsupported-suite',
      "A guardian's share was made by a newer Curo; update this program.",
    )
  const set = share.subarray(2, SHARE_HEADER_BYTES)
  if (!equalBytes(set, commitment.subarray(0, SET_BYTES)))
    throw new CuroError(
      'wrong-key',
      'A share belongs to another secret; ask the guardian for the newest one.',
    )
  // The library compares constructors, so a Buffer is copied into plain bytes.
  return { threshold: share[1] as number, part: new Uint8Array(share.subarray(SHARE_HEADER_BYTES)) }
}

async function tryToCombine(parts: Uint8Array[], commitment: Uint8Array): Promise<Bytes | undefined> {
  let blinded: Uint8Array
  try {
    blinded = await combine(parts)
  } catch {
    return undefined // duplicates, or unequal lengths: a forged share
  }
  if (!equalBytes(commitTo(blinded), commitment)) return undefined
  return new Uint8Array(blinded.subarray(BLIND_BYTES))
}

export type CombineOptions = { shares: readonly Uint8Array[]; commitment: Uint8Array }

/**
 * Restores the secret. A forged share among enough honest ones is left out. Throws 'invalid-input' when there are too
 * few shares, 'wrong-key' when no set of them gives the committed secret, 'truncated' or 'unsupported-suite'.
 */
export async function combineShares({ shares, commitment }: CombineOptions): Promise<Bytes> {
  const read = shares.map((share) => readShare(share, commitment))
  // A forged share may claim any threshold; the honest ones agree.
  const thresholds = [...new Set(read.map(({ threshold }) => threshold))]
    .filter((t) => t >= 2)
    .sort((a, b) => a - b)
  const smallest = thresholds[0] ?? 2
  if (read.length < smallest)
    throw new CuroError(
      'invalid-input',
      `${smallest} shares are needed and ${read.length} are here; ask one more guardian.`,
    )
  let tries = 0
  for (const threshold of thresholds) {
    for (const subset of subsets(read, threshold)) {
      if (++tries > MAX_TRIES) break
      const secret = await tryToCombine(
        subset.map(({ part }) => part),
        commitment,
      )
      if (secret) return secret
    }
  }
  throw new CuroError(
    'wrong-key',
    'These shares do not restore the secret: one is forged or belongs to another set.',
  )
}
