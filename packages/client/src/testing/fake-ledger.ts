import type { LedgerReceipt } from '@curo/contract/ledger'
import { fromBase64Url, toBase64Url, utf8Bytes } from '@curo/crypto/bytes'
import { canonicalJson } from '@curo/crypto/canonical-json'
import { leafHash } from '@curo/crypto/merkle'
import { randomBytes } from '@curo/crypto/random'
import { importSigningKey, type SigningKey, signBody } from '@curo/crypto/signatures'
import { ProofBuilder } from '@curo/ledger/build-proofs'
import { commitmentOf, OPENING_BYTES } from '@curo/ledger/commitments'
import { encodeEntry } from '@curo/ledger/entries'
import { formatVkey, type NoteSecretKey } from '@curo/ledger/keys'
import { makeMemberEntry } from '@curo/ledger/registry'
import { deriveNoteKey, signCheckpoint } from '@curo/ledger/signers'
import { chainTag } from '@curo/ledger/tags'
import { MemoryLog } from '@curo/ledger/testing/memory-log'
import { formatTlogProof } from '@curo/ledger/tlog-proof'
import { ORIGIN } from './published.ts'

type Chain = { epoch: number; chainKey: Uint8Array; seq: number; prev: string | null }
export type FakeEvent = {
  kind: string
  id: string
  details: object
  statements?: { kind: string; document: object }[]
}
type Line = { receipt: LedgerReceipt; index: number; patient: string }

/** The ledger of the fake hospital: a real log in memory, signed at once, without witnesses. */
export class FakeLedger {
  readonly nodeKey: SigningKey
  readonly logKey: string
  readonly log = new MemoryLog()
  readonly lines: Line[] = []
  readonly chains = new Map<string, Chain>()
  readonly #secret: NoteSecretKey
  #last: Promise<unknown> = Promise.resolve()

  private constructor(nodeKey: SigningKey, note: { vkey: string; secret: NoteSecretKey }) {
    this.nodeKey = nodeKey
    this.logKey = note.vkey
    this.#secret = note.secret
  }

  static async make(): Promise<FakeLedger> {
    const nodeKey = await importSigningKey(randomBytes(32))
    const { key, secret } = await deriveNoteKey({ name: ORIGIN, type: 0x01, seed: randomBytes(32) })
    return new FakeLedger(nodeKey, { vkey: formatVkey(key), secret })
  }

  openChain(patient: string, { epoch, chainKey }: { epoch: number; chainKey: Uint8Array }): void {
    this.chains.set(patient, { epoch, chainKey, seq: 0, prev: null })
  }

  /** One after the other, as the row lock on a chain makes it. */
  submit(patient: string, event: FakeEvent): Promise<LedgerReceipt> {
    const receipt = this.#last.then(() => this.#append(patient, event))
    this.#last = receipt.catch(() => {})
    return receipt
  }

  async #append(patient: string, event: FakeEvent): Promise<LedgerReceipt> {
    const chain = this.chains.get(patient)
    if (!chain) throw new Error('The patient has no chain.')
    const body = await signBody({
      kind: event.kind,
      body: {
        v: 1,
        kind: event.kind,
        id: event.id,
        at: new Date().toISOString(),
        hospital: ORIGIN,
        seq: chain.seq,
        prev: chain.prev,
        ...event.details,
        ...(event.statements ? { statements: event.statements } : {}),
      },
      key: this.nodeKey,
    })
    const r = randomBytes(OPENING_BYTES)
    const json = canonicalJson(body)
    const commitment = commitmentOf({ r, bodyBytes: utf8Bytes(json) })
    const tag = chainTag({ chainKey: chain.chainKey, origin: ORIGIN, counter: chain.seq })
    const entry = encodeEntry({ class: 'patient', tag, commitment })
    const leaf = toBase64Url(leafHash(entry))
    const receipt = {
      id: event.id,
      kind: event.kind,
      epoch: chain.epoch,
      seq: chain.seq,
      leaf,
      body: json,
      r: toBase64Url(r),
    }
    chain.seq++
    chain.prev = leaf
    this.lines.push({ receipt, index: this.log.size, patient })
    this.log.append(entry)
    return receipt
  }

  async enterDoctor(
    doctor: { id: string; identity: string; seal: string },
    state: 'active' | 'withdrawn' = 'active',
  ): Promise<number> {
    const entry = await makeMemberEntry(
      {
        v: 1,
        kind: 'doctor',
        hospital: ORIGIN,
        revision: state === 'active' ? 0 : 1,
        state,
        at: new Date().toISOString(),
        ...doctor,
      },
      this.nodeKey,
    )
    this.log.append(entry)
    return this.log.size - 1
  }

  checkpoint(): Promise<string> {
    const { size, root } = this.log
    return signCheckpoint({ checkpoint: { origin: ORIGIN, size, root }, keys: [this.#secret] })
  }

  async proof(index: number): Promise<string> {
    const proof = await new ProofBuilder({ read: this.log.read, size: this.log.size }).inclusion(index)
    return formatTlogProof({ index, proof, checkpoint: await this.checkpoint() })
  }

  /** Every entry whose tag is among these. */
  find(tags: readonly string[]) {
    const wanted = new Set(tags)
    const found: { tag: string; index: number; entry: string }[] = []
    for (const [patient, chain] of this.chains)
      for (const { receipt, index } of this.lines.filter((line) => line.patient === patient)) {
        const tag = toBase64Url(chainTag({ chainKey: chain.chainKey, origin: ORIGIN, counter: receipt.seq }))
        const bodyBytes = utf8Bytes(receipt.body)
        const commitment = commitmentOf({ r: fromBase64Url(receipt.r), bodyBytes })
        if (wanted.has(tag))
          found.push({
            tag,
            index,
            entry: toBase64Url(encodeEntry({ class: 'patient', tag: fromBase64Url(tag), commitment })),
          })
      }
    return found
  }
}
