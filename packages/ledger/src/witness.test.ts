import { fromBase64, fromHex, toHex, utf8Bytes } from '@curo/crypto/bytes'
import { sha256 } from '@curo/crypto/hash'
import { EMPTY_ROOT } from '@curo/crypto/merkle'
import { describe, expect, it } from 'vitest'
import { formatAddCheckpoint, originHash, parseAddCheckpoint, SIZE_CONTENT_TYPE } from './add-checkpoint.ts'
import { ProofBuilder } from './build-proofs.ts'
import { cosignCheckpoint } from './cosignature.ts'
import { type NoteKey, noteKey, parseVkey, SIGNATURE_TYPES } from './keys.ts'
import { openNote, parseNote } from './note.ts'
import { signCheckpoint, verifierOf } from './signers.ts'
import { TEST_TIME, testKey } from './testing/hospital.ts'
import { MemoryLog } from './testing/memory-log.ts'
import { describeVectors, readVectorText } from './testing/shared-vectors.ts'
import { answerAddCheckpoint, type WitnessedHead, type WitnessStore } from './witness.ts'
import { addCosignatures, judgeFork, readWitnessAnswer } from './witness-client.ts'

const ORIGIN = 'asha.example/log'
const log = await testKey(ORIGIN)
const witness = await testKey('vida.example/witness', SIGNATURE_TYPES.cosignatureEd25519)
const cosign = (text: string) => cosignCheckpoint({ key: witness.secret, text, time: TEST_TIME })

/** A store in memory, with everything it did in order. */
function memoryStore(logKeys: Record<string, readonly NoteKey[]> = { [ORIGIN]: [log.key] }) {
  const heads = new Map<string, WitnessedHead>()
  const steps: string[] = []
  const store: WitnessStore = {
    async findLog(origin) {
      const keys = logKeys[origin]
      return keys && { logKeys: keys, head: heads.get(origin) }
    },
    async replaceHead({ origin, previous, head }) {
      const stored = heads.get(origin)
      if (stored?.size !== previous?.size) return false
      heads.set(origin, head)
      steps.push(`stored ${head.size}`)
      return true
    },
  }
  return { store, heads, steps }
}

async function signedHead(memoryLog: MemoryLog, keys = [log.secret]) {
  const { size, root } = memoryLog
  return signCheckpoint({ checkpoint: { origin: ORIGIN, size, root }, keys })
}

async function request(memoryLog: MemoryLog, old: number) {
  const proof = await new ProofBuilder({ read: memoryLog.read, size: memoryLog.size }).consistency(old)
  return formatAddCheckpoint({ old, proof, note: await signedHead(memoryLog) })
}

const entries = (from: number, to: number, label = 'entry') =>
  Array.from({ length: to - from }, (_, i) => utf8Bytes(`${label} ${from + i}`))

