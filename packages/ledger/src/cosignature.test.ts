import { toHex, u64be, utf8Bytes } from '@curo/crypto/bytes'
import { sha256 } from '@curo/crypto/hash'
import { describe, expect, it } from 'vitest'
import { formatCheckpoint, parseCheckpoint } from './checkpoint.ts'
import {
  cosignatureTime,
  cosignCheckpoint,
  ed25519CosignedMessage,
  mlDsa44CosignedMessage,
  parseTimestampedSignature,
} from './cosignature.ts'
import { type NoteKey, parseVkey, SIGNATURE_TYPES } from './keys.ts'
import { openNote, parseNote } from './note.ts'
import { deriveNoteKey, openCheckpoint, signCheckpoint, signText, verifierOf } from './signers.ts'
import { describeVectors, readVectorText } from './testing/shared-vectors.ts'

const checkpoint = { origin: 'example.com/log', size: 5, root: sha256(utf8Bytes('root')) }
const text = formatCheckpoint(checkpoint)
const keyOf = (name: string, type: 0x01 | 0x04 | 0x06, fill = 3) =>
  deriveNoteKey({ name, type, seed: new Uint8Array(32).fill(fill) })
const TIME = 1_700_000_000

async function cosigned(type: 0x04 | 0x06) {
  const log = await keyOf('example.com/log', 0x01)
  const witness = await keyOf('witness.example', type, 4)
  const note = await signCheckpoint({ checkpoint, keys: [log.secret] })
  const line = await cosignCheckpoint({ key: witness.secret, text, time: TIME })
  return { log, witness, note: note + line }
}

describe.each([SIGNATURE_TYPES.cosignatureEd25519, SIGNATURE_TYPES.cosignatureMlDsa44])(
  'a cosignature of type %i',
  (type) => {
    it('holds over the checkpoint and says when it was made', async () => {
      const { log, witness, note } = await cosigned(type)
      const { verified } = await openNote(note, [verifierOf(log.key), verifierOf(witness.key)])
      expect(verified).toHaveLength(2)
      const [, second] = verified
      expect(second && cosignatureTime(witness.key, second.signature)).toBe(TIME)
    })

    it('attack: with another time, size, root or origin it does not hold', async () => {
      const { witness, note } = await cosigned(type)
      const { signatures } = parseNote(note)
      const field = signatures[1]?.signature as Uint8Array
      const verify = verifierOf(witness.key).verify
      expect(await verify(text, field)).toBe(true)
      const later = field.slice()
      later.set(u64be(TIME + 1))
      expect(await verify(text, later)).toBe(false)
      for (const changed of [
        { ...checkpoint, size: 6 },
        { ...checkpoint, origin: 'example.com/lag' },
        { ...checkpoint, root: sha256(utf8Bytes('other')) },
      ])
        expect(await verify(formatCheckpoint(changed), field)).toBe(false)
    })

    it('attack: of the wrong length or with a time beyond reason it is refused, not cut', async () => {
      const { witness, note } = await cosigned(type)
      const field = parseNote(note).signatures[1]?.signature as Uint8Array
      const verify = verifierOf(witness.key).verify
      expect(await verify(text, field.subarray(0, -1))).toBe(false)
      expect(await verify(text, Uint8Array.of(...field, 0))).toBe(false)
      const absurd = field.slice()
      absurd.set(u64be(2n ** 63n - 1n))
      expect(await verify(text, absurd)).toBe(false)
      expect(() => parseTimestampedSignature(type, absurd)).toThrow(/time/)
    })

    it('is only made of a checkpoint, at a time', async () => {
      const { secret } = await keyOf('witness.example', type)
      await expect(cosignCheckpoint({ key: secret, text, time: 0 })).rejects.toThrow(/seconds/)
      await expect(cosignCheckpoint({ key: secret, text, time: 1.5 })).rejects.toThrow(/seconds/)
      await expect(cosignCheckpoint({ key: secret, text: 'anything\n', time: TIME })).rejects.toThrow(
        /three lines/,
      )
    })
  },
)

