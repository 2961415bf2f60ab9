import { utf8Bytes } from '@curo/crypto/bytes'
import { describe, expect, it } from 'vitest'
import { encodeEntry } from './entries.ts'
import { formatVkey, parseVkey } from './keys.ts'
import { quorumPolicy } from './policy.ts'
import { makeTestHospital, type TestHospital } from './testing/hospital.ts'
import { describeVectors, vectorLog, vectorLogPaths } from './testing/shared-vectors.ts'
import { verifyLog } from './verify-log.ts'

function entry(i: number): Uint8Array {
  const commitment = new Uint8Array(32)
  new DataView(commitment.buffer).setUint32(0, i)
  const tag = commitment.slice(0, 16)
  if (i % 100 === 99) return encodeEntry({ class: 'registry', json: { i } })
  return encodeEntry({ class: i % 50 === 0 ? 'emergency' : 'patient', tag, commitment })
}
const entries = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => entry(from + i))

async function publish(hospital: TestHospital, options = {}) {
  hospital.log.files.set('checkpoint', utf8Bytes(await hospital.checkpoint(options)))
}

async function hospitalWith(...sizes: number[]) {
  const hospital = await makeTestHospital()
  for (const size of sizes) hospital.log.append(...entries(hospital.log.size, size))
  await publish(hospital)
  return hospital
}

const verify = ({ log, policy }: TestHospital) =>
  verifyLog({ read: log.read, policy, paths: [...log.files.keys()] })

