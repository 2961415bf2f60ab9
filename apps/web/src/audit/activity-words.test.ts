import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import en from './locales/en.ts'

const NODE = fileURLToPath(new URL('../../../node/src', import.meta.url))

/** Every act that the node's sources write down, as `kind` and `outcome` stand there. */
function actsInSources() {
  const sources = readdirSync(NODE, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && !path.startsWith('testing'))
    .map((path) => readFileSync(`${NODE}/${path}`, 'utf8'))
  return sources.flatMap((source) =>
    [...source.matchAll(/kind: '([a-z-]+)',\s+outcome: '([a-z-]+)'/g)].map(([, kind, outcome]) => ({
      kind: kind ?? '',
      outcome: outcome ?? '',
    })),
  )
}

test('there is a word for everything that the node writes down', () => {
  const acts = actsInSources()
  expect(acts.length).toBeGreaterThan(15)
  for (const { kind, outcome } of acts) {
    expect(Object.keys(en.kinds), `${kind} ${outcome}`).toContain(kind)
    expect(Object.keys(en.outcomes), `${kind} ${outcome}`).toContain(outcome)
  }
})

test('bug: what an administrator decides about an account stood in English everywhere; there is a word for each', () => {
  const approval = readFileSync(`${NODE}/accounts/approval.ts`, 'utf8')
  const [, decisions = ''] = /const OUTCOMES: Record<Decision, string> = \{([^}]*)\}/.exec(approval) ?? []
  const written = [...decisions.matchAll(/: '([a-z]+)'/g)].map(([, outcome]) => outcome)
  expect(written).toHaveLength(4)
  expect(Object.keys(en.outcomes)).toEqual(expect.arrayContaining(written))
})
