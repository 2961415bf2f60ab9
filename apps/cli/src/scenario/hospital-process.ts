import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { initNode } from '@curo/node/init'
import { DoesNotHold, must } from './step-table.ts'

const START_TIMEOUT_MS = 180_000
const MESSAGE_TIMEOUT_MS = 60_000
const MAIN = fileURLToPath(import.meta.resolve('@curo/node/main'))

/** A hospital's node in a process of its own, as an operator runs it. */
export type HospitalProcess = {
  name: string
  address: string
  dataFolder: string
  setupCode: string
  stop(): Promise<void>
}

export async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}

async function answers(address: string, child: ChildProcess, log: string): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS
  while (Date.now() < deadline) {
    if (child.exitCode !== null)
      throw new DoesNotHold(`The node ended at once: ${(await readFile(log, 'utf8')).slice(-600)}`)
    const ok = await fetch(`${address}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    )
    if (ok) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new DoesNotHold(`The node at ${address} did not answer within ${START_TIMEOUT_MS / 1000} s.`)
}

/** Prepares and starts a node in `folder`; everything it prints goes to `logFile`. */
export async function startHospital({
  name,
  folder,
  logFile,
  settings,
}: {
  name: string
  folder: string
  logFile: string
  settings: { origin: string; [setting: string]: unknown }
}): Promise<HospitalProcess> {
  const port = await freePort()
  const { setupCode, configFile } = await initNode({
    dataFolder: folder,
    settings: { hospitalName: name, host: '127.0.0.1', port, ...settings },
  })
  await mkdir(join(logFile, '..'), { recursive: true })
  const child = spawn(process.execPath, [MAIN, '--config', configFile], { stdio: ['ignore', 'pipe', 'pipe'] })
  const log = createWriteStream(logFile)
  child.stdout.pipe(log, { end: false })
  child.stderr.pipe(log, { end: false })
  const address = `http://127.0.0.1:${port}`
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await answers(address, child, logFile)
  return {
    name,
    address,
    dataFolder: folder,
    setupCode,
    async stop() {
      if (child.exitCode === null) child.kill('SIGTERM')
      await ended
    },
  }
}

export type Message = { to: string; text: string }

/** Waits for the newest message to a telephone that came after `after` messages: the outbox is her phone. */
export async function messagesTo(
  hospital: HospitalProcess,
  phone: string,
  atLeast: number,
): Promise<Message[]> {
  const outbox = join(hospital.dataFolder, 'outbox')
  const deadline = Date.now() + MESSAGE_TIMEOUT_MS
  while (Date.now() < deadline) {
    const names = await readdir(outbox).catch(() => [])
    const messages: Message[] = []
    for (const name of names.filter((one) => one.endsWith('.json')).sort())
      messages.push(JSON.parse(await readFile(join(outbox, name), 'utf8')) as Message)
    const hers = messages.filter((message) => message.to === phone)
    if (hers.length >= atLeast) return hers
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new DoesNotHold('The message with the code did not arrive within a minute.')
}

/** The six digits in a message. */
export function codeIn(message: Message | undefined): string {
  const code = message?.text.match(/\b[0-9]{6}\b/)?.[0]
  must(code, 'The message has no six-digit code.')
  return code
}
