import { utf8Bytes } from '@curo/crypto/bytes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeEntry, encodeEntry, type LedgerEntry } from './entries.ts'

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
const patientEntries = fc.record({
  class: fc.constantFrom('patient' as const, 'emergency' as const),
  tag: bytes(16),
  commitment: bytes(32),
})
const publicEntries = fc.record({
  class: fc.constantFrom('registry' as const, 'link' as const),
  json: fc.jsonValue({ maxDepth: 3 }),
})

describe('a ledger entry', () => {
  it('of any class is read as it was written', () => {
    const plain = (value: unknown) => JSON.parse(JSON.stringify(value))
    fc.assert(
      fc.property(fc.oneof(patientEntries, publicEntries) as fc.Arbitrary<LedgerEntry>, (entry) => {
        const written = 'json' in entry ? { ...entry, json: plain(entry.json) } : entry
        expect(decodeEntry(encodeEntry(written))).toEqual(written)
      }),
    )
  })

  it('about a patient has the same 52 bytes whatever it is about', () => {
    const entry = encodeEntry({ class: 'patient', tag: new Uint8Array(16), commitment: new Uint8Array(32) })
    expect([...entry.subarray(0, 4)]).toEqual([0x01, 0x01, 0, 48])
    expect(entry).toHaveLength(52)
    const emergency = encodeEntry({
      class: 'emergency',
      tag: new Uint8Array(16),
      commitment: new Uint8Array(32),
    })
    expect(emergency[1]).toBe(0x02)
  })

  it('attack: has one encoding only; any other bytes are refused', () => {
    const patient = encodeEntry({ class: 'patient', tag: new Uint8Array(16), commitment: new Uint8Array(32) })
    const header = (...head: number[]) => Uint8Array.of(...head, ...patient.subarray(head.length))
    const link = (json: string) => Uint8Array.of(1, 5, 0, json.length, ...utf8Bytes(json))
    expect(decodeEntry(link('{"a":1,"b":2}'))).toEqual({ class: 'link', json: { a: 1, b: 2 } })
    const bad = [
      header(2),
      header(1, 0),
      header(1, 3),
      header(1, 6),
      header(1, 1, 0, 47),
      header(1, 1, 1, 48),
      Uint8Array.of(...patient, 0),
      patient.subarray(0, -1),
      patient.subarray(0, 3),
      new Uint8Array(),
      Uint8Array.of(1, 1, 0, 0),
      link('{"b":2,"a":1}'),
      link('{"a": 1}'),
      link('{"a":1,"a":1}'),
      link('{"a":1.0}'),
      link('{'),
      link(''),
    ]
    for (const entry of bad) expect(() => decodeEntry(entry), String(entry)).toThrow()
  })

  it('with a tag, a commitment or content of the wrong length is not written', () => {
    const tag = new Uint8Array(16)
    expect(() => encodeEntry({ class: 'patient', tag, commitment: new Uint8Array(31) })).toThrow(/32/)
    expect(() =>
      encodeEntry({ class: 'patient', tag: tag.subarray(1), commitment: new Uint8Array(32) }),
    ).toThrow()
    expect(() => encodeEntry({ class: 'link', json: 'x'.repeat(65_532) })).toThrow(
      expect.objectContaining({ code: 'too-large' }),
    )
    expect(encodeEntry({ class: 'link', json: 'x'.repeat(65_529) })).toHaveLength(65_535)
  })
})
