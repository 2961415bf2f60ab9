import { toBase64Url, utf8Bytes } from '@curo/crypto/bytes'
import { sha256 } from '@curo/crypto/hash'
import { categoryOf } from '@curo/fhir/categories'
import type { CastMember } from '@curo/fhir/demo/cast/cast'
import { type ChartOptions, type DemoChart, makeChart } from '@curo/fhir/demo/chart'
import { inFillingOrder } from '@curo/fhir/demo/filling-order'
import type { Entry } from '@curo/fhir/demo/life'
import type { DemoFile } from '@curo/fhir/demo/papers/file'
import type { DoctorKey } from '@curo/fhir/demo/people/staff'
import { SHA256_EXTENSION } from '@curo/fhir/document'
import { occurredOn } from '@curo/fhir/occurred'
import { type Stub, stubOf } from '@curo/fhir/stub'
import type { Resource } from '@curo/fhir/types'
import { inBatches } from '../batches.ts'
import { findByCard } from '../cards.ts'
import { importId, importRecords } from '../importing.ts'
import { stubKeysOf } from '../keyring.ts'
import { attestOwnKeys } from '../own-keys.ts'
import type { PatientPerson } from '../person.ts'
import type { RecordToSeal, WriteAuthority } from '../records.ts'
import { prepareSealing, type Sealing } from '../sealing.ts'
import { type DemoKeeper, once } from './keeper.ts'
import type { Admitted } from './patients.ts'
import type { DemoTeam } from './team.ts'
import { CORE_DOCTORS } from './workers.ts'

/** One FHIR resource as it is sealed. The same resource always gives the same bytes, and so the same record. */
export function recordOf(resource: Resource): RecordToSeal {
  const category = categoryOf(resource)
  return {
    category,
    kind: resource.resourceType,
    occurred: occurredOn(resource) ?? '1900-01-01',
    content: utf8Bytes(JSON.stringify(resource)),
    stub: stubOf(resource, { category }),
  }
}

/** A file and the DocumentReference that names its record. */
export async function fileRecords(sealing: Sealing, file: DemoFile): Promise<RecordToSeal[]> {
  const bytes = await file.make()
  const category = categoryOf(file.reference)
  const { fileName, contentType, occurred } = file
  const stub: Stub = stubOf({ fileName, contentType, date: occurred }, { category })
  const [first] = file.reference.content
  const reference = {
    ...file.reference,
    masterIdentifier: { value: importId(sealing, bytes) },
    content: [
      {
        ...first,
        attachment: {
          ...first?.attachment,
          size: bytes.length,
          extension: [{ url: SHA256_EXTENSION, valueString: toBase64Url(sha256(bytes)) }],
        },
      },
    ],
  }
  return [{ category, kind: 'File', occurred, content: bytes, stub }, recordOf(reference)]
}

/** Records in one step: what a run that is cut short has to do again at most. */
const STEP = 128

type Extent = {
  /** At most so many resources of the core doctors, the most useful first; all of everybody where absent. */
  most?: number | undefined
  /** Without her app her own files are left out. */
  hasApp: boolean
}

/** What of a chart is filled, in this order. */
function partOf(chart: DemoChart, { most, hasApp }: Extent) {
  const isSmall = most !== undefined
  const written = chart.entries.filter(({ by }) => !isSmall || CORE_DOCTORS.has(by))
  return {
    entries: inFillingOrder(written).slice(0, most),
    files: isSmall ? [] : chart.files.filter(({ by }) => hasApp || by !== 'patient'),
  }
}

/** A file is one, and what names it another. */
const FILE_RECORDS = 2

/** How many records somebody's chart will have. */
export function countRecords(member: CastMember, options: ChartOptions, extent: Extent): number {
  const { entries, files } = partOf(makeChart(member, options), extent)
  return entries.length + FILE_RECORDS * files.length
}

/** A step that was done, now or in an earlier run: records that are there, and how many of them were not yet. */
export type ChartStep = { records: number; added: number }

type Filling = {
  team: DemoTeam
  keeper: DemoKeeper
  member: CastMember
  admitted: Admitted
  app: PatientPerson | null
  options: Omit<ChartOptions, 'patient'>
  most?: number | undefined
  onStep: (step: ChartStep) => void
  signal?: AbortSignal | undefined
}

