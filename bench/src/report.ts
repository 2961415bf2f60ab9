import type { Demand, Figure } from './measure.ts'

/** A figure as it is printed. */
export type Line = Omit<Figure, 'must'> & { name: string; must?: string[]; holds?: boolean }

export function lineOf(name: string, figure: Figure): Line {
  const { must, part, value, unit, baseline, baselineName, ratio } = figure
  const line: Line = {
    name,
    ...(part === undefined ? {} : { part }),
    value: rounded(value),
    unit,
    baseline: rounded(baseline),
    baselineName,
    ratio: rounded(ratio),
  }
  if (must === undefined || must.length === 0) return line
  return { ...line, must: must.map(inWords), holds: must.every((demand) => holds(figure, demand)) }
}

/** Decided on the figure as measured, not as rounded. */
function holds(figure: Figure, demand: Demand): boolean {
  const measured = figure[demand.of]
  return 'atLeast' in demand ? measured >= demand.atLeast : measured <= demand.atMost
}

const inWords = (demand: Demand): string =>
  'atLeast' in demand ? `${demand.of} >= ${demand.atLeast}` : `${demand.of} <= ${demand.atMost}`

/** Four significant digits, or all of an integer. */
const rounded = (value: number): number =>
  Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(4))

/** A table for people; the first line has the column names. */
export function tableOf(lines: readonly Line[]): string {
  const rows = lines.map((line) => [
    line.part === undefined ? line.name : `${line.name}: ${line.part}`,
    `${line.value.toLocaleString('en')} ${line.unit}`,
    `${line.baseline.toLocaleString('en')} ${line.unit}`,
    line.baselineName,
    line.ratio.toLocaleString('en'),
    line.must?.join(', ') ?? '',
    line.holds === undefined ? '' : line.holds ? 'holds' : 'DOES NOT HOLD',
  ])
  const all = [['measure', 'value', 'baseline', 'which is', 'ratio', 'must be', ''], ...rows]
  const widths = (all[0] as string[]).map((_, column) =>
    Math.max(...all.map((row) => row[column]?.length ?? 0)),
  )
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] as number))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
