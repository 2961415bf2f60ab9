import { equalBytes, fromBase64Url, toBase64Url } from '@curo/crypto/bytes'
import { canonicalBytes } from '@curo/crypto/canonical-json'
import { CuroError } from '@curo/crypto/errors'
import { MOST_SHARDS } from './erasure-kernel.ts'
import { HASH_BYTES, leavesOf, rootOfSubtrees, type Subtree } from './piece-hash.ts'
import { type CodeShape, PIECE_BYTES, pieceLength, type Stripe, stripeBytes, stripesOf } from './stripes.ts'

/** One object in one bucket. */
export interface ObjectName {
  readonly bucket: string
  readonly key: string
}

export interface StripeManifest {
  /** order[piece] is the index, in the part's objects, of the object that holds the piece; drawn at random. */
  readonly order: readonly number[]
  /** base64url of the pieces' hashes (32 bytes each, see piece-hash.ts), data pieces first, then parity. */
  readonly hashes: string
}

/** What an acknowledged part is, and all it takes to read it back. Plain JSON. */
export interface PartManifest extends CodeShape {
  readonly v: 1
  readonly pieceBytes: typeof PIECE_BYTES
  /** Bytes of content, at least 1; a multiple of dataShards × pieceBytes in all parts but an object's last. */
  readonly size: number
  /** dataShards + parityShards objects; null where the write failed and the repair has yet to come. */
  readonly objects: readonly (ObjectName | null)[]
  readonly stripes: readonly StripeManifest[]
}

/** A whole object. Plain JSON; no content, no personal data. */
export interface Manifest {
  readonly v: 1
  readonly size: number
  /** base64url of the RFC 6962 root over the content's 4 KiB leaves. */
  readonly root: string
  readonly parts: readonly PartManifest[]
}

/** Canonical bytes (RFC 8785), for storing or hashing. */
export const manifestBytes = (manifest: Manifest): Uint8Array => canonicalBytes(manifest)

/** Puts parts, in the order of their content, together. Throws 'invalid-input' when they cannot be parts of one object. */
export function combineParts(parts: readonly PartManifest[]): Manifest {
  parts.slice(0, -1).forEach((part, index) => {
    if (part.size % stripeBytes(part) !== 0)
      throw new CuroError(
        'invalid-input',
        `Part ${index} is not a whole number of stripes, so it can only be the last.`,
      )
  })
  return {
    v: 1,
    size: parts.reduce((sum, { size }) => sum + size, 0),
    root: toBase64Url(rootOfSubtrees(dataSubtrees(parts))),
    parts,
  }
}

/** The data pieces of an object as subtrees of its tree [Note: pieces are subtrees]. */
export function* dataSubtrees(parts: readonly PartManifest[]): Generator<Subtree> {
  for (const part of parts)
    for (const [index, stripe] of stripesOf(part.size, part).entries()) {
      const hashes = fromBase64Url(part.stripes[index]?.hashes ?? '')
      for (let piece = 0; piece < part.dataShards; piece++)
        yield {
          hash: hashes.subarray(piece * HASH_BYTES, (piece + 1) * HASH_BYTES),
          leaves: leavesOf(pieceLength(stripe, piece, part)),
        }
    }
}

/**
 * Reads a manifest from untrusted JSON. Throws 'malformed' for anything unexpected, and 'tampered' when the hashes of
 * its data pieces do not add up to its root — or to `expectedRoot`, the one that was signed.
 */
export function parseManifest(
  value: unknown,
  { expectedRoot }: { expectedRoot?: Uint8Array } = {},
): Manifest {
  const fields = fieldsOf(value, ['v', 'size', 'root', 'parts'])
  if (fields.v !== 1 || !Array.isArray(fields.parts)) throw malformed('manifest')
  const manifest = combineOrRefuse(fields.parts.map(parsePartManifest))
  if (fields.size !== manifest.size) throw malformed('size')
  if (fields.root !== manifest.root)
    throw new CuroError(
      'tampered',
      'The manifest’s hashes do not add up to its root: restore it from a backup.',
    )
  if (expectedRoot && !equalBytes(fromBase64Url(manifest.root), expectedRoot))
    throw new CuroError(
      'tampered',
      'The manifest is not that of the signed object: restore it from a backup.',
    )
  return manifest
}

