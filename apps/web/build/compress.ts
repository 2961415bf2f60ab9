import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

const COMPRESSIBLE = /\.(m?js|css|html|svg|json|webmanifest|wasm|txt)$/
/** Below this the answer fits one packet either way. */
const SMALLEST = 1024
/** What was compressed for the last build: most files are the same in the next, and this is over half of its time. */
const KEPT = fileURLToPath(new URL('../../../.cache/compressed', import.meta.url))

const COMPRESSIONS = {
  br: (content: Buffer) =>
    brotliCompressSync(content, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: content.length > 1_500_000 ? 9 : 11,
        [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
      },
    }),
  gz: (content: Buffer) => gzipSync(content, { level: 9 }),
}

/** Writes `.br` and `.gz` beside every file that gains by it, once, so that the node compresses nothing while serving. */
export function compressed(): Plugin {
  let folder = 'dist'
  return {
    name: 'curo-compressed',
    apply: 'build',
    configResolved: (config) => {
      folder = resolve(config.root, config.build.outDir)
    },
    // After the plugins that write files of their own at the end (the service worker).
    closeBundle: { order: 'post', sequential: true, handler: () => compressFolder(folder) },
  }
}

function compressFolder(folder: string): void {
  mkdirSync(KEPT, { recursive: true })
  const used = new Set<string>()
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || !COMPRESSIBLE.test(entry.name)) continue
    const path = join(entry.parentPath, entry.name)
    const content = readFileSync(path)
    if (content.length < SMALLEST) continue
    const name = createHash('sha256').update(content).digest('hex')
    for (const [ending, compress] of Object.entries(COMPRESSIONS)) {
      const kept = join(KEPT, `${name}.${ending}`)
      used.add(basename(kept))
      if (!existsSync(kept)) keep(kept, compress(content))
      if (statSync(kept).size < content.length) copyFileSync(kept, `${path}.${ending}`)
    }
  }
  // What no build has made for a day; another build may be under way beside this one.
  const isOld = (path: string) => Date.now() - statSync(path).mtimeMs > 86_400_000
  for (const path of readdirSync(KEPT).map((name) => join(KEPT, name)))
    if (!used.has(basename(path)) && isOld(path)) rmSync(path, { force: true })
}

/** Whole or not at all: a build may be killed. */
function keep(path: string, content: Buffer): void {
  writeFileSync(`${path}.part`, content)
  renameSync(`${path}.part`, path)
}
