import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CuroError } from '@curo/crypto/errors'
import { type Command, InvalidArgumentError } from 'commander'
import type { Cli } from '../cli.ts'
import { writePrivateFile } from '../private-file.ts'
import { parseCount } from './options.ts'

const MOST_PATIENTS = 1000

function parsePatients(text: string): number {
  const count = parseCount(text)
  if (count > MOST_PATIENTS) throw new InvalidArgumentError(`At most ${MOST_PATIENTS} patients.`)
  return count
}

/** One password for everybody who is invented, made once per folder: nobody can guess it from this source. */
async function passwordIn(folder: string): Promise<string> {
  const path = join(folder, 'password.txt')
  const kept = (await readFile(path, 'utf8').catch(() => '')).trim()
  if (kept !== '') return kept
  const made = randomBytes(12).toString('base64url')
  await writePrivateFile(path, `${made}\n`)
  return made
}

/**
 * Fills a training hospital with invented people. What kind a hospital is stands in its database since its first start,
 * so that a real one never gets invented patients, not even by an administrator's slip.
 */
export function addDemoDataCommand(program: Command, run: () => Cli): void {
  program
    .command('demo-data')
    .summary('fill a training hospital with invented patients (administrator)')
    .description(
      'Invents doctors, clerks and patients with their charts. Only in a hospital that was made with curo init --training.',
    )
    .option('--patients <count>', 'how many patients there are to be', parsePatients, 12)
    .option('--seed <text>', 'another seed, other people', 'curo')
    .option('--out <folder>', 'for their cards and their password; name it again to go on', 'demo-data')
    .option('--outbox <folder>', 'the node’s outbox: some patients then activate their apps')
    .addHelpText('after', '\nExample:\n  curo demo-data --patients 40 --out /srv/training-people')
    .action(async (options) => {
      const cli = run()
      const admin = await cli.person()
      const { hospital } = admin
      if (!hospital.training)
        throw new CuroError(
          'forbidden',
          'This is not a training hospital: nobody is invented where patients may be real. A training hospital is made with curo init --training.',
        )
      if (admin.account.role !== 'admin')
        throw new CuroError(
          'forbidden',
          'Sign in as the administrator: doctors and clerks are hired for this.',
        )
      const [{ fillDemo }, { openFolderKeeper }] = await Promise.all([
        import('@curo/client/demo/fill'),
        import('@curo/node/demo/folder-keeper'),
      ])
      const keeper = await openFolderKeeper({ folder: options.out, outbox: options.outbox })
      const progress = cli.terminal.progress('Patients')
      const made = await fillDemo({
        connection: { api: admin.api.withToken(undefined), hospital },
        admin,
        password: await passwordIn(options.out),
        keeper,
        patients: options.patients,
        seed: options.seed,
        signal: cli.signal,
        onProgress: ({ patients }) => progress.update(patients, options.patients),
      }).finally(() => progress.end())
      cli.terminal.answer({ ...made, folder: options.out }, () => [
        `${made.records} records of invented patients were added.`,
        ...made.away.map((name) => `${name} has another password by now: what ${name} writes is left out.`),
        `Their cards and the password of everybody invented are in ${options.out}.`,
      ])
    })
}
