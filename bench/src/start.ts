import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Figure, type Measure, paired, type Size, timeFigure } from './measure.ts'

const NODE_PROGRAM = fileURLToPath(import.meta.resolve('@curo/node/main'))
/** The least that answers a request: Node itself and its own HTTP server. */
const BARE_PROGRAM = `require('node:http').createServer((_, answer) => answer.end('{}')).listen(+process.argv[1], '127.0.0.1')`
/** Only so that a program that hangs is an error: the first start also sets up the demo's people. */
const LONGEST_START_MS = 300_000

/** Some free port; another program may take it before us, and the start then fails loudly. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  return port
}

type Started = { seconds: number; child: ChildProcess; printed(): string }

/** Starts a program and counts the seconds until it answers a request with 200. */
async function startAndAsk(args: readonly string[], port: number): Promise<Started> {
  const started = performance.now()
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (printed += bytes))
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null)
    const elapsed = performance.now() - started
    await answer?.arrayBuffer()
    if (answer?.status === 200) return { seconds: elapsed / 1000, child, printed: () => printed }
    if (child.exitCode !== null || elapsed > LONGEST_START_MS)
      throw new Error(`The program did not start: ${printed}`)
    await pause(5)
  }
}

async function stop({ child }: Started): Promise<void> {
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}

async function startBare(): Promise<number> {
  const port = await freePort()
  const started = await startAndAsk(['-e', BARE_PROGRAM, String(port)], port)
  await stop(started)
  return started.seconds
}

/** The first start sets up the demo's people after it answers; this line says that it is done. */
const READY = /^Curo answers at \S+$/m

/** As `npm start` does once everything is installed and compiled: no settings but where and which port. */
async function startNode(dataFolder: string): Promise<number> {
  const port = await freePort()
  const started = await startAndAsk([NODE_PROGRAM, '--data-folder', dataFolder, '--port', String(port)], port)
  for (const deadline = Date.now() + LONGEST_START_MS; !READY.test(started.printed()); await pause(20))
    if (Date.now() > deadline || started.child.exitCode !== null)
      throw new Error(`The node did not get ready: ${started.printed()}`)
  await stop(started)
  return started.seconds
}

async function inNewFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'curo-bench-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function run({ size }: { size: Size }): Promise<Figure[]> {
  const runs = size === 'full' ? 5 : 1
  const baselineName = 'a bare Node process with an HTTP server'
  const empty = await paired({ subject: () => inNewFolder(startNode), baseline: startBare, runs, warmUps: 0 })
  const again = await inNewFolder(async (folder) => {
    await startNode(folder)
    return await paired({ subject: () => startNode(folder), baseline: startBare, runs, warmUps: 0 })
  })
  return [
    timeFigure(empty, { part: 'empty folder', baselineName, must: [{ of: 'value', atMost: 5000 }] }),
    timeFigure(again, { part: 'restart', baselineName, must: [{ of: 'value', atMost: 2000 }] }),
  ]
}

export const measures: readonly Measure[] = [
  { name: 'cold-start', what: 'from starting the process to the first request answered with 200', run },
]
