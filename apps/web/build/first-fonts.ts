import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import subsetFont from 'subset-font'
import type { Plugin } from 'vite'

/** Printable ASCII and the signs of our own sentences; fonts.css names the same range. */
const LETTERS = `${String.fromCharCode(...Array.from({ length: 95 }, (_, at) => 0x20 + at))}·–—‘’“”…`

/** Fonts of a few letters each, by the name under which fonts.css asks for them. */
const SUBSETS = [
  {
    // 21 kB instead of 48. Whose name has other letters loads the whole font beside it.
    name: 'first-font',
    source: '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
    letters: LETTERS,
    variationAxes: { wght: { min: 400, max: 700 } },
    keepFeatures: ['kern', 'tnum', 'calt', 'ccmp'],
  },
  {
    // The other language's own name on a page in English: 2 kB instead of 121.
    name: 'language-names-font',
    source:
      '@fontsource-variable/noto-sans-devanagari/files/noto-sans-devanagari-devanagari-wght-normal.woff2',
    letters: 'हिन्दी',
    variationAxes: { wght: 400 },
    keepFeatures: undefined,
  },
]

/** Cuts the fonts of the first page out of the whole ones. */
export function firstFonts(): Plugin {
  return {
    name: 'curo-first-fonts',
    async config(config) {
      const folder = resolve(config.root ?? '.', 'node_modules/.cache/fonts')
      mkdirSync(folder, { recursive: true })
      const { resolve: find } = createRequire(import.meta.url)
      const alias: Record<string, string> = {}
      for (const { name, source, letters, ...options } of SUBSETS) {
        const file = join(folder, `${name}.woff2`)
        const whole = readFileSync(find(source))
        const subset = await subsetFont(whole, letters, {
          targetFormat: 'woff2',
          noHinting: true,
          ...options,
        })
        writeFileSync(file, subset)
        alias[name] = file
      }
      return { resolve: { alias } }
    },
  }
}
