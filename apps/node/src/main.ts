import { SMALL_PATIENTS } from '@curo/client/demo/size'
import { CuroError, isCuroError } from '@curo/crypto/errors'
import { findConfig } from './config.ts'
import { databaseFault } from './database-faults.ts'
import { type Background, completeInBackground } from './demo/background.ts'
import { demoPeopleTable } from './demo/people.ts'
import { readSetupCode } from './setup-code.ts'
import { type RunningNode, startNode } from './start.ts'

const DEMO_WARNING = 'This is a demo with known passwords: nothing real belongs in it.'
/** The cast of the demo; more are invented on request. */
const DEMO_PATIENTS = 26
/** The exit code of wrong usage, as the command line has it. */
const WRONG_SETTINGS = 2
const say = (line: string) => process.stdout.write(`${line}\n`)

/** Without any configuration file this is a demo: `npm start` on a fresh clone has to work. */
function configure() {
  const { config, file } = findConfig({ flags: process.argv.slice(2), environment: process.env })
  return file === undefined ? { ...config, demo: true } : config
}

/**
 * The job queue waits for nothing when it writes down that a job is over: were the database away in that moment, the
 * whole node would end. The job is done again later. Every other fault that nobody waits for ends the process, as ever.
 */
function outliveDatabaseFaults({ context }: RunningNode): void {
  process.on('unhandledRejection', (reason) => {
    const fault = databaseFault(reason)
    if (!fault) throw reason
    context.log.error({ err: fault }, 'what became of a background job could not be written down')
  })
}

async function main(): Promise<void> {
  const config = configure()
  const { dataFolder, demo, demoPatients = DEMO_PATIENTS } = config
  let background: Background | undefined
  const node = await startNode(config, {
    onAnswering: (running) => {
      outliveDatabaseFaults(running)
      stopOnSignals(running, () => background)
    },
    ...(demo
      ? {
          onFirstStart: async ({ address, setupCode }) => {
            say(`Curo answers at ${address}; the demo hospital is being set up …`)
            const { createDemo } = await import('./demo/create.ts')
            await createDemo({ address, dataFolder, setupCode })
          },
        }
      : {}),
  })
  say(`Curo answers at ${config.publicUrl ?? node.address}`)
  if (demo) {
    for (const line of demoPeopleTable()) say(line)
    say(`Their cards are in ${dataFolder}/demo, messages to their telephones in ${dataFolder}/outbox.`)
    say(DEMO_WARNING)
    node.context.log.warn(DEMO_WARNING)
    background = completeDemo(node, { address: node.address, dataFolder, patients: demoPatients })
    return
  }
  const code = await readSetupCode(dataFolder)
  if (code !== null) say(`The first administrator registers with the setup code ${code}`)
}

function completeDemo(
  node: RunningNode,
  given: { address: string; dataFolder: string; patients: number },
): Background | undefined {
  if (given.patients <= SMALL_PATIENTS) return undefined
  say(`Its ${given.patients} patients’ charts are being completed in the background.`)
  const background = completeInBackground(node.context, given)
  const started = Date.now()
  void background.done.then((made) => {
    if (!made) return
    const seconds = Math.round((Date.now() - started) / 1000)
    const what = made.records > 0 ? `: ${made.records} records more, in ${seconds} s` : ''
    say(`The demo is complete, with ${given.patients} patients${what}.`)
    for (const name of made.away) say(`${name} has another password by now: what ${name} writes is left out.`)
  })
  return background
}

function stopOnSignals(node: RunningNode, background: () => Background | undefined): void {
  let asked = false
  const stop = () => {
    // A second Ctrl-C does not wait; the database recovers by itself.
    if (asked) process.exit(1)
    asked = true
    Promise.resolve(background()?.stop())
      .then(() => node.stop())
      .then(
        () => process.exit(0),
        () => process.exit(1),
      )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  process.on('SIGHUP', () => {
    try {
      node.reloadCertificate()
    } catch (err) {
      node.context.log.error({ err }, 'the renewed certificate cannot be used; the old one stays')
    }
  })
}

main().catch((error: unknown) => {
  const sentence = error instanceof CuroError ? error.message : String((error as Error)?.stack ?? error)
  process.stderr.write(`${sentence}\n`)
  process.exit(isCuroError(error, 'invalid-input') ? WRONG_SETTINGS : 1)
})
