// Builds the web app when any of its inputs changed since the last time. Also runs by itself: node scripts/build-site.mjs
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const STAMP = join(root, 'apps/web/dist/built-from')
const FOLDERS = [
  ...['src', 'public', 'build'].map((name) => `apps/web/${name}`),
  ...['crypto', 'ledger', 'fhir', 'contract', 'client'].map((name) => `packages/${name}/src`),
]
const FILES = ['package-lock.json', 'apps/web/index.html', 'apps/web/vite.config.ts']

/** @throws the build's output when it fails */
export function buildSite() {
  const inputs = hashOfInputs()
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === inputs) return
  console.error('Building the web app…')
  const vite = join(root, 'node_modules/.bin/vite')
  try {
    execFileSync(vite, ['build', join(root, 'apps/web'), '--logLevel', 'warn'], {
      cwd: root,
      // A test run’s NODE_ENV would build React for developing.
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
    })
  } catch (error) {
    throw new Error(`Building the web app failed:\n${error.stdout ?? ''}${error.stderr ?? ''}`)
  }
  writeFileSync(STAMP, inputs)
}

function hashOfInputs() {
  const hash = createHash('sha256')
  const files = [
    ...FILES.map((file) => join(root, file)),
    ...FOLDERS.flatMap((folder) => filesIn(join(root, folder))),
  ]
  for (const file of files.filter((name) => !/\.test\.tsx?$|\/testing\//.test(name)).sort())
    hash
      .update(`${relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0')
  return hash.digest('hex')
}

function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) buildSite()
