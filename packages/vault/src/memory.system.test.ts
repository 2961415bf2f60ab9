import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundleSources } from './testing/bundle.ts'

let bundle: string
let root: string
beforeAll(async () => {
  bundle = await bundleSources('testing/measure-memory.ts', 'coder-worker.ts')
  root = await mkdtemp(join(tmpdir(), 'curo-memory-'))
})
afterAll(async () => {
  await rm(bundle, { recursive: true, force: true })
  await rm(root, { recursive: true, force: true })
})

/** Peak resident memory, MiB, of a process that stores and reads back an object of `mebibytes`. */
function peakOf(mebibytes: number): number {
  const script = join(bundle, 'measure-memory.js')
  const run = spawnSync(process.execPath, [script, root, String(mebibytes)], { encoding: 'utf8' })
  expect(run.status, run.stderr).toBe(0)
  return Number(run.stdout)
}

/** MiB. Eight times the object would be 672 more if it were held, half of it 336. */
const GROWTH = 64

test('memory is bounded by the parts in flight, not by the object', { timeout: 900_000 }, () => {
  // When garbage is collected is the engine's affair, and differs from run to run by tens of MiB.
  const growths: number[] = []
  do growths.push(peakOf(768) - peakOf(96))
  while (Math.min(...growths) >= GROWTH && growths.length < 5)
  expect(Math.min(...growths), growths.join()).toBeLessThan(GROWTH)
})