describe('cosigners', () => {
  it('attack: a plain signature of the same Ed25519 key cannot pass for a cosignature, nor the other way round', async () => {
    const seed = new Uint8Array(32).fill(5)
    const log = await deriveNoteKey({ name: 'example.com/log', type: 0x01, seed })
    const witness = await deriveNoteKey({ name: 'example.com/log', type: 0x04, seed })
    expect(log.key.keyId).not.toBe(witness.key.keyId)
    const line = await cosignCheckpoint({ key: witness.secret, text, time: TIME })
    await expect(openCheckpoint({ note: `${text}\n${line}`, logKeys: [log.key] })).rejects.toMatchObject({
      code: 'forged-signature',
    })
    await expect(cosignCheckpoint({ key: log.secret, text, time: TIME })).rejects.toThrow(/04 and 06/)
  })

  it('a log may sign with ML-DSA-44 as well, which commits to the cosigner’s name', async () => {
    const ed25519 = await keyOf(checkpoint.origin, 0x01)
    const mlDsa = await keyOf(checkpoint.origin, 0x06)
    const note = await signCheckpoint({ checkpoint, keys: [ed25519.secret, mlDsa.secret], time: TIME })
    expect(await openCheckpoint({ note, logKeys: [mlDsa.key] })).toEqual(checkpoint)
    const other = await keyOf('example.com/other', 0x06)
    const line = await cosignCheckpoint({ key: mlDsa.secret, text, time: TIME })
    const field = parseNote(`${text}\n${line}`).signatures[0]?.signature as Uint8Array
    expect(await verifierOf({ ...mlDsa.key, name: other.key.name } as NoteKey).verify(text, field)).toBe(
      false,
    )
  })

  it('sign the messages that the specification lays out', () => {
    expect(new TextDecoder().decode(ed25519CosignedMessage({ time: 1679315147, text }))).toBe(
      `cosignature/v1\ntime 1679315147\n${text}`,
    )
    const message = mlDsa44CosignedMessage({
      cosigner: 'w',
      time: 0,
      subtree: { origin: 'log', start: 8, end: 13, hash: checkpoint.root },
    })
    expect(toHex(message)).toBe(
      `${toHex(utf8Bytes('subtree/v1\n\0'))}0177${'00'.repeat(8)}036c6f67${'00'.repeat(7)}08${'00'.repeat(7)}0d${toHex(checkpoint.root)}`,
    )
    const subtree = { origin: 'log', start: 8, end: 13, hash: checkpoint.root }
    expect(() => mlDsa44CosignedMessage({ cosigner: 'w', time: TIME, subtree })).toThrow(/bears no time/)
    expect(() => mlDsa44CosignedMessage({ cosigner: '', time: 0, subtree })).toThrow(/255/)
    expect(() => mlDsa44CosignedMessage({ cosigner: 'w'.repeat(256), time: 0, subtree })).toThrow(/255/)
  })

  it('attack: the key of one log cannot speak for another', async () => {
    const other = await keyOf('example.com/other', 0x01)
    const note = `${text}\n${await signText({ key: other.secret, text })}`
    await expect(openCheckpoint({ note, logKeys: [other.key] })).rejects.toThrow(/another log/)
  })

  it('a log only signs with a key that bears its origin', async () => {
    const { secret } = await keyOf('example.com/other', 0x01)
    await expect(signCheckpoint({ checkpoint, keys: [secret] })).rejects.toThrow(/origin/)
  })
})

describeVectors('the cosigned checkpoints of skylight', () => {
  const folder = 'skylight-testdata/cmd/skylight/testdata'
  const cases = [
    [
      'witness/witness.v0.json',
      'witness/000de184301123b9278c086a7d9f68c9577e83872224c197058fd90784ea9706/checkpoint',
    ],
    [
      'witness/mirror/mirror.v0.json',
      'witness/mirror/000de184301123b9278c086a7d9f68c9577e83872224c197058fd90784ea9706/checkpoint',
    ],
    [
      'witness2/witness.v0.json',
      'witness2/88ad7a28caeb0b2aa890fdf0304c2fcaf59fca2ee140134ff8c1300bac493482/checkpoint',
    ],
  ] as const
  it.each(cases)('%s verifies %s', async (config, path) => {
    const vkeys: string[] = JSON.parse(readVectorText(`${folder}/${config}`)).verifier_keys
    const { text, verified } = await openNote(readVectorText(`${folder}/${path}`), vkeys.map(verifierOf))
    expect(verified).toHaveLength(1)
    const [first] = verified
    expect(first && cosignatureTime(parseVkey(vkeys[0] as string), first.signature)).toBe(1767139200)
    expect(parseCheckpoint(text).size).toBe(300)
  })
})
