// Brings a fresh clone to a state where every command runs: packages, compiled code, generated tables.
// Node built-ins only, because nothing else is installed yet. Does nothing, quickly, when nothing changed.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildSite } from './build-site.mjs'
import { installSystemPackages } from './system-packages.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
process.chdir(root)

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Curo needs Node 20.19 or newer; this is ${process.versions.node}.`)
  process.exit(1)
}

/** Runs a command; what it says is shown only when it fails. */
function run(label, command, args) {
  try {
    execFileSync(command, args, { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' })
  } catch (error) {
    console.error(`${label} failed:\n${error.stdout ?? ''}${error.stderr ?? ''}`)
    process.exit(1)
  }
}

const lockHash = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex')
const stamp = 'node_modules/.curo-installed'
const installed = existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash
if (!installed) {
  console.error('Installing packages (once per lockfile)…')
  run('npm ci', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
  writeFileSync(stamp, lockHash)
}
const [generator, generated] = [
  'packages/fhir/scripts/prune-definitions.mjs',
  'packages/fhir/generated/r4-definitions.json',
]
if (!existsSync(generated) || statSync(generated).mtimeMs < statSync(generator).mtimeMs)
  run('FHIR definitions', process.execPath, [generator])
run('Compiling', 'node_modules/.bin/tsc', ['-b'])
try {
  buildSite()
} catch (error) {
  console.error(error.message)
  process.exit(1)
}
if (process.argv.includes('--system')) installSystemPackages()
