import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { signerOnThisThread } from '@curo/crypto/ed25519'
import { randomBytes } from '@curo/crypto/random'
import { importSigningKey, type SigningKey, verifyRaw } from '@curo/crypto/signatures'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withSigningThread } from './signing-thread.ts'

const seed = randomBytes(32)
const signHere = signerOnThisThread(seed)
const messages = Array.from({ length: 300 }, (_, length) => randomBytes(length))
let folder: string
let own: SigningKey

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'curo-signing-'))
  own = await importSigningKey(seed)
  await writeFile(join(folder, 'package.json'), '{"type":"module"}')
  await build({
    entryPoints: [fileURLToPath(new URL('./signing-worker.ts', import.meta.url))],
    outdir: folder,
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['source'],
  })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** A key whose thread runs this program; `counted.alone` counts what is signed without it. */
function keyWith(program: string): { key: SigningKey; counted: { alone: number } } {
  const counted = { alone: 0 }
  const sign = (message: Uint8Array) => {
    counted.alone++
    return signHere(message)
  }
  const workerUrl = pathToFileURL(join(folder, program))
  return { key: withSigningThread(own, { seed, workerUrl, sign }), counted }
}

/** Ed25519 has one signature for a message and a key. */
const expected = () => Promise.all(messages.map((message) => own.sign(message)))

describe('a key with a signing thread', () => {
  test('gives each message its own signature, whatever was asked for beside it', async () => {
    const { key, counted } = keyWith('signing-worker.js')
    const rounds = await Promise.all(
      [0, 1, 2].map(async () => {
        await null
        return Promise.all(messages.map((message) => key.sign(message)))
      }),
    )
    for (const signatures of rounds) expect(signatures).toEqual(await expected())
    expect(counted.alone).toBe(0)
    expect(
      await verifyRaw({
        publicKey: key.publicKey,
        message: messages[9] as Uint8Array,
        signature: rounds[0]?.[9] as Uint8Array,
      }),
    ).toBe(true)
  })

  test('signs few without it', async () => {
    const { key, counted } = keyWith('no-such-program.js')
    const few = messages.slice(0, 3)
    expect(await Promise.all(few.map((message) => key.sign(message)))).toEqual((await expected()).slice(0, 3))
    expect(counted.alone).toBe(3)
  })

  test('loses nothing when its thread dies or does not start, and starts another', async () => {
    const dies = `import { parentPort } from 'node:worker_threads'\nparentPort.on('message', () => process.exit(1))\n`
    await writeFile(join(folder, 'dies.js'), dies)
    for (const program of ['dies.js', 'no-such-program.js']) {
      const { key, counted } = keyWith(program)
      for (const round of [1, 2]) {
        const signatures = await Promise.all(messages.map((message) => key.sign(message)))
        expect(signatures).toEqual(await expected())
        expect(counted.alone).toBe(round * messages.length)
      }
    }
  })
})
