import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { findChromium, isIsomorphicTest, runInChromium } from './testing/chromium-run.ts'

const folder = fileURLToPath(new URL('.', import.meta.url))
const testFiles = readdirSync(folder).filter(isIsomorphicTest)
const executable = findChromium()

describe.skipIf(!executable)('in headless Chromium (skipped where no Chromium is installed)', () => {
  it('the same tests pass as in Node', async () => {
    const paths = testFiles.map((file) => `${folder}${file}`)
    const { results, consoleErrors } = await runInChromium(executable as string, paths)
    const failures = results.filter(({ state }) => state !== 'pass')
    expect(failures).toEqual([])
    expect(consoleErrors).toEqual([])
    const withResults = testFiles.filter((file) => results.some(({ name }) => name.includes(`/${file} > `)))
    expect(withResults).toEqual(testFiles)
    expect(results.length).toBeGreaterThan(200)
  })
})
