/** `full` is what the figures are demanded for; `small` only shows that a measure still runs. */
export type Size = 'full' | 'small'

/** What a figure has to reach: its value or its ratio, at least or at most. */
export type Demand = { of: 'value' | 'ratio' } & ({ atLeast: number } | { atMost: number })

/** One result. The ratio is value over baseline: above 1 is good for rates, below 1 for times and bytes. */
export type Figure = {
  /** Which of several results of a measure this is. */
  part?: string
  value: number
  unit: string
  baseline: number
  baselineName: string
  ratio: number
  /** A figure can be held to several demands. */
  must?: readonly Demand[]
}

export type Measure = {
  name: string
  /** What is measured, in a line. */
  what: string
  run(options: { size: Size }): Promise<readonly Figure[]>
}

/** Seconds that the work took. */
export async function secondsOf(work: () => Promise<unknown> | unknown): Promise<number> {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1000
}

/** The middle value, or the mean of the two in the middle. Throws RangeError for none. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** The value below which `share` (0 … 1) of the values lie, between two of them by their distance. */
export function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new RangeError('There is nothing to take a quantile of.')
  const sorted = [...values].sort((a, b) => a - b)
  const at = share * (sorted.length - 1)
  const below = sorted[Math.floor(at)] as number
  const above = sorted[Math.ceil(at)] as number
  return below + (above - below) * (at - Math.floor(at))
}

/** One run, answering with the seconds that count. */
export type Run = () => Promise<number>

/** Medians in seconds, and the median of the quotients of neighbouring runs, which a slow spell hits alike. */
export type Paired = { subject: number; baseline: number; subjectOverBaseline: number }

/**
 * Runs both in turn, A B B A A B …, so that neither always comes first. The `warmUps` pairs that come before do not
 * count.
 */
export async function paired(options: {
  subject: Run
  baseline: Run
  runs: number
  warmUps?: number
}): Promise<Paired> {
  const { subject, baseline, runs, warmUps = 1 } = options
  const pairs: { subject: number; baseline: number }[] = []
  for (let pair = -warmUps; pair < runs; pair++) {
    const seconds = { subject: 0, baseline: 0 }
    const order = pair % 2 === 0 ? (['subject', 'baseline'] as const) : (['baseline', 'subject'] as const)
    for (const side of order) seconds[side] = await (side === 'subject' ? subject() : baseline())
    if (pair >= 0) pairs.push(seconds)
  }
  return {
    subject: median(pairs.map((pair) => pair.subject)),
    baseline: median(pairs.map((pair) => pair.baseline)),
    subjectOverBaseline: median(pairs.map((pair) => pair.subject / pair.baseline)),
  }
}

/** A figure in `unit` per second from paired runs over `amount` units each. */
export function rateFigure(
  pair: Paired,
  given: { amount: number; unit: string; baselineName: string; part?: string; must?: readonly Demand[] },
): Figure {
  const { amount, ...rest } = given
  return {
    ...rest,
    value: amount / pair.subject,
    baseline: amount / pair.baseline,
    ratio: 1 / pair.subjectOverBaseline,
  }
}

/** A figure in milliseconds from paired runs. */
export function timeFigure(
  pair: Paired,
  given: { baselineName: string; part?: string; must?: readonly Demand[] },
): Figure {
  return {
    ...given,
    unit: 'ms',
    value: pair.subject * 1000,
    baseline: pair.baseline * 1000,
    ratio: pair.subjectOverBaseline,
  }
}
