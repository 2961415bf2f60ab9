import { hash } from 'node:crypto'
import { toBase64Url } from '@curo/crypto/bytes'
import { canonicalBytes } from '@curo/crypto/canonical-json'
import { leafHash } from '@curo/crypto/merkle'
import { randomBytes, randomId } from '@curo/crypto/random'
import { importSigningKey, type SigningKey, signBody, verifyRaw } from '@curo/crypto/signatures'
import type { BodyKind } from '@curo/ledger/bodies'
import { ProofBuilder } from '@curo/ledger/build-proofs'
import { commitmentOf, OPENING_BYTES } from '@curo/ledger/commitments'
import { encodeEntry } from '@curo/ledger/entries'
import { type HeldBody, type HistoryLog, verifyHistory } from '@curo/ledger/history'
import { SIGNATURE_TYPES } from '@curo/ledger/keys'
import { NO_QUORUM, type Policy } from '@curo/ledger/policy'
import { verifyInclusion } from '@curo/ledger/proofs'
import { deriveNoteKey, signCheckpoint } from '@curo/ledger/signers'
import { chainTags } from '@curo/ledger/tags'
import { appendEntries, EMPTY_EDGE } from '@curo/ledger/tile-log'
import { type Figure, type Measure, paired, rateFigure, type Size, secondsOf, timeFigure } from './measure.ts'

const ORIGIN = 'bench.example/log'

/** A log in memory: its files and its head. */
class Log {
  readonly files = new Map<string, Uint8Array>()
  readonly read = async (path: string) => this.files.get(path)
  #edge = EMPTY_EDGE
  root: Uint8Array = new Uint8Array(32)

  get size(): number {
    return this.#edge.size
  }

