import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadConfig } from './config.ts'
import { initNode } from './init.ts'
import { loadKeys, makeKeys } from './keys.ts'
import { startNode } from './start.ts'

let folder: string
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'curo-init-')), 'data')
})
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }))

const settings = { origin: 'hospital.example/log' }

test('a real node is prepared once: keys, configuration, a setup code, nothing readable by others', async () => {
  const { setupCode, configFile, config } = await initNode({ dataFolder: folder, settings })
  expect(setupCode).toMatch(/^[A-Za-z0-9_-]{22}$/)
  expect(config.demo).toBe(false)
  expect(JSON.parse(readFileSync(configFile, 'utf8'))).toMatchObject(settings)
  for (const name of readdirSync(join(folder, 'keys')))
    expect([name, statSync(join(folder, 'keys', name)).mode & 0o777]).toEqual([name, 0o600])
  expect(statSync(join(folder, 'keys')).mode & 0o777).toBe(0o700)
  await expect(initNode({ dataFolder: folder, settings })).rejects.toMatchObject({ code: 'conflict' })
})

test.each([
  [{ database: { url: 'postgres://curo:postgres@db.example/curo' } }, 'database.url'],
  [{ database: { url: 'postgres://curo:short1@db.example/curo' } }, 'database.url'],
  [{ operator: { token: 'changeme'.repeat(4) } }, 'operator.token'],
  [{ operator: { token: 'a'.repeat(40) } }, 'operator.token'],
  [
    {
      vault: {
        buckets: [{ kind: 's3', region: 'r', bucket: 'b1', accessKeyId: 'i', secretAccessKey: 'minioadmin' }],
      },
    },
    'b1',
  ],
])('a secret that can be guessed is refused before anything is made: %#', async (weak, named) => {
  const attempt = initNode({ dataFolder: folder, settings: { ...settings, ...weak } })
  await expect(attempt).rejects.toMatchObject({
    code: 'invalid-input',
    message: expect.stringContaining(named),
  })
  expect(existsSync(folder)).toBe(false)
  // Settings are written by hand too, after the node was prepared.
  const { configFile } = await initNode({ dataFolder: folder, settings })
  writeFileSync(configFile, JSON.stringify({ ...settings, ...weak, dataFolder: folder }))
  await expect(startNode(loadConfig({ flags: ['--config', configFile] }))).rejects.toMatchObject({
    code: 'invalid-input',
    message: expect.stringContaining(named),
  })
})

test('keys made at the same moment by several processes are one set', async () => {
  const made = await Promise.all([1, 2, 3, 4].map(() => makeKeys(folder)))
  expect(made.filter(Boolean)).toHaveLength(1)
  const [first, second] = await Promise.all([loadKeys(folder), loadKeys(folder)])
  expect(first.databasePassword).toBe(second.databasePassword)
  expect(readdirSync(folder)).toEqual(['keys'])
})

test('a key that is missing, damaged or readable by others stops the node, and is not made anew', async () => {
  await makeKeys(folder)
  const file = join(folder, 'keys', 'data.key')
  const secret = readFileSync(file, 'utf8')
  chmodSync(file, 0o644)
  await expect(loadKeys(folder)).rejects.toMatchObject({ message: expect.stringContaining('data.key') })
  chmodSync(file, 0o600)
  writeFileSync(file, secret.slice(0, 20))
  await expect(loadKeys(folder)).rejects.toMatchObject({ message: expect.stringContaining('damaged') })
  await expect(loadKeys(folder)).rejects.not.toThrow(secret.slice(0, 20))
  rmSync(file)
  await expect(loadKeys(folder)).rejects.toMatchObject({ message: expect.stringContaining('missing') })
  expect(existsSync(file)).toBe(false)
})

test('a real node does not start without its keys, nor in the open, nor a demo for others', async () => {
  await expect(startNode({ dataFolder: folder })).rejects.toMatchObject({
    message: expect.stringContaining('curo init'),
  })
  expect(existsSync(folder)).toBe(false)
  const open = startNode({ dataFolder: folder, host: '0.0.0.0' })
  await expect(open).rejects.toMatchObject({ message: expect.stringContaining('tls.cert') })
  const demo = startNode({ dataFolder: folder, host: '0.0.0.0', demo: true })
  await expect(demo).rejects.toMatchObject({ message: expect.stringContaining('demo') })
})
