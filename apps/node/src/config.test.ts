import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findConfig, loadConfig, parseConfig, printableConfig } from './config.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'curo-config-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const write = (tree: unknown) => writeFileSync(join(folder, 'curo.config.json'), JSON.stringify(tree))
const load = (flags: string[] = [], environment: Record<string, string> = {}) =>
  loadConfig({ flags, environment, workingFolder: folder })

test('file, environment and flags override each other in this order, each single setting by itself', () => {
  write({
    port: 1,
    host: '127.0.0.1',
    tls: { cert: 'file.pem', key: 'file.key' },
    session: { idleMinutes: 5 },
  })
  const environment = { CURO_PORT: '2', CURO_TLS_CERT: 'env.pem', CURO_SESSION_LONGEST_HOURS: '7' }
  const config = load(['--port', '3', '--tls-key=flag.key'], environment)
  expect(config).toMatchObject({
    port: 3,
    tls: { cert: 'env.pem', key: 'flag.key' },
    session: { idleMinutes: 5, longestHours: 7 },
  })
})

test('without anything there are defaults, and paths are beside the working folder', () => {
  const { config, file } = findConfig({ workingFolder: folder })
  expect(file).toBeUndefined()
  expect(config).toMatchObject({
    dataFolder: join(folder, 'data'),
    host: '127.0.0.1',
    port: 8080,
    demo: false,
  })
})

test('yes and no are written in several ways, and nothing else passes for them', () => {
  expect(load(['--demo']).demo).toBe(true)
  expect(load([], { CURO_DEMO: '0' }).demo).toBe(false)
  expect(load(['--behind-proxy', 'off']).behindProxy).toBe(false)
  expect(() => load(['--demo', 'maybe'])).toThrow('demo')
})

test('a setting that does not exist is named, wherever it stands', () => {
  expect(() => load(['--prot', '1'])).toThrow('--prot')
  expect(() => load([], { CURO_PROT: '1' })).toThrow('CURO_PROT')
  expect(load([], { CURO_TEST_ANYTHING: '1', OTHER: 'x' }).port).toBe(8080)
  write({ prot: 1 })
  expect(() => load()).toThrow('prot')
})

test('a value that cannot be is refused by its name and not repeated', () => {
  expect(() => load(['--port', '99999'])).toThrow(/port/)
  expect(() => load(['--database-url', 'mysql://root:planted-secret@db/x'])).toThrow(
    /^(?!.*planted-secret).*database\.url/s,
  )
  expect(() => load(['--tls-cert', 'only.pem'])).toThrow('together')
  expect(() => load(['--time-zone', 'Mars/Olympus'])).toThrow('timeZone')
  expect(() => parseConfig({ origin: 'has space' })).toThrow('origin')
})

test('a broken file is told as one', () => {
  writeFileSync(join(folder, 'curo.config.json'), '{ not json')
  expect(() => load()).toThrow('curo.config.json')
  expect(() => load(['--config', 'absent.json'])).toThrow('absent.json')
})

test('the data folder’s own file is found', () => {
  rmSync(join(folder, 'curo.config.json'), { force: true })
  writeFileSync(join(folder, 'curo.config.json'), JSON.stringify({ port: 4711 }))
  const elsewhere = loadConfig({ flags: ['--data-folder', folder], workingFolder: tmpdir() })
  expect(elsewhere.port).toBe(4711)
})

test('what is printed holds no secret', () => {
  const config = parseConfig({
    database: { url: 'postgres://curo:planted-1@db.example/curo' },
    operator: { token: 'planted-2'.repeat(5) },
    mail: { url: 'smtps://user:planted-3@mail.example' },
    vault: {
      buckets: [
        { kind: 's3', region: 'r', bucket: 'b', accessKeyId: 'public-id', secretAccessKey: 'planted-4' },
      ],
    },
  })
  const printed = JSON.stringify(printableConfig(config))
  expect(printed).not.toContain('planted')
  expect(printed).toContain('public-id')
  expect(printed).toContain('•••')
})
