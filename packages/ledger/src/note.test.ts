import { concatBytes, utf8Bytes } from '@curo/crypto/bytes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hasControlCharacters } from './control-characters.ts'
import { formatSkey, formatVkey, noteKey, parseSkey, parseVkey, SIGNATURE_TYPES } from './keys.ts'
import { formatNote, openNote, parseNote } from './note.ts'
import { deriveNoteKey, signNote, verifierOf } from './signers.ts'

// The example of the signed-note specification (CC BY 4.0).
const SPEC_VKEY = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k'
const SPEC_NOTE = `This is an example message.

— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
`
// Key and note of the tests of golang.org/x/mod/sumdb/note (BSD-3-Clause).
const PETER_SKEY = 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz'
const PETER_VKEY = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
const PETER_TEXT =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
const PETER_SIGNATURE =
  '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n'

const ed25519 = (name: string, fill = 7) =>
  deriveNoteKey({ name, type: SIGNATURE_TYPES.ed25519, seed: new Uint8Array(32).fill(fill) })

describe('a signed note', () => {
  it('of the specification verifies', async () => {
    const opened = await openNote(SPEC_NOTE, [verifierOf(SPEC_VKEY)])
    expect(opened.text).toBe('This is an example message.\n')
    expect(opened.verified.map(({ signature }) => signature.name)).toEqual(['example.com/foo'])
  })

  it('is signed to the byte as Go signs it', async () => {
    const { keyId, name, seed, type } = parseSkey(PETER_SKEY)
    const { key, secret } = await deriveNoteKey({ name, type, seed })
    expect(formatVkey(key)).toBe(PETER_VKEY)
    expect(secret.keyId).toBe(keyId)
    expect(formatSkey(secret)).toBe(PETER_SKEY)
    expect(await signNote({ text: PETER_TEXT, keys: [secret] })).toBe(`${PETER_TEXT}\n${PETER_SIGNATURE}`)
  })

  it('is split at its last empty line, and its text keeps every other one', async () => {
    const { key, secret } = await ed25519('log.example')
    const text = '\nfirst\n\n\nsecond  \n'
    const note = await signNote({ text, keys: [secret] })
    expect(parseNote(note).text).toBe(text)
    expect((await openNote(utf8Bytes(note), [verifierOf(key)])).text).toBe(text)
  })

  it('is never trimmed: spaces, a byte-order mark or an empty line more break the signature or the form', async () => {
    const { key, secret } = await ed25519('log.example')
    const note = await signNote({ text: 'text\n', keys: [secret] })
    const open = (changed: string | Uint8Array) => openNote(changed, [verifierOf(key)])
    await expect(open(` ${note}`)).rejects.toMatchObject({ code: 'forged-signature' })
    await expect(open(`\ufeff${note}`)).rejects.toMatchObject({ code: 'forged-signature' })
    await expect(open(utf8Bytes(`\ufeff${note}`))).rejects.toMatchObject({ code: 'forged-signature' })
    for (const changed of [
      `${note}\n`,
      note.slice(0, -1),
      `${note} `,
      note.replace('\n\n', '\n'),
      `${note}trailing`,
    ])
      await expect(open(changed)).rejects.toMatchObject({ code: 'malformed' })
  })

  it('with signatures of unknown keys is good if one known key has signed', async () => {
    const [known, unknown] = await Promise.all([ed25519('log.example'), ed25519('other.example', 8)])
    const note = await signNote({ text: 'text\n', keys: [unknown.secret, known.secret] })
    const opened = await openNote(note, [verifierOf(known.key)])
    expect(opened.verified).toHaveLength(1)
    expect(opened.unknown).toBe(1)
    await expect(openNote(note, [])).rejects.toMatchObject({ code: 'forged-signature' })
  })

  it('attack: a known key that fails rejects the note, even beside one that holds', async () => {
    const [one, two] = await Promise.all([ed25519('log.example'), ed25519('witness.example', 8)])
    const good = await signNote({ text: 'text\n', keys: [one.secret] })
    const other = await signNote({ text: 'other text\n', keys: [two.secret] })
    const stray = parseNote(other).signatures
    const note = formatNote({ text: 'text\n', signatures: [...parseNote(good).signatures, ...stray] })
    await expect(openNote(note, [verifierOf(one.key), verifierOf(two.key)])).rejects.toMatchObject({
      code: 'forged-signature',
    })
    expect((await openNote(note, [verifierOf(one.key)])).unknown).toBe(1)
  })

  it('attack: the same key ID under another name, or the same name with another ID, is an unknown key', async () => {
    const { key, secret } = await ed25519('log.example')
    const note = await signNote({ text: 'text\n', keys: [secret] })
    const renamed = note.replace('— log.example ', '— log.exampl3 ')
    await expect(openNote(renamed, [verifierOf(key)])).rejects.toMatchObject({ code: 'forged-signature' })
    const sameName = await ed25519('log.example', 9)
    await expect(openNote(note, [verifierOf(sameName.key)])).rejects.toMatchObject({
      code: 'forged-signature',
    })
  })

  it('attack: base64 that a lenient decoder would accept is refused', () => {
    const line = SPEC_NOTE.trimEnd().split('\n').at(-1) as string
    const base64 = line.split(' ').at(-1) as string
    const variants = [base64.replaceAll('=', ''), `${base64}=`, `${base64.slice(0, 8)}!${base64.slice(8)}`]
    for (const variant of variants)
      expect(() => parseNote(SPEC_NOTE.replace(base64, variant)), variant).toThrow(/base64/)
    expect(() => parseNote(`text\n\n— a -_-_-_-_\n`)).toThrow(/base64/)
  })

  it('lets pass the trailing bits of a signature’s base64, as Go does, and only those', async () => {
    const note = SPEC_NOTE.replace('IneyaQM=\n', 'IneyaQP=\n')
    expect(note).not.toBe(SPEC_NOTE)
    expect((await openNote(note, [verifierOf(SPEC_VKEY)])).verified).toHaveLength(1)
    await expect(
      openNote(SPEC_NOTE.replace('IneyaQM=\n', 'IneyaQQ=\n'), [verifierOf(SPEC_VKEY)]),
    ).rejects.toThrow()
    expect(formatNote(parseNote(note))).toBe(note)
  })

  it('attack: control characters, invalid UTF-8, odd names and empty signatures are refused', () => {
    const bad = [
      'text\r\n\n— a AAAAAAA=\n',
      'te\u0000xt\n\n— a AAAAAAA=\n',
      'text\n\n— a\u00a0b AAAAAAA=\n',
      'text\n\n— a+b AAAAAAA=\n',
      'text\n\n—  AAAAAAA=\n',
      'text\n\n— a AAAAAAA= x\n',
      'text\n\n- a AAAAAAA=\n',
      'text\n\n— a AAAAAA==\n',
      'text\n\n— a \n',
      'text\n\n\n',
      'text\n',
      '\ud800\n\n— a AAAAAAA=\n',
      '',
    ]
    for (const note of bad) expect(() => parseNote(note), JSON.stringify(note)).toThrow()
    expect(() => parseNote(concatBytes(Uint8Array.of(0xff), utf8Bytes('text\n\n— a AAAAAAA=\n')))).toThrow()
    expect(parseNote('text\n\n— a AAAAAAA=\n').signatures).toHaveLength(1)
  })

  it('may bear 100 signatures and no more', () => {
    const line = '— a AAAAAAA=\n'
    expect(parseNote(`text\n\n${line.repeat(100)}`).signatures).toHaveLength(100)
    expect(() => parseNote(`text\n\n${line.repeat(101)}`)).toThrow(/100/)
  })

  it('of any text survives formatting and parsing', async () => {
    const { key, secret } = await ed25519('log.example')
    const lines = fc.string({ unit: 'grapheme' }).filter((line) => !hasControlCharacters(line))
    const texts = fc.array(lines).map((list) => `${list.join('\n')}\n`)
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const note = await signNote({ text, keys: [secret] })
        expect((await openNote(note, [verifierOf(key)])).text).toBe(text)
        expect(formatNote(parseNote(utf8Bytes(note)))).toBe(note)
      }),
      { numRuns: 50 },
    )
  })
})

describe('a verifier key', () => {
  it('with a key ID that does not fit, a weak point or another type is refused', () => {
    expect(() => parseVkey(SPEC_VKEY.replace('530d903a', '530d903b'))).toThrow(/key ID/)
    expect(() => parseVkey(SPEC_VKEY.toUpperCase())).toThrow()
    expect(() => parseVkey(SPEC_VKEY.replace('+AekyeR', '+AukyeR'))).toThrow(/not supported/)
    expect(() => parseVkey('example.com/foo+530d903a')).toThrow()
    const smallOrder = new Uint8Array(32)
    smallOrder[0] = 1
    expect(() => noteKey({ name: 'a', type: 0x01, publicKey: smallOrder })).toThrow(
      expect.objectContaining({ code: 'bad-key' }),
    )
    expect(() => noteKey({ name: 'a b', type: 0x01, publicKey: smallOrder })).toThrow(/name/)
    expect(() => noteKey({ name: 'a', type: 0x04, publicKey: new Uint8Array(31) })).toThrow(/32/)
  })

  it('whose base64 holds a plus is split at the first two only', () => {
    const vkey = 'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8'
    expect(formatVkey(parseVkey(vkey))).toBe(vkey)
  })
})
