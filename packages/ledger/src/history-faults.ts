export const HISTORY_FAULT_KINDS = [
  /** An entry or a body that must exist does not. */
  'missing',
  /** An entry, its body or a signature on it is not what it was. */
  'altered',
  /** The body was not given to the patient, or has been erased. */
  'unopened',
  /** The links from one entry to the next do not hold. */
  'reordered',
  /** A tag stands in the log twice. */
  'replayed',
  /** The entry is not under the root of the checkpoint. */
  'not-included',
  /** The checkpoint lacks its quorum. */
  'not-final',
  'signer-unknown',
  'forged-checkpoint',
] as const
export type HistoryFaultKind = (typeof HISTORY_FAULT_KINDS)[number]

/** What is wrong, and in whose log (`origin`). */
export type HistoryFault = {
  kind: HistoryFaultKind
  origin: string
  epoch?: number
  counter?: number
  index?: number
  sentence: string
}

export type ReportFault = (
  kind: HistoryFaultKind,
  sentence: string,
  where?: Pick<HistoryFault, 'epoch' | 'counter' | 'index'>,
) => void
