// npm run bench -- [name …] [--json] [--size small]
import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { loadMeasure, measureNames } from './catalog.ts'
import type { Size } from './measure.ts'
import { type Line, lineOf, tableOf } from './report.ts'

/** As `npm start` loads it: the node's thread pool is part of what is measured. */
const THREADS = fileURLToPath(new URL('../../scripts/threads.cjs', import.meta.url))
/** As there, also for the nodes that a measure starts in processes of their own. */
const NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --max-semi-space-size=32`

const say = (line: string) => process.stderr.write(`${line}\n`)

/** Measures one by one, each in a process of its own: none inherits another's heap, compiled code or open files. */
async function measureAll(
  names: readonly string[],
  { size, json }: { size: Size; json: boolean },
): Promise<void> {
  const lines: Line[] = []
  for (const name of names) {
    if (!json) say(`${name} …`)
    const self = fileURLToPath(import.meta.url)
    const child = spawn(process.execPath, ['--require', THREADS, self, '--only', name, '--size', size], {
      env: { ...process.env, NODE_OPTIONS },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
    const output = await text(child.stdout)
    process.stdout.write(output)
    for (const line of output.split('\n')) if (line !== '') lines.push(JSON.parse(line) as Line)
    if ((await ended) !== 0) {
      say(`${name} could not be measured.`)
      process.exitCode = 1
    }
  }
  if (!json && lines.length > 0) say(`\n${tableOf(lines)}`)
}

async function measureOne(name: string, size: Size): Promise<void> {
  const measure = await loadMeasure(name)
  for (const figure of await measure.run({ size }))
    process.stdout.write(`${JSON.stringify(lineOf(name, figure))}\n`)
}

const HELP = `Measures this build, each figure beside a baseline run with it; one JSON line per figure.

  npm run bench -- [name …] [--json] [--size small]

  name …            ${measureNames.join(', ')}; all of them where none is given
  --json            nothing but the lines
  --size small      quick and rough: shows that a measure works, not what it says
`

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      json: { type: 'boolean', default: false },
      size: { type: 'string', default: 'full' },
      only: { type: 'string' },
    },
  })
  if (values.help) return void process.stdout.write(HELP)
  if (values.size !== 'full' && values.size !== 'small') throw new RangeError('The size is full or small.')
  if (values.only !== undefined) return await measureOne(values.only, values.size)
  for (const name of positionals) await loadMeasure(name)
  await measureAll(positionals.length > 0 ? positionals : measureNames, {
    size: values.size,
    json: values.json,
  })
}

main().catch((error: unknown) => {
  say(
    error instanceof RangeError || error instanceof TypeError
      ? error.message
      : String((error as Error)?.stack ?? error),
  )
  process.exit(1)
})
