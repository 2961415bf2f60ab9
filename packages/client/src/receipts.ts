import type { HospitalInfo } from '@curo/contract/hospital'
import type { LedgerReceipt } from '@curo/contract/ledger'
import { equalBytes, fromBase64Url, utf8Bytes } from '@curo/crypto/bytes'
import { canonicalJson } from '@curo/crypto/canonical-json'
import { CuroError } from '@curo/crypto/errors'
import { deriveChainKey } from '@curo/crypto/lookup'
import { leafHash } from '@curo/crypto/merkle'
import { verifyBody } from '@curo/crypto/signatures'
import { commitmentOf } from '@curo/ledger/commitments'
import { encodeEntry } from '@curo/ledger/entries'
import { chainTag } from '@curo/ledger/tags'

export type CheckReceiptOptions = {
  receipt: LedgerReceipt
  hospital: Pick<HospitalInfo, 'origin' | 'nodeKey'>
  kind: string
  /** Id of the record, consent, opening … that it is about. */
  id: string
  /** With it, the receipt is also proved to be the entry at its place in this patient's own chain. */
  lookupKeys?: readonly { epoch: number; key: Uint8Array }[]
}

function wrongReceipt(cause?: unknown): CuroError {
  return new CuroError(
    'tampered',
    'The hospital’s receipt is not for what was done. Keep it and report it.',
    { cause },
  )
}

/**
 * Checks a receipt: signed by this hospital, for this very event, and that its entry hash is what the body commits to.
 * @returns the body, for further comparison
 * @throws CuroError 'forged-signature' | 'tampered'
 */
export async function checkReceipt(options: CheckReceiptOptions): Promise<Record<string, unknown>> {
  const { receipt, hospital, kind, id, lookupKeys = [] } = options
  const body = parseReceiptBody(receipt.body)
  await verifyBody({ kind, body, expectedSigner: hospital.nodeKey })
  const same =
    body.kind === kind &&
    receipt.kind === kind &&
    body.id === id &&
    body.hospital === hospital.origin &&
    body.seq === receipt.seq
  if (!same) throw wrongReceipt()
  const known = lookupKeys.find(({ epoch }) => epoch === receipt.epoch)
  if (
    known &&
    !leafHashes(receipt, hospital.origin, known.key).some((leaf) =>
      equalBytes(leaf, fromBase64Url(receipt.leaf)),
    )
  )
    throw wrongReceipt()
  return body
}

function parseReceiptBody(text: string): Record<string, unknown> {
  try {
    const body: unknown = JSON.parse(text)
    if (typeof body === 'object' && body !== null && canonicalJson(body) === text)
      return body as Record<string, unknown>
  } catch (cause) {
    throw wrongReceipt(cause)
  }
  throw wrongReceipt()
}

/** What the entry's leaf hash can be: the class is public, so either of the two that stand in a patient's chain. */
function leafHashes(receipt: LedgerReceipt, origin: string, lookupKey: Uint8Array): Uint8Array[] {
  const chainKey = deriveChainKey({ lookupKey, origin, epoch: receipt.epoch })
  const tag = chainTag({ chainKey, origin, counter: receipt.seq })
  const commitment = commitmentOf({ r: fromBase64Url(receipt.r), bodyBytes: utf8Bytes(receipt.body) })
  return (['patient', 'emergency'] as const).map((entryClass) =>
    leafHash(encodeEntry({ class: entryClass, tag, commitment })),
  )
}
