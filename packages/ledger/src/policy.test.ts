import { utf8Bytes } from '@curo/crypto/bytes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cosignCheckpoint } from './cosignature.ts'
import { formatVkey, SIGNATURE_TYPES } from './keys.ts'
import { parseNote } from './note.ts'
import { evaluatePolicy, hasQuorum, quorumPolicy, toleratedTraitors } from './policy.ts'
import { formatPolicy, parsePolicy } from './policy-file.ts'
import { deriveNoteKey, signCheckpoint } from './signers.ts'
import { makeTestHospital, TEST_TIME, testKey } from './testing/hospital.ts'

const [log, otherLog, ...witnesses] = await Promise.all([
  testKey('log.example'),
  testKey('other.example'),
  ...['X1', 'X2', 'X3', 'Y1', 'Y2', 'Y3'].map((name) =>
    testKey(`${name}.example`, SIGNATURE_TYPES.cosignatureEd25519),
  ),
])
const vkeys = witnesses.map(({ key }) => formatVkey(key))
const EXAMPLE = `
# The example of tlog-policy.
log ${formatVkey(log.key)} https://log.example/
\tlog   ${formatVkey(otherLog.key)}

witness X1 ${vkeys[0]}
witness X2 ${vkeys[1]}  https://x2.example/
witness X3 ${vkeys[2]}
group X-witnesses 2 X1 X2 X3

witness Y1 ${vkeys[3]}
witness Y2 ${vkeys[4]}
witness Y3 ${vkeys[5]}
group Y-witnesses any Y1 Y2 Y3

group X-and-Y all X-witnesses Y-witnesses
quorum X-and-Y
`

describe('a policy file', () => {
  it('of the specification is read, judged and written back', () => {
    const policy = parsePolicy(EXAMPLE)
    expect(policy.logs.map(({ url }) => url)).toEqual(['https://log.example/', undefined])
    expect(policy.groups.map(({ threshold }) => threshold)).toEqual([2, 1, 2])
    expect(hasQuorum(policy, ['X1', 'X3', 'Y2'])).toBe(true)
    expect(hasQuorum(policy, ['X1', 'Y1', 'Y2', 'Y3'])).toBe(false)
    expect(hasQuorum(policy, ['X1', 'X2', 'X3'])).toBe(false)
    expect(parsePolicy(formatPolicy(policy))).toEqual(policy)
  })

  it('may ask for a single witness, or for none', () => {
    const one = parsePolicy(`witness W ${vkeys[0]}\nquorum W\n`)
    expect(hasQuorum(one, ['W'])).toBe(true)
    expect(hasQuorum(one, [])).toBe(false)
    expect(hasQuorum(parsePolicy('quorum none\n'), [])).toBe(true)
  })

  const bad: Record<string, string> = {
    'without a quorum': `log ${formatVkey(log.key)}\n`,
    'with two quorums': 'quorum none\nquorum none\n',
    'cut off in its last line': `witness W ${vkeys[0]}\nwitness WW ${vkeys[1]}\nquorum W`,
    'with an unknown line': 'quorum none\nlogs x\n',
    'with a line named __proto__': 'quorum none\n__proto__ x\n',
    'with the same key twice under two names': `witness A ${vkeys[0]}\nwitness B ${vkeys[0]}\nquorum A\n`,
    'with the same log twice': `log ${formatVkey(log.key)}\nlog ${formatVkey(log.key)}\nquorum none\n`,
    'with a name twice': `witness A ${vkeys[0]}\nwitness A ${vkeys[1]}\nquorum A\n`,
    'with a group named like a witness': `witness A ${vkeys[0]}\ngroup A any A\nquorum A\n`,
    'that defines none': `witness none ${vkeys[0]}\nquorum none\n`,
    'with none in a group': `witness A ${vkeys[0]}\ngroup G any A none\nquorum G\n`,
    'with a member in two groups': `witness A ${vkeys[0]}\ngroup G any A\ngroup H any A\nquorum H\n`,
    'with a member twice in one group': `witness A ${vkeys[0]}\ngroup G 2 A A\nquorum G\n`,
    'with a member defined later': `group G any A\nwitness A ${vkeys[0]}\nquorum G\n`,
    'with a quorum defined later': `quorum A\nwitness A ${vkeys[0]}\n`,
    'with an empty group': `witness A ${vkeys[0]}\ngroup G all\nquorum A\n`,
    'with a threshold of zero': `witness A ${vkeys[0]}\ngroup G 0 A\nquorum G\n`,
    'with a threshold above its members': `witness A ${vkeys[0]}\ngroup G 2 A\nquorum G\n`,
    'with a threshold that is no number': `witness A ${vkeys[0]}\ngroup G 1x A\nquorum G\n`,
    'with a plain key for a witness': `witness A ${formatVkey(log.key)}\nquorum A\n`,
    'with a carriage return': 'quorum none\r\n',
    'with something behind the quorum': 'quorum none x\n',
  }
  it.each(Object.entries(bad))('%s is refused', (_, file) => {
    expect(() => parsePolicy(file)).toThrow(expect.objectContaining({ code: 'malformed' }))
  })

  it('treats names as octets: what only looks alike is another name', () => {
    const file = `witness K ${vkeys[0]}\nwitness \u212a ${vkeys[1]}\nquorum K\n`
    expect(parsePolicy(file).witnesses).toHaveLength(2)
    // A name that is not UTF-8 at all.
    const octets = Uint8Array.of(
      ...utf8Bytes('witness '),
      0xe9,
      ...utf8Bytes(` ${vkeys[0]}\nquorum `),
      0xe9,
      0x0a,
    )
    expect(parsePolicy(octets).quorum).toBe('\u00e9')
  })
})

