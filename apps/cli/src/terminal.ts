import type { Output, Surroundings } from './surroundings.ts'

/** Control characters that came from elsewhere must not steer the terminal. */
export function plainText(value: unknown): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is replaced
  return String(value ?? '').replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ')
}

/** Rows under a header, each column as wide as its widest cell; the last one is not padded. */
export function table(header: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const cells = [header, ...rows].map((row) => row.map(plainText))
  const widths = header.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length)))
  return cells
    .map((row) =>
      row.map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i] ?? 0))).join('  '),
    )
    .map((line) => line.trimEnd())
    .join('\n')
}

/** Answers go to stdout, as lines for people or as one JSON document; everything else to stderr. */
export class Terminal {
  readonly json: boolean
  readonly quiet: boolean
  readonly #stdout: Output
  readonly #stderr: Output

  constructor(
    { stdout, stderr }: Pick<Surroundings, 'stdout' | 'stderr'>,
    options: { json: boolean; quiet: boolean },
  ) {
    this.#stdout = stdout
    this.#stderr = stderr
    this.json = options.json
    this.quiet = options.quiet
  }

  /** The command's answer. `lines` is only called when a person reads it. */
  answer(data: unknown, lines: () => string | string[]): void {
    if (this.json) this.#stdout.write(`${JSON.stringify(data)}\n`)
    else {
      const text = [lines()].flat().join('\n')
      if (text) this.#stdout.write(`${text}\n`)
    }
  }

  /** Something worth knowing beside the answer. */
  note(line: string): void {
    if (!this.quiet && !this.json) this.#stderr.write(`${line}\n`)
  }

  error(error: { code: string; message: string; details?: unknown }): void {
    if (this.json) this.#stderr.write(`${JSON.stringify({ error })}\n`)
    else this.#stderr.write(`curo: ${error.message}\n`)
  }

  /** A bar on a terminal, nothing elsewhere. `update` may be called as often as one likes. */
  progress(label: string, unit: 'records' | 'bytes' | 'pieces' = 'records'): Progress {
    const shown = this.#stderr.isTTY === true && !this.json && !this.quiet
    return new Progress(shown ? this.#stderr : null, { label, unit })
  }
}

const BAR_WIDTH = 24
const REDRAW_MS = 80

/** One line that is drawn over until it is done. */
export class Progress {
  readonly #output: Output | null
  readonly #label: string
  readonly #unit: string
  readonly #started = Date.now()
  #drawn = 0

  constructor(output: Output | null, { label, unit }: { label: string; unit: string }) {
    this.#output = output
    this.#label = label
    this.#unit = unit
  }

  /** `total` is null while nobody knows it. */
  update(done: number, total: number | null): void {
    if (!this.#output) return
    const now = Date.now()
    if ((total === null || done < total) && now - this.#drawn < REDRAW_MS) return
    this.#drawn = now
    if (total === null) {
      this.#output.write(`\r${this.#label} … ${done}\x1b[K`)
      return
    }
    const part = total > 0 ? Math.min(1, done / total) : 1
    const bar = '█'.repeat(Math.round(part * BAR_WIDTH)).padEnd(BAR_WIDTH, '░')
    const left =
      part > 0.02 && part < 1 ? ` ${durationText(((now - this.#started) / part) * (1 - part))} left` : ''
    const amount =
      this.#unit === 'bytes' ? `${bytesText(done)} of ${bytesText(total)}` : `${done} of ${total}`
    const line = `${this.#label} ${bar} ${amount}${left}`
    this.#output.write(`\r${line.slice(0, (this.#output.columns ?? 80) - 1)}\x1b[K`)
  }

  /** Takes the line away. */
  end(): void {
    if (this.#output && this.#drawn > 0) this.#output.write('\r\x1b[K')
  }
}

export function bytesText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let value = bytes
  let unit = 0
  for (; value >= 1000 && unit < units.length - 1; unit++) value /= 1000
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`
}

export function durationText(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  return seconds < 3600 ? `${Math.ceil(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`
}
