import { toBase64Url, utf8Bytes, utf8Text } from '@curo/crypto/bytes'
import { leafHash } from '@curo/crypto/merkle'
import { randomBytes, randomId } from '@curo/crypto/random'
import { importSigningKey, type SigningKey, signBody } from '@curo/crypto/signatures'
import { describe, expect, it } from 'vitest'
import { ProofBuilder } from './build-proofs.ts'
import { commitmentOf } from './commitments.ts'
import { decodeEntry, encodeEntry, type PatientEntry } from './entries.ts'
import { type IsKnownSigner, verifyHistory } from './history.ts'
import { checkStatementsOnce } from './history-chain.ts'
import { Custodian, doctor, EVENTS, lookupKeys, person } from './testing/custodian.ts'
import { makeTestHospital, TEST_TIME } from './testing/hospital.ts'

/** Two hospitals, other patients' entries between hers, a lost card. */
async function makeHistory() {
  const [asha, vida] = (await Promise.all(
    ['asha.example/log', 'vida.example/log'].map(
      async (origin) => new Custodian(await makeTestHospital({ origin })),
    ),
  )) as [Custodian, Custodian]
  for (const custodian of [asha, vida]) {
    await custodian.write('register')
    for (const kind of ['opening', 'payment', 'emergency', 'revoke'] as const) {
      custodian.hospital.log.append(utf8Bytes('somebody else'), utf8Bytes('somebody else'))
      await custodian.write(kind)
    }
  }
  await asha.write('rotate')
  asha.rotate()
  await asha.write('register')
  await asha.write('opening')
  return { asha, vida }
}

const nodeKeys = async (...custodians: Custodian[]) =>
  custodians.map(({ hospital }) => toBase64Url(hospital.nodeKey.publicKey))

async function verify(custodians: Custodian[], options: { isKnownSigner?: IsKnownSigner; asOf?: Date } = {}) {
  const known = new Set([...(await nodeKeys(...custodians)), person.identity])
  return verifyHistory({
    lookupKeys,
    logs: await Promise.all(custodians.map((custodian) => custodian.held())),
    bodies: custodians.flatMap(({ bodies }) => bodies),
    isKnownSigner: (signer) => known.has(signer),
    asOf: new Date(TEST_TIME * 1000),
    ...options,
  })
}

const kinds = ({ faults }: { faults: { kind: string }[] }) => faults.map(({ kind }) => kind)

