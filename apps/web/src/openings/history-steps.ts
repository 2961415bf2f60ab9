import type { HistoryFaultKind } from '@curo/ledger/history-faults'
import type { HistoryChecked } from './work-patient.ts'

export const STEPS = ['found', 'unaltered', 'included', 'witnessed', 'shown'] as const
export type Step = (typeof STEPS)[number]

/** Which link of the chain a fault breaks. */
const BREAKS: Record<Exclude<HistoryFaultKind, 'unopened'>, Exclude<Step, 'shown'>> = {
  missing: 'found',
  replayed: 'found',
  reordered: 'found',
  altered: 'unaltered',
  'signer-unknown': 'unaltered',
  'not-included': 'included',
  'forged-checkpoint': 'included',
  'not-final': 'witnessed',
}

/** How many faults break each link. */
export function brokenSteps({
  faults,
  recordsWithheld,
  recordsNotAnchored,
}: Pick<HistoryChecked, 'faults' | 'recordsWithheld' | 'recordsNotAnchored'>): Record<Step, number> {
  const broken: Record<Step, number> = { found: 0, unaltered: 0, included: 0, witnessed: 0, shown: 0 }
  for (const { kind } of faults) if (kind !== 'unopened') broken[BREAKS[kind]]++
  broken.shown = recordsWithheld.length + recordsNotAnchored.length
  return broken
}

/** A link of the drawn chain: a line that stands, one that nobody opened to her, or one with a fault. */
export type DrawnLine = {
  counter: number
  epoch: number
  state: 'good' | 'unopened' | 'bad'
  kind: string | null
  at: string | null
  fault?: HistoryFaultKind
}

/** Her lines in order, with those that must exist and do not. */
export function drawnLines({ entries, faults }: Pick<HistoryChecked, 'entries' | 'faults'>): DrawnLine[] {
  const keyOf = ({ epoch = 0, counter = 0 }: { epoch?: number; counter?: number }) => `${epoch}/${counter}`
  const faulty = new Map(
    faults.filter(({ counter }) => counter !== undefined).map((fault) => [keyOf(fault), fault] as const),
  )
  const lines = entries.map(({ epoch, counter, kind, at }): DrawnLine => {
    const fault = faulty.get(keyOf({ epoch, counter }))
    faulty.delete(keyOf({ epoch, counter }))
    if (fault) return { counter, epoch, state: 'bad', kind, at, fault: fault.kind }
    return { counter, epoch, state: kind === null ? 'unopened' : 'good', kind, at }
  })
  const gone = [...faulty.values()].map(
    ({ epoch = 0, counter = 0, kind }): DrawnLine => ({
      counter,
      epoch,
      state: 'bad',
      kind: null,
      at: null,
      fault: kind,
    }),
  )
  return [...lines, ...gone].sort((a, b) => a.epoch - b.epoch || a.counter - b.counter)
}
