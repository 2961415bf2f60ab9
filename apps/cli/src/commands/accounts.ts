import {
  decideAccount,
  listAccounts,
  listSessions,
  registerAccount,
  signIn,
  signOut,
} from '@curo/client/accounts'
import { findClinicians, verifyClinician } from '@curo/client/clinicians'
import { isCuroError } from '@curo/crypto/errors'
import type { Command } from 'commander'
import type { Cli } from '../cli.ts'
import { askUnlessGiven, readSecret } from '../secrets.ts'
import { table } from '../terminal.ts'
import { oneOf, parseCount, parsePhone } from './options.ts'

const passwordOf = (cli: Cli, file: string | undefined, confirm = false) =>
  readSecret(cli.surroundings, {
    what: 'Password',
    file,
    option: '--password-file',
    variable: 'CURO_PASSWORD',
    confirm,
  })

/** Good for half a minute and taken once, so it may stand among the arguments. */
async function askForCode({ surroundings }: Cli, given: string | undefined): Promise<{ code: string }> {
  const code = await askUnlessGiven(surroundings, {
    given: given ?? surroundings.environment.CURO_TOTP,
    prompt: 'Code of the authenticator app: ',
    option: '--code <digits> or set CURO_TOTP',
  })
  return { code: code.replace(/\s/g, '') }
}

const PASSWORD_OPTION = ['--password-file <file>', 'file with the password; - reads standard input'] as const

