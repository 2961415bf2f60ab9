import { concatBytes, toBase64Url } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { sha256 } from '@curo/crypto/hash'
import { decodeEntry, encodeEntry, TAG_BYTES } from './entries.ts'
import {
  bytes32,
  checkMembers,
  count,
  day,
  isObject,
  oneOf,
  type Shape,
  type ShapeOf,
  text,
} from './shape.ts'

const KINDS = {
  /** Another log's checkpoint as it was seen, with its signatures: logs hold on to one another. */
  checkpoint: { v: oneOf(1), kind: oneOf('checkpoint'), note: text },
  /**
   * Digest over the sorted tags of the entries [first, end): whoever is given the list of tags can check that it is
   * whole, and so that a tag is absent, without reading the entries.
   */
  tags: { v: oneOf(1), kind: oneOf('tags'), day, first: count, end: count, count, digest: bytes32 },
} satisfies Record<string, Record<string, Shape<unknown>>>

export type LinkKind = keyof typeof KINDS
export type LinkOf<Kind extends LinkKind> = ShapeOf<(typeof KINDS)[Kind]>
export type Link = { [Kind in LinkKind]: LinkOf<Kind> }[LinkKind]

/** Checks the structure of a link entry's JSON. @throws CuroError 'malformed' */
export function parseLink(json: unknown): Link {
  const kind = isObject(json) ? json.kind : undefined
  if (typeof kind !== 'string' || !Object.hasOwn(KINDS, kind))
    throw new CuroError('malformed', 'This kind of link entry is not known.')
  checkMembers(json, KINDS[kind as LinkKind] as Record<string, Shape<unknown>>, `link entry (${kind})`)
  return json as unknown as Link
}

export function makeLinkEntry(link: Link): Uint8Array {
  return encodeEntry({ class: 'link', json: parseLink(link) })
}

/** The digest of a set of tags, in whatever order they are given. @throws CuroError 'invalid-input' on a repeated tag */
export function tagDigest(tags: readonly Uint8Array[]): { count: number; digest: string } {
  const sorted = [...tags].sort(compareBytes)
  for (const [i, tag] of sorted.entries()) {
    if (tag.length !== TAG_BYTES) throw new CuroError('invalid-input', 'A tag has 16 bytes.')
    if (i > 0 && compareBytes(sorted[i - 1] as Uint8Array, tag) === 0)
      throw new CuroError('invalid-input', 'A tag stands twice among these.')
  }
  return { count: sorted.length, digest: toBase64Url(sha256(concatBytes(...sorted))) }
}

/** The tag of a patient or emergency entry; undefined for public ones. */
export function tagOf(entryBytes: Uint8Array): Uint8Array | undefined {
  const entry = decodeEntry(entryBytes)
  return 'tag' in entry ? entry.tag : undefined
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < a.length; i++) {
    const difference = (a[i] as number) - (b[i] ?? 0)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}
