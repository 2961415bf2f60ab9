import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { FontName } from '../text/fonts.ts'

const require = createRequire(import.meta.url)

/** Reads the installed font files, as the browser fetches them. */
export async function readInstalledFont(name: FontName): Promise<Uint8Array> {
  const family = name.startsWith('inter') ? 'inter' : 'noto-sans-devanagari'
  return new Uint8Array(await readFile(require.resolve(`@fontsource/${family}/files/${name}-normal.woff`)))
}