describe('a witness', () => {
  it('cosigns a log as it grows, storing the head before it signs', async () => {
    const { store, steps } = memoryStore()
    const memoryLog = new MemoryLog()
    let old = 0
    for (const size of [0, 1, 5, 300, 300]) {
      memoryLog.append(...entries(memoryLog.size, size))
      const body = await request(memoryLog, old)
      const answer = await answerAddCheckpoint({
        body,
        store,
        cosign: async (text) => {
          steps.push(`signed ${parseNote(`${text}\n— a AAAAAAA=\n`).text.split('\n')[1]}`)
          return cosign(text)
        },
      })
      expect(answer.status).toBe(200)
      const note = await addCosignatures({
        note: await signedHead(memoryLog),
        lines: answer.body,
        witnessKeys: [witness.key],
      })
      expect((await openNote(note, [verifierOf(witness.key), verifierOf(log.key)])).verified).toHaveLength(2)
      old = size
    }
    expect(steps.filter((_, i) => i % 2 === 0)).toEqual([
      'stored 0',
      'stored 1',
      'stored 5',
      'stored 300',
      'stored 300',
    ])
    expect(steps.filter((_, i) => i % 2 === 1)).toEqual([
      'signed 0',
      'signed 1',
      'signed 5',
      'signed 300',
      'signed 300',
    ])
  })

  it('answers in the order of the rules when several are broken', async () => {
    const memoryLog = new MemoryLog().append(...entries(0, 5))
    const stranger = await testKey('stranger.example')
    const head = { size: 3, root: new MemoryLog().append(...entries(0, 3)).root }
    const status = async (body: string, logKeys?: Record<string, readonly NoteKey[]>) => {
      const { store, heads } = memoryStore(logKeys)
      heads.set(ORIGIN, head)
      return (await answerAddCheckpoint({ body, store, cosign })).status
    }
    const good = await request(memoryLog, 3)
    const other = formatAddCheckpoint({
      old: 9,
      proof: [],
      note: (await signedHead(memoryLog)).replace('— asha', '— esha'),
    })
    expect(await status(good)).toBe(200)
    expect(await status(good.replace('old 3', 'old 03'))).toBe(400)
    expect(await status(other.replace('old 9', 'old nine'))).toBe(400)
    expect(await status(other, {})).toBe(404)
    expect(await status(other)).toBe(403)
    expect(await status(good, { [ORIGIN]: [stranger.key] })).toBe(403)
    expect(await status(good.replace('old 3', 'old 9'))).toBe(400)
    expect(await status(good.replace('old 3', 'old 2'))).toBe(409)
    expect(await status(good.replace(/old 3\n.*\n/, 'old 3\n'))).toBe(422)
  })

  it('says with a conflict which size it cosigned last', async () => {
    const { store, heads } = memoryStore()
    heads.set(ORIGIN, { size: 3, root: EMPTY_ROOT })
    const memoryLog = new MemoryLog().append(...entries(0, 5))
    expect(await answerAddCheckpoint({ body: await request(memoryLog, 0), store, cosign })).toEqual({
      status: 409,
      contentType: SIZE_CONTENT_TYPE,
      body: '3\n',
    })
  })

  it('attack: a rewritten history is not cosigned, at the same size or a larger one', async () => {
    const { store } = memoryStore()
    const honest = new MemoryLog().append(...entries(0, 5))
    expect((await answerAddCheckpoint({ body: await request(honest, 0), store, cosign })).status).toBe(200)
    const rewritten = new MemoryLog().append(...entries(0, 4), utf8Bytes('rewritten'))
    expect((await answerAddCheckpoint({ body: await request(rewritten, 5), store, cosign })).status).toBe(422)
    rewritten.append(...entries(5, 9))
    expect((await answerAddCheckpoint({ body: await request(rewritten, 5), store, cosign })).status).toBe(422)
    honest.append(...entries(5, 9))
    expect((await answerAddCheckpoint({ body: await request(honest, 5), store, cosign })).status).toBe(200)
  })

  it('attack: a split view, two branches sent at once: one of them is cosigned', async () => {
    const { store, heads } = memoryStore()
    const base = new MemoryLog().append(...entries(0, 5))
    await answerAddCheckpoint({ body: await request(base, 0), store, cosign })
    const branches = ['left', 'right'].map((label) =>
      new MemoryLog().append(...entries(0, 5), ...entries(5, 8, label)),
    )
    const bodies = await Promise.all(branches.map((branch) => request(branch, 5)))
    const answers = await Promise.all(bodies.map((body) => answerAddCheckpoint({ body, store, cosign })))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(heads.get(ORIGIN)?.size).toBe(8)
  })

  it('attack: the race of the specification cannot roll the head back', async () => {
    const { store, heads } = memoryStore()
    const small = new MemoryLog().append(...entries(0, 5))
    const large = new MemoryLog().append(...entries(0, 9))
    // Both are checked against the empty head; the larger is stored first.
    const slow: WitnessStore = {
      findLog: store.findLog,
      replaceHead: async (change) => {
        if (change.head.size === 5 && !heads.has(ORIGIN))
          await answerAddCheckpoint({ body: await request(large, 0), store, cosign })
        return store.replaceHead(change)
      },
    }
    const answer = await answerAddCheckpoint({ body: await request(small, 0), store: slow, cosign })
    expect(answer).toMatchObject({ status: 409, body: '9\n' })
    expect(heads.get(ORIGIN)?.size).toBe(9)
  })

  it('from size zero wants no proof, and at size zero the empty root', async () => {
    const memoryLog = new MemoryLog().append(...entries(0, 5))
    const body = (await request(memoryLog, 0)).replace('old 0\n', `old 0\n${'A'.repeat(43)}=\n`)
    expect((await answerAddCheckpoint({ body, ...memoryStore(), cosign })).status).toBe(422)
    const empty = { origin: ORIGIN, size: 0, root: sha256(utf8Bytes('not the empty root')) }
    const note = await signCheckpoint({ checkpoint: empty, keys: [log.secret] })
    const wrong = formatAddCheckpoint({ old: 0, proof: [], note })
    expect((await answerAddCheckpoint({ body: wrong, ...memoryStore(), cosign })).status).toBe(422)
  })

  it('attack: malformed requests are refused with 400 and never reach the store', async () => {
    const memoryLog = new MemoryLog().append(...entries(0, 300))
    const good = await request(memoryLog, 3)
    const proofLine = good.split('\n')[1] as string
    const { store } = memoryStore()
    const untouched: WitnessStore = { ...store, findLog: () => expect.fail('the store was asked') }
    const bad = [
      '',
      'old 3',
      good.replace('old 3', 'old -3'),
      good.replace('old 3', 'old 9007199254740993'),
      good.replace('old 3', 'Old 3'),
      good.replace(proofLine, proofLine.replace('=', '')),
      good.replace(proofLine, `${proofLine}\n`),
      good.replace(`${proofLine}\n`, `${proofLine}\n`.repeat(64)),
      good.replace(`${ORIGIN}\n300\n`, `${ORIGIN}\n0300\n`),
      good.replace(`${ORIGIN}\n300\n`, `${ORIGIN}\n300\nextension\n`),
      `${good}\n`,
      good.replaceAll('\n', '\r\n'),
      `\ufeff${good}`,
    ]
    for (const body of bad) {
      expect(body).not.toBe(good)
      const answer = await answerAddCheckpoint({ body: utf8Bytes(body), store: untouched, cosign })
      expect(answer.status, body.slice(0, 80)).toBe(400)
    }
    expect((await answerAddCheckpoint({ body: Uint8Array.of(0xff, 0xfe), store, cosign })).status).toBe(400)
  })
})

