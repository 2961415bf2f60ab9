/**
 * Stands in for 'vitest' in a browser bundle: vitest's own expect and runner, without its server. The test files are
 * the same as in Node; see chromium-run.ts.
 */
import {
  ASYMMETRIC_MATCHERS_OBJECT,
  customMatchers,
  type ExpectStatic,
  getState,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
  setState,
} from '@vitest/expect'
import { type Suite, startTests, type Task, type VitestRunner } from '@vitest/runner'
import * as chai from 'chai'

export { afterAll, afterEach, beforeAll, beforeEach, describe, it, test } from '@vitest/runner'

chai.use(JestExtend)
chai.use(JestChaiExpect)
chai.use(JestAsymmetricMatchers)

export const expect = ((value: unknown, message?: string) => {
  const { assertionCalls } = getState(expect)
  setState({ assertionCalls: assertionCalls + 1 }, expect)
  return chai.expect(value, message)
}) as unknown as ExpectStatic
Object.assign(expect, chai.expect)
Object.assign(expect, (globalThis as Record<symbol, unknown>)[ASYMMETRIC_MATCHERS_OBJECT])
setState({ assertionCalls: 0, isExpectingAssertions: false, expectedAssertionsNumber: null }, expect)
;(chai.expect as unknown as { extend(expect: ExpectStatic, matchers: object): void }).extend(
  expect,
  customMatchers,
)

export type BrowserTestResult = { name: string; state: string; errors: string[] }

function* resultsOf(task: Task | Suite, path: string): Generator<BrowserTestResult> {
  const name = path ? `${path} > ${task.name}` : task.name
  const errors = (task.result?.errors ?? []).map((error) => `${error.message}\n${error.stack ?? ''}`)
  if ('tasks' in task) {
    if (errors.length > 0) yield { name, state: 'fail', errors }
    for (const inner of task.tasks) yield* resultsOf(inner, name)
  } else yield { name, state: task.result?.state ?? task.mode, errors }
}

/** Runs the test files, each given by its name and what imports it, and gives one result per test. */
export async function runTests(files: Record<string, () => Promise<unknown>>): Promise<BrowserTestResult[]> {
  const runner: VitestRunner = {
    config: {
      root: '/',
      setupFiles: [],
      name: undefined,
      passWithNoTests: false,
      testNamePattern: undefined,
      allowOnly: false,
      sequence: { seed: 1, hooks: 'stack', setupFiles: 'list' },
      chaiConfig: undefined,
      maxConcurrency: 1,
      testTimeout: 120_000,
      hookTimeout: 120_000,
      retry: 0,
      includeTaskLocation: false,
      tags: [],
      tagsFilter: undefined,
      strictTags: false,
    },
    importFile: (path) => (files[path] as () => Promise<unknown>)(),
  }
  const tasks = await startTests(Object.keys(files), runner)
  return tasks.flatMap((file) => [...resultsOf(file, '')])
}
