import { open, readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { readFhirRecords } from '@curo/client/fhir-records'
import type { RecordToSeal } from '@curo/client/records'
import type { Demographics } from '@curo/contract/patients'
import { utf8Bytes } from '@curo/crypto/bytes'
import { definitionsUrl } from '@curo/fhir/definitions-url'
import { demographicsOf } from '@curo/fhir/patient'
import type { Patient } from '@curo/fhir/types'
import { inventPhone } from './people.ts'
import { must } from './step-table.ts'

/** One patient of the scenario: who she is, and what the doctor will seal for her. */
export type PatientInput = {
  label: string
  demographics: Demographics & { phone: string }
  records: RecordToSeal[]
  /** Of her demographics, which the desk may send but nothing may keep in the clear. */
  personalTexts: string[]
}

/** A file of any kind and size; read when it is sealed. */
export type FileInput = { path: string; name: string }

/** The desk writes something when a bundle does not say. */
const UNKNOWN = { birthDate: '1900-01-01', family: 'Unknown' }

/**
 * Reads a bundle as the desk and the doctor would: its Patient (or Patients) for registration, the clinical resources to
 * seal. `warn` hears of resources that are left out because they are not valid FHIR R4.
 */
export async function readPatientInputs(
  { label, text }: { label: string; text: string },
  warn: (line: string) => void,
): Promise<PatientInput[]> {
  const definitions = JSON.parse(await readFile(definitionsUrl, 'utf8'))
  const { bundle, records, about, issues, invalid } = readFhirRecords(text, { definitions })
  const fatal = issues.find((issue) => issue.severity === 'fatal')
  must(!fatal, `${label} cannot be read: ${fatal?.message}`)
  for (const { type, issues: faults } of invalid)
    warn(`${label}: a ${type} is left out, it is not FHIR R4: ${faults[0]?.path} ${faults[0]?.message}`)
  const people: Patient[] = bundle.patients.map(({ resource }) => resource)
  if (people.length === 0) {
    warn(`${label}: has no Patient; its resources are sealed for somebody whom the desk does not know.`)
    people.push({ resourceType: 'Patient' })
  }
  return people.map((person, patient) => {
    const said = demographicsOf(person)
    const demographics = demographicsFrom(said)
    return {
      label,
      demographics,
      // The first patient's where a resource does not say whose it is.
      records: records.filter((_, index) => (about[index] ?? 0) === patient),
      personalTexts: [
        said.name.given && said.name.family ? `${said.name.given} ${said.name.family}` : '',
        demographics.phone,
        ...(demographics.address?.lines ?? []),
      ].filter((one) => one.length >= 8),
    }
  })
}

function demographicsFrom(found: ReturnType<typeof demographicsOf>): PatientInput['demographics'] {
  const { given, family } = found.name
  return {
    name:
      given || family
        ? { given: given.slice(0, 400), family: family.slice(0, 400) }
        : { given: '', ...UNKNOWN },
    birthDate: found.birthDate ?? UNKNOWN.birthDate,
    sex: found.sex,
    // The outbox stands for her telephone: bundles rarely have a number that could be called.
    phone: inventPhone(),
    identifiers: found.identifiers.slice(0, 20).map(({ system, value }) => ({ system, value })),
    ...(found.address ? { address: { ...found.address, lines: found.address.lines.slice(0, 4) } } : {}),
    ...(found.language ? { language: found.language } : {}),
  }
}

export async function readFileInput(path: string): Promise<FileInput> {
  const found = await stat(path).catch(() => null)
  must(found?.isFile(), `${path} is not a file that can be read.`)
  return { path, name: basename(path) }
}

const SLICE_BYTES = 48
/** A run of zeros or blanks would be found anywhere. */
const LEAST_VARIETY = 14
const isTelling = (bytes: Uint8Array) => new Set(bytes).size >= LEAST_VARIETY

/** Pieces of content that must never be found anywhere: from the middle of records, spread over the history. */
export function clinicalSlices(records: readonly Pick<RecordToSeal, 'content'>[]): Uint8Array[] {
  const step = Math.max(1, Math.floor(records.length / 32))
  return records
    .filter((_, index) => index % step === 0)
    .flatMap(({ content }) => {
      const middle = Math.max(0, Math.floor((content.length - SLICE_BYTES) / 2))
      const slice = content.subarray(middle, middle + SLICE_BYTES)
      return slice.length === SLICE_BYTES && isTelling(slice) ? [slice] : []
    })
}

/** The same for a file, which may be larger than memory. */
export async function fileSlices(path: string): Promise<Uint8Array[]> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const slices: Uint8Array[] = []
    for (const share of [0.1, 0.5, 0.9]) {
      const { buffer, bytesRead } = await file.read(
        new Uint8Array(SLICE_BYTES),
        0,
        SLICE_BYTES,
        Math.floor(size * share),
      )
      if (bytesRead === SLICE_BYTES && isTelling(buffer)) slices.push(buffer)
    }
    return slices
  } finally {
    await file.close()
  }
}

/** Texts that stand for content: long enough not to occur by chance. */
export function clinicalTexts(records: readonly Pick<RecordToSeal, 'content'>[]): Uint8Array[] {
  const texts = new Set<string>()
  for (const { content } of records)
    for (const [, text] of Buffer.from(content)
      .toString('utf8')
      .matchAll(/"(?:display|text|title|valueString)"\s*:\s*"([^"\\]{16,80})"/g))
      if (text) texts.add(text)
  const all = [...texts]
  const step = Math.max(1, Math.floor(all.length / 24))
  return all.filter((_, index) => index % step === 0).map(utf8Bytes)
}