describe('the owner of a log', () => {
  const memoryLog = new MemoryLog().append(...entries(0, 10))
  const step = async (status: number, contentType: string, body: string) =>
    readWitnessAnswer({
      answer: { status, contentType, body },
      note: await signedHead(memoryLog),
      ownSize: 10,
      witnessKeys: [witness.key],
    })

  it('retries from the size that a conflict names', async () => {
    expect(await step(409, SIZE_CONTENT_TYPE, '7\n')).toEqual({ step: 'retry', from: 7 })
    expect(await step(409, `${SIZE_CONTENT_TYPE}; charset=utf-8`, '10\n')).toEqual({
      step: 'retry',
      from: 10,
    })
    expect(await step(503, 'text/plain', 'later')).toEqual({ step: 'refused', status: 503, reason: 'later' })
  })

  it('takes a larger size, a conflict without size, or a denied proof for a fork', async () => {
    const fork = { code: 'ledger-fork' }
    await expect(step(409, SIZE_CONTENT_TYPE, '11\n')).rejects.toMatchObject({
      ...fork,
      details: { seenSize: 11 },
    })
    await expect(step(409, 'text/plain', '7\n')).rejects.toMatchObject(fork)
    await expect(step(409, SIZE_CONTENT_TYPE, 'seven\n')).rejects.toMatchObject(fork)
    await expect(step(409, SIZE_CONTENT_TYPE, '7')).rejects.toMatchObject(fork)
    await expect(step(422, 'text/plain', '')).rejects.toMatchObject(fork)
  })

  it('adds only good cosignatures of witnesses it knows', async () => {
    const note = await signedHead(memoryLog)
    const { text } = parseNote(note)
    const stranger = await testKey('stranger.example', SIGNATURE_TYPES.cosignatureEd25519)
    const foreign = await cosignCheckpoint({ key: stranger.secret, text, time: TEST_TIME })
    const lines = foreign + (await cosign(text))
    const cosigned = await addCosignatures({ note, lines, witnessKeys: [witness.key] })
    expect(cosigned).toBe(note + (await cosign(text)))
    expect(await addCosignatures({ note: cosigned, lines, witnessKeys: [witness.key] })).toBe(cosigned)
    const bad = (promise: Promise<unknown>) =>
      expect(promise).rejects.toMatchObject({ code: 'forged-signature' })
    await bad(addCosignatures({ note, lines: foreign, witnessKeys: [witness.key] }))
    const older = await cosign(parseNote(await signedHead(new MemoryLog())).text)
    await bad(addCosignatures({ note, lines: older, witnessKeys: [witness.key] }))
    await expect(addCosignatures({ note, lines: 'OK\n', witnessKeys: [witness.key] })).rejects.toMatchObject({
      code: 'malformed',
    })
  })

  it('attack: a lying witness cannot prove a fork, and a true one can', async () => {
    const rootAt = async (size: number) =>
      size <= 10 ? new MemoryLog().append(...entries(0, size)).root : undefined
    const judge = (evidence: string) => judgeFork({ evidence, origin: ORIGIN, logKeys: [log.key], rootAt })
    expect(await judge(await signedHead(memoryLog))).toBe('refuted')
    expect(await judge(await signedHead(new MemoryLog().append(...entries(0, 4))))).toBe('refuted')
    expect(await judge(await signedHead(new MemoryLog().append(...entries(0, 11))))).toBe('proven')
    expect(await judge(await signedHead(new MemoryLog().append(...entries(0, 4, 'other'))))).toBe('proven')
    const liar = await signCheckpoint({
      checkpoint: { origin: 'liar.example', size: 99, root: EMPTY_ROOT },
      keys: [(await testKey('liar.example')).secret],
    })
    expect(await judge(liar)).toBe('unproven')
    expect(await judge(liar.replaceAll('liar.example', ORIGIN))).toBe('unproven')
    expect(await judge('no note at all')).toBe('unproven')
    // Another log of the same hospital, whose key is known too.
    const logKeys = [log.key, (await testKey('liar.example')).key]
    expect(await judgeFork({ evidence: liar, origin: ORIGIN, logKeys, rootAt })).toBe('unproven')
  })

  it('is served under the hash of its origin', () => {
    expect(originHash('rome2026h1.example.org')).toBe(
      '000de184301123b9278c086a7d9f68c9577e83872224c197058fd90784ea9706',
    )
  })
})

