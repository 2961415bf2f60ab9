import { findByCard } from '@curo/client/cards'
import { verifyClinician } from '@curo/client/clinicians'
import {
  enterOtp,
  giveBackConsent,
  listConsents,
  listRequests,
  refuseRequest,
  requestConsent,
  resendOtp,
} from '@curo/client/consent'
import { grantConsent, revokeConsent } from '@curo/client/granting'
import type { Person } from '@curo/client/person'
import { CuroError } from '@curo/crypto/errors'
import { type Command, Option } from 'commander'
import type { Cli } from '../cli.ts'
import { UsageError } from '../exit-codes.ts'
import { askUnlessGiven } from '../secrets.ts'
import { table } from '../terminal.ts'
import { CARD_OPTION, exactlyOne, oneOf, parseCategories, parseDay, parseUntil, scopeOf } from './options.ts'

const PURPOSES = oneOf('CAREMGT', 'PATRQT', 'HPAYMT', 'PUBHLTH', 'DSRCH', 'BTG')
const CATEGORIES_OPTION = [
  '--categories <list>',
  'names with commas, all, or default (all but sensitive)',
  parseCategories,
] as const

export function addConsentCommands(program: Command, run: () => Cli): void {
  program
    .command('request')
    .summary('ask a patient for consent (doctor)')
    .description(
      'Asks a patient for consent. With her card in hand a code goes to her telephone, which you enter here; without it her app asks her.',
    )
    .option(...CARD_OPTION)
    .option('--patient <id>', 'without the card: her app answers')
    .option(...CATEGORIES_OPTION)
    .option('--records <ids...>', 'single records instead of, or beside, categories')
    .option('--from <day>', 'of the records asked for', parseDay)
    .option('--to <day>', 'of the records asked for', parseDay)
    .addOption(
      new Option('--until <time>', '90m, 8h, 30d or a day')
        .argParser((text) => parseUntil(text))
        .default(parseUntil('8h'), '8h'),
    )
    .option('--standing', 'for more than one visit', false)
    .option(
      '--purpose <code>',
      'CAREMGT, PATRQT, HPAYMT, PUBHLTH, DSRCH or BTG',
      PURPOSES,
      'CAREMGT' as const,
    )
    .option('--text <text>', 'what it is for, in words the patient reads')
    .option('--no-wait', 'do not ask for the code now: curo enter-code does')
    .addHelpText(
      'after',
      '\nExamples:\n  curo request --card asha.card --text "Chest pain" --until 8h\n  curo request --patient <id> --categories laboratory,imaging --standing --until 30d',
    )
    .action(async (options) => {
      const cli = run()
      const person = await cli.person()
      const withCard = options.patient === undefined || cli.hasCard(options.card)
      const card = withCard ? await cli.card(options.card) : undefined
      const patient =
        options.patient ?? (card && (await findByCard(person, card, { signal: cli.signal })).patient)
      if (patient === undefined) throw new UsageError('Give --card <file> or --patient <id>.')
      const asked = await requestConsent(
        person,
        {
          patient,
          card,
          scope: scopeOf(options),
          purpose: { code: options.purpose, ...(options.text === undefined ? {} : { text: options.text }) },
          use: options.standing ? 'standing' : 'single',
          notAfter: options.until,
        },
        { signal: cli.signal },
      )
      const { request, otp, expiresAt } = asked
      if (otp && options.wait && cli.surroundings.stdin.isTTY) {
        cli.terminal.note(`A code went to ${otp.sentTo}, good until ${otp.expiresAt}.`)
        const code = await askUnlessGiven(cli.surroundings, {
          given: undefined,
          prompt: 'Code: ',
          option: '--code',
        })
        const consent = await enterOtp(person, { request, code: code.trim() }, { signal: cli.signal })
        cli.terminal.answer(
          { request: request.id, consent: consent.grant.id, notAfter: consent.grant.notAfter },
          () => `Consent ${consent.grant.id}, until ${consent.grant.notAfter}.`,
        )
        return
      }
      cli.terminal.answer({ request: request.id, otp, expiresAt }, () =>
        otp
          ? `Request ${request.id}: a code went to ${otp.sentTo}. Enter it with: curo enter-code ${request.id}`
          : `Request ${request.id} waits for the patient’s answer until ${expiresAt}.`,
      )
    })

  program
    .command('enter-code')
    .summary('enter the code that a patient read out (doctor)')
    .argument('<request>', 'id, as curo request shows it')
    .option('--code <code>', 'the six digits; asked for where absent')
    .option('--resend', 'send a new code first; the one before is void', false)
    .action(async (id, options) => {
      const cli = run()
      const person = await cli.person()
      if (options.resend) {
        const { sentTo } = await resendOtp(person, id, { signal: cli.signal })
        cli.terminal.note(`A new code went to ${sentTo}.`)
      }
      const request = (await listRequests(person, {}, { signal: cli.signal })).find(
        (one) => one.request.id === id,
      )
      if (!request) throw new CuroError('not-found', 'You have made no such request.')
      const code = await askUnlessGiven(cli.surroundings, {
        given: options.code,
        prompt: 'Code: ',
        option: '--code <six digits>',
      })
      const consent = await enterOtp(
        person,
        { request: request.request, code: code.trim() },
        { signal: cli.signal },
      )
      cli.terminal.answer(
        { consent: consent.grant.id, notAfter: consent.grant.notAfter },
        () => `Consent ${consent.grant.id}, until ${consent.grant.notAfter}.`,
      )
    })

  program
    .command('requests')
    .summary('requests made (doctor) or to be answered (patient)')
    .option(
      '--state <state>',
      'pending, granted, refused or expired',
      oneOf('pending', 'granted', 'refused', 'expired'),
    )
    .action(async (options) => {
      const cli = run()
      const requests = await listRequests(await cli.person(), options, { signal: cli.signal })
      cli.terminal.answer({ requests }, () =>
        table(
          ['request', 'state', 'from', 'what', 'until', 'for'],
          requests.map(({ request, state, from }) => [
            request.id,
            state,
            from,
            scopeText(request.scope),
            request.notAfter,
            request.purpose.text ?? request.purpose.code,
          ]),
        ),
      )
    })

  program
    .command('grant')
    .summary('allow a doctor (patient)')
    .description(
      'Allows a doctor to open records, of one’s own accord or in answer to a request. The doctor’s keys are first proved by the ledger; then your keys are sealed to her.',
    )
    .argument('[request]', 'the request to answer')
    .option('--doctor <account>', 'without a request: whom')
    .option(...CATEGORIES_OPTION)
    .option('--records <ids...>', 'single records')
    .option('--from <day>', 'of the records', parseDay)
    .option('--to <day>', 'of the records', parseDay)
    .option('--until <time>', '90m, 8h, 30d or a day', (text) => parseUntil(text))
    .option('--single', 'for one visit only', false)
    .addHelpText(
      'after',
      '\nExamples:\n  curo grant <request>\n  curo grant --doctor <account> --categories default --until 30d',
    )
    .action(async (requestId, options) => {
      const cli = run()
      exactlyOne({ '<request>': requestId, '--doctor': options.doctor })
      const patient = await cli.patient()
      const asked = requestId === undefined ? undefined : await pendingRequest(cli, requestId)
      const doctor = await verifyClinician(
        patient,
        { account: asked?.request.account ?? options.doctor },
        { signal: cli.signal },
      )
      const narrowed = options.categories ?? options.records
      const notAfter = options.until ?? (asked ? new Date(asked.request.notAfter) : parseUntil('30d'))
      const consent = await grantConsent(
        patient,
        {
          doctor,
          scope: asked && !narrowed ? asked.request.scope : scopeOf(options),
          purpose: asked?.request.purpose ?? { code: 'CAREMGT' },
          use: options.single ? 'single' : (asked?.request.use ?? 'standing'),
          notAfter,
          request: asked?.request,
        },
        { signal: cli.signal },
      )
      const { id, scope } = consent.grant
      cli.terminal.answer(
        { consent: id, doctor: doctor.account.id, notAfter: consent.grant.notAfter },
        () =>
          `${doctor.account.name} may open ${scopeText(scope)} until ${consent.grant.notAfter} (consent ${id}).`,
      )
    })

  program
    .command('refuse')
    .summary('say no to a request (patient)')
    .argument('<request>')
    .option('--reason <text>', 'why: the doctor reads it')
    .action(async (id, { reason }) => {
      const cli = run()
      const refused = await refuseRequest(await cli.person(), { request: id, reason }, { signal: cli.signal })
      cli.terminal.answer({ request: id, state: refused.state }, () => `Request ${id} is refused.`)
    })

  program
    .command('consents')
    .summary('the allowed list (patient), or what one may open (doctor)')
    .option(
      '--state <state>',
      'active, revoked, given-back, expired or used',
      oneOf('active', 'revoked', 'given-back', 'expired', 'used'),
    )
    .option('--patient <id>', 'only this patient’s')
    .action(async (options) => {
      const cli = run()
      const consents = await listConsents(await cli.person(), options, { signal: cli.signal })
      cli.terminal.answer({ consents }, () =>
        table(
          ['consent', 'state', 'doctor', 'patient', 'by', 'what', 'until'],
          consents.map(({ grant, state, granteeName }) => [
            grant.id,
            state,
            granteeName,
            grant.patient,
            grant.by,
            scopeText(grant.scope),
            grant.notAfter,
          ]),
        ),
      )
    })

  program
    .command('revoke')
    .summary('take a consent back (patient)')
    .description(
      'Takes a consent back: the very next opening is refused. The keys of what is written from now on change, and the doctors still allowed get the new ones.',
    )
    .argument('<consent>', 'id, as curo consents shows it')
    .action(async (id) => {
      const cli = run()
      const patient = await cli.patient()
      const consent = await listedConsent(cli, patient, id, 'You have given no such consent.')
      const { resealed, notResealed } = await revokeConsent(patient, consent, { signal: cli.signal })
      const failed = notResealed.map(({ consent: other, grantee, fault }) => ({
        consent: other,
        grantee,
        code: fault.code,
      }))
      for (const { grantee, fault } of notResealed)
        cli.terminal.note(`New keys not sealed to ${grantee}: ${fault.message}`)
      cli.terminal.answer(
        { consent: id, state: 'revoked', resealed, notResealed: failed },
        () => `${consent.granteeName} may not open anything any more under consent ${id}.`,
      )
    })

  program
    .command('give-back')
    .summary('give a consent back to the patient (doctor)')
    .description(
      'Gives back a consent that is open for you: the very next opening is refused, and the patient sees in her ledger that you gave it back, and when. What you wrote stays. To open again, ask again.',
    )
    .argument('<consent>', 'id, as curo consents shows it')
    .addHelpText('after', '\nExamples:\n  curo consents --state active\n  curo give-back <consent>')
    .action(async (id) => {
      const cli = run()
      const person = await cli.person()
      const consent = await listedConsent(cli, person, id, 'No such consent was given to you.')
      const { state, revokedAt } = await giveBackConsent(person, consent, { signal: cli.signal })
      cli.terminal.answer(
        { consent: id, state, at: revokedAt },
        () => `Consent ${id} is given back; it opens nothing any more.`,
      )
    })
}

async function listedConsent(cli: Cli, person: Person, id: string, absent: string) {
  const consents = await listConsents(person, {}, { signal: cli.signal })
  const found = consents.find(({ grant }) => grant.id === id)
  if (!found) throw new CuroError('not-found', absent)
  return found
}

async function pendingRequest(cli: Cli, id: string) {
  const requests = await listRequests(await cli.person(), {}, { signal: cli.signal })
  const found = requests.find(({ request }) => request.id === id)
  if (!found) throw new CuroError('not-found', 'There is no such request to you.')
  return found
}

type Scope = { categories: string[]; records: string[]; from?: string | undefined; to?: string | undefined }

function scopeText({ categories, records, from, to }: Scope): string {
  const parts = [...categories, ...(records.length > 0 ? [`${records.length} single records`] : [])]
  const days = from || to ? ` of ${from ?? 'the beginning'} to ${to ?? 'today'}` : ''
  return parts.join(', ') + days
}
