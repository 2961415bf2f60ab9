import { CuroError } from '@curo/crypto/errors'
import { Command, CommanderError } from 'commander'
import { Cli, type GlobalOptions } from './cli.ts'
import { addAccountCommands } from './commands/accounts.ts'
import { addAuditCommands } from './commands/audit.ts'
import { addBackupCommands } from './commands/backup.ts'
import { addCardCommands } from './commands/cards.ts'
import { addConsentCommands } from './commands/consent.ts'
import { addDemoDataCommand } from './commands/demo-data.ts'
import { addLedgerCommands } from './commands/ledger.ts'
import { addOpeningCommands } from './commands/openings.ts'
import { addOperatorCommands } from './commands/operator.ts'
import { addPatientCommands } from './commands/patients.ts'
import { addRecordCommands } from './commands/records.ts'
import { EXIT, EXIT_CODES_HELP, exitCodeOf, UsageError } from './exit-codes.ts'
import type { Surroundings } from './surroundings.ts'
import { Terminal } from './terminal.ts'

const DESCRIPTION = `Curo on the command line: run a node, and do at one whatever a person can do.
Keys are made and used on this machine only; no node ever sees one.`

const ENVIRONMENT_HELP = `
Environment: CURO_NODE, CURO_PROFILE, and for scripts CURO_PASSWORD and CURO_CARD. Secrets are never
taken from the arguments, which every process of the machine can see.`

function buildProgram(surroundings: Surroundings): Command {
  const program = new Command('curo')
  const run = () => new Cli(surroundings, program.opts<GlobalOptions>())
  program
    .description(DESCRIPTION)
    .option('--node <address>', 'the node to talk to; the one signed in to where absent')
    .option('--profile <name>', 'who is signed in: a name, or a path with a slash')
    .option('--json', 'answer with one JSON document, for programs')
    .option('--quiet', 'no notes and no progress')
    .addHelpText('after', ENVIRONMENT_HELP + EXIT_CODES_HELP)
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => surroundings.stdout.write(text),
      writeErr: (text) => surroundings.stderr.write(text),
    })
  program.commandsGroup('Running a node:')
  addOperatorCommands(program, run)
  addBackupCommands(program, run)
  addDemoDataCommand(program, run)
  program.commandsGroup('People:')
  addAccountCommands(program, run)
  addPatientCommands(program, run)
  addCardCommands(program, run)
  program.commandsGroup('Records:')
  addRecordCommands(program, run)
  addConsentCommands(program, run)
  addOpeningCommands(program, run)
  program.commandsGroup('Proof:')
  addLedgerCommands(program, run)
  addAuditCommands(program, run)
  return program
}

/** Runs one command line (without the program’s name) and gives the exit code. Never throws. */
export async function runCommandLine(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const program = buildProgram(surroundings)
  try {
    await program.parseAsync([...args], { from: 'user' })
    return EXIT.ok
  } catch (error) {
    return report(error, { program, surroundings })
  }
}

function report(
  error: unknown,
  { program, surroundings }: { program: Command; surroundings: Surroundings },
): number {
  // Commander has said what is wrong; another program has, too.
  if (error instanceof CommanderError) return exitCodeOf(error)
  const passedOn = (error as { exitCode?: unknown }).exitCode
  if (typeof passedOn === 'number') return passedOn
  const { json = false, quiet = false } = program.opts<GlobalOptions>()
  const terminal = new Terminal(surroundings, { json, quiet })
  if (surroundings.signal.aborted) {
    terminal.error({ code: 'interrupted', message: 'Stopped. What was stored before stays stored.' })
    return EXIT.interrupted
  }
  if (error instanceof UsageError) terminal.error({ code: 'usage', message: error.message })
  else if (error instanceof CuroError) terminal.error({ code: error.code, message: error.message })
  else terminal.error({ code: 'internal', message: String((error as Error)?.message ?? error) })
  return exitCodeOf(error)
}
