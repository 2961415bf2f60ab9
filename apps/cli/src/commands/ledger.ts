import { readFile, writeFile } from 'node:fs/promises'
import { fetchProof, findEntries, getLedger, verifyOwnHistory, verifyProof } from '@curo/client/ledger'
import { toBase64, toBase64Url } from '@curo/crypto/bytes'
import { CuroError, isCuroError } from '@curo/crypto/errors'
import { decodeEntry } from '@curo/ledger/entries'
import { verifyLog } from '@curo/ledger/verify-log'
import type { Command } from 'commander'
import type { Cli } from '../cli.ts'
import { pathsIn, policyOfKey, readerOf, readPolicy } from '../log-folder.ts'
import { table } from '../terminal.ts'
import { CARD_OPTION, parseCount } from './options.ts'

const POLICY_OPTION = [
  '--policy <file>',
  'tlog policy: which log and which witnesses must have signed',
] as const
const KEY_OPTION = ['--key <vkey>', 'the log’s verifier key, without witnesses'] as const

export function addLedgerCommands(program: Command, run: () => Cli): void {
  const verify = program.command('verify').summary('verify a log, a proof, or one’s own history')

  verify
    .command('log')
    .summary('a whole log from its files, offline')
    .description(
      'Recomputes a log from its entries and compares it with the signed checkpoint. Needs no node and no network.',
    )
    .argument('<folder>', 'with checkpoint and tile/')
    .option(...POLICY_OPTION)
    .option(...KEY_OPTION)
    .addHelpText(
      'after',
      '\nWithout --policy or --key, policy.txt or log.vkey in the folder is used: that shows only that the log agrees with itself.\n\nExample:\n  curo verify log ./ledger --policy region-policy.txt',
    )
    .action(async (folder, options) => {
      const cli = run()
      const { policy, trusted } = await readPolicy({ ...options, beside: folder })
      const report = await verifyLog({ read: readerOf(folder), policy, paths: pathsIn(folder) })
      const { size, faults, classes, verdict } = report
      const data = {
        sound: report.sound,
        origin: verdict.checkpoint.origin,
        size,
        root: toBase64(report.root),
        classes,
        cosignedBy: verdict.cosignatures.map(({ witness }) => witness),
        quorum: verdict.quorum,
        keysFromFolder: !trusted,
        faults,
      }
      cli.terminal.answer(data, () => [
        `${verdict.checkpoint.origin}: ${size} entries, root ${toBase64(report.root)}`,
        `cosigned by ${data.cosignedBy.join(', ') || 'nobody else'}${verdict.quorum ? '' : ': too few'}`,
        ...faults.map(({ kind, path, sentence }) => `${kind} ${path}: ${sentence}`),
        ...(trusted
          ? []
          : ['The keys came from the folder itself: this shows only that the log agrees with itself.']),
      ])
      if (!report.sound)
        throw new CuroError(
          'ledger-inconsistent',
          faults[0]?.sentence ?? 'Too few witnesses have cosigned this log.',
        )
    })

  verify
    .command('proof')
    .summary('a .tlog-proof for an entry, offline')
    .argument('<file>', 'the proof file')
    .option('--entry <file>', 'the entry’s bytes; <file> with the ending .entry where absent')
    .option(...POLICY_OPTION)
    .option(...KEY_OPTION)
    .action(async (file, options) => {
      const cli = run()
      const entryFile = options.entry ?? file.replace(/\.tlog-proof$/, '.entry')
      const [proofFile, entry] = await Promise.all([readFile(file), readFile(entryFile)]).catch((cause) => {
        throw new CuroError('invalid-input', `${cause.path ?? file} cannot be read.`, { cause })
      })
      const { policy } = await policyFor(cli, options)
      const verdict = await verifyProof({ entry, proofFile, policy }).catch((cause: unknown) => {
        // A proof that cannot be read proves nothing: for a script it failed like any other.
        if (!isCuroError(cause, 'malformed')) throw cause
        throw new CuroError('tampered', cause.message, { cause })
      })
      const { origin, size } = verdict.checkpoint
      const cosignedBy = verdict.cosignatures.map(({ witness }) => witness)
      const data = { index: verdict.index, origin, size, class: decodeEntry(entry).class, cosignedBy }
      cli.terminal.answer(
        data,
        () =>
          `This entry stands at ${verdict.index} in ${origin}, under a checkpoint of ${size} entries${cosignedBy.length > 0 ? `, cosigned by ${cosignedBy.join(', ')}` : ''}.`,
      )
    })

  verify
    .command('history')
    .summary('that what the hospital wrote about you is complete and unaltered (patient)')
    .option(...POLICY_OPTION)
    .option(...KEY_OPTION)
    .action(async (options) => {
      const cli = run()
      const patient = await cli.patient()
      const given =
        options.policy === undefined && options.key === undefined ? undefined : await readPolicy(options)
      const report = await verifyOwnHistory(patient, {
        signal: cli.signal,
        policy: given?.policy,
        wholeLog: true,
      })
      const { complete, faults, entries, pending, recordsWithheld, recordsNotAnchored } = report
      const data = {
        complete,
        entries: entries.map(({ epoch, counter, index, body }) => ({
          epoch,
          counter,
          index,
          body: body ?? null,
        })),
        faults,
        pending: pending.length,
        recordsWithheld,
        recordsNotAnchored,
      }
      cli.terminal.answer(data, () => [
        table(
          ['when', 'what', 'entry', 'place'],
          entries.map(({ body, epoch, counter, index }) => [
            body?.at ?? '(not opened)',
            body?.kind ?? '',
            `${epoch}/${counter}`,
            index,
          ]),
        ),
        ...faults.map(
          ({ kind, sentence, counter }) =>
            `${kind}${counter === undefined ? '' : ` ${counter}`}: ${sentence}`,
        ),
        ...recordsWithheld.map((record) => `withheld: record ${record} is in the ledger, but was not shown.`),
        ...recordsNotAnchored.map((record) => `not in the ledger: record ${record}.`),
        complete
          ? `Complete: these ${entries.length} entries are all there is about you here, and none was altered.`
          : 'NOT COMPLETE: keep this and report it.',
      ])
      if (!complete || recordsWithheld.length + recordsNotAnchored.length > 0)
        throw new CuroError('ledger-inconsistent', faults[0]?.sentence ?? 'Records and ledger do not agree.')
    })

  const ledger = program.command('ledger').summary('a hospital’s log: state, entries, proofs')

  ledger
    .command('status')
    .summary('size and state of the node’s log')
    .action(async () => {
      const cli = run()
      const { api } = await cli.connect()
      const state = await getLedger(api, { signal: cli.signal })
      cli.terminal.answer(state, () => [
        `${state.origin}: ${state.size} entries, ${state.finalSize} final, ${state.pending} waiting${state.readOnly ? ', READ-ONLY' : ''}`,
        table(
          ['witness', 'last size', 'at'],
          state.witnesses.map(({ name, lastSize, lastAt }) => [name, lastSize ?? '', lastAt ?? 'never']),
        ),
      ])
    })

  ledger
    .command('entries')
    .summary('find a patient’s entries with her card, or one’s own')
    .option(...CARD_OPTION)
    .action(async (options) => {
      const cli = run()
      const person = await cli.person()
      const own = person.keyring !== null && !cli.hasCard(options.card)
      const { lookupEpoch, lookupKey } = own
        ? { lookupEpoch: 0, lookupKey: null }
        : (await cli.card(options.card)).payload
      const keys = lookupKey ? [{ epoch: lookupEpoch, key: lookupKey }] : (person.keyring?.lookupKeys ?? [])
      const { entries, gaps } = await findEntries(person, keys, { signal: cli.signal })
      const rows = entries.map(({ epoch, counter, index, entry }) => ({
        epoch,
        counter,
        index,
        class: decodeEntry(entry).class,
        entry: toBase64Url(entry),
      }))
      cli.terminal.answer({ entries: rows, gaps }, () => [
        table(
          ['issue', 'counter', 'place', 'class'],
          rows.map((row) => [row.epoch + 1, row.counter, row.index ?? 'waiting', row.class]),
        ),
        `${rows.length} entries${gaps.length > 0 ? `, ${gaps.length} MISSING` : ''}.`,
      ])
      if (gaps.length > 0)
        throw new CuroError('ledger-inconsistent', `${gaps.length} entries are missing from the log.`)
    })

  ledger
    .command('proof')
    .summary('fetch, verify and keep the proof of an entry')
    .argument('<index>', 'place in the log', (text) => (text === '0' ? 0 : parseCount(text)))
    .requiredOption('--out <file>', 'new file, such as 12.tlog-proof; the entry goes beside it')
    .option(...POLICY_OPTION)
    .option(...KEY_OPTION)
    .action(async (index, options) => {
      const cli = run()
      const connection = await cli.connect()
      const { policy } = await policyFor(cli, options)
      const { entry, proofFile, verdict } = await fetchProof(
        connection,
        { index, policy },
        { signal: cli.signal },
      )
      const entryFile = `${options.out.replace(/\.tlog-proof$/, '')}.entry`
      await writeFile(options.out, proofFile, { flag: 'wx' })
      await writeFile(entryFile, entry, { flag: 'wx' })
      cli.terminal.answer(
        { index, proof: options.out, entry: entryFile, size: verdict.checkpoint.size },
        () =>
          `Entry ${index}: ${options.out} and ${entryFile} can be checked with curo verify proof, without any node.`,
      )
    })
}

/** The policy named, or the log key that this profile pinned. */
async function policyFor(cli: Cli, options: { policy?: string; key?: string }) {
  if (options.policy === undefined && options.key === undefined) {
    const profile = await cli.profileFile.read()
    if (profile) return { policy: policyOfKey(profile.hospital.logKey) }
  }
  return readPolicy(options)
}
