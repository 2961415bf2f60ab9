import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { fetchPatientKeys, findByCard } from '@curo/client/cards'
import { listConsents } from '@curo/client/consent'
import { readFhirRecords } from '@curo/client/fhir-records'
import { FileSealing } from '@curo/client/files'
import { openGrantedKeys } from '@curo/client/granted-keys'
import { importRecords } from '@curo/client/importing'
import { currentLookupKey } from '@curo/client/keyring'
import { asPatient, type Person } from '@curo/client/person'
import type { RecordToSeal, WriteAuthority } from '@curo/client/records'
import { prepareSealing, type Sealing } from '@curo/client/sealing'
import { fromBase64Url, toBase64Url } from '@curo/crypto/bytes'
import type { Category } from '@curo/crypto/category'
import { CuroError } from '@curo/crypto/errors'
import { deriveStubKey } from '@curo/crypto/lookup'
import { definitionsUrl } from '@curo/fhir/definitions-url'
import type { R4Definitions } from '@curo/fhir/validate'
import type { Cli } from './cli.ts'

// Loaded only when something is imported: FHIR takes longer to load than most commands to run.

type Writing = {
  sealing: Sealing
  authority: WriteAuthority
  lookupKeys: { epoch: number; key: Uint8Array }[]
}

export type ImportOptions = {
  card?: string
  consent?: string
  own: boolean
  category?: Category
  occurred?: string
  allowInvalid: boolean
}

export type ImportedFile = { file: string; records: number; known: number }

/** Seals and stores files one after the other. What was stored before a failure stays, and is not stored again. */
export async function importFiles(
  cli: Cli,
  files: readonly string[],
  options: ImportOptions,
): Promise<ImportedFile[]> {
  const writing = await prepareWriting(cli, options)
  const { category, occurred = new Date().toISOString().slice(0, 10), allowInvalid } = options
  const done: ImportedFile[] = []
  for (const path of files) {
    const text = await fhirIn(path)
    const { records, known } = text
      ? await importFhir(cli, writing, { path, text, allowInvalid })
      : await importFile(cli, writing, { path, category, occurred })
    done.push({ file: path, records, known })
    cli.terminal.note(`${path}: ${records} records${known > 0 ? `, ${known} were there already` : ''}`)
  }
  return done
}

async function prepareWriting(cli: Cli, options: ImportOptions): Promise<Writing> {
  const person = await cli.person()
  if (options.own) return ownWriting(cli, person)
  if (options.consent !== undefined && !cli.hasCard(options.card))
    return writingByConsent(cli, person, options.consent)
  const card = await cli.card(options.card)
  const { keys } = await findByCard(person, card, { signal: cli.signal })
  const sealing = await prepareSealing(person, { keys, stubKey: card.stubKey }, { signal: cli.signal })
  const { lookupEpoch, lookupKey } = card.payload
  return { sealing, authority: { by: 'card', card }, lookupKeys: [{ epoch: lookupEpoch, key: lookupKey }] }
}

async function ownWriting(cli: Cli, person: Person): Promise<Writing> {
  const patient = asPatient(person)
  const keys = await fetchPatientKeys(
    patient,
    { patient: patient.account.patient, trust: { identity: patient.identity.publicKey } },
    { signal: cli.signal },
  )
  const stubKey = deriveStubKey(currentLookupKey(patient.keyring).key)
  const sealing = await prepareSealing(patient, { keys, stubKey }, { signal: cli.signal })
  return { sealing, authority: { by: 'self' }, lookupKeys: patient.keyring.lookupKeys }
}

async function writingByConsent(cli: Cli, person: Person, id: string): Promise<Writing> {
  const consent = (await listConsents(person, { state: 'active' }, { signal: cli.signal })).find(
    ({ grant }) => grant.id === id,
  )
  if (!consent?.sealedKeys)
    throw new CuroError('not-found', 'There is no such consent from a patient’s app. Use her card.')
  const { stubKeys } = await openGrantedKeys(person, { consent }, { signal: cli.signal })
  const [stubKey] = stubKeys
  if (!stubKey)
    throw new CuroError('malformed', 'The consent brings no key for the timeline. Ask the patient again.')
  const trust = { identity: fromBase64Url(consent.grant.signer) }
  const keys = await fetchPatientKeys(
    person,
    { patient: consent.grant.patient, trust },
    { signal: cli.signal },
  )
  const sealing = await prepareSealing(person, { keys, stubKey }, { signal: cli.signal })
  return { sealing, authority: { by: 'consent', consent: id }, lookupKeys: [] }
}

