import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeFolderBucket } from './buckets/folder.ts'
import { combineParts, type PartManifest, parsePartManifest } from './manifest.ts'
import { bundleSources } from './testing/bundle.ts'
import { collect, contentOf, isSame } from './testing/vault-fixture.ts'
import { makeVault } from './vault.ts'

let bundle: string
let root: string
beforeAll(async () => {
  bundle = await bundleSources('testing/upload-until-killed.ts')
  root = await mkdtemp(join(tmpdir(), 'curo-kill-'))
})
afterAll(async () => {
  await rm(bundle, { recursive: true, force: true })
  await rm(root, { recursive: true, force: true })
})

interface Acknowledged {
  seed: number
  size: number
  part: PartManifest
}

/** Starts an uploader and kills it, without warning, after it has acknowledged `count` parts and a moment more. */
async function uploadAndKill(firstSeed: number, count: number, momentMs: number): Promise<Acknowledged[]> {
  const child = spawn(process.execPath, [join(bundle, 'upload-until-killed.js'), root, String(firstSeed)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  const acknowledged: Acknowledged[] = []
  let text = ''
  for await (const piece of child.stdout.setEncoding('utf8')) {
    const before = acknowledged.length
    text += piece
    // A line that the kill cut off was given to nobody.
    const lines = text.split('\n')
    text = lines.pop() ?? ''
    for (const line of lines) {
      const { seed, size, part } = JSON.parse(line)
      acknowledged.push({ seed, size, part: parsePartManifest(part) })
    }
    if (before < count && acknowledged.length >= count) setTimeout(() => child.kill('SIGKILL'), momentMs)
  }
  expect(await exited).toEqual([null, 'SIGKILL'])
  return acknowledged
}

test('kill -9 in the middle of writes loses no acknowledged part; what is left over can be collected', {
  timeout: 900_000,
}, async () => {
  const buckets = Array.from({ length: 6 }, (_, i) =>
    makeFolderBucket({ name: `bucket-${i}`, path: join(root, `bucket-${i}`) }),
  )
  const vault = makeVault({ buckets, threads: 0 })
  const acknowledged: Acknowledged[] = []
  const known = () =>
    new Set(acknowledged.flatMap(({ part }) => part.objects.map((object) => object?.key ?? '')))
  const soon = new Date(Date.now() + 3_600_000)
  let collected = 0
  async function collectLeftovers() {
    const keys = known()
    const isKnown = async (_: string, asked: readonly string[]) =>
      new Set(asked.filter((key) => keys.has(key)))
    const orphans = []
    for await (const orphan of vault.findOrphans({ isKnown, olderThan: soon })) orphans.push(orphan)
    collected += orphans.length + (await vault.removeUnfinished({ olderThan: soon }))
    expect(await vault.remove(orphans)).toEqual([])
  }

  // Three uploads are in flight at each kill: sooner or later something is cut off, nearly always at the first.
  for (let round = 0; round < 8 || (collected === 0 && round < 64); round++) {
    acknowledged.push(...(await uploadAndKill(round * 10_000, 3 + (round % 8), (round % 8) * 7)))
    await collectLeftovers()
  }
  expect(acknowledged.length).toBeGreaterThanOrEqual(52)
  expect(collected).toBeGreaterThan(0)

  for (const { seed, size, part } of acknowledged) {
    const manifest = combineParts([part])
    expect((await vault.scrub({ manifest })).damages).toEqual([])
    expect(isSame(await collect(vault.read({ manifest })), contentOf(size, seed))).toBe(true)
  }
  const left: string[] = []
  for (let i = 0; i < 6; i++)
    for (const entry of await readdir(join(root, `bucket-${i}`), { recursive: true, withFileTypes: true }))
      if (entry.isFile() && entry.name !== 'curo-bucket') left.push(entry.name)
  const keys = known()
  expect(left.filter((name) => !keys.has(name))).toEqual([])
})
