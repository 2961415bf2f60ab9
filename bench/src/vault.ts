import { execFile } from 'node:child_process'
import { randomFillSync } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { makeFolderBucket } from '@curo/vault/buckets/folder'
import type { Manifest } from '@curo/vault/manifest'
import { makeVault, type Vault } from '@curo/vault/vault'
import { type Figure, type Measure, paired, rateFigure, type Size, secondsOf } from './measure.ts'

const MIB = 1024 * 1024
const BUCKETS = 6
const run = promisify(execFile)

/** A vault of six folders, as a new node has, and a file to put in it. */
type Place = { folder: string; file: string; bytes: number; vault: Vault; runs: number }

async function withVault(size: Size, work: (place: Place) => Promise<Figure[]>): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'curo-bench-'))
  const bytes = size === 'full' ? 256 * MIB : 3 * MIB
  const file = join(folder, 'content')
  await writeFile(file, randomFillSync(Buffer.allocUnsafe(bytes)), { flush: true })
  const buckets = Array.from({ length: BUCKETS }, (_, i) =>
    makeFolderBucket({ name: `bucket-${i}`, path: join(folder, `bucket-${i}`) }),
  )
  const vault = makeVault({ buckets })
  try {
    return await work({ folder, file, bytes, vault, runs: size === 'full' ? 7 : 1 })
  } finally {
    await vault.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** What others left unwritten would be paid for by whoever syncs next. */
const settleDisk = () => run('sync')

async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r')
  await handle.sync()
  await handle.close()
}

/** As cp reads: again and again into the same memory. */
async function* readAgain(file: string): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.allocUnsafeSlow(MIB)
  const handle = await open(file, 'r')
  try {
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, MIB)
      if (bytesRead === 0) return
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await handle.close()
  }
}

const putFile = ({ vault, file }: Place): Promise<Manifest> => vault.put({ source: readAgain(file) })

const objectsOf = (manifest: Manifest) =>
  manifest.parts.flatMap(({ objects }) => objects.filter((object) => object !== null))

async function measurePut(place: Place): Promise<Figure> {
  const { folder, file, vault, runs, bytes } = place
  const copy = join(folder, 'copy')
  const pair = await paired({
    subject: async () => {
      await settleDisk()
      let manifest: Manifest | undefined
      const seconds = await secondsOf(async () => {
        manifest = await putFile(place)
      })
      if (manifest === undefined || objectsOf(manifest).length < manifest.parts.length * BUCKETS)
        throw new Error('Not every piece was written.')
      await vault.remove(objectsOf(manifest))
      return seconds
    },
    baseline: async () => {
      await settleDisk()
      const seconds = await secondsOf(async () => {
        await run('cp', ['--reflink=never', file, copy])
        await syncPath(copy)
        await syncPath(folder)
      })
      await rm(copy)
      return seconds
    },
    runs,
  })
  return rateFigure(pair, {
    amount: bytes / 1e6,
    unit: 'MB/s',
    baselineName: 'cp of the same file, then fsync',
    must: [{ of: 'ratio', atLeast: 0.5 }],
  })
}

/** Lets the system forget what it has read of these files, so that the next read goes to the disk. */
async function dropCached(folder: string): Promise<void> {
  await settleDisk()
  await run('find', [
    folder,
    '-type',
    'f',
    '-exec',
    'dd',
    'if={}',
    'iflag=nocache',
    'count=0',
    'status=none',
    ';',
  ])
}

async function measureGet(place: Place, from: 'cache' | 'disk'): Promise<Figure> {
  const { folder, file, vault, runs, bytes } = place
  const manifest = await putFile(place)
  const count = async (source: AsyncIterable<Uint8Array>) => {
    let total = 0
    for await (const piece of source) total += piece.length
    if (total !== bytes) throw new Error('Bytes are missing.')
  }
  const prepare = async () => {
    if (from === 'disk') await dropCached(folder)
  }
  const pair = await paired({
    subject: async () => {
      await prepare()
      return await secondsOf(() => count(vault.read({ manifest })))
    },
    baseline: async () => {
      await prepare()
      return await secondsOf(() => count(createReadStream(file)))
    },
    runs,
  })
  return rateFigure(pair, {
    part: from === 'disk' ? 'from the disk' : 'from the page cache',
    amount: bytes / 1e6,
    unit: 'MB/s',
    baselineName: 'createReadStream of the same bytes in one file',
    must: [{ of: 'ratio', atLeast: 0.5 }],
  })
}

export const measures: readonly Measure[] = [
  {
    name: 'vault-put',
    what: '256 MiB into six folders, every piece durable',
    run: ({ size }) => withVault(size, async (place) => [await measurePut(place)]),
  },
  {
    name: 'vault-get',
    what: '256 MiB out of six folders, every byte checked',
    run: ({ size }) =>
      withVault(size, async (place) => [await measureGet(place, 'cache'), await measureGet(place, 'disk')]),
  },
]