  append(entries: readonly Uint8Array[]): void {
    const { edge, root, tiles } = appendEntries({ edge: this.#edge, entries })
    this.#edge = edge
    this.root = root
    for (const { path, bytes } of tiles) this.files.set(path, bytes)
  }

  /** Entries of other patients. */
  fill(count: number): void {
    const entry = () => encodeEntry({ class: 'patient', tag: randomBytes(16), commitment: randomBytes(32) })
    for (let left = count; left > 0; left -= 4096)
      this.append(Array.from({ length: Math.min(4096, left) }, entry))
  }
}

async function measureProofs(size: Size): Promise<Figure> {
  const [entries, count] = size === 'full' ? [1_000_000, 20_000] : [1000, 50]
  const log = new Log()
  log.fill(entries)
  const builder = new ProofBuilder({ read: log.read, size: log.size })
  const bundles = [...log.files].filter(
    ([path]) => /^tile\/entries\/.*[0-9]$/.test(path) && !path.includes('.p/'),
  )
  const proofs = await Promise.all(
    Array.from({ length: count }, async (_, at) => {
      const [path, bytes] = bundles[at % bundles.length] as [string, Uint8Array]
      const place = at % 256
      const index = Number(path.slice('tile/entries/'.length).replaceAll(/[x/]/g, '')) * 256 + place
      // Entries about patients all have 52 bytes, and two of length before them.
      const leaf = leafHash(bytes.subarray(place * 54 + 2, (place + 1) * 54))
      return { index, size: log.size, leafHash: leaf, proof: await builder.inclusion(index), root: log.root }
    }),
  )
  const hashes = proofs.reduce((sum, { proof }) => sum + proof.length, 0)
  const node = randomBytes(65)
  const pair = await paired({
    subject: () =>
      secondsOf(() => {
        if (!proofs.every(verifyInclusion)) throw new Error('A proof does not hold.')
      }),
    baseline: () =>
      secondsOf(() => {
        for (let i = 0; i < hashes; i++) hash('sha256', node, 'latin1' as 'hex')
      }),
    runs: size === 'full' ? 7 : 1,
  })
  return rateFigure(pair, {
    part: 'inclusion proofs in a log of a million',
    amount: count,
    unit: 'proofs/s',
    baselineName: 'only as many SHA-256 of 65 bytes',
    must: [{ of: 'value', atLeast: 20_000 }],
  })
}

/** Writes one chain as a hospital does: each body signed and linked, openings with the doctor's own statement in them. */
async function writeHistory(options: {
  log: Log
  count: number
  lookupKey: Uint8Array
  hospital: SigningKey
  doctor: SigningKey
}) {
  const { log, count, lookupKey, hospital, doctor } = options
  const tagAt = chainTags({ lookupKey, origin: ORIGIN, epoch: 0 })
  const by = { account: randomId(), identity: toBase64Url(doctor.publicKey) }
  const bodies: HeldBody[] = []
  const found: { index: number; entry: Uint8Array }[] = []
  let prev: string | null = null
  for (let seq = 0; seq < count; seq++) {
    const at = new Date(Date.UTC(2020, 0, 1) + seq * 86_400_000).toISOString()
    const common = { v: 1, id: randomId(), at, hospital: ORIGIN, seq, prev }
    const [kind, details] = await eventOf({ seq, at, by, doctor })
    const body = await signBody({ kind, body: { ...common, kind, ...details }, key: hospital })
    const bodyBytes = canonicalBytes(body)
    const r = randomBytes(OPENING_BYTES)
    const entry = encodeEntry({
      class: 'patient',
      tag: tagAt(seq),
      commitment: commitmentOf({ r, bodyBytes }),
    })
    found.push({ index: log.size, entry })
    log.append([entry])
    log.fill(9)
    bodies.push({ r, bodyBytes })
    prev = toBase64Url(leafHash(entry))
  }
  return { bodies, found }
}

/** A registration, then a record stored for every two openings of some. */
async function eventOf(given: {
  seq: number
  at: string
  by: { account: string; identity: string }
  doctor: SigningKey
}): Promise<[BodyKind, Record<string, unknown>]> {
  const { seq, at, by, doctor } = given
  const bytes32 = () => toBase64Url(randomBytes(32))
  if (seq === 0) return ['register', { patient: randomId(), identity: bytes32() }]
  if (seq % 3 === 0)
    return ['anchor', { record: randomId(), category: 'laboratory', envelope: bytes32(), root: bytes32() }]
  const opening = randomId()
  const records = Array.from({ length: 10 }, randomId)
  const request = { v: 1, id: opening, patient: randomId(), account: by.account, via: 'card', records, at }
  const document = await signBody({ kind: 'opening-request', body: request, key: doctor })
  return [
    'opening',
    { opening, by, via: 'card', records, statements: [{ kind: 'opening-request', document }] },
  ]
}

async function measureHistory(size: Size): Promise<Figure> {
  const count = size === 'full' ? 1000 : 20
  const seed = randomBytes(32)
  const [hospital, doctor] = await Promise.all([
    importSigningKey(randomBytes(32)),
    importSigningKey(randomBytes(32)),
  ])
  const lookupKey = randomBytes(32)
  const log = new Log()
  log.fill(size === 'full' ? 90_000 : 300)
  const { bodies, found } = await writeHistory({ log, count, lookupKey, hospital, doctor })
  const { key, secret } = await deriveNoteKey({ name: ORIGIN, type: SIGNATURE_TYPES.ed25519, seed })
  const checkpoint = await signCheckpoint({
    checkpoint: { origin: ORIGIN, size: log.size, root: log.root },
    keys: [secret],
  })
  const policy: Policy = { logs: [{ key }], witnesses: [], groups: [], quorum: NO_QUORUM }
  const held: HistoryLog = { origin: ORIGIN, checkpoint, policy, found, read: log.read }
  const known = new Set([hospital, doctor].map(({ publicKey }) => toBase64Url(publicKey)))

  const signatures = bodies.map(({ bodyBytes }) => bodyBytes)
  const signed = await Promise.all(signatures.map((message) => hospital.sign(message)))
  const more = signatures.filter((_, seq) => seq % 3 !== 0)
  const pair = await paired({
    subject: () =>
      secondsOf(async () => {
        const report = await verifyHistory({
          lookupKeys: [{ epoch: 0, lookupKey }],
          logs: [held],
          bodies,
          isKnownSigner: (signer) => known.has(signer),
        })
        if (!report.complete || report.entries.length !== count)
          throw new Error(JSON.stringify(report.faults[0]))
      }),
    baseline: () =>
      secondsOf(async () => {
        const verify = (message: Uint8Array, at: number) =>
          verifyRaw({ publicKey: hospital.publicKey, message, signature: signed[at] as Uint8Array })
        await Promise.all([...signatures, ...more].map((message, at) => verify(message, at % count)))
      }),
    runs: size === 'full' ? 5 : 1,
  })
  return timeFigure(pair, {
    part: `a history of ${count} entries`,
    baselineName: 'only verifying its signatures',
    must: [{ of: 'value', atMost: 1000 }],
  })
}

export const measures: readonly Measure[] = [
  {
    name: 'ledger-verify',
    what: 'what a patient checks about her history, on one thread',
    run: async ({ size }) => [await measureProofs(size), await measureHistory(size)],
  },
]
