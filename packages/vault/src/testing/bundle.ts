import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/**
 * Bundles source files of this package into a new temporary folder, so that threads and processes that a test starts
 * run the sources as they are, not what was compiled yesterday. Resolves to the folder, where `a/b.ts` became `b.js`;
 * the caller removes it.
 */
export async function bundleSources(...files: readonly string[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'curo-vault-bundle-'))
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  await build({
    entryPoints: files.map((file) => fileURLToPath(new URL(`../${file}`, import.meta.url))),
    outdir: folder,
    entryNames: '[name]',
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['source'],
    external: ['@aws-sdk/*'],
  })
  return folder
}
