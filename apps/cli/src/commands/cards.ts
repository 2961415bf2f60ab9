import { finishActivation, startActivation } from '@curo/client/activation'
import { blockCard } from '@curo/client/cards'
import type { PatientPerson } from '@curo/client/person'
import { reissueCard } from '@curo/client/reissue'
import { rewrapRecords } from '@curo/client/rewrapping'
import { toHex } from '@curo/crypto/bytes'
import { formatCardNumber } from '@curo/crypto/card'
import type { Command } from 'commander'
import type { Cli } from '../cli.ts'
import { withNewFiles } from '../private-file.ts'
import { askUnlessGiven, readSecret } from '../secrets.ts'
import { CARD_OPTION, parsePhone } from './options.ts'

export function addCardCommands(program: Command, run: () => Cli): void {
  const card = program.command('card').summary('look at, activate, block and reissue cards')

  card
    .command('show')
    .summary('what is on a card, without its secrets')
    .option(...CARD_OPTION)
    .action(async (options) => {
      const cli = run()
      const { payload, number } = await cli.card(options.card)
      const fingerprint = toHex(payload.fingerprint)
      const { homeNode, lookupEpoch } = payload
      cli.terminal.answer(
        { cardNumber: number, homeNode: homeNode ?? null, lookupEpoch, fingerprint },
        () => [
          `card      ${formatCardNumber(number)}`,
          `home node ${homeNode ?? 'not on what was read'}`,
          `issue     ${lookupEpoch + 1}`,
          `identity  ${fingerprint.match(/.{4}/g)?.join(' ')}`,
        ],
      )
    })

  card
    .command('activate')
    .summary('turn a card into an account of one’s own (patient)')
    .description(
      'Makes keys that no desk has known, signs in with them, and gives every earlier record a wrap for them. A code goes to the telephone that the desk registered.',
    )
    .option(...CARD_OPTION)
    .requiredOption(
      '--contact <number>',
      'the telephone that the desk registered; you sign in with it',
      parsePhone,
    )
    .requiredOption('--name <name>', 'as others shall see it')
    .requiredOption('--kit-out <file>', 'new file for the new recovery code (a secret)')
    .option('--activation <id>', 'go on with a code already sent')
    .option('--code <code>', 'the six digits; asked for where absent')
    .option('--password-file <file>', 'file with the password; - reads standard input')
    .action(async (options) => {
      const cli = run()
      const connection = await cli.connect()
      const scanned = await cli.card(options.card)
      let activation: string | undefined = options.activation
      if (activation === undefined) {
        const started = await startActivation(connection, scanned, { signal: cli.signal })
        activation = started.activation
        cli.terminal.note(`A code went to ${started.sentTo}; go on later with --activation ${activation}`)
      }
      const code = await askUnlessGiven(cli.surroundings, {
        given: options.code,
        prompt: 'Code: ',
        option: `--activation ${activation} and --code <six digits>`,
      })
      const password = await readSecret(cli.surroundings, {
        what: 'New password',
        file: options.passwordFile,
        option: '--password-file',
        variable: 'CURO_PASSWORD',
        confirm: true,
      })
      const { contact, name } = options
      const person = await withNewFiles([options.kitOut], async (fill) => {
        const activated = await finishActivation(
          connection,
          { card: scanned, activation, code: code.trim(), contact, password, name, device: 'command line' },
          { signal: cli.signal },
        )
        await fill(options.kitOut, activated.recoveryCode)
        return activated.person
      })
      await cli.remember(connection, person)
      const rewrapped = await rewrap(cli, person)
      cli.terminal.answer({ patient: person.account.patient, account: person.account.id, rewrapped }, () => [
        `Your card is activated and you are signed in. ${rewrapped} records got wraps for your new keys.`,
        `Print ${options.kitOut}, keep it safe, and delete the file. The code from the desk opens nothing any more.`,
      ])
    })

  card
    .command('issue')
    .summary('a new card instead of a lost one (patient); the old one is blocked')
    .requiredOption('--card-out <file>', 'new file for what the new card’s QR shows (a secret)')
    .action(async (options) => {
      const cli = run()
      const { profile: _, ...connection } = await cli.connect()
      const patient = await cli.patient()
      const { cardNumber, person } = await withNewFiles([options.cardOut], async (fill) => {
        const reissued = await reissueCard(patient, { signal: cli.signal })
        await fill(options.cardOut, reissued.card)
        return reissued
      })
      await cli.remember(connection, person)
      const rewrapped = await rewrap(cli, person)
      cli.terminal.answer({ cardNumber, card: options.cardOut, rewrapped }, () => [
        `The new card is ${formatCardNumber(cardNumber)}; ${rewrapped} records open with it.`,
        `Print ${options.cardOut} as a QR code, then delete the file.`,
      ])
    })

  card
    .command('rewrap')
    .summary('go on giving earlier records wraps for one’s new keys, after an interruption')
    .action(async () => {
      const cli = run()
      const rewrapped = await rewrap(cli, await cli.patient())
      cli.terminal.answer({ rewrapped }, () => `${rewrapped} records got wraps for your keys.`)
    })

  card
    .command('block')
    .summary('block a lost card at once')
    .argument('<number>', '16 digits')
    .option('--reason <text>')
    .action(async (number, options) => {
      const cli = run()
      const digits = number.replaceAll(/[\s-]/g, '')
      await blockCard(await cli.person(), { card: digits, reason: options.reason }, { signal: cli.signal })
      cli.terminal.answer(
        { cardNumber: digits, blocked: true },
        () => `Card ${formatCardNumber(digits)} is blocked.`,
      )
    })
}

async function rewrap(cli: Cli, person: PatientPerson): Promise<number> {
  const bar = cli.terminal.progress('Re-wrapping')
  const { rewrapped, faults, seen } = await rewrapRecords(person, {
    signal: cli.signal,
    onProgress: (progress) => bar.update(progress.seen, null),
  }).finally(() => bar.end())
  for (const { record, fault } of faults) cli.terminal.note(`Record ${record}: ${fault.message}`)
  if (faults.length > 0) cli.terminal.note(`${faults.length} of ${seen} records could not be opened.`)
  return rewrapped
}
