import { readOwnRecords } from '@curo/client/own-records'
import type { Category } from '@curo/crypto/category'
import { CuroError } from '@curo/crypto/errors'
import type { Command } from 'commander'
import type { Cli } from '../cli.ts'
import { UsageError } from '../exit-codes.ts'
import { OutputFolder } from '../output-folder.ts'
import { table } from '../terminal.ts'
import { CARD_OPTION, parseCategories, parseDay } from './options.ts'

export function addRecordCommands(program: Command, run: () => Cli): void {
  program
    .command('import')
    .summary('seal FHIR bundles and files into a patient’s history')
    .description(
      'Seals files on this machine and stores them. FHIR R4 bundles (JSON or NDJSON) become one record per clinical resource, filed by category and day; any other file becomes a document.',
    )
    .argument('<files...>', 'bundles, NDJSON, or files of any kind and size')
    .option(...CARD_OPTION)
    .option('--consent <id>', 'doctor without the card: a consent from the patient’s app')
    .option('--own', 'patient: into one’s own history', false)
    .option('--category <category>', 'of files that are not FHIR', parseOneCategory)
    .option('--occurred <day>', 'clinical day of files that are not FHIR; today where absent', parseDay)
    .option('--allow-invalid', 'leave invalid resources out instead of stopping', false)
    .addHelpText(
      'after',
      '\nExamples:\n  curo import --card asha.card history.json\n  curo import --own --occurred 2024-03-01 --category imaging scan.dcm\n\nThe same bundle imported twice adds nothing: after a run that stopped half-way, run it again.',
    )
    .action(async (files: string[], options) => {
      const cli = run()
      const { importFiles } = await import('../importing.ts')
      const done = await importFiles(cli, files, options)
      const total = done.reduce((sum, { records }) => sum + records, 0)
      cli.terminal.answer(
        { files: done, records: total },
        () => `${total} records are sealed, stored and in the ledger.`,
      )
    })

  program
    .command('history')
    .summary('one’s own records (patient), opened on this machine')
    .option('--out <folder>', 'write every record, opened, into this new folder')
    .action(async (options) => {
      const cli = run()
      const patient = await cli.patient()
      const folder = options.out === undefined ? null : await OutputFolder.create(options.out)
      const rows: {
        record: string
        category: string
        occurred: string
        kind: string
        title: string
        author: string
      }[] = []
      const faults: { record: string; code: string; message: string }[] = []
      for await (const one of readOwnRecords(patient, { signal: cli.signal })) {
        if (one.fault) {
          faults.push({ record: one.record, code: one.fault.code, message: one.fault.message })
          continue
        }
        const { category, occurred, kind } = one.envelope
        const title = (one.stub as { title?: string } | null)?.title ?? ''
        rows.push({ record: one.record, category, occurred, kind, title, author: authorText(one.author) })
        await folder?.write(one, { signal: cli.signal })
      }
      rows.sort((a, b) => (a.occurred < b.occurred ? 1 : -1))
      cli.terminal.answer({ records: rows, faults }, () => [
        table(
          ['day', 'category', 'what', 'title', 'by', 'record'],
          rows.map((row) => [row.occurred, row.category, row.kind, row.title, row.author, row.record]),
        ),
        ...faults.map(({ record, message }) => `${record}: ${message}`),
      ])
      if (faults.length > 0)
        throw new CuroError(
          'tampered',
          `${faults.length} of ${rows.length + faults.length} records did not open.`,
        )
    })
}

export function authorText(author: { name: string | null; account: string; standing: string }): string {
  if (author.standing === 'patient') return 'the patient'
  return author.standing === 'registered' ? (author.name ?? author.account) : `${author.account} (not proved)`
}

function parseOneCategory(text: string): Category {
  const [category, ...more] = parseCategories(text)
  if (!category || more.length > 0) throw new UsageError('Name one category.')
  return category
}
