import { fetchProof, type OwnHistoryReport, verifyOwnHistory } from '@curo/client/ledger'
import { shownPolicy } from '@curo/client/shown-policy'
import { type Look, whoLooked as readLooks } from '@curo/client/who-looked'
import type { LedgerReceipt } from '@curo/contract/ledger'
import { equalBytes, fromBase64Url, utf8Text } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { leafHash } from '@curo/crypto/merkle'
import type { Body } from '@curo/ledger/bodies'
import type { HistoryFaultKind } from '@curo/ledger/history-faults'
import type { PolicyVerdict } from '@curo/ledger/policy'
import type { WorkCall, WorkContext } from '../work/context.ts'

/** A look as the page shows it. */
export type LookSeen = Omit<Look, 'line'> & {
  id: string
  /** Where it stands in the ledger; `index` is null until it is published. */
  line: Pick<LedgerReceipt, 'seq' | 'epoch' | 'leaf'> & { index: number | null; state: string }
}

/** Every look, newest first. That none is missing is for `checkHistory` to say. */
export async function whoLooked(
  context: WorkContext,
  _: undefined,
  { signal }: WorkCall,
): Promise<LookSeen[]> {
  const looks = await readLooks(context.patient(), {
    signal,
    policy: await shownPolicy(context.person(), { signal }),
  })
  return looks.map(({ line, ...look }) => {
    const { id, seq, epoch, leaf, index, state } = line
    return { ...look, id, line: { seq, epoch, leaf, index, state } }
  })
}

export type LineProof = {
  /** Place in the ledger, and how many entries it had when this was proved. */
  index: number
  size: number
  origin: string
  cosignedBy: { name: string; at: string }[]
  /** Whether as many have cosigned as the hospital's policy asks for. */
  final: boolean
}

/**
 * Proves one line: the entry at this place of the ledger is the one that was promised, under a signed checkpoint.
 * @throws CuroError 'unavailable' while it is not published; 'tampered' | 'ledger-inconsistent' | 'forged-signature'
 */
export async function proveLine(
  context: WorkContext,
  { index, leaf }: { index: number; leaf: string },
  { signal }: WorkCall,
): Promise<LineProof> {
  const policy = await shownPolicy(context.person(), { signal })
  const { entry, verdict } = await fetchProof(context.person(), { index, policy }, { signal })
  if (!equalBytes(leafHash(entry), fromBase64Url(leaf)))
    throw new CuroError('tampered', 'Another entry stands at this place of the ledger than was promised.')
  return { index, ...seenVerdict(verdict) }
}

function seenVerdict({ checkpoint, cosignatures, quorum }: PolicyVerdict): Omit<LineProof, 'index'> {
  return {
    size: checkpoint.size,
    origin: checkpoint.origin,
    cosignedBy: cosignatures.map(({ key, time }) => ({
      name: utf8Text(Uint8Array.from(key.name, (octet) => octet.charCodeAt(0))),
      at: new Date(time * 1000).toISOString(),
    })),
    final: quorum,
  }
}

export type HistoryChecked = {
  complete: boolean
  at: string
  /** In the order written. */
  entries: { epoch: number; counter: number; index: number; kind: string | null; at: string | null }[]
  faults: { kind: HistoryFaultKind; epoch?: number; counter?: number; index?: number }[]
  /** Promised so recently that they need not be in the ledger yet. */
  pending: number
  /** Absent where the ledger's own signature does not hold. */
  ledger: Omit<LineProof, 'index'> | null
  /** Entries not opened to her: withheld, or erased. */
  unopened: number
  recordsWithheld: string[]
  recordsNotAnchored: string[]
  /** Whether every line of the ledger was looked through, others' too: none about her can be missing at the end. */
  wholeLog: boolean
}

/** [Note: the whole chain] What the browser proves by itself when she asks whether her history is complete. */
export async function checkHistory(
  context: WorkContext,
  _: undefined,
  { signal }: WorkCall,
): Promise<HistoryChecked> {
  const patient = context.patient()
  const report = await verifyOwnHistory(patient, {
    signal,
    policy: await shownPolicy(context.person(), { signal }),
  })
  return seenReport(report, patient.hospital.origin)
}

/** A permission that the doctor gave back is none that she took back. */
const kindSeen = (body: Body) => (body.kind === 'revoke' && body.by ? 'given-back' : body.kind)

function seenReport(report: OwnHistoryReport, origin: string): HistoryChecked {
  const verdict = report.verdicts.get(origin)
  const unopened = report.faults.filter(({ kind }) => kind === 'unopened').length
  const { recordsWithheld, recordsNotAnchored, wholeLog } = report
  return {
    complete: report.complete && recordsWithheld.length === 0 && recordsNotAnchored.length === 0,
    at: new Date().toISOString(),
    entries: report.entries.map(({ epoch, counter, index, body }) => ({
      epoch,
      counter,
      index,
      kind: body ? kindSeen(body) : null,
      at: body?.at ?? null,
    })),
    faults: report.faults
      .filter(({ kind }) => kind !== 'unopened')
      .map(({ kind, epoch, counter, index }) => ({
        kind,
        ...(epoch === undefined ? {} : { epoch }),
        ...(counter === undefined ? {} : { counter }),
        ...(index === undefined ? {} : { index }),
      })),
    pending: report.pending.length,
    ledger: verdict ? seenVerdict(verdict) : null,
    unopened,
    recordsWithheld,
    recordsNotAnchored,
    wholeLog,
  }
}
