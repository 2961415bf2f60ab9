import { readFile } from 'node:fs/promises'
import {
  type AuditedRecord,
  challengeStorage,
  demandHeld,
  getScrub,
  getStorage,
  listActivity,
  startScrub,
} from '@curo/client/audit'
import { readOwnRecords } from '@curo/client/own-records'
import { CuroError } from '@curo/crypto/errors'
import type { Command } from 'commander'
import type { Cli } from '../cli.ts'
import { bytesText, table } from '../terminal.ts'
import { parseCount } from './options.ts'

export function addAuditCommands(program: Command, run: () => Cli): void {
  const audit = program.command('audit').summary('storage, scrubs, challenges and activity')

  audit
    .command('storage')
    .summary('the buckets and how they are')
    .action(async () => {
      const cli = run()
      const state = await getStorage(await cli.person(), { signal: cli.signal })
      cli.terminal.answer(state, () => [
        `${state.dataPieces} pieces of data and ${state.parityPieces} of parity in each stripe`,
        table(
          ['bucket', 'kind', 'state', 'objects', 'bytes'],
          state.buckets.map((one) => [
            one.name,
            one.kind,
            one.state,
            one.objects ?? '',
            one.bytes === null ? '' : bytesText(one.bytes),
          ]),
        ),
        state.lastScrub
          ? `last scrub ${state.lastScrub.startedAt}: ${scrubText(state.lastScrub)}`
          : 'never scrubbed',
      ])
    })

  audit
    .command('scrub')
    .summary('re-read every piece, repair what is lost or altered')
    .option('--show <id>', 'how far one has come, instead of starting one')
    .action(async (options) => {
      const cli = run()
      const person = await cli.person()
      if (options.show === undefined) {
        const id = await startScrub(person, { signal: cli.signal })
        cli.terminal.answer({ scrub: id }, () => `Scrub ${id} is under way: curo audit scrub --show ${id}`)
        return
      }
      const report = await getScrub(person, options.show, { signal: cli.signal })
      cli.terminal.answer(report, () => scrubText(report))
      if (report.lost > 0)
        throw new CuroError('storage-damaged', `${report.lost} pieces are lost and could not be rebuilt.`)
    })

  audit
    .command('challenge')
    .summary('demand random pieces of stored ciphertext, and check them')
    .description(
      'Asks the node to prove that randomly chosen 4 KiB pieces of sealed records are still there and unchanged. An auditor names the records by their roots, a patient her own.',
    )
    .option(
      '--roots <file>',
      'JSON: [{"root": "…", "sealedSize": n}, …]; one’s own records where absent (patient)',
    )
    .option('--count <count>', 'how many pieces', parseCount, 100)
    .action(async (options) => {
      const cli = run()
      const person = await cli.person()
      const records = options.roots === undefined ? await ownRoots(cli) : await rootsIn(options.roots)
      const results = await challengeStorage(
        person,
        { records, challenges: options.count },
        { signal: cli.signal },
      )
      const held = results.filter(({ outcome }) => outcome === 'held').length
      cli.terminal.answer(
        { asked: results.length, held, failed: results.filter((one) => one.outcome !== 'held') },
        () => `${held} of ${results.length} pieces of ${records.length} records are there and unchanged.`,
      )
      demandHeld(results)
    })

  audit
    .command('activity')
    .summary('what was done at this node, newest first; no patient is named')
    .option('--kind <kind>')
    .option('--after <cursor>', 'the page after this one')
    .option('--limit <count>', 'at most so many', parseCount, 50)
    .action(async (options) => {
      const cli = run()
      const page = await listActivity(await cli.person(), options, { signal: cli.signal })
      cli.terminal.answer(page, () => [
        table(
          ['at', 'what', 'account', 'outcome'],
          page.events.map(({ at, kind, account, outcome }) => [at, kind, account ?? '', outcome]),
        ),
        ...(page.next ? [`More: --after ${page.next}`] : []),
      ])
    })
}

type Scrub = Awaited<ReturnType<typeof getScrub>>

function scrubText({ state, records, pieces, missing, corrupt, repaired, lost, orphans }: Scrub): string {
  return `${state}: ${records} records, ${pieces} pieces; ${missing} missing, ${corrupt} altered, ${repaired} rebuilt, ${lost} lost, ${orphans} orphans collected`
}

async function ownRoots(cli: Cli): Promise<AuditedRecord[]> {
  const records: AuditedRecord[] = []
  for await (const one of readOwnRecords(await cli.patient(), { signal: cli.signal }))
    if (!one.fault) records.push({ root: one.envelope.root, sealedSize: one.envelope.sealedSize })
  return records
}

async function rootsIn(file: string): Promise<AuditedRecord[]> {
  try {
    const list: unknown = JSON.parse(await readFile(file, 'utf8'))
    const isRecord = (one: AuditedRecord) =>
      /^[\w-]{43}$/.test(one?.root) && Number.isSafeInteger(one.sealedSize) && one.sealedSize > 0
    if (Array.isArray(list) && list.every(isRecord)) return list
  } catch (cause) {
    throw new CuroError('invalid-input', `${file} cannot be read.`, { cause })
  }
  throw new CuroError('invalid-input', `${file} is not a list of {"root", "sealedSize"}.`)
}
