import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'

export const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url))
const START_MS = 180_000

export type NodeProcess = {
  readonly address: string
  readonly child: ChildProcess
  /** Everything it wrote, both streams. */
  output(): string
  /** Sends the signal and waits for the end. @returns the exit code */
  end(signal: NodeJS.Signals): Promise<number | null>
}

/** Which Node runs which file. */
export type Program = { readonly node: string; readonly main: string }

/** A node as `npm start` runs it, compiled, in a process of its own; resolves when it answers. */
export async function startNodeProcess(options: {
  dataFolder: string
  flags?: readonly string[]
  port?: number
  uid?: number
  program?: Program
}): Promise<NodeProcess> {
  const port = options.port ?? (await freePort())
  const { node, main } = options.program ?? { node: process.execPath, main: MAIN }
  const child = spawn(
    node,
    [main, '--data-folder', options.dataFolder, '--port', String(port), ...(options.flags ?? [])],
    {
      cwd: '/',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH },
      ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
    },
  )
  let output = ''
  child.stdout.on('data', (piece) => {
    output += piece
  })
  child.stderr.on('data', (piece) => {
    output += piece
  })
  const address = `http://127.0.0.1:${port}`
  const ended = once(child, 'exit')
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer in time:\n${output}`)), START_MS)
    child.on('exit', () => reject(new Error(`the node ended:\n${output}`)))
    child.stdout.on('data', () => {
      if (!output.includes('Curo answers at')) return
      clearTimeout(timer)
      resolve()
    })
  })
  return {
    address,
    child,
    output: () => output,
    async end(signal) {
      child.kill(signal)
      const [code] = await ended
      return code as number | null
    },
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}
