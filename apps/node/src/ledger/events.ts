import type { LedgerReceipt } from '@curo/contract/ledger'
import { toBase64Url, utf8Bytes } from '@curo/crypto/bytes'
import { leafHash } from '@curo/crypto/merkle'
import { type SigningKey, signBodyAsJson } from '@curo/crypto/signatures'
import { commitmentOf } from '@curo/ledger/commitments'
import { encodeEntry } from '@curo/ledger/entries'
import { chainTag } from '@curo/ledger/tags'
import type { LedgerEvent } from '../context.ts'

/** Where a chain stands while its row is locked; moves with each event prepared. */
export type ChainState = {
  patient: string
  epoch: number
  chainKey: Uint8Array
  counter: number
  prev: Uint8Array | null
}

/** An event ready to be stored: the leaf, what opens it, and what the caller is given. */
export type PreparedEvent = {
  event: LedgerEvent
  epoch: number
  seq: number
  tag: Uint8Array
  entry: Uint8Array
  leafHash: Uint8Array
  r: Uint8Array
  /** Canonical JSON, and the same as UTF-8. */
  body: string
  bodyBytes: Uint8Array
}

/** Signs the body, commits to it with `r` (32 random bytes, for this event only), and moves the chain on by one. */
export async function prepareEvent({
  event,
  r,
  chain,
  origin,
  signer,
}: {
  event: LedgerEvent
  r: Uint8Array
  chain: ChainState
  origin: string
  signer: SigningKey
}): Promise<PreparedEvent> {
  const { epoch, counter: seq } = chain
  const body = await signBodyAsJson({
    kind: event.kind,
    body: {
      ...event.details,
      v: 1,
      kind: event.kind,
      id: event.id,
      at: event.at,
      hospital: origin,
      seq,
      prev: chain.prev === null ? null : toBase64Url(chain.prev),
      ...(event.statements === undefined ? {} : { statements: event.statements }),
    },
    key: signer,
  })
  const bodyBytes = utf8Bytes(body)
  const commitment = commitmentOf({ r, bodyBytes })
  const tag = chainTag({ chainKey: chain.chainKey, origin, counter: seq })
  const entry = encodeEntry({ class: event.class, tag, commitment })
  const leaf = leafHash(entry)
  chain.counter = seq + 1
  chain.prev = leaf
  return { event, epoch, seq, tag, entry, leafHash: leaf, r, body, bodyBytes }
}

export function receiptOf(prepared: PreparedEvent): LedgerReceipt {
  return {
    id: prepared.event.id,
    kind: prepared.event.kind,
    epoch: prepared.epoch,
    seq: prepared.seq,
    leaf: toBase64Url(prepared.leafHash),
    body: prepared.body,
    r: toBase64Url(prepared.r),
  }
}