export function addAccountCommands(program: Command, run: () => Cli): void {
  program
    .command('register')
    .summary('register as a doctor, staff member, administrator or auditor')
    .description(
      'Registers an account at a node. The password never leaves this machine; an administrator approves.',
    )
    .requiredOption(
      '--contact <number>',
      'telephone number with country code; you sign in with it',
      parsePhone,
    )
    .requiredOption(
      '--role <role>',
      'doctor, staff, admin or auditor',
      oneOf('doctor', 'staff', 'admin', 'auditor'),
    )
    .requiredOption('--name <name>', 'as others shall see it')
    .option('--registration-number <text>', 'with the medical council')
    .option('--speciality <text>')
    .option('--department <text>')
    .option('--setup-code-file <file>', 'first administrator: file with the code that curo init printed')
    .option(...PASSWORD_OPTION)
    .addHelpText(
      'after',
      '\nExample:\n  curo register --node https://node.example --role doctor --name "Dr Meera Rao" --contact +919812345678',
    )
    .action(async (options) => {
      const cli = run()
      const connection = await cli.connect()
      const { registrationNumber, speciality, department } = options
      const setupCode = options.setupCodeFile
        ? await readSecret(cli.surroundings, {
            what: 'Setup code',
            file: options.setupCodeFile,
            option: '--setup-code-file',
            variable: 'CURO_SETUP_CODE',
          })
        : cli.surroundings.environment.CURO_SETUP_CODE
      const password = await passwordOf(cli, options.passwordFile, true)
      const registered = await registerAccount(
        connection,
        {
          contact: options.contact,
          password,
          role: options.role,
          name: options.name,
          profession: {
            ...(registrationNumber === undefined ? {} : { registrationNumber }),
            ...(speciality === undefined ? {} : { speciality }),
            ...(department === undefined ? {} : { department }),
          },
          setupCode,
        },
        { signal: cli.signal },
      )
      if (connection.profile === null) await cli.remember(connection, null)
      cli.terminal.answer(registered, () =>
        registered.status === 'active'
          ? `Account ${registered.account} is active. Sign in with: curo login`
          : `Account ${registered.account} waits for an administrator’s approval.`,
      )
    })

  program
    .command('login')
    .summary('sign in')
    .description('Signs in and keeps the session, with your keys, in a file that only you can read.')
    .requiredOption('--contact <number>', 'telephone number with country code', parsePhone)
    .option(...PASSWORD_OPTION)
    .option(
      '--code <digits>',
      'code of your authenticator app, if you have one (or CURO_TOTP); asked for otherwise',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  curo login --node https://node.example --contact +919812345678\n  pass show curo | curo login --contact +919812345678 --password-file -',
    )
    .action(async (options) => {
      const cli = run()
      const connection = await cli.connect()
      const password = await passwordOf(cli, options.passwordFile)
      const person = await signIn(
        connection,
        {
          contact: options.contact,
          password,
          device: 'command line',
          secondFactor: () => askForCode(cli, options.code),
        },
        { signal: cli.signal },
      )
      await cli.remember(connection, person)
      const { id, role, name } = person.account
      cli.terminal.answer(
        { account: { id, role, name }, expiresAt: person.expiresAt },
        () => `Signed in at ${connection.hospital.name} as ${name} (${role}), until ${person.expiresAt}.`,
      )
    })

  program
    .command('logout')
    .summary('sign out and forget the keys kept here')
    .action(async () => {
      const cli = run()
      const profile = await cli.profileFile.read()
      if (profile?.session) {
        try {
          await signOut(await cli.person(), { signal: cli.signal })
        } catch (error) {
          // The keys are forgotten here in any case; the node forgets the session when it ends.
          if (!isCuroError(error, 'unauthorized', 'unavailable')) throw error
          cli.terminal.note('The node was not told; the session there ends by itself.')
        } finally {
          await cli.profileFile.write({ ...profile, account: null, session: null })
        }
      }
      cli.terminal.answer({ signedOut: true }, () => 'Signed out.')
    })

  program
    .command('whoami')
    .summary('who is signed in, and where')
    .action(async () => {
      const cli = run()
      const person = await cli.person()
      const sessions = await listSessions(person, { signal: cli.signal })
      const { id, role, name, patient } = person.account
      const data = { account: { id, role, name, patient }, hospital: person.hospital.origin, sessions }
      cli.terminal.answer(data, () => [
        `${name} (${role}, ${id}) at ${person.hospital.name} (${person.hospital.origin})`,
        table(
          ['session', 'device', 'last used', 'ends'],
          sessions.map((one) => [
            one.current ? `${one.id} *` : one.id,
            one.device,
            one.lastUsedAt,
            one.expiresAt,
          ]),
        ),
      ])
    })

  program
    .command('accounts')
    .summary('people who work here, and those who wait for approval')
    .option(
      '--status <status>',
      'pending, active, rejected or suspended',
      oneOf('pending', 'active', 'rejected', 'suspended'),
    )
    .option('--role <role>', 'only this role', oneOf('patient', 'doctor', 'staff', 'admin', 'auditor'))
    .option('--after <cursor>', 'the page after this one')
    .option('--limit <count>', 'at most so many', parseCount, 100)
    .action(async (options) => {
      const cli = run()
      const page = await listAccounts(await cli.person(), options, { signal: cli.signal })
      cli.terminal.answer(page, () => [
        table(
          ['account', 'role', 'status', 'name', 'contact'],
          page.accounts.map((one) => [one.id, one.role, one.status, one.name, one.contact]),
        ),
        ...(page.next ? [`More: --after ${page.next}`] : []),
      ])
    })

  program
    .command('approve')
    .summary('approve, reject, suspend or reinstate an account')
    .description(
      'Decides on an account. Approval enters a doctor’s public keys in the ledger, where everyone can see them.',
    )
    .argument('<account>', 'id, as curo accounts shows it')
    .option(
      '--decision <decision>',
      'approve, reject, suspend or reinstate',
      oneOf('approve', 'reject', 'suspend', 'reinstate'),
      'approve' as const,
    )
    .option('--reason <text>')
    .action(async (account, options) => {
      const cli = run()
      const { decision, reason } = options
      const decided = await decideAccount(
        await cli.person(),
        { account, decision, ...(reason === undefined ? {} : { reason }) },
        { signal: cli.signal },
      )
      cli.terminal.answer(decided, () => `${decided.name} (${decided.role}) is ${decided.status}.`)
    })

  program
    .command('doctors')
    .summary('find approved doctors; with --verify, prove one’s keys by the ledger')
    .argument('[search]', 'a part of the name')
    .option('--verify <account>', 'check this doctor’s keys against the ledger')
    .action(async (search, options) => {
      const cli = run()
      const person = await cli.person()
      if (options.verify !== undefined) {
        const { account, index } = await verifyClinician(
          person,
          { account: options.verify },
          { signal: cli.signal },
        )
        cli.terminal.answer(
          { account: account.id, name: account.name, index, verified: true },
          () => `The keys of ${account.name} stand in the ledger, entry ${index}.`,
        )
        return
      }
      const page = await findClinicians(person, search === undefined ? {} : { search }, {
        signal: cli.signal,
      })
      cli.terminal.answer(page, () =>
        table(
          ['account', 'name', 'speciality', 'department'],
          page.clinicians.map((one) => [
            one.id,
            one.name,
            one.profession.speciality,
            one.profession.department,
          ]),
        ),
      )
    })
}