describeVectors('the exchanges of litewitness', () => {
  const exchanges = (file: string) =>
    [
      ...readVectorText(file).matchAll(/^POST .*\n```\n([\s\S]*?)```\nHTTP (\d+)\n\[Asserts\]\nbody (.*)$/gm),
    ].map(([, body = '', status, assertion = '']) => ({ body, status: Number(status), assertion }))
  async function answers(file: string, logKeys: Record<string, readonly NoteKey[]>) {
    const { store } = memoryStore(logKeys)
    const given: { status: number; body: string; expected: number; assertion: string }[] = []
    for (const { body, status, assertion } of exchanges(file)) {
      const answer = await answerAddCheckpoint({ body, store, cosign })
      given.push({ ...answer, expected: status, assertion })
    }
    return given
  }

  it('are answered as they must be, an unknown log now with 404', async () => {
    const publicKey = fromHex('ffdc2d4d98e4124d3feaf788c0c2f9abfd796083d1f0495437f302ec79cf100f')
    const origin = `sigsum.org/v1/tree/${toHex(sha256(publicKey))}`
    const key = noteKey({ name: origin, type: SIGNATURE_TYPES.ed25519, publicKey })
    const given = await answers('litewitness/cmd/litewitness/testdata/litewitness.txt', { [origin]: [key] })
    expect(given.map(({ expected }) => expected)).toEqual([200, 403, 403, 422, 422, 200, 409, 200, 409])
    expect(given.map(({ status }) => status)).toEqual([200, 403, 404, 422, 422, 200, 409, 200, 409])
    expect(
      given.filter(({ status }) => status === 409).map(({ body }) => `== ${JSON.stringify(body)}`),
    ).toEqual(given.filter(({ expected }) => expected === 409).map(({ assertion }) => assertion))
  })

  it('with the Go checksum database, whose key does not bear its origin, succeed', async () => {
    const vkey = 'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8'
    const file = 'litewitness/cmd/litewitness/testdata/sumdb.txt'
    const given = await answers(file, { 'go.sum database tree': [parseVkey(vkey)] })
    expect(given.map(({ status, expected }) => [status, expected])).toEqual([[200, 200]])
    expect(parseAddCheckpoint(exchanges(file)[0]?.body ?? '').checkpoint.root).toEqual(
      fromBase64('vt5T6GaLCXvyHFl9VUvvItR43XZxfLgftEcTyO3eJCQ='),
    )
  })
})