describe('the verifier of a whole log', () => {
  it('finds a sound log sound, whatever its size and history', async () => {
    for (const sizes of [[0], [1], [255, 256], [100, 300, 301, 700], [65_536], [65_000, 66_000]]) {
      const hospital = await hospitalWith(...sizes)
      const report = await verify(hospital)
      expect(report.faults).toEqual([])
      expect(report).toMatchObject({ sound: true, size: sizes.at(-1), root: hospital.log.root, ahead: 0 })
      expect((await verify({ ...hospital, log: hospital.log.prune() })).sound).toBe(true)
    }
  })

  it('counts entries by class and hands each to whoever wants it', async () => {
    const hospital = await hospitalWith(700)
    const seen: number[] = []
    const { classes, verdict } = await verifyLog({
      read: hospital.log.read,
      policy: hospital.policy,
      onEntry: ({ index, entry: decoded }) => {
        if (decoded?.class === 'registry') seen.push(index)
      },
    })
    expect(classes).toEqual({ patient: 679, emergency: 14, registry: 7, link: 0, other: 0 })
    expect(seen).toEqual([99, 199, 299, 399, 499, 599, 699])
    expect(verdict.cosignatures).toHaveLength(2)
  })

  it('is not sound before its quorum, and nothing without a checkpoint that its log signed', async () => {
    const hospital = await hospitalWith(10)
    await publish(hospital, { cosigners: 1 })
    expect(await verify(hospital)).toMatchObject({ sound: false, faults: [] })
    hospital.log.files.set('checkpoint', utf8Bytes((await hospital.checkpoint()).replace('\n10\n', '\n11\n')))
    await expect(verify(hospital)).rejects.toMatchObject({ code: 'forged-signature' })
    hospital.log.files.delete('checkpoint')
    await expect(verify(hospital)).rejects.toMatchObject({ code: 'not-found' })
  })

  const change =
    (path: string, edit: (bytes: Uint8Array) => Uint8Array) =>
    ({ log }: TestHospital) =>
      log.files.set(path, edit(log.files.get(path) as Uint8Array))
  const flip = (at: number) => (bytes: Uint8Array) => {
    const copy = bytes.slice()
    const i = at < 0 ? bytes.length + at : at
    copy[i] = (copy[i] as number) ^ 1
    return copy
  }
  const attacks: Record<string, { attack: (hospital: TestHospital) => unknown; fault: object }> = {
    'an altered entry': {
      attack: change('tile/entries/001', flip(40)),
      fault: { kind: 'altered', path: 'tile/entries/001', index: 256 },
    },
    'an altered entry in the partial bundle': {
      attack: change('tile/entries/002.p/188', flip(-1)),
      fault: { kind: 'altered', path: 'tile/entries/002.p/188', index: 699 },
    },
    'an altered leaf hash': {
      attack: change('tile/0/000', flip(32)),
      fault: { kind: 'altered', path: 'tile/entries/000', index: 1 },
    },
    'an altered tile above': {
      attack: change('tile/1/000.p/2', flip(0)),
      fault: { kind: 'altered', path: 'tile/1/000.p/2' },
    },
    'trailing garbage in a bundle': {
      attack: change('tile/entries/002.p/188', (bytes) => Uint8Array.of(...bytes, 0)),
      fault: { kind: 'garbage', path: 'tile/entries/002.p/188' },
    },
    'trailing garbage in a tile': {
      attack: change('tile/0/002.p/188', (bytes) => Uint8Array.of(...bytes, 0)),
      fault: { kind: 'garbage', path: 'tile/0/002.p/188' },
    },
    'a bundle cut short': {
      attack: change('tile/entries/000', (bytes) => bytes.subarray(0, -1)),
      fault: { kind: 'garbage', path: 'tile/entries/000' },
    },
    'a dropped bundle': {
      attack: ({ log }) => log.files.delete('tile/entries/001'),
      fault: { kind: 'missing', path: 'tile/entries/001' },
    },
    'a dropped tile': {
      attack: ({ log }) => log.files.delete('tile/0/001'),
      fault: { kind: 'missing', path: 'tile/0/001' },
    },
    'a dropped tile above': {
      attack: ({ log }) => log.files.delete('tile/1/000.p/2'),
      fault: { kind: 'missing', path: 'tile/1/000.p/2' },
    },
    'a stray file': {
      attack: ({ log }) => log.files.set('tile/entries/x000/001', new Uint8Array()),
      fault: { kind: 'garbage', path: 'tile/entries/x000/001' },
    },
    'an old partial tile of another history': {
      attack: change('tile/0/001.p/44', flip(0)),
      fault: { kind: 'altered', path: 'tile/0/001.p/44' },
    },
    'an old partial bundle with garbage behind it': {
      attack: change('tile/entries/001.p/44', (bytes) => Uint8Array.of(...bytes, 0)),
      fault: { kind: 'altered', path: 'tile/entries/001.p/44' },
    },
  }
  it.each(Object.entries(attacks))('attack: %s is found, and named', async (_, { attack, fault }) => {
    const hospital = await hospitalWith(300, 700)
    attack(hospital)
    const report = await verify(hospital)
    expect(report.sound).toBe(false)
    expect(report.faults).toContainEqual(expect.objectContaining(fault))
    expect(report.faults.length).toBeLessThanOrEqual(3)
  })

  it('attack: a history rewritten in entries and tiles alike does not lead to the signed root', async () => {
    const hospital = await hospitalWith(300, 700)
    const checkpoint = hospital.log.files.get('checkpoint') as Uint8Array
    const rewritten = await makeTestHospital()
    rewritten.log.append(...entries(0, 5), entry(100_000), ...entries(6, 700))
    rewritten.log.files.set('checkpoint', checkpoint)
    const report = await verify(rewritten)
    expect(report).toMatchObject({ sound: false, faults: [{ kind: 'altered', path: 'checkpoint' }] })
    expect(report.root).toEqual(rewritten.log.root)
  })

  it('attack: entries in no known format are found, unless others are allowed', async () => {
    const hospital = await makeTestHospital()
    hospital.log.append(...entries(0, 3), utf8Bytes('anything'))
    await publish(hospital)
    expect((await verify(hospital)).faults).toEqual([expect.objectContaining({ kind: 'garbage', index: 3 })])
    const { read } = hospital.log
    expect(await verifyLog({ read, policy: hospital.policy, anyEntries: true })).toMatchObject({
      sound: true,
      classes: { other: 1 },
    })
  })

  it('counts tiles that wait for the next checkpoint, and does not mistake them for garbage', async () => {
    const hospital = await hospitalWith(300)
    const checkpoint = hospital.log.files.get('checkpoint') as Uint8Array
    hospital.log.append(...entries(300, 600))
    hospital.log.files.set('checkpoint', checkpoint)
    const report = await verify(hospital)
    expect(report).toMatchObject({ sound: true, size: 300 })
    expect(report.ahead).toBeGreaterThan(0)
  })

  it('reports at most a hundred faults of a log that is all wrong', async () => {
    const hospital = await hospitalWith(700)
    for (const path of ['tile/0/000', 'tile/0/001'])
      change(path, (bytes) => bytes.map((byte) => byte ^ 1))(hospital)
    expect((await verify(hospital)).faults).toHaveLength(100)
  })
})

describeVectors('the log that Tessera wrote', () => {
  it('is sound', async () => {
    const folder = 'tessera-testdata/testdata/log'
    const key = parseVkey('example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx')
    const report = await verifyLog({
      read: vectorLog(folder),
      policy: quorumPolicy({ logs: [{ key }], witnesses: [], threshold: 0 }),
      paths: vectorLogPaths(folder).filter(
        (path) => !path.startsWith('.state') && !/^checkpoint\./.test(path),
      ),
      anyEntries: true,
    })
    expect(formatVkey(key)).toContain('testdata')
    expect(report).toMatchObject({ sound: true, size: 15, classes: { other: 15 }, faults: [], ahead: 0 })
  })
})
