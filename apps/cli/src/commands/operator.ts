import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CuroError } from '@curo/crypto/errors'
import type { Command } from 'commander'
import type { Cli } from '../cli.ts'
import { EXIT } from '../exit-codes.ts'
import { nodeEnvironment } from '../surroundings.ts'
import { plainText, table } from '../terminal.ts'
import { parseCount } from './options.ts'

const SETTINGS_HELP =
  '\nEvery setting of the node can be given: --port 8443, --tls-cert node.pem, --database-url …, as in curo.config.json and CURO_PORT.'

export function addOperatorCommands(program: Command, run: () => Cli): void {
  program
    .command('init')
    .summary('prepare a node: keys, configuration, setup code')
    .description(
      'Makes the node’s keys and its configuration in a new data folder, and the code with which the first administrator registers.',
    )
    .requiredOption('--origin <origin>', 'name of the hospital’s log, such as hospital.example/log; for ever')
    .requiredOption('--name <name>', 'of the hospital')
    .option('--data <folder>', 'data folder', 'data')
    .option('--port <port>', 'to listen on', parseCount)
    .option('--public-url <url>', 'where cards point to, such as https://curo.hospital.example')
    .option('--training', 'a hospital to learn in, for ever: invented patients only, no messages sent')
    .option('--database-url <url>', 'a PostgreSQL of one’s own; the embedded one where absent')
    .addHelpText(
      'after',
      '\nExample:\n  curo init --origin hospital.example/log --name "St. Example Hospital" --data /srv/curo',
    )
    .action(async (options) => {
      const cli = run()
      const { origin, name, data, port, publicUrl, databaseUrl, training } = options
      const settings = {
        origin,
        hospitalName: name,
        ...(training ? { training: true } : {}),
        ...(port === undefined ? {} : { port }),
        ...(publicUrl === undefined ? {} : { publicUrl }),
        ...(databaseUrl === undefined ? {} : { database: { url: databaseUrl } }),
      }
      const { initNode } = await import('@curo/node/init')
      const made = await initNode({ dataFolder: resolve(data), settings })
      const { configFile, setupCode } = made
      cli.terminal.answer({ dataFolder: made.config.dataFolder, configFile, setupCode }, () => [
        `The node is prepared in ${made.config.dataFolder}; its settings are in ${configFile}.`,
        `Start it with: curo start --data-folder ${data}`,
        `The first administrator registers with the setup code ${setupCode}`,
      ])
    })

  program
    .command('start')
    .summary('run the node')
    .argument('[settings...]', 'as --name value')
    .allowUnknownOption()
    .helpOption('-h, --help')
    .addHelpText('after', SETTINGS_HELP)
    .action(async (settings: string[]) => {
      const main = fileURLToPath(import.meta.resolve('@curo/node/main'))
      await runProgram(run(), [main, ...settings])
    })

  program
    .command('bench')
    .summary('measure this build (npm run bench)')
    .argument('[options...]', 'names of measures, all of them where none is given; --size small')
    .allowUnknownOption()
    .addHelpText('after', '\nExample:\n  curo bench seal open --json\n\nThe names: npm run bench -- --help')
    .action(async (options: string[]) => {
      const main = fileURLToPath(new URL('../../../../bench/dist/main.js', import.meta.url))
      if (!existsSync(main))
        throw new CuroError('not-found', 'The benchmarks are not part of this installation.')
      const cli = run()
      await runProgram(cli, [main, ...options, ...(cli.terminal.json ? ['--json'] : [])])
    })

  program
    .command('config')
    .summary('the node’s settings as they would be used, without secrets')
    .argument('[settings...]', 'as --name value')
    .allowUnknownOption()
    .addHelpText('after', SETTINGS_HELP)
    .action(async (settings: string[]) => {
      const cli = run()
      const { findConfig, printableConfig } = await import('@curo/node/config')
      const { config, file } = findConfig({
        flags: settings,
        environment: nodeEnvironment(cli.surroundings.environment),
      })
      const printable = printableConfig(config)
      cli.terminal.answer({ file: file ?? null, config: printable }, () => [
        `from ${file ?? 'defaults: there is no curo.config.json'}`,
        JSON.stringify(printable, null, 2),
      ])
    })

  program
    .command('outbox')
    .summary('messages that an embedded node would have sent')
    .option('--data <folder>', 'data folder', 'data')
    .option('--to <number>', 'only to this telephone or address')
    .option('--last <count>', 'only the newest', parseCount, 20)
    .action(async (options) => {
      const cli = run()
      const messages = await messagesIn(join(options.data, 'outbox'), options.to)
      const shown = messages.slice(-options.last)
      cli.terminal.answer({ messages: shown }, () =>
        table(
          ['at', 'to', 'text'],
          shown.map(({ at, to, text }) => [at, to, plainText(text)]),
        ),
      )
    })
}

type Message = { to: string; text: string; at: string }

async function messagesIn(folder: string, to: string | undefined): Promise<Message[]> {
  const names = await readdir(folder).catch((cause) => {
    throw new CuroError('not-found', `There is no outbox in ${folder}.`, { cause })
  })
  const messages: Message[] = []
  for (const name of names.filter((one) => one.endsWith('.json')).sort())
    messages.push(JSON.parse(await readFile(join(folder, name), 'utf8')) as Message)
  return messages.filter((message) => to === undefined || message.to === to)
}

/** Runs another program of this installation in our place: its output, its signals, its exit code. */
async function runProgram(cli: Cli, args: string[]): Promise<void> {
  const child = spawn(process.execPath, args, {
    stdio: 'inherit',
    env: nodeEnvironment(cli.surroundings.environment),
  })
  const forward = (signal: NodeJS.Signals) => () => void child.kill(signal)
  const [onTerminate, onHangup] = [forward('SIGTERM'), forward('SIGHUP')]
  const onAbort = () => void child.kill('SIGINT')
  process.on('SIGTERM', onTerminate)
  process.on('SIGHUP', onHangup)
  cli.signal.addEventListener('abort', onAbort)
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject)
      child.once('exit', resolve)
    })
    if (code !== 0) throw new ProgramFailed(code ?? EXIT.interrupted)
  } finally {
    process.off('SIGTERM', onTerminate)
    process.off('SIGHUP', onHangup)
    cli.signal.removeEventListener('abort', onAbort)
  }
}

/** The other program said why; only its exit code is passed on. */
export class ProgramFailed extends Error {
  readonly exitCode: number

  constructor(exitCode: number) {
    super(`The program ended with ${exitCode}.`)
    this.exitCode = exitCode
  }
}
