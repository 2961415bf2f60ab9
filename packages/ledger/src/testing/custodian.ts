import { toBase64Url } from '@curo/crypto/bytes'
import { canonicalBytes } from '@curo/crypto/canonical-json'
import { leafHash } from '@curo/crypto/merkle'
import { randomBytes, randomId } from '@curo/crypto/random'
import { importSigningKey, type SigningKey, signBody } from '@curo/crypto/signatures'
import type { BodyKind } from '../bodies.ts'
import { commitmentOf, OPENING_BYTES } from '../commitments.ts'
import { encodeEntry } from '../entries.ts'
import type { HeldBody } from '../held-bodies.ts'
import type { HistoryLog } from '../history.ts'
import { chainTags } from '../tags.ts'
import { TEST_TIME, type TestHospital } from './hospital.ts'

/** One invented patient: her lookup keys of two epochs. */
export const lookupKeys = [
  { epoch: 0, lookupKey: new Uint8Array(32).fill(1) },
  { epoch: 1, lookupKey: new Uint8Array(32).fill(2) },
]
/** One invented doctor. */
export const doctor = await importSigningKey(new Uint8Array(32).fill(3))
export const person = { account: randomId(), identity: toBase64Url(doctor.publicKey) }

const consented = {
  scope: { categories: ['summary'], records: [] },
  purpose: { code: 'BTG' },
  use: 'standing',
  notAfter: '2026-02-03T04:05:06.007Z',
}

/** What a body of some kinds says beyond the common members. */
export const EVENTS: Partial<Record<BodyKind, () => object>> = {
  register: () => ({ patient: randomId(), identity: person.identity }),
  opening: () => ({ opening: randomId(), by: person, via: 'card', records: [randomId()] }),
  payment: () => ({ payment: randomId(), amount: { minor: 50_000, currency: 'INR' }, method: 'upi' }),
  revoke: () => ({ consent: randomId() }),
  emergency: () => ({ consent: randomId(), by: [person, person], reason: 'unconscious', ...consented }),
  rotate: () => ({ epoch: 1 }),
}

/** A custodian's side of one patient's chain: writes entries to the log and hands out their bodies. */
export class Custodian {
  readonly found: { index: number; entry: Uint8Array }[] = []
  readonly bodies: HeldBody[] = []
  readonly hospital: TestHospital
  seq = 0
  prev: string | null = null
  epoch = 0

  constructor(hospital: TestHospital) {
    this.hospital = hospital
  }

  /** Makes an entry without writing it. */
  async make(
    kind: BodyKind,
    {
      key = this.hospital.nodeKey,
      class: entryClass = kind === 'emergency' ? 'emergency' : 'patient',
      ...members
    }: { key?: SigningKey; class?: 'patient' | 'emergency' } & Record<string, unknown> = {},
  ) {
    const { origin } = this.hospital
    const at = new Date(TEST_TIME * 1000 - 3_600_000).toISOString()
    const common = { v: 1, id: randomId(), kind, at, hospital: origin, seq: this.seq, prev: this.prev }
    const body = await signBody({ kind, body: { ...common, ...EVENTS[kind]?.(), ...members }, key })
    const bodyBytes = canonicalBytes(body)
    const r = randomBytes(OPENING_BYTES)
    const { lookupKey } = lookupKeys[this.epoch] as (typeof lookupKeys)[0]
    const tag = chainTags({ lookupKey, origin, epoch: this.epoch })(this.seq)
    const entry = encodeEntry({ class: entryClass, tag, commitment: commitmentOf({ r, bodyBytes }) })
    return { entry, held: { r, bodyBytes } }
  }

  async write(kind: BodyKind, members = {}) {
    const { entry, held } = await this.make(kind, members)
    this.found.push({ index: this.hospital.log.size, entry })
    this.bodies.push(held)
    this.append(entry)
    return { entry, held }
  }

  /** Puts an entry into the log and moves the chain on. */
  append(entry: Uint8Array) {
    this.hospital.log.append(entry)
    this.seq++
    this.prev = toBase64Url(leafHash(entry))
  }

  rotate() {
    this.epoch++
    this.seq = 0
    this.prev = null
  }

  async held(): Promise<HistoryLog> {
    const { origin, policy, log, checkpoint } = this.hospital
    return { origin, policy, checkpoint: await checkpoint(), found: this.found, read: log.read }
  }
}
