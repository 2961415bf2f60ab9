import { execFileSync } from 'node:child_process'
import { hash, randomFillSync } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { randomBytes } from '@curo/crypto/random'
import { openStream, sealStream } from '@curo/crypto/stream'
import { type Figure, type Measure, paired, rateFigure, type Size, secondsOf } from './measure.ts'

const MIB = 1024 * 1024
const CHUNK_BYTES = 256 * 1024
const IN_FLIGHT = 4

/** Content as a file stream brings it: pieces of 64 KiB. */
function* piecesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
}

async function drain(source: AsyncIterable<Uint8Array>): Promise<number> {
  let total = 0
  for await (const piece of source) total += piece.length
  return total
}

async function collect(source: AsyncIterable<Uint8Array>, length: number): Promise<Uint8Array> {
  const all = new Uint8Array(length)
  let at = 0
  for await (const piece of source) {
    all.set(piece, at)
    at += piece.length
  }
  return all.subarray(0, at)
}

/**
 * Only what no sealing can do without: AES-256-GCM and SHA-256 of each 256 KiB, with the calls that sealing uses
 * (WebCrypto, four at a time, in other threads; node:crypto's `hash` here), and nothing else — no leaves, no tree,
 * no nonces that count, no stream.
 */
async function rawCiphers(bytes: Uint8Array, direction: 'encrypt' | 'decrypt'): Promise<() => Promise<void>> {
  const key = await crypto.subtle.importKey('raw', randomBytes(32), 'AES-GCM', false, ['encrypt', 'decrypt'])
  const parameters = { name: 'AES-GCM', iv: randomBytes(12), tagLength: 128 }
  const plain = Array.from({ length: Math.ceil(bytes.length / CHUNK_BYTES) }, (_, i) =>
    bytes.subarray(i * CHUNK_BYTES, (i + 1) * CHUNK_BYTES),
  ) as Uint8Array<ArrayBuffer>[]
  const encrypt = async (chunk: Uint8Array<ArrayBuffer>) =>
    hash('sha256', new Uint8Array(await crypto.subtle.encrypt(parameters, key, chunk)))
  const decrypt = async (chunk: Uint8Array<ArrayBuffer>) => {
    const opening = crypto.subtle.decrypt(parameters, key, chunk)
    hash('sha256', chunk)
    await opening
  }
  if (direction === 'encrypt') return () => inFlight(plain, encrypt)
  const sealed = await Promise.all(
    plain.map(async (chunk) => new Uint8Array(await crypto.subtle.encrypt(parameters, key, chunk))),
  )
  return () => inFlight(sealed, decrypt)
}

async function inFlight<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  let next = 0
  const lane = async () => {
    while (next < items.length) await work(items[next++] as T)
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane))
}

async function measureSpeed(direction: 'encrypt' | 'decrypt', size: Size): Promise<Figure[]> {
  const length = size === 'full' ? 256 * MIB : MIB
  const bytes = randomFillSync(new Uint8Array(length))
  const dek = randomBytes(32)
  const raw = await rawCiphers(bytes, direction)
  const subject = await (async () => {
    if (direction === 'encrypt') return () => drain(sealStream({ dek }).seal(piecesOf(bytes)))
    const sealer = sealStream({ dek })
    const sealed = await collect(sealer.seal(piecesOf(bytes)), length + MIB)
    const { root } = sealer.result()
    return () => drain(openStream({ dek, root }).open(piecesOf(sealed)))
  })()
  const pair = await paired({
    subject: () => secondsOf(subject),
    baseline: () => secondsOf(raw),
    runs: size === 'full' ? 7 : 1,
  })
  const must = [{ of: 'ratio', atLeast: 0.7 }] as const
  return [
    rateFigure(pair, {
      amount: length / 1e6,
      unit: 'MB/s',
      baselineName: 'only AES-256-GCM and SHA-256',
      must,
    }),
  ]
}

/** Peak growth of resident memory in MiB of a process that streams `bytes`; see sealing-memory.ts. */
function growthOf(work: 'seal' | 'seal-open' | 'read', bytes: number): number {
  const child = fileURLToPath(new URL('./sealing-memory.js', import.meta.url))
  return Number(execFileSync(process.execPath, [child, work, String(bytes)], { encoding: 'utf8' }))
}

async function measureMemory({ size }: { size: Size }): Promise<Figure[]> {
  const bytes = size === 'full' ? 1024 * MIB : 4 * MIB
  const baseline = growthOf('read', bytes)
  return (['seal', 'seal-open'] as const).map((work) => {
    const value = growthOf(work, bytes)
    return {
      part: work === 'seal' ? 'a stream of 1 GiB' : 'sealed and opened again',
      value,
      unit: 'MiB',
      baseline,
      baselineName: 'only reading the stream',
      ratio: value / baseline,
      must: [{ of: 'value', atMost: 64 }],
    }
  })
}

export const measures: readonly Measure[] = [
  { name: 'seal', what: 'sealing a stream of 256 MiB', run: ({ size }) => measureSpeed('encrypt', size) },
  {
    name: 'open',
    what: 'opening a sealed stream of 256 MiB',
    run: ({ size }) => measureSpeed('decrypt', size),
  },
  { name: 'seal-memory', what: 'resident memory that a stream of 1 GiB takes', run: measureMemory },
]
