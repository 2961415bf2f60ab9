import { readFile } from 'node:fs/promises'
import { findByCard } from '@curo/client/cards'
import { findPatients, getPatient, registerPatientAtDesk } from '@curo/client/patients'
import { formatCardNumber } from '@curo/crypto/card'
import { CuroError } from '@curo/crypto/errors'
import type { Command } from 'commander'
import type { Cli } from '../cli.ts'
import { UsageError } from '../exit-codes.ts'
import { withNewFiles } from '../private-file.ts'
import { table } from '../terminal.ts'
import { CARD_OPTION, oneOf, parseCount, parseDay, parsePhone } from './options.ts'

type Demographics = Parameters<typeof registerPatientAtDesk>[1]
type Given = {
  given?: string
  family?: string
  birthDate?: string
  sex?: Demographics['sex']
  phone?: string
  email?: string
  fromFhir?: string
}

/** The Patient of a bundle, overridden by what was given beside it. */
async function demographicsFrom(options: Given): Promise<Demographics> {
  const read = options.fromFhir === undefined ? null : await patientIn(options.fromFhir)
  const { given, family, birthDate, sex, phone, email } = { ...read, ...withoutUndefined(options) }
  if (birthDate === undefined || sex === undefined || (given ?? family) === undefined)
    throw new UsageError('Give --given or --family, --birth-date and --sex, or --from-fhir <bundle>.')
  return {
    name: { given: given ?? '', family: family ?? '' },
    birthDate,
    sex,
    ...(phone === undefined ? {} : { phone }),
    ...(email === undefined ? {} : { email }),
    ...(read?.address ? { address: read.address } : {}),
    identifiers: read?.identifiers ?? [],
  }
}

function withoutUndefined<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Partial<T>
}

async function patientIn(file: string) {
  const [{ readBundle }, { demographicsOf }] = await Promise.all([
    import('@curo/fhir/bundle'),
    import('@curo/fhir/patient'),
  ])
  const bundle = readBundle(await readFile(file, 'utf8'))
  const fatal = bundle.issues.find(({ severity }) => severity === 'fatal')
  if (fatal) throw new CuroError('invalid-input', `${file}: ${fatal.message}`)
  const [patient] = bundle.patients
  if (!patient || bundle.patients.length > 1)
    throw new CuroError('invalid-input', `${file} has ${bundle.patients.length} patients; one is needed.`)
  const found = demographicsOf(patient.resource)
  return {
    given: found.name.given,
    family: found.name.family,
    ...(found.birthDate === undefined ? {} : { birthDate: found.birthDate }),
    sex: found.sex,
    ...(found.address ? { address: { ...found.address, lines: [...found.address.lines] } } : {}),
    identifiers: found.identifiers.map(({ system, value }) => ({ system, value })),
  }
}

export function addPatientCommands(program: Command, run: () => Cli): void {
  const patient = program.command('patient').summary('register and look up patients (front desk)')

  patient
    .command('register')
    .summary('register a patient and make her card')
    .description(
      'Registers a patient. Card and recovery code are made here, written to two new files for printing, and forgotten.',
    )
    .option('--given <names>', 'given names')
    .option('--family <name>', 'family name')
    .option('--birth-date <day>', 'YYYY-MM-DD', parseDay)
    .option('--sex <sex>', 'female, male, other or unknown', oneOf('female', 'male', 'other', 'unknown'))
    .option('--phone <number>', 'codes go here when a doctor asks', parsePhone)
    .option('--email <address>')
    .option('--from-fhir <bundle>', 'take them from the Patient in a FHIR bundle')
    .requiredOption('--card-out <file>', 'new file for what the card’s QR shows (a secret)')
    .requiredOption('--kit-out <file>', 'new file for the recovery code (a secret)')
    .addHelpText(
      'after',
      '\nExample:\n  curo patient register --given Asha --family Verma --birth-date 1984-05-06 --sex female \\\n    --phone +919812345678 --card-out asha.card --kit-out asha.kit',
    )
    .action(async (options) => {
      const cli = run()
      const person = await cli.person()
      const demographics = await demographicsFrom(options)
      const made = await withNewFiles([options.cardOut, options.kitOut], async (fill) => {
        const registered = await registerPatientAtDesk(person, demographics, { signal: cli.signal })
        await fill(options.cardOut, registered.card)
        await fill(options.kitOut, registered.recoveryCode)
        return registered
      })
      if (!made.attested)
        cli.terminal.note('The node was lost at the end: read the card once with curo find --card.')
      const data = {
        patient: made.patient,
        cardNumber: made.cardNumber,
        card: options.cardOut,
        kit: options.kitOut,
      }
      cli.terminal.answer(data, () => [
        `Patient ${made.patient}, card ${formatCardNumber(made.cardNumber)}.`,
        `Print ${options.cardOut} as a QR code and ${options.kitOut} on paper, hand both over, then delete the files.`,
      ])
    })

  patient
    .command('show')
    .summary('a patient’s demographics')
    .argument('<patient>', 'id')
    .action(async (id) => {
      const cli = run()
      const found = await getPatient(await cli.person(), id, { signal: cli.signal })
      cli.terminal.answer(found, () => patientLines([found]))
    })

  program
    .command('find')
    .summary('find a patient: by search (desk) or by the card in hand')
    .argument('[search]', 'name, telephone, identifier or card number')
    .option(...CARD_OPTION)
    .option('--birth-date <day>', 'YYYY-MM-DD', parseDay)
    .option('--after <cursor>', 'the page after this one')
    .option('--limit <count>', 'at most so many', parseCount, 20)
    .addHelpText('after', '\nExamples:\n  curo find "asha verma"\n  curo find --card asha.card')
    .action(async (search, options) => {
      const cli = run()
      const person = await cli.person()
      if (search === undefined && options.birthDate === undefined) {
        const card = await cli.card(options.card)
        const found = await findByCard(person, card, { signal: cli.signal })
        const { name, birthDate, sex } = found.demographics
        cli.terminal.answer(
          { patient: found.patient, demographics: found.demographics, card: card.number },
          () => [
            `${name.given} ${name.family}, born ${birthDate}, ${sex}`,
            `patient ${found.patient}, card ${formatCardNumber(card.number)}; her keys are those on the card`,
          ],
        )
        return
      }
      const { birthDate, after, limit } = options
      const filter = withoutUndefined({ search, birthDate, after, limit })
      const page = await findPatients(person, filter, { signal: cli.signal })
      cli.terminal.answer(page, () => [
        patientLines(page.patients),
        ...(page.next ? [`More: --after ${page.next}`] : []),
      ])
    })
}

type Summary = Awaited<ReturnType<typeof getPatient>>

function patientLines(patients: readonly Summary[]): string {
  return table(
    ['patient', 'name', 'born', 'sex', 'telephone', 'card', 'app'],
    patients.map(({ id, demographics, card, activated }) => [
      id,
      `${demographics.name.given} ${demographics.name.family}`.trim(),
      demographics.birthDate,
      demographics.sex,
      demographics.phone,
      card ? `${formatCardNumber(card.number)} (${card.status})` : 'none',
      activated ? 'yes' : 'no',
    ]),
  )
}