describe('a checkpoint under a policy', () => {
  it('is final with its quorum, and not before', async () => {
    const { log, policy, checkpoint } = await makeTestHospital({ witnesses: 4, threshold: 3 })
    log.append(utf8Bytes('entry'))
    const verdicts = await Promise.all(
      [0, 2, 3, 4].map(async (cosigners) =>
        evaluatePolicy({ policy, note: await checkpoint({ cosigners }) }),
      ),
    )
    expect(verdicts.map(({ quorum }) => quorum)).toEqual([false, false, true, true])
    expect(verdicts.map(({ cosignatures }) => cosignatures.length)).toEqual([0, 2, 3, 4])
    expect(verdicts.map(({ quorumTime }) => quorumTime)).toEqual([undefined, undefined, TEST_TIME, TEST_TIME])
    expect(verdicts[3]?.cosignatures[0]).toMatchObject({ witness: 'w0.example/witness', time: TEST_TIME })
  })

  it('is known to be the latest until the time by which a quorum still had seen no later one', async () => {
    const { policy, checkpoint, witnessKeys } = await makeTestHospital({ witnesses: 4, threshold: 3 })
    const unsigned = await checkpoint({ cosigners: 0 })
    const { text } = parseNote(unsigned)
    const times = [50, 10, 40, 30]
    const lines = await Promise.all(
      witnessKeys.map(({ secret }, i) => cosignCheckpoint({ key: secret, text, time: times[i] as number })),
    )
    expect((await evaluatePolicy({ policy, note: unsigned + lines.join('') })).quorumTime).toBe(30)
  })

  it('attack: cosignatures of witnesses that the policy does not know count for nothing', async () => {
    const { policy, checkpoint } = await makeTestHospital()
    const note = await checkpoint({ cosigners: 1 })
    const { text } = parseNote(note)
    const strangers = await Promise.all(
      Array.from({ length: 5 }, async (_, i) => {
        const { secret } = await testKey(`stranger${i}.example`, SIGNATURE_TYPES.cosignatureEd25519)
        return cosignCheckpoint({ key: secret, text, time: TEST_TIME })
      }),
    )
    const verdict = await evaluatePolicy({ policy, note: note + strangers.join('') })
    expect(verdict).toMatchObject({ quorum: false })
    expect(verdict.cosignatures).toHaveLength(1)
  })

  it('attack: a stranger who takes a known witness’s name is still a stranger', async () => {
    const { policy, checkpoint, witnessKeys } = await makeTestHospital()
    const note = await checkpoint({ cosigners: 1 })
    const impostor = await deriveNoteKey({
      name: witnessKeys[1]?.key.name as string,
      type: SIGNATURE_TYPES.cosignatureEd25519,
      seed: new Uint8Array(32).fill(9),
    })
    const line = await cosignCheckpoint({ key: impostor.secret, text: parseNote(note).text, time: TEST_TIME })
    expect((await evaluatePolicy({ policy, note: note + line })).quorum).toBe(false)
  })

  it('attack: one witness that cosigns twice counts once', async () => {
    const { policy, checkpoint, witnessKeys } = await makeTestHospital()
    const note = await checkpoint({ cosigners: 1 })
    const [first] = witnessKeys
    if (!first) expect.fail()
    const again = await cosignCheckpoint({
      key: first.secret,
      text: parseNote(note).text,
      time: TEST_TIME + 60,
    })
    const verdict = await evaluatePolicy({ policy, note: note + again })
    expect(verdict.quorum).toBe(false)
    expect(verdict.cosignatures).toEqual([expect.objectContaining({ time: TEST_TIME + 60 })])
  })

  it('attack: a cosignature of another checkpoint, moved here, rejects the note', async () => {
    const { log, policy, checkpoint } = await makeTestHospital()
    const old = await checkpoint()
    log.append(utf8Bytes('entry'))
    const now = await checkpoint({ cosigners: 0 })
    const moved =
      now +
      parseNote(old)
        .signatures.slice(1)
        .map(({ line }) => `${line}\n`)
        .join('')
    await expect(evaluatePolicy({ policy, note: moved })).rejects.toMatchObject({ code: 'forged-signature' })
  })

  it('attack: witnesses without the log’s own signature prove nothing', async () => {
    const { policy, checkpoint } = await makeTestHospital()
    const note = await checkpoint()
    const lines = note.split('\n')
    const withoutLog = lines
      .toSpliced(
        lines.findIndex((line) => line.startsWith('— asha')),
        1,
      )
      .join('\n')
    await expect(evaluatePolicy({ policy, note: withoutLog })).rejects.toMatchObject({
      code: 'forged-signature',
    })
  })

  it('attack: one log of the policy cannot sign for the origin of another', async () => {
    const policy = quorumPolicy({
      logs: [{ key: log.key }, { key: otherLog.key }],
      witnesses: [],
      threshold: 0,
    })
    const checkpoint = { origin: 'log.example', size: 0, root: new Uint8Array(32) }
    const own = await signCheckpoint({ checkpoint, keys: [log.secret] })
    expect((await evaluatePolicy({ policy, note: own })).logKey).toBe(policy.logs[0]?.key)
    const note = await signCheckpoint({ checkpoint, keys: [{ ...otherLog.secret, name: 'log.example' }] })
    const posing = note.replace('— log.example', '— other.example')
    await expect(evaluatePolicy({ policy, note: posing })).rejects.toMatchObject({ code: 'forged-signature' })
  })
})