/** Larger files are uploaded as they are: a bundle of this size is read in one piece. */
const LARGEST_BUNDLE_BYTES = 400 * 1024 * 1024

/** The text of a FHIR bundle or NDJSON, or null for any other file. */
async function fhirIn(path: string): Promise<string | null> {
  const { size } = await stat(path).catch((cause) => {
    throw new CuroError('invalid-input', `${path} cannot be read.`, { cause })
  })
  if (!/\.(json|ndjson)$/i.test(path) || size > LARGEST_BUNDLE_BYTES) return null
  const text = await readFile(path, 'utf8')
  return /"resourceType"\s*:/.test(text.slice(0, 100_000)) ? text : null
}

let definitions: Promise<R4Definitions> | undefined

function r4Definitions(): Promise<R4Definitions> {
  definitions ??= readFile(definitionsUrl, 'utf8').then((text) => JSON.parse(text) as R4Definitions)
  return definitions
}

async function importFhir(
  cli: Cli,
  writing: Writing,
  { path, text, allowInvalid }: { path: string; text: string; allowInvalid: boolean },
): Promise<Omit<ImportedFile, 'file'>> {
  const { records, issues, invalid } = readFhirRecords(text, { definitions: await r4Definitions() })
  const fatal = issues.find(({ severity }) => severity === 'fatal')
  if (fatal) throw new CuroError('invalid-input', `${path}: ${fatal.message}`)
  for (const issue of issues) cli.terminal.note(`${path}: ${issue.message}`)
  for (const {
    type,
    issues: [first],
  } of invalid)
    cli.terminal.note(`${path}: a ${type} is not valid R4: ${first?.path} ${first?.message}`)
  if (invalid.length > 0 && !allowInvalid)
    throw new CuroError(
      'invalid-input',
      `${path}: ${invalid.length} resources are invalid. Nothing of it was stored; --allow-invalid leaves them out.`,
    )
  return store(cli, writing, { path, records })
}

async function store(
  cli: Cli,
  { sealing, authority, lookupKeys }: Writing,
  { path, records }: { path: string; records: RecordToSeal[] },
): Promise<Omit<ImportedFile, 'file'>> {
  const bar = cli.terminal.progress(`Sealing ${basename(path)}`)
  let done = 0
  try {
    const { stored, known } = await importRecords(
      sealing,
      { authority, records },
      {
        signal: cli.signal,
        lookupKeys,
        onProgress: (count, total) => {
          done = count
          bar.update(count, total)
        },
      },
    )
    return { records: stored.length, known: known.length }
  } catch (error) {
    cli.terminal.note(
      `${path}: ${done} of ${records.length} are stored; the same command goes on with the rest.`,
    )
    throw error
  } finally {
    bar.end()
  }
}

async function importFile(
  cli: Cli,
  writing: Writing,
  { path, category, occurred }: { path: string; category: Category | undefined; occurred: string },
): Promise<Omit<ImportedFile, 'file'>> {
  const { size } = await stat(path)
  const file = {
    source: createReadStream(path, { highWaterMark: 1024 * 1024 }),
    size,
    fileName: basename(path),
    occurred,
    category,
    sha256: await sha256Of(path),
  }
  const sealing = new FileSealing(writing.sealing, { authority: writing.authority, file })
  const bar = cli.terminal.progress(`Uploading ${basename(path)}`, 'bytes')
  try {
    await sealing.run({
      signal: cli.signal,
      lookupKeys: writing.lookupKeys,
      onUpload: ({ sentBytes, totalBytes }) => bar.update(sentBytes, totalBytes),
    })
  } catch (error) {
    await sealing.drop().catch(() => {})
    throw error
  } finally {
    bar.end()
  }
  return { records: 2, known: 0 }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(path, { highWaterMark: 1024 * 1024 }))
    hash.update(piece as Uint8Array)
  return toBase64Url(hash.digest())
}
