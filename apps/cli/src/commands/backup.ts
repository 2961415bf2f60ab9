import type { Command } from 'commander'
import type { Cli } from '../cli.ts'
import { UsageError } from '../exit-codes.ts'
import { withNewFiles } from '../private-file.ts'
import { readSecret } from '../secrets.ts'
import { nodeEnvironment } from '../surroundings.ts'

export function addBackupCommands(program: Command, run: () => Cli): void {
  program
    .command('backup')
    .summary('back a node up while it runs')
    .description(
      'Writes database, ledger and folder buckets into a new folder, signed and hashed; the node goes on. The keys go into a file of their own, sealed under a printed code: keep both apart from the backup.',
    )
    .requiredOption('--to <folder>', 'new folder')
    .option('--data <folder>', 'data folder of the node', 'data')
    .option('--keys-out <file>', 'also back the keys up, into this new file')
    .option('--code-out <file>', 'new file for the code that opens the keys (a secret)')
    .addHelpText(
      'after',
      '\nExample:\n  curo backup --data /srv/curo --to /backup/2026-11-21 --keys-out /safe/curo.keys --code-out /safe/curo.code',
    )
    .action(async (options) => {
      const cli = run()
      const { to, data, keysOut, codeOut } = options
      if ((keysOut === undefined) !== (codeOut === undefined))
        throw new UsageError('Give both --keys-out and --code-out.')
      const { backUpFolder, backUpKeys } = await import('../node-backup.ts')
      const { manifest, dataFolder } = await backUpFolder({
        data,
        to,
        environment: nodeEnvironment(cli.surroundings.environment),
      })
      if (keysOut !== undefined)
        await withNewFiles([codeOut], async (fill) => {
          const { code } = await backUpKeys({ dataFolder, file: keysOut })
          await fill(codeOut, code)
        })
      cli.terminal.answer({ ...manifest, folder: to, keys: keysOut ?? null }, () => [
        `${to}: the node as it was at ${manifest.at}, ledger of ${manifest.ledgerSize} entries.`,
        keysOut === undefined
          ? 'The keys are not in it: without them it cannot be restored. Back them up with --keys-out.'
          : `The keys are in ${keysOut}; print ${codeOut}, keep it apart, and delete the file.`,
      ])
    })

  program
    .command('restore')
    .summary('make a node from a backup')
    .description(
      'Checks every file of a backup and makes a data folder and database from it. The node signs nothing before it has compared itself with its witnesses and mirrors.',
    )
    .requiredOption('--from <folder>', 'the backup')
    .requiredOption('--keys <file>', 'the file of the keys')
    .requiredOption('--data <folder>', 'new data folder')
    .option('--code-file <file>', 'file with the code that opens the keys; - reads standard input')
    .option('--database-url <url>', 'an empty PostgreSQL database; the embedded one where absent')
    .addHelpText(
      'after',
      '\nExample:\n  curo restore --from /backup/2026-11-21 --keys /safe/curo.keys --code-file /safe/curo.code --data /srv/curo-new',
    )
    .action(async (options) => {
      const cli = run()
      const code = await readSecret(cli.surroundings, {
        what: 'Code of the keys',
        file: options.codeFile,
        option: '--code-file',
        variable: 'CURO_KEYS_CODE',
      })
      const { from, keys, data, databaseUrl } = options
      const { restoreFolder } = await import('../node-backup.ts')
      const manifest = await restoreFolder({ from, keysFile: keys, dataFolder: data, code, databaseUrl })
      cli.terminal.answer({ ...manifest, dataFolder: data }, () => [
        `${data} is the node ${manifest.origin} as it was at ${manifest.at}.`,
        `Start it with: curo start --data-folder ${data}`,
      ])
    })
}