/** What was added of a step, and what waits until its author is at work. */
type Stored = { added: number; waiting: number }

/**
 * Seals somebody's chart, each resource by the doctor who wrote it, and what her files hold. May be repeated.
 * @returns false where some of it waits until its author is at work
 */
export async function fillChart(filling: Filling): Promise<boolean> {
  const { member, admitted, app, options, most, keeper, onStep } = filling
  const chart = makeChart(member, { ...options, patient: admitted.patient })
  const { entries, files } = partOf(chart, { most, hasApp: app !== null })
  const writers = new Writers(filling)
  const { key } = member.person
  let isWhole = true
  const step = async (name: string, records: number, store: () => Promise<Stored>) => {
    let stored = { added: 0, waiting: 0 }
    const isDone = await once(keeper, `${key}: ${name}`, async () => {
      stored = await store()
      return stored.waiting === 0
    })
    if (!isDone) isWhole = false
    onStep({ records: records - stored.waiting, added: stored.added })
  }
  // The short chart of a small demo is the beginning of the long one, so its step has a name of its own.
  for (const [index, some] of inBatches(entries, STEP).entries())
    await step(`records ${index * STEP}–${index * STEP + some.length}`, some.length, () =>
      storeEntries(filling, writers, some),
    )
  for (const file of files) await step(file.fileName, FILE_RECORDS, () => storeFile(filling, writers, file))
  return isWhole
}

async function storeEntries(filling: Filling, writers: Writers, entries: readonly Entry[]): Promise<Stored> {
  const byAuthor = new Map<DoctorKey, RecordToSeal[]>()
  for (const { by, resource } of entries) byAuthor.set(by, [...(byAuthor.get(by) ?? []), recordOf(resource)])
  const all = { added: 0, waiting: 0 }
  for (const [by, records] of byAuthor) {
    const writer = await writers.doctor(by)
    if (writer) all.added += await store(filling, writer, records)
    else all.waiting += records.length
  }
  return all
}

async function storeFile(filling: Filling, writers: Writers, file: DemoFile): Promise<Stored> {
  const writer = file.by === 'patient' ? await writers.patient() : await writers.doctor(file.by)
  if (!writer) return { added: 0, waiting: file.by === 'patient' ? 0 : FILE_RECORDS }
  const records = await fileRecords(writer.sealing, file)
  return { added: await store(filling, writer, records), waiting: 0 }
}

type Writer = { sealing: Sealing; authority: WriteAuthority }

/** @returns how many were not there yet */
async function store({ signal }: Filling, writer: Writer, records: RecordToSeal[]): Promise<number> {
  const { stored } = await importRecords(writer.sealing, { authority: writer.authority, records }, { signal })
  return stored.length
}

/** Everybody who writes into this chart; each is prepared once. */
class Writers {
  readonly #filling: Filling
  readonly #doctors = new Map<DoctorKey, Promise<Writer | null>>()

  constructor(filling: Filling) {
    this.#filling = filling
  }

  /** Null for one who is not at work. */
  doctor(key: DoctorKey): Promise<Writer | null> {
    let writer = this.#doctors.get(key)
    if (!writer) {
      writer = this.#prepare(key)
      this.#doctors.set(key, writer)
    }
    return writer
  }

  async #prepare(key: DoctorKey): Promise<Writer | null> {
    const { team, admitted, signal } = this.#filling
    if (!(await team.isAtWork(key))) return null
    const { card } = admitted
    const doctor = await team.doctor(key)
    const { keys } = await findByCard(doctor, card, { signal })
    const sealing = await prepareSealing(doctor, { keys, stubKey: card.stubKey }, { signal })
    return { sealing, authority: { by: 'card', card } }
  }

  /** The patient herself, from her app. */
  async patient(): Promise<Writer | null> {
    const { app, signal } = this.#filling
    const stubKey = app && stubKeysOf(app.keyring)[0]
    if (!app || !stubKey) return null
    const keys = await attestOwnKeys(app, {}, { signal })
    return { sealing: await prepareSealing(app, { keys, stubKey }, { signal }), authority: { by: 'self' } }
  }
}
