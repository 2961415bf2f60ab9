// What may import what (docs/architecture.md). Arrows only point downwards; an upward or sideways one fails here.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const MAY_IMPORT = {
  'packages/crypto': [],
  'packages/ledger': ['crypto'],
  'packages/vault': ['crypto'],
  'packages/fhir': ['crypto'],
  'packages/contract': ['crypto', 'ledger', 'vault', 'fhir'],
  'packages/client': ['crypto', 'ledger', 'fhir', 'contract'],
  'apps/node': ['crypto', 'ledger', 'vault', 'fhir', 'contract', 'client'],
  'apps/web': ['crypto', 'ledger', 'fhir', 'contract', 'client'],
  'apps/cli': ['crypto', 'ledger', 'vault', 'fhir', 'contract', 'client', 'node'],
  bench: ['crypto', 'ledger', 'vault', 'fhir', 'contract', 'client', 'node', 'cli'],
}
/** Only packages/crypto may call a primitive. */
const PRIMITIVES =
  /^(hpke|@panva\/hpke-noble|@noble\/|@serenity-kit\/opaque|shamir-secret-sharing|canonicalize)/
/** These run in a browser too: nothing that only Node has. */
const PORTABLE = [
  'packages/crypto',
  'packages/ledger',
  'packages/fhir',
  'packages/contract',
  'packages/client',
  'apps/web',
]
/** What tests may import besides: the web app's start a node. */
const TESTS_MAY_IMPORT = { 'apps/web': ['node'] }

function* sourceFiles(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* sourceFiles(path)
    else if (/\.tsx?$/.test(entry.name)) yield path
  }
}

/** Where `@curo/<name>/<path>` has its source. */
function hasSource(specifier) {
  const [, name, path] = specifier.match(/^@curo\/([a-z]+)\/(.+)$/) ?? []
  const layer = Object.keys(MAY_IMPORT).find((one) => one.split('/').at(-1) === name)
  return layer !== undefined && existsSync(join(root, layer, 'src', `${path}.ts`))
}

const faults = []
for (const [layer, allowed] of Object.entries(MAY_IMPORT)) {
  for (const file of sourceFiles(join(root, layer, 'src'))) {
    const name = relative(root, file)
    const isTest = /\.test\.tsx?$/.test(name) || name.includes('/testing/')
    const text = readFileSync(file, 'utf8')
    for (const [, specifier] of text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)) {
      const curo = specifier.match(/^@curo\/([a-z]+)/)?.[1]
      const mayTest = isTest && TESTS_MAY_IMPORT[layer]?.includes(curo)
      if (curo && !allowed.includes(curo) && !mayTest && `packages/${curo}` !== layer)
        faults.push(`${name}: ${layer} may not import @curo/${curo}`)
      // A compiled file outlives its source, and hides that it is gone until somebody compiles from nothing.
      if (curo && !hasSource(specifier)) faults.push(`${name}: ${specifier} has no source`)
      if (
        specifier.startsWith('.') &&
        !relative(join(root, layer), join(file, '..', specifier)).match(/^(?!\.\.)/)
      )
        faults.push(`${name}: '${specifier}' reaches outside its package`)
      if (isTest) continue
      if (PRIMITIVES.test(specifier) && layer !== 'packages/crypto')
        faults.push(`${name}: only packages/crypto may import ${specifier}`)
      if (specifier.startsWith('node:') && PORTABLE.includes(layer))
        faults.push(`${name}: ${layer} runs in browsers and may not import ${specifier}`)
    }
  }
}
for (const fault of faults) console.error(fault)
console.error(
  faults.length === 0 ? 'layers: every import points downwards' : `layers: ${faults.length} faults`,
)
process.exit(faults.length === 0 ? 0 : 1)
