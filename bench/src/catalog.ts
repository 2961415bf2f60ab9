import type { Measure } from './measure.ts'

/** A group is loaded only when one of its measures is run. */
const GROUPS = {
  sealing: { load: () => import('./sealing.ts'), names: ['seal', 'open', 'seal-memory'] },
  erasure: { load: () => import('./erasure.ts'), names: ['erasure'] },
  vault: { load: () => import('./vault.ts'), names: ['vault-put', 'vault-get'] },
  ledger: { load: () => import('./ledger.ts'), names: ['ledger-append'] },
  ledgerVerify: { load: () => import('./ledger-verify.ts'), names: ['ledger-verify'] },
  find: { load: () => import('./find.ts'), names: ['find'] },
  reading: { load: () => import('./reading.ts'), names: ['read-audited'] },
  chart: { load: () => import('./chart.ts'), names: ['open-chart'] },
  portal: { load: () => import('./portal.ts'), names: ['portal-chart'] },
  wrapping: { load: () => import('./wrapping.ts'), names: ['wrap'] },
  login: { load: () => import('./login.ts'), names: ['login'] },
  start: { load: () => import('./start.ts'), names: ['cold-start'] },
} satisfies Record<
  string,
  { load: () => Promise<{ measures: readonly Measure[] }>; names: readonly string[] }
>

export const measureNames: readonly string[] = Object.values(GROUPS).flatMap(({ names }) => names)

/** Throws RangeError for a name that does not exist. */
export async function loadMeasure(name: string): Promise<Measure> {
  const group = Object.values(GROUPS).find(({ names }) => (names as readonly string[]).includes(name))
  const measure = (await group?.load())?.measures.find((candidate) => candidate.name === name)
  if (measure === undefined)
    throw new RangeError(`There is no measure “${name}”. There are: ${measureNames.join(', ')}.`)
  return measure
}
