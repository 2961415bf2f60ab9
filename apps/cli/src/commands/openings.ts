import { findByCard } from '@curo/client/cards'
import { listConsents } from '@curo/client/consent'
import { openGrantedKeys } from '@curo/client/granted-keys'
import type { VerifiedKeys } from '@curo/client/keys'
import { openTimeline, type Reader, streamRecords } from '@curo/client/openings'
import type { Person } from '@curo/client/person'
import { CuroError } from '@curo/crypto/errors'
import type { Command } from 'commander'
import type { Cli } from '../cli.ts'
import { UsageError } from '../exit-codes.ts'
import { OutputFolder } from '../output-folder.ts'
import { table } from '../terminal.ts'
import { CARD_OPTION } from './options.ts'
import { authorText } from './records.ts'

type ConsentedReader = Extract<Reader, { via: 'card' | 'category' }>
type Reading = { patient: string; consent: string; reader: ConsentedReader; keys?: VerifiedKeys }

export function addOpeningCommands(program: Command, run: () => Cli): void {
  program
    .command('open')
    .summary('open a patient’s timeline or records (doctor)')
    .description(
      'Opens what a consent covers. Every opening is written in the ledger before the node takes its step, and the patient sees it. Without --all or --records the timeline is shown.',
    )
    .option(...CARD_OPTION)
    .option('--patient <id>', 'without the card: with keys the patient sealed to you in her app')
    .option('--consent <id>', 'which consent; the newest active one where absent')
    .option('--records <ids...>', 'open these')
    .option('--all', 'open everything on the timeline', false)
    .option('--out <folder>', 'write what is opened into this new folder, which only you can read')
    .addHelpText(
      'after',
      '\nExamples:\n  curo open --card asha.card\n  curo open --card asha.card --all --out asha-history\n  curo open --patient <id> --records <id> --json',
    )
    .action(async (options) => {
      const cli = run()
      const person = await cli.person()
      const reading = await prepareReading(cli, person, options)
      const named: string[] | undefined = options.records
      if (!named && !options.all) {
        await showTimeline(cli, person, reading)
        return
      }
      // Before anything is written in her ledger that would lead to nothing.
      const folder = options.out === undefined ? null : await OutputFolder.create(options.out)
      const records =
        named ?? (await openTimeline(person, reading, { signal: cli.signal })).entries.map(({ id }) => id)
      await openAll(cli, person, { reading, records, folder })
    })
}

async function prepareReading(
  cli: Cli,
  person: Person,
  options: { card?: string; patient?: string; consent?: string },
): Promise<Reading> {
  if (options.patient === undefined || cli.hasCard(options.card)) {
    const card = await cli.card(options.card)
    const { patient, keys } = await findByCard(person, card, { signal: cli.signal })
    const { consent } = await consentFor(cli, person, { patient, id: options.consent })
    return { patient, keys, consent: consent.grant.id, reader: { via: 'card', card } }
  }
  const { patient } = options
  const { consent } = await consentFor(cli, person, { patient, id: options.consent, withKeys: true })
  if (!consent.sealedKeys)
    throw new UsageError('This consent came by a code: it is good only with the card. Give --card.')
  const granted = await openGrantedKeys(person, { consent }, { signal: cli.signal })
  return { patient, consent: consent.grant.id, reader: { via: 'category', granted } }
}

async function consentFor(
  cli: Cli,
  person: Person,
  { patient, id, withKeys = false }: { patient: string; id: string | undefined; withKeys?: boolean },
) {
  const active = await listConsents(person, { state: 'active', patient }, { signal: cli.signal })
  const consent = active.find((one) => (id === undefined ? !withKeys || one.sealedKeys : one.grant.id === id))
  if (!consent)
    throw new CuroError(
      'not-found',
      'There is no consent of this patient that is good now. Ask with: curo request',
    )
  return { consent }
}

async function showTimeline(cli: Cli, person: Person, reading: Reading): Promise<void> {
  const { opening, entries } = await openTimeline(person, reading, { signal: cli.signal })
  cli.terminal.answer({ opening, consent: reading.consent, records: entries }, () => [
    table(
      ['day', 'category', 'what', 'title', 'record'],
      entries.map(({ occurred, category, kind, stub, id }) => [
        occurred,
        category,
        kind,
        (stub as { title?: string } | null)?.title ?? '',
        id,
      ]),
    ),
    `${entries.length} records; this look is in the patient’s ledger as ${opening}.`,
  ])
}

async function openAll(
  cli: Cli,
  person: Person,
  { reading, records, folder }: { reading: Reading; records: string[]; folder: OutputFolder | null },
): Promise<void> {
  const bar = cli.terminal.progress('Opening')
  const opened: object[] = []
  const lines: string[] = []
  const faults: { record: string; code: string; message: string }[] = []
  let done = 0
  try {
    for await (const one of streamRecords(person, { ...reading, records }, { signal: cli.signal })) {
      if (one.fault) faults.push({ record: one.record, code: one.fault.code, message: one.fault.message })
      else {
        const file = folder && (await folder.write(one, { signal: cli.signal }))
        const { category, kind, occurred } = one.envelope
        const text = one.content && kind !== 'File' ? new TextDecoder().decode(one.content) : null
        const facts = {
          record: one.record,
          opening: one.opening,
          category,
          kind,
          occurred,
          author: one.author,
        }
        opened.push({ ...facts, ...(file ? { file } : { content: text === null ? null : JSON.parse(text) }) })
        if (!file)
          lines.push(`${occurred} ${kind} by ${authorText(one.author)}\n${text ?? '(a file: use --out)'}`)
      }
      bar.update(++done, records.length)
    }
  } finally {
    bar.end()
  }
  for (const { record, message } of faults) cli.terminal.note(`${record}: ${message}`)
  cli.terminal.answer({ records: opened, faults }, () => [
    ...lines,
    ...(folder ? [`${opened.length} records are in ${folder.path}.`] : []),
  ])
  if (faults.length > 0) throw new CuroError('tampered', `${faults.length} of ${done} records did not open.`)
}
