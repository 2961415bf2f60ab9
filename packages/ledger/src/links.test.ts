import { toBase64Url } from '@curo/crypto/bytes'
import { describe, expect, it } from 'vitest'
import { decodeEntry, encodeEntry } from './entries.ts'
import { makeLinkEntry, parseLink, tagDigest, tagOf } from './links.ts'

const tag = (fill: number) => new Uint8Array(16).fill(fill)

describe('a link entry', () => {
  it('holds another log’s checkpoint, or the digest of a day’s tags', () => {
    const digest = {
      v: 1,
      kind: 'tags',
      day: '2026-01-02',
      first: 0,
      end: 3,
      ...tagDigest([tag(2), tag(1)]),
    } as const
    const entry = makeLinkEntry(digest)
    expect(decodeEntry(entry)).toEqual({ class: 'link', json: digest })
    expect(parseLink({ v: 1, kind: 'checkpoint', note: 'note' }).kind).toBe('checkpoint')
    for (const json of [
      { v: 1, kind: 'x' },
      { kind: 'checkpoint', note: '' },
      { ...digest, digest: 'x' },
      { ...digest, day: '2026-02-30' },
      null,
    ])
      expect(() => parseLink(json)).toThrow(expect.objectContaining({ code: 'malformed' }))
  })

  it('digests tags in any order to the same, and notices one that is missing, more or double', () => {
    const tags = [tag(3), tag(1), tag(2)]
    const whole = tagDigest(tags)
    expect(tagDigest(tags.toReversed())).toEqual(whole)
    expect(whole.count).toBe(3)
    expect(tagDigest(tags.slice(1)).digest).not.toBe(whole.digest)
    expect(tagDigest([...tags, tag(4)]).digest).not.toBe(whole.digest)
    expect(() => tagDigest([...tags, tag(1)])).toThrow(/twice/)
    expect(() => tagDigest([tag(1).subarray(1)])).toThrow(/16/)
  })

  it('leaves tags to patient entries', () => {
    expect(tagOf(encodeEntry({ class: 'emergency', tag: tag(7), commitment: new Uint8Array(32) }))).toEqual(
      tag(7),
    )
    expect(tagOf(makeLinkEntry({ v: 1, kind: 'checkpoint', note: toBase64Url(tag(1)) }))).toBeUndefined()
  })
})
