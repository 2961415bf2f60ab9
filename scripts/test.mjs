// The whole of `npm test`: types, lint, layers, every test, the same quick tests on Node 24, and the main job end to end.
// Ends with `N passed, N failed`.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
process.chdir(root)
mkdirSync('.cache', { recursive: true })
const count = { passed: 0, failed: 0, skipped: 0 }
const failures = []
/** What the failed tests said, for the end of a long log. */
const complaints = []
/** The same of tests that failed beside others, and passed alone. */
const unsteady = []
/** With more files than this something is really broken. */
const MOST_TRIED_AGAIN = 5

function step(name, command, args) {
  console.log(`\n── ${name}`)
  const started = Date.now()
  const { status } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] })
  console.log(
    `── ${name}: ${status === 0 ? 'ok' : `failed (${status})`} in ${((Date.now() - started) / 1000).toFixed(0)} s`,
  )
  return status === 0
}

function check(name, command, args) {
  if (step(name, command, args)) count.passed++
  else {
    count.failed++
    failures.push(name)
  }
}

/** Files that fail are run once more by themselves; what passes then is named at the end, as something to mend. */
function vitest(name, node, args) {
  let { ok, files } = runVitest(name, node, args)
  const failed = files.filter(({ status }) => status === 'failed')
  if (failed.length > 0 && failed.length <= MOST_TRIED_AGAIN) {
    const paths = failed.map((file) => relative(root, file.name))
    const again = runVitest(`${name}, what failed once more`, node, [...args, ...paths])
    if (again.ok) unsteady.push(...failed.flatMap((file) => complaintsOf(name, file)))
    ok = again.ok
    files = [...files.filter((file) => !failed.includes(file)), ...again.files]
  }
  for (const file of files) {
    for (const { status } of file.assertionResults)
      count[status === 'passed' || status === 'failed' ? status : 'skipped']++
    complaints.push(...complaintsOf(name, file))
  }
  if (ok) return
  failures.push(name)
  // A file that does not load has no failed test of its own.
  if (!files.some(({ assertionResults }) => assertionResults.some(({ status }) => status === 'failed')))
    count.failed++
}

function runVitest(name, [command, ...before], args) {
  const report = join('.cache', `vitest-${name.replace(/\W+/g, '-')}.json`)
  rmSync(report, { force: true })
  const ok = step(name, command, [
    ...before,
    'node_modules/vitest/vitest.mjs',
    'run',
    ...args,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ])
  return { ok, files: existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')).testResults : [] }
}

function complaintsOf(name, file) {
  const at = `${name}: ${relative(root, file.name)}`
  const failed = file.assertionResults.filter(({ status }) => status === 'failed')
  if (failed.length === 0 && file.status === 'failed') return [`${at}\n${firstLines(file.message)}`]
  return failed.map(
    ({ fullName, failureMessages }) => `${at} > ${fullName}\n${firstLines(failureMessages.join('\n'))}`,
  )
}

const firstLines = (text) => text.split('\n').slice(0, 12).join('\n')

const bin = (name) => join('node_modules', '.bin', name)
check('types', bin('tsc'), ['-b'])
check('lint and format', bin('biome'), ['ci', '.'])
check('layers', process.execPath, ['scripts/check-layers.mjs'])
vitest('quick tests', [process.execPath], ['--project', 'unit'])
vitest('system tests', [process.execPath], ['--project', 'system'])

/** How to run Node 24 beside the Node that runs this, or undefined. */
function findNode24() {
  if (process.versions.node.startsWith('24.')) {
    console.log('\n── Node 24: these tests ran on it')
    return undefined
  }
  const command = ['npx', '-y', '-p', 'node@24', 'node']
  if (spawnSync(command[0], [...command.slice(1), '--version'], { stdio: 'ignore' }).status === 0)
    return command
  console.log('\n── Node 24: skipped, node@24 could not be had from the package registry')
  return undefined
}
const node24 = findNode24()
if (node24) vitest('quick tests on Node 24', node24, ['--project', 'unit'])

const samples = join('..', 'shared', 'data')
const bundles = existsSync(join(samples, 'synthea'))
  ? readdirSync(join(samples, 'synthea')).filter((name) => name.endsWith('.json'))
  : []
const scenario = ['--require', './scripts/threads.cjs', 'apps/cli/dist/scenario/main.js']
check('scenario with its own bundle', process.execPath, scenario)
if (node24) check('scenario on Node 24', node24[0], [...node24.slice(1), ...scenario])
if (bundles.length > 0)
  check('scenario with the largest sample', process.execPath, [
    ...scenario,
    '--bundle',
    ...bundles
      .filter((name) => name.startsWith('Fletcher_Hyatt'))
      .map((name) => join(samples, 'synthea', name)),
    '--file',
    join(samples, 'samples', 'dicom', 'RG3_J2KI.dcm'),
  ])
else console.log('\n── scenario with the largest sample: skipped, ../shared is not here')

for (const complaint of unsteady) console.log(`\n~ failed beside others, passed alone: ${complaint}`)
for (const complaint of complaints) console.log(`\n✗ ${complaint}`)
if (failures.length > 0) console.log(`\nFailed: ${failures.join(', ')}`)
console.log(
  `\n${count.passed} passed, ${count.failed} failed${count.skipped > 0 ? `, ${count.skipped} skipped` : ''}`,
)
process.exit(count.failed > 0 ? 1 : 0)
