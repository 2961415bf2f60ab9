/** One line of the scenario's table: what was checked, how many times, how long it took. */
export type StepResult = { step: string; checked: string; count: number; seconds: number }

export type StepOutcome = { checked: string; count: number }

/** Something that does not hold: ends the scenario at once. */
export class DoesNotHold extends Error {
  constructor(what: string) {
    super(what)
    this.name = 'DoesNotHold'
  }
}

/** Throws unless `condition` holds; `what` says what should have been. */
export function must(condition: unknown, what: string): asserts condition {
  if (!condition) throw new DoesNotHold(what)
}

/** Requires that `work` is refused with one of these codes; anything else does not hold. */
export async function mustRefuse(
  what: string,
  codes: readonly string[],
  work: () => Promise<unknown>,
): Promise<void> {
  try {
    await work()
  } catch (error) {
    const code = (error as { code?: string }).code ?? 'no code'
    must(
      codes.includes(code),
      `${what} was refused with “${code}” instead of ${codes.join(' or ')}: ${String(error)}`,
    )
    return
  }
  throw new DoesNotHold(`${what} was not refused.`)
}

const pad = (text: string, width: number) => text + ' '.repeat(Math.max(0, width - [...text].length))

/** Runs steps in order and prints each as it holds. */
export function makeStepTable(print: (line: string) => void) {
  const results: StepResult[] = []
  return {
    results,
    async run<T extends StepOutcome>(step: string, work: () => Promise<T>): Promise<T> {
      const started = performance.now()
      const outcome = await work()
      const seconds = (performance.now() - started) / 1000
      results.push({ step, checked: outcome.checked, count: outcome.count, seconds })
      print(
        `${pad(step, 34)} ${pad(outcome.checked, 74)} ${String(outcome.count).padStart(7)} ${seconds.toFixed(2).padStart(8)} s`,
      )
      return outcome
    },
    head() {
      print(`${pad('step', 34)} ${pad('what was checked', 74)} ${'count'.padStart(7)} ${'time'.padStart(10)}`)
      print('─'.repeat(128))
    },
  }
}