describe('a patient’s history', () => {
  it('over two hospitals and a lost card is complete when it is', async () => {
    const { asha, vida } = await makeHistory()
    const report = await verify([asha, vida])
    expect(report.faults).toEqual([])
    expect(report).toMatchObject({ complete: true, pending: [] })
    expect(
      report.entries.map(({ origin, epoch, counter, body }) => `${origin} ${epoch}/${counter} ${body?.kind}`),
    ).toEqual([
      'asha.example/log 0/0 register',
      'asha.example/log 0/1 opening',
      'asha.example/log 0/2 payment',
      'asha.example/log 0/3 emergency',
      'asha.example/log 0/4 revoke',
      'asha.example/log 0/5 rotate',
      'asha.example/log 1/0 register',
      'asha.example/log 1/1 opening',
      'vida.example/log 0/0 register',
      'vida.example/log 0/1 opening',
      'vida.example/log 0/2 payment',
      'vida.example/log 0/3 emergency',
      'vida.example/log 0/4 revoke',
    ])
    expect(report.verdicts.get('asha.example/log')?.quorumTime).toBe(TEST_TIME)
  })

  it('holds with proofs at hand instead of tiles, and in whatever order it was found', async () => {
    const { asha } = await makeHistory()
    const { read, ...log } = await asha.held()
    const builder = new ProofBuilder({ read: asha.hospital.log.read, size: asha.hospital.log.size })
    const found = await Promise.all(
      log.found.map(async (entry) => ({ ...entry, proof: await builder.inclusion(entry.index) })),
    )
    const isKnownSigner = () => true
    const report = await verifyHistory({
      lookupKeys,
      logs: [{ ...log, found: found.toReversed() }],
      bodies: asha.bodies,
      isKnownSigner,
    })
    expect(report).toMatchObject({ complete: true, faults: [] })
    const bare = await verifyHistory({ lookupKeys, logs: [log], bodies: asha.bodies, isKnownSigner })
    expect(kinds(bare)).toEqual(Array(8).fill('not-included'))
    expect(read).toBeDefined()
  })

  it('with an erased body stays complete, and names who does not open it', async () => {
    const { asha, vida } = await makeHistory()
    vida.bodies.splice(2, 1)
    const report = await verify([asha, vida])
    expect(report.complete).toBe(true)
    expect(report.faults).toEqual([
      expect.objectContaining({ kind: 'unopened', origin: 'vida.example/log', epoch: 0, counter: 2 }),
    ])
    expect(report.entries).toHaveLength(13)
  })

  it('lists what was promised too recently to be published as pending', async () => {
    const { asha } = await makeHistory()
    const { held } = await asha.make('opening', { at: new Date(TEST_TIME * 1000 - 60_000).toISOString() })
    asha.bodies.push(held)
    const report = await verify([asha])
    expect(report).toMatchObject({ complete: true, pending: [{ kind: 'opening', seq: 2 }] })
  })

  it('attack: an entry dropped from what was found leaves a gap', async () => {
    const { asha, vida } = await makeHistory()
    asha.found.splice(2, 1)
    asha.bodies.splice(2, 1)
    const report = await verify([asha, vida])
    expect(report).toMatchObject({
      complete: false,
      faults: [{ kind: 'missing', origin: 'asha.example/log', epoch: 0, counter: 2 }],
    })
  })

  it('attack: an entry dropped at the end of a chain is missed by its receipt', async () => {
    const { vida } = await makeHistory()
    const { held } = await vida.make('opening')
    vida.bodies.push(held)
    const report = await verify([vida])
    expect(report).toMatchObject({
      complete: false,
      faults: [{ kind: 'missing', origin: 'vida.example/log', counter: 5 }],
    })
  })

  it('bug: an event signed with a time to come was awaited for ever', async () => {
    const { vida } = await makeHistory()
    const at = new Date(TEST_TIME * 1000 + 365 * 86_400_000).toISOString()
    vida.bodies.push((await vida.make('opening', { at })).held)
    expect(await verify([vida])).toMatchObject({
      complete: false,
      faults: [{ kind: 'altered', origin: 'vida.example/log', counter: 5 }],
      pending: [],
    })
  })

  it('bug: the last entries of a chain could be kept from her, and no gap showed', async () => {
    const { asha } = await makeHistory()
    for (const kind of ['opening', 'opening'] as const) await asha.write(kind)
    asha.found.splice(-2)
    asha.bodies.splice(-2)
    const log = await asha.held()
    const isKnownSigner = () => true
    const check = (whole: boolean) =>
      verifyHistory({ lookupKeys, logs: [{ ...log, whole }], bodies: asha.bodies, isKnownSigner })
    expect((await check(false)).faults).toEqual([])
    const report = await check(true)
    expect(report.complete).toBe(false)
    const { size } = asha.hospital.log
    expect(report.faults).toEqual([
      expect.objectContaining({ kind: 'missing', epoch: 1, counter: 2, index: size - 2 }),
      expect.objectContaining({ kind: 'missing', epoch: 1, counter: 3, index: size - 1 }),
    ])
  })

  it('attack: a log read whole that serves other entries than it signed is found', async () => {
    const { vida } = await makeHistory()
    const log = await vida.held()
    const read = async (path: string) => {
      const bytes = await vida.hospital.log.read(path)
      if (!bytes || !path.startsWith('tile/entries/')) return bytes
      const altered = bytes.slice()
      altered[altered.length - 1] = (altered[altered.length - 1] as number) ^ 1
      return altered
    }
    const isKnownSigner = () => true
    const logs = [{ ...log, read, whole: true }]
    const report = await verifyHistory({ lookupKeys, logs, bodies: vida.bodies, isKnownSigner })
    expect(kinds(report)).toEqual(['altered'])
    expect(report.complete).toBe(false)
  })

  it('attack: a forged receipt accuses no hospital', async () => {
    const { vida } = await makeHistory()
    const mallory = await importSigningKey(new Uint8Array(32).fill(66))
    vida.bodies.push((await vida.make('opening', { key: mallory })).held)
    expect(kinds(await verify([vida]))).toEqual(['signer-unknown'])
    vida.bodies.push({ r: new Uint8Array(32), bodyBytes: utf8Bytes('{"text":"\\ud800"}') })
    expect(kinds(await verify([vida]))).toEqual(['signer-unknown', 'altered'])
  })

  it('attack: a replayed tag is found', async () => {
    const { vida } = await makeHistory()
    const [first] = vida.found
    if (!first) expect.fail()
    vida.found.push({ index: vida.hospital.log.size, entry: first.entry })
    vida.hospital.log.append(first.entry)
    const report = await verify([vida])
    expect(report).toMatchObject({ complete: false, faults: [{ kind: 'replayed', counter: 0, index: 13 }] })
  })

  it('attack: a body exchanged for another does not open the entry', async () => {
    const { vida } = await makeHistory()
    const { held } = await vida.make('payment', { seq: 2 })
    vida.bodies[2] = held
    const report = await verify([vida])
    expect(report.complete).toBe(false)
    expect(kinds(report)).toEqual(['unopened', 'missing'])
  })

  it('attack: an entry that says less than its body, or belongs to another hospital, is altered', async () => {
    for (const members of [
      { hospital: 'asha.example/log' },
      { kind: 'emergency', ...EVENTS.emergency?.() },
      { kind: 'x' },
    ]) {
      const { vida } = await makeHistory()
      await vida.write('payment', members)
      const report = await verify([vida])
      expect(report).toMatchObject({ complete: false, faults: [{ kind: 'altered', counter: 5 }] })
    }
  })

  it('attack: a body with a second spelling, which two readers may read differently, is altered', async () => {
    const { vida } = await makeHistory()
    const { entry, held } = await vida.make('opening')
    const bodyBytes = utf8Bytes(`{"kind":"payment",${utf8Text(held.bodyBytes).slice(1)}`)
    const { tag } = decodeEntry(entry) as PatientEntry
    const commitment = commitmentOf({ r: held.r, bodyBytes })
    const twofold = encodeEntry({ class: 'patient', tag, commitment })
    vida.found.push({ index: vida.hospital.log.size, entry: twofold })
    vida.bodies.push({ r: held.r, bodyBytes })
    vida.hospital.log.append(twofold)
    expect((await verify([vida])).faults).toEqual([
      expect.objectContaining({
        kind: 'altered',
        counter: 5,
        sentence: expect.stringContaining('stands for'),
      }),
    ])
  })

  it('attack: entries exchanged in their order, or linked past one another, are found', async () => {
    const links = { prev: toBase64Url(new Uint8Array(32)) }
    for (const members of [links, { seq: 4 }]) {
      const { vida } = await makeHistory()
      await vida.write('opening', members)
      expect((await verify([vida])).faults).toEqual([
        expect.objectContaining({ kind: 'reordered', counter: 5 }),
      ])
    }
    const { vida } = await makeHistory()
    const one = await vida.make('opening')
    vida.seq++
    vida.prev = toBase64Url(leafHash(one.entry))
    const two = await vida.make('payment')
    const { size } = vida.hospital.log
    vida.hospital.log.append(two.entry, one.entry)
    vida.found.push({ index: size, entry: two.entry }, { index: size + 1, entry: one.entry })
    vida.bodies.push(one.held, two.held)
    expect((await verify([vida])).faults).toEqual([
      expect.objectContaining({ kind: 'reordered', counter: 6, index: size }),
    ])
  })

  it('attack: an entry added after a chain was closed is found, and so is a chain never closed', async () => {
    const { asha, vida } = await makeHistory()
    await asha.write('opening')
    Object.assign(asha, {
      epoch: 0,
      seq: 6,
      prev: toBase64Url(leafHash(asha.found[5]?.entry as Uint8Array)),
    })
    await asha.write('opening')
    await asha.write('payment')
    expect((await verify([asha])).faults).toEqual([
      expect.objectContaining({ kind: 'reordered', epoch: 0, counter: 6 }),
      expect.objectContaining({ kind: 'reordered', epoch: 0, counter: 7 }),
    ])
    const again = await makeHistory()
    await again.vida.write('rotate', { epoch: 0 })
    expect((await verify([again.vida])).faults).toEqual([
      expect.objectContaining({ kind: 'altered', epoch: 0, counter: 5 }),
    ])
    vida.rotate()
    await vida.write('register')
    expect((await verify([vida])).faults).toEqual([
      expect.objectContaining({ kind: 'missing', epoch: 0, counter: 5 }),
    ])
  })

  it('attack: a rewritten history does not stand under the checkpoint that witnesses cosigned', async () => {
    const { vida } = await makeHistory()
    const log = await vida.held()
    const rewritten = await makeHistory()
    const isKnownSigner = () => true
    const found = rewritten.vida.found
    const read = rewritten.vida.hospital.log.read
    const report = await verifyHistory({
      lookupKeys,
      logs: [{ ...log, found, read }],
      bodies: rewritten.vida.bodies,
      isKnownSigner,
    })
    expect(report.complete).toBe(false)
    expect(kinds(report)).toEqual(Array(5).fill('not-included'))
  })

  it('attack: a split view, a checkpoint without its quorum, is not final', async () => {
    const { vida } = await makeHistory()
    const log = { ...(await vida.held()), checkpoint: await vida.hospital.checkpoint({ cosigners: 1 }) }
    const report = await verifyHistory({
      lookupKeys,
      logs: [log],
      bodies: vida.bodies,
      isKnownSigner: () => true,
    })
    expect(report).toMatchObject({ complete: false, faults: [{ kind: 'not-final' }] })
  })

  it('attack: a forged checkpoint, or that of another log, proves nothing', async () => {
    const { asha, vida } = await makeHistory()
    const log = await vida.held()
    const isKnownSigner = () => true
    const forged = { ...log, checkpoint: String(log.checkpoint).replace('\n13\n', '\n14\n') }
    expect(
      kinds(await verifyHistory({ lookupKeys, logs: [forged], bodies: vida.bodies, isKnownSigner })),
    ).toEqual(['forged-checkpoint'])
    const foreign = { ...log, checkpoint: await asha.hospital.checkpoint(), policy: asha.hospital.policy }
    expect(
      kinds(await verifyHistory({ lookupKeys, logs: [foreign], bodies: vida.bodies, isKnownSigner })),
    ).toEqual(['forged-checkpoint'])
  })

  it('attack: somebody else’s entries among hers are noticed', async () => {
    const { vida } = await makeHistory()
    const entry = encodeEntry({ class: 'patient', tag: randomBytes(16), commitment: randomBytes(32) })
    vida.found.push({ index: vida.hospital.log.size, entry }, { index: 1, entry: utf8Bytes('somebody else') })
    vida.hospital.log.append(entry)
    expect(kinds(await verify([vida]))).toEqual(['altered', 'altered'])
  })

  const request = async ({
    key = doctor,
    ...members
  }: { key?: SigningKey } & Record<string, unknown> = {}) => {
    const body = { v: 1, id: randomId(), account: person.account, via: 'card', ...members }
    const document = await signBody({ kind: 'opening-request', body, key })
    return { opening: document.id, statements: [{ kind: 'opening-request', document }] }
  }

  it('attack: an opening signed by a doctor nobody knows is noticed, though the hospital signed around it', async () => {
    const { vida } = await makeHistory()
    const mallory = await importSigningKey(new Uint8Array(32).fill(66))
    await vida.write('opening', { ...(await request()), records: [] })
    expect(await verify([vida])).toMatchObject({ complete: true })
    await vida.write('opening', { ...(await request({ key: mallory })), records: [] })
    expect((await verify([vida])).faults).toEqual([
      expect.objectContaining({ kind: 'signer-unknown', counter: 6 }),
    ])
    const { statements } = await request()
    const document = { ...statements[0]?.document, id: randomId() }
    await vida.write('opening', { statements: [{ kind: 'opening-request', document }] })
    expect(kinds(await verify([vida]))).toEqual(['signer-unknown', 'altered'])
  })

  it('attack: a custodian writes down other than what the doctor signed', async () => {
    const records = [randomId()]
    const signed = await request({ records })
    const bad = [
      { ...signed, records: [...records, randomId()] },
      { ...signed, records: [] },
      { ...signed, records, via: 'category' },
      { ...signed, records, opening: randomId() },
      { ...(await request()), records },
    ]
    for (const members of bad) {
      const { vida } = await makeHistory()
      await vida.write('opening', members)
      expect((await verify([vida])).faults).toEqual([
        expect.objectContaining({ kind: 'altered', counter: 5 }),
      ])
    }
    const { vida } = await makeHistory()
    await vida.write('opening', { ...signed, records })
    expect((await verify([vida])).faults).toEqual([])
  })

  it('attack: one signed request stands behind two openings', async () => {
    const { vida } = await makeHistory()
    const signed = { ...(await request()), records: [] }
    await vida.write('opening', signed)
    await vida.write('opening', signed)
    expect((await verify([vida])).faults).toEqual([expect.objectContaining({ kind: 'replayed', counter: 6 })])
  })

  it('bug: one request under two signatures of the same person counted as two requests', async () => {
    const { statements } = await request()
    const again = statements.map(({ kind, document }) => ({
      kind,
      document: { ...document, signature: 'A' },
    }))
    const entries = [statements, again].map((said, counter) => ({
      counter,
      index: counter,
      body: { statements: said },
    }))
    const replayed: unknown[] = []
    checkStatementsOnce([{ epoch: 0, entries }] as never, (kind, _, where) => replayed.push([kind, where]))
    expect(replayed).toEqual([['replayed', { epoch: 0, counter: 1, index: 1 }]])
  })

  it('counts an opening in an emergency among the emergencies', async () => {
    const { vida } = await makeHistory()
    await vida.write('opening', { class: 'emergency' })
    const report = await verify([vida])
    expect(report).toMatchObject({ complete: true, faults: [] })
    expect(report.entries.filter((entry) => entry.class === 'emergency')).toHaveLength(2)
    await vida.write('payment', { class: 'emergency' })
    expect(kinds(await verify([vida]))).toEqual(['altered'])
  })
})
