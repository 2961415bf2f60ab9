import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { saveSession } from '@curo/client/accounts'
import { hasChromium, runInChromium } from './chart-browser.ts'
import type { ChartTask, ChartTimes } from './chart-client.ts'
import { admitPatient, askConsent, withClinic, writeRecords } from './clinic.ts'
import { type Figure, type Measure, median, type Size } from './measure.ts'
import { servePlain } from './plain-records.ts'

const PROGRAM = fileURLToPath(new URL('./chart-program.js', import.meta.url))

type Place = { name: string; run(task: ChartTask): Promise<ChartTimes> }

async function runProgram(node: string, task: ChartTask): Promise<ChartTimes> {
  const child = spawn(node, [PROGRAM], { stdio: ['pipe', 'pipe', 'pipe'] })
  const problem = text(child.stderr)
  child.stdin.end(JSON.stringify(task))
  const output = text(child.stdout)
  const [status] = (await once(child, 'exit')) as [number | null]
  if (status !== 0) throw new Error(`The client ended with ${status}: ${await problem}`)
  return JSON.parse(await output) as ChartTimes
}

/** Where a doctor's client runs: Node 24 has ML-KEM built in, Chromium and older ones compute it in JavaScript. */
function findPlaces(): Place[] {
  const here = Number(process.versions.node.split('.')[0])
  const places: Place[] = [{ name: `Node ${here}`, run: (task) => runProgram(process.execPath, task) }]
  if (hasChromium()) places.unshift({ name: 'Chromium', run: runInChromium })
  else process.stderr.write('Chromium: skipped, it is not installed\n')
  if (here === 24) return places
  // Asked for once: each later run needs no registry, and does not count what npx takes.
  const { status, stdout } = spawnSync(
    'npx',
    ['-y', '-p', 'node@24', 'node', '--print', 'process.execPath'],
    { stdio: ['ignore', 'pipe', 'ignore'], encoding: 'utf8' },
  )
  const node24 = stdout?.trim() ?? ''
  if (status === 0 && node24 !== '')
    places.unshift({ name: 'Node 24', run: (task) => runProgram(node24, task) })
  else process.stderr.write('Node 24: skipped, it could not be had from the package registry\n')
  return places
}

function figureOf(
  times: ChartTimes,
  given: { part: string; at: (all: number[]) => number; demanded: boolean },
): Figure {
  const value = given.at(times.sealed)
  const baseline = given.at(times.plain)
  return {
    part: given.part,
    value,
    unit: 'ms',
    baseline,
    baselineName: 'the same records as plain JSON in one answer',
    ratio: value / baseline,
    ...(given.demanded ? { must: [{ of: 'value', atMost: 2000 }] } : {}),
  }
}

async function run({ size }: { size: Size }): Promise<Figure[]> {
  const count = size === 'full' ? 1000 : 5
  return await withClinic(async (clinic) => {
    const visitor = await admitPatient(clinic)
    await writeRecords(clinic, visitor, count)
    const consent = await askConsent(clinic, visitor)
    const plain = await servePlain(count)
    const task: ChartTask = {
      node: clinic.connection.api.node,
      session: await saveSession(clinic.doctor),
      scanned: visitor.scanned,
      consent,
      records: count,
      plain: plain.url,
      runs: size === 'full' ? 4 : 1,
    }
    try {
      const figures: Figure[] = []
      for (const place of findPlaces()) {
        const clients: ChartTimes[] = []
        for (let client = 0; client < (size === 'full' ? 3 : 1); client++) clients.push(await place.run(task))
        const all = (which: 'sealed' | 'plain', from: number, to?: number) =>
          clients.flatMap((times) => times[which].slice(from, to))
        const demanded = place.name === 'Node 24' || place.name === 'Chromium'
        const first = { sealed: all('sealed', 0, 1), plain: all('plain', 0, 1) }
        figures.push(figureOf(first, { part: `${place.name}, a client’s first chart`, at: median, demanded }))
        if (size === 'small') continue
        const later = { sealed: all('sealed', 1), plain: all('plain', 1) }
        figures.push(figureOf(later, { part: `${place.name}, its next ones`, at: median, demanded }))
      }
      return figures
    } finally {
      plain.close()
    }
  })
}

export const measures: readonly Measure[] = [
  {
    name: 'open-chart',
    what: 'a card is scanned: find, consent check, ledger entry, mediation, 1,000 records decrypted in the client',
    run,
  },
]