function combineOrRefuse(parts: readonly PartManifest[]): Manifest {
  try {
    return combineParts(parts)
  } catch (cause) {
    throw new CuroError('malformed', 'The parts of this manifest do not fit together.', { cause })
  }
}

/** Reads the manifest of one part from untrusted JSON. Throws 'malformed' for anything unexpected. */
export function parsePartManifest(value: unknown): PartManifest {
  const fields = fieldsOf(value, [
    'v',
    'dataShards',
    'parityShards',
    'pieceBytes',
    'size',
    'objects',
    'stripes',
  ])
  const dataShards = countOf(fields.dataShards, MOST_SHARDS)
  const parityShards = countOf(fields.parityShards, MOST_SHARDS)
  const size = countOf(fields.size, Number.MAX_SAFE_INTEGER)
  const { objects, stripes } = fields
  const pieces = dataShards + parityShards
  if (fields.v !== 1 || fields.pieceBytes !== PIECE_BYTES) throw malformed('part')
  if (!Array.isArray(objects) || objects.length !== pieces) throw malformed('objects')
  // Counted before it is laid out, so that a huge size cannot make us build a huge layout.
  const stripeCount = Math.ceil(size / stripeBytes({ dataShards, parityShards }))
  if (!Array.isArray(stripes) || stripes.length !== stripeCount) throw malformed('stripes')
  return {
    v: 1,
    dataShards,
    parityShards,
    pieceBytes: PIECE_BYTES,
    size,
    objects: objects.map((object) => (object === null ? null : parseObjectName(object))),
    stripes: stripes.map((stripe) => parseStripe(stripe, pieces)),
  }
}

function parseObjectName(value: unknown): ObjectName {
  const { bucket, key } = fieldsOf(value, ['bucket', 'key'])
  if (!isBucketName(bucket) || !isObjectKey(key)) throw malformed('object name')
  return { bucket, key }
}

function parseStripe(value: unknown, pieces: number): StripeManifest {
  const { order, hashes } = fieldsOf(value, ['order', 'hashes'])
  if (!Array.isArray(order) || order.length !== pieces) throw malformed('order')
  const seen = new Set<number>(order)
  for (let object = 0; object < pieces; object++) if (!seen.has(object)) throw malformed('order')
  if (typeof hashes !== 'string' || fromBase64Url(hashes).length !== pieces * HASH_BYTES)
    throw malformed('hashes')
  return { order: order as number[], hashes }
}

/** Names of buckets: lower-case words, as an operator writes them in the configuration. */
export const isBucketName = (value: unknown): value is string =>
  typeof value === 'string' && /^[a-z0-9][a-z0-9-]{0,62}$/.test(value)

/** Keys are one lower-case path segment: safe on every file system and in every URL. */
export const isObjectKey = (value: unknown): value is string =>
  typeof value === 'string' && /^[a-z0-9][a-z0-9-]{1,126}$/.test(value)

/** The stripes of a part with their hashes as bytes. */
export function stripesWithHashes(
  part: PartManifest,
): (Stripe & { order: readonly number[]; hashes: Uint8Array[] })[] {
  return stripesOf(part.size, part).map((stripe, index) => {
    const { order, hashes } = part.stripes[index] as StripeManifest
    const bytes = fromBase64Url(hashes)
    return {
      ...stripe,
      order,
      hashes: order.map((_, i) => bytes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES)),
    }
  })
}

const malformed = (what: string) =>
  new CuroError('malformed', `The vault manifest has a bad ${what}: restore it from a backup.`)

function fieldsOf(value: unknown, names: readonly string[]): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed('field')
  const keys = Object.keys(value)
  if (keys.length !== names.length || !names.every((name) => Object.hasOwn(value, name)))
    throw malformed('field')
  return value as Record<string, unknown>
}

function countOf(value: unknown, most: number): number {
  if (!Number.isSafeInteger(value) || (value as number) < 1 || (value as number) > most)
    throw malformed('count')
  return value as number
}
