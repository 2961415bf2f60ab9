import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { HELP, readArguments } from './arguments.ts'
import { readFileInput, readPatientInputs } from './input.ts'
import { ownBundle } from './own-bundle.ts'
import { play } from './play.ts'
import { DoesNotHold, makeStepTable } from './step-table.ts'

const print = (line: string): void => void process.stdout.write(`${line}\n`)

/** The folder to play in: a temporary one that is removed, or an empty one that the caller keeps. */
async function placeFor(
  keep: string | undefined,
): Promise<{ folder: string; leaveNothing(): Promise<void> }> {
  if (keep === undefined) {
    const folder = await mkdtemp(join(tmpdir(), 'curo-scenario-'))
    return { folder, leaveNothing: () => rm(folder, { recursive: true, force: true }) }
  }
  const folder = resolve(keep)
  await mkdir(folder, { recursive: true })
  if ((await readdir(folder)).length > 0)
    throw new DoesNotHold(`${folder} is not empty: choose another folder to keep.`)
  return { folder, leaveNothing: () => rm(join(folder, 'hospitals'), { recursive: true, force: true }) }
}

async function readText(path: string): Promise<string> {
  return await readFile(path, 'utf8').catch(() => {
    throw new DoesNotHold(`${path} is not a file that can be read.`)
  })
}

/** Where no file is given: more than one part of an upload, so that the vault has something to lose. */
async function inventFile(folder: string): Promise<string> {
  const path = join(folder, 'hospitals', 'invented-scan.bin')
  await mkdir(join(folder, 'hospitals'), { recursive: true })
  await writeFile(path, randomBytes(9 * 1024 * 1024))
  return path
}

async function main(): Promise<void> {
  const given = readArguments(process.argv.slice(2))
  if (given.help) return print(HELP)
  const sources =
    given.bundles.length > 0
      ? await Promise.all(
          given.bundles.map(async (path) => ({ label: basename(path), text: await readText(path) })),
        )
      : [{ label: 'an invented patient', text: ownBundle() }]
  const warn = (line: string) => void process.stderr.write(`${line}\n`)
  const inputs = (await Promise.all(sources.map((source) => readPatientInputs(source, warn)))).flat()
  const named = await Promise.all(given.files.map(readFileInput))
  const { folder, leaveNothing } = await placeFor(given.keep)
  const files = named.length > 0 ? named : [await readFileInput(await inventFile(folder))]
  const steps = makeStepTable(print)
  steps.head()
  const started = performance.now()
  try {
    await play({ folder, inputs, files, steps })
  } finally {
    await leaveNothing()
  }
  print('─'.repeat(128))
  print(
    `Everything held: ${steps.results.length} steps in ${((performance.now() - started) / 1000).toFixed(1)} s.`,
  )
  if (given.keep !== undefined) print(`What an outsider needs to check it is in ${folder}`)
}

main().catch((error: unknown) => {
  const sentence = error instanceof DoesNotHold ? error.message : ((error as Error).stack ?? String(error))
  process.stderr.write(`Does not hold: ${sentence}\n`)
  process.exitCode = 1
})
