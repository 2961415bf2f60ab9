import { FileSealing } from '@curo/client/files'
import type { Category } from '@curo/crypto/category'
import { categoryOfFile, documentReferenceFor } from '@curo/fhir/document'
import { stubOf } from '@curo/fhir/stub'
import type { TimelineSource } from '@curo/fhir/timeline'
import { noteWrittenFile } from '../visits/work.ts'
import type { WorkCall, WorkContext } from '../work/context.ts'
import { prepareWriting } from './writing.ts'

export type ResultFile = {
  /** Of this upload: the same one goes on where it stopped. */
  id: string
  patient: string
  file: File
  /** As it will be called. */
  fileName: string
  /** Clinical day. */
  occurred: string
  category: Category
}

/** Uploads that were stopped, or failed, and can go on; until the lock. */
const underWay = new Map<string, { sealing: FileSealing; lookupKeys: LookupKeys }>()
type LookupKeys = Awaited<ReturnType<typeof prepareWriting>>['lookupKeys']

/**
 * Seals a result while it is read, and uploads it. Stopped by the signal or failed, the same call goes on where it was.
 * @throws CuroError 'not-found' (no right to write), 'unavailable', 'storage-full', 'too-large', 'invalid-input'
 */
export async function uploadResult(
  context: WorkContext,
  given: ResultFile,
  { signal, onProgress }: WorkCall<{ sent: number; total: number }>,
): Promise<{ sources: TimelineSource[]; record: string }> {
  const { id, patient, file } = given
  const one = underWay.get(id) ?? (await begin(context, given, signal))
  underWay.set(id, one)
  const { lookupKeys, sealing } = one
  const sealed = await sealing.run({
    signal,
    lookupKeys,
    onUpload: ({ sentBytes, totalBytes }) => onProgress({ sent: sentBytes, total: totalBytes }),
  })
  underWay.delete(id)
  const { contentType } = sealed
  const [record, reference] = [sealed.file.id, sealed.reference.id]
  noteWrittenFile(patient, record, file)
  return { record: reference, sources: sourcesOf(context, { ...given, contentType, record, reference }) }
}

async function begin(context: WorkContext, given: ResultFile, signal: AbortSignal) {
  const { patient, file, fileName, occurred, category } = given
  const { sealing, authority, lookupKeys } = await prepareWriting(context, patient, signal)
  const described = { source: file, size: file.size, fileName, occurred, category }
  return { sealing: new FileSealing(sealing, { authority, file: described }), lookupKeys }
}

/** Gives an upload up: what was sent of it is deleted at the hospital. */
export async function giveUpResult(
  _: WorkContext,
  { id }: { id: string },
  { signal }: WorkCall,
): Promise<void> {
  const one = underWay.get(id)
  underWay.delete(id)
  await one?.sealing.drop({ signal })
}

type Stored = ResultFile & { contentType: string; record: string; reference: string }

/** What the open chart shows of it at once: the file, and the document that describes it. */
function sourcesOf(context: WorkContext, stored: Stored): TimelineSource[] {
  const { fileName, contentType, occurred, category, patient, record, reference, file } = stored
  const { account } = context.person()
  const described = documentReferenceFor({
    ...{ fileName, contentType, size: file.size, date: occurred },
    ...{
      patient: `Patient/${patient}`,
      author: account.name,
      category: category ?? categoryOfFile(contentType),
    },
  })
  const resource = { ...described, masterIdentifier: { value: record } } as NonNullable<
    TimelineSource['resource']
  >
  const common = {
    category,
    occurred,
    created: new Date().toISOString(),
    author: { id: account.id, name: account.name },
  }
  return [
    {
      ...common,
      record: reference,
      kind: 'DocumentReference',
      stub: stubOf(resource, { category }),
      resource,
    },
    {
      ...common,
      record,
      kind: 'File',
      stub: stubOf({ fileName, contentType, date: occurred }, { category }),
    },
  ]
}