describe('quorums', () => {
  it('tolerate as many traitors as the design says', () => {
    const tolerated = (threshold: number, witnesses: number) => toleratedTraitors({ witnesses, threshold })
    expect([tolerated(3, 4), tolerated(4, 6), tolerated(5, 7), tolerated(2, 2), tolerated(1, 2)]).toEqual([
      1, 1, 2, 1, -1,
    ])
  })

  it('of two final histories always share more witnesses than are tolerated', () => {
    const sizes = fc.integer({ min: 1, max: 9 }).chain((witnesses) =>
      fc.record({
        witnesses: fc.constant(witnesses),
        threshold: fc.integer({ min: 1, max: witnesses }),
        seed: fc.infiniteStream(fc.nat()),
      }),
    )
    fc.assert(
      fc.property(sizes, ({ witnesses, threshold, seed }) => {
        const draw = () => {
          const names = Array.from({ length: witnesses }, (_, i) => ({
            i,
            order: seed.next().value as number,
          }))
          return new Set(
            names
              .sort((a, b) => a.order - b.order)
              .slice(0, threshold)
              .map(({ i }) => i),
          )
        }
        const [one, two] = [draw(), draw()]
        const shared = [...one].filter((i) => two.has(i)).length
        expect(shared).toBeGreaterThan(toleratedTraitors({ witnesses, threshold }))
      }),
    )
  })
})
