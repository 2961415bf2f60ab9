import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { loadMeasure, measureNames } from './catalog.ts'
import type { Line } from './report.ts'

// As `npm run bench` does: the compiled program, so that worker threads and child processes are the real ones.
const program = fileURLToPath(new URL('../dist/main.js', import.meta.url))
const bench = (...args: string[]) => promisify(execFile)(process.execPath, [program, ...args])

describe('npm run bench', () => {
  test('the program is compiled', () => {
    expect(existsSync(program), 'run npx tsc -b first').toBe(true)
  })

  test.each(measureNames)('%s runs, and prints one JSON line per figure and nothing else', async (name) => {
    expect((await loadMeasure(name)).name).toBe(name)
    const { stdout, stderr } = await bench(name, '--json', '--size', 'small')
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Line)
    for (const line of lines) {
      expect(line.name).toBe(name)
      for (const number of [line.value, line.baseline, line.ratio]) expect(number).toBeGreaterThanOrEqual(0)
      expect(line.unit).not.toBe('')
      expect(line.baselineName).not.toBe('')
      expect(line.holds === undefined).toBe(line.must === undefined)
    }
    // Where Chromium or Node 24 cannot be had, one line says so.
    expect(stderr).toMatch(/^([^\n]+: skipped, [^\n]+\n)*$/)
  })

  test('a name that does not exist is refused, with the names that do', async () => {
    await expect(bench('faster-than-light')).rejects.toThrow(
      /There is no measure “faster-than-light”.*cold-start/,
    )
  })
})
