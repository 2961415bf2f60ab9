import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCuro } from './testing/command-line.ts'
import { inventPhone, PASSWORD } from './testing/hospital.ts'

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url))
let folder: string
let port: number
let node: ChildProcess | null = null
const at = (name: string) => join(folder, name)

async function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = server.address() as { port: number }
      server.close(() => resolve(free))
    })
  })
}

async function curo<T>(args: string[], environment: NodeJS.ProcessEnv = {}): Promise<T> {
  const { code, stdout, stderr } = await runCuro([...args, '--json', '--profile', at('admin.json')], {
    environment: { CURO_PASSWORD: PASSWORD, ...environment },
  })
  if (code !== 0) throw new Error(`curo ${args.join(' ')} ended with ${code}: ${stderr}`)
  return JSON.parse(stdout) as T
}

/** Runs `curo start` as an operator does, in a process of its own, and waits until it answers. */
async function start(data: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [MAIN, 'start', '--data-folder', data], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stdout.on('data', (text) => (said += text))
  child.stderr.on('data', (text) => (said += text))
  for (const deadline = Date.now() + 180_000; Date.now() < deadline; ) {
    if (child.exitCode !== null) throw new Error(`curo start ended with ${child.exitCode}: ${said}`)
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (ready) return child
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`curo start does not answer: ${said}`)
}

async function stop(child: ChildProcess): Promise<number | null> {
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  return ended
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'curo-operator-'))
  port = await freePort()
})
afterAll(async () => {
  if (node && node.exitCode === null) await stop(node)
  await rm(folder, { recursive: true, force: true })
})

describe('an operator', () => {
  test('prepares a node once, and never over another', async () => {
    const init = [
      'init',
      '--origin',
      'test.example/log',
      '--name',
      'Test Hospital',
      '--data',
      at('data'),
      '--port',
      `${port}`,
    ]
    const made = await curo<{ setupCode: string; configFile: string }>(init)
    await writeFile(at('setup-code'), made.setupCode)
    expect((await stat(made.configFile)).mode & 0o077).toBe(0)
    expect((await runCuro(init)).code).toBe(1)
    expect((await runCuro(['config', '--data-folder', at('data')])).stdout).toContain('Test Hospital')
    expect((await runCuro(['config', '--data-folder', at('data'), '--port', 'nonsense'])).code).toBe(1)
  })

  test('a start with a setting that there is not, is wrong usage', async () => {
    const args = [MAIN, 'start', '--data-folder', at('none'), '--nonsense', 'x']
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
    expect(status).toBe(2)
    expect(stderr).toMatch(/^There is no setting --nonsense\./)
    expect(existsSync(at('none'))).toBe(false)
  })

  test('starts it, and the first administrator signs in', async () => {
    expect(existsSync(MAIN)).toBe(true)
    node = await start(at('data'))
    const contact = inventPhone()
    const address = ['--node', `http://127.0.0.1:${port}`]
    const person = ['--contact', contact, '--role', 'admin', '--name', 'Leela Marar']
    await writeFile(at('wrong-code'), 'not-the-setup-code')
    const refused = await runCuro(
      ['register', ...address, ...person, '--setup-code-file', at('wrong-code')],
      {
        environment: { CURO_PASSWORD: PASSWORD },
      },
    )
    expect(refused.code).toBe(1)
    const registered = await curo<{ status: string }>([
      'register',
      ...address,
      ...person,
      '--setup-code-file',
      at('setup-code'),
    ])
    expect(registered.status).toBe('active')
    await curo(['login', ...address, '--contact', contact])
    const { buckets } = await curo<{ buckets: { state: string }[] }>(['audit', 'storage'])
    expect(buckets.every(({ state }) => state === 'ok')).toBe(true)
    const status = await curo<{ origin: string }>(['ledger', 'status'])
    expect(status.origin).toBe('test.example/log')
  })

  test('backs it up while it runs, and restores it somewhere else', async () => {
    const backup = ['backup', '--data', at('data'), '--to', at('backup')]
    expect((await runCuro([...backup, '--keys-out', at('keys')])).code).toBe(2)
    await curo([...backup, '--keys-out', at('keys'), '--code-out', at('code')])
    expect((await runCuro(backup)).code).toBe(1)
    const sealed = await readFile(at('keys'), 'utf8')
    expect(sealed).not.toContain(
      (await readFile(join(at('data'), 'keys', 'data.key'), 'utf8').catch(() => 'x')).trim(),
    )
    if (node) expect(await stop(node)).toBe(0)
    const restore = ['restore', '--from', at('backup'), '--keys', at('keys'), '--data', at('restored')]
    const code = await readFile(at('code'), 'utf8')
    const wrong = await runCuro(restore, {
      environment: { CURO_KEYS_CODE: code.replace(/[0-9A-Z]/, (c) => (c === '7' ? '8' : '7')) },
    })
    expect([1, 4]).toContain(wrong.code)
    const manifest = await curo<{ origin: string }>([...restore, '--code-file', at('code')])
    expect(manifest.origin).toBe('test.example/log')
    expect((await runCuro(restore, { environment: { CURO_KEYS_CODE: code } })).code).toBe(1)
    node = await start(at('restored'))
    const { account } = await curo<{ account: { role: string } }>(['whoami'])
    expect(account.role).toBe('admin')
  })

  test('reads what would have been sent, and is told when there is nothing', async () => {
    expect((await runCuro(['outbox', '--data', at('nowhere')])).code).toBe(1)
  })

  test('verifies the ledger from its files alone', async () => {
    const key = JSON.parse(await readFile(at('admin.json'), 'utf8')).hospital.logKey
    const verified = await runCuro(['verify', 'log', join(at('backup'), 'ledger'), '--key', key, '--json'])
    expect([verified.code, verified.stderr]).toEqual([0, ''])
    const report = JSON.parse(verified.stdout)
    expect([report.sound, report.quorum]).toEqual([true, true])
    const other = await runCuro(['verify', 'log', at('nowhere'), '--key', key])
    expect(other.code).not.toBe(0)
  })
})
