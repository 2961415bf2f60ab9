import { fetchPatientKeys } from '@curo/client/cards'
import { FileSealing, type KeptFile } from '@curo/client/files'
import { currentLookupKey } from '@curo/client/keyring'
import type { PatientPerson } from '@curo/client/person'
import { prepareSealing, type Sealing } from '@curo/client/sealing'
import { dropUploadById } from '@curo/client/uploads'
import type { Category } from '@curo/crypto/category'
import { CuroError, isCuroError } from '@curo/crypto/errors'
import { deriveStubKey } from '@curo/crypto/lookup'
import type { WorkCall, WorkContext } from '../work/context.ts'
import { type DeviceStore, deviceStoreOf } from './device-store.ts'
import { type HeldUpload, holdUpload, isHeldElsewhere } from './upload/upload-lock.ts'

/** What she says of a file. */
export type FileFacts = { title: string; occurred: string; category: Category }

export type UploadToRun = FileFacts & { id: string; file: File }

export type UploadSent = { sent: number; total: number }

/** As it is kept on the device to be gone on with after a reload, sealed: [Note: an upload outlives the program]. */
type KeptUpload = FileFacts & { id: string; fileName: string; size: number; sent: number; kept: KeptFile }

/** An upload that an earlier visit began. */
export type BegunUpload = Omit<KeptUpload, 'kept'> & { isElsewhere: boolean }

type Running = {
  sealing: FileSealing
  hold: HeldUpload
  /** A run that was aborted still lets go of what it had under way. */
  last: Promise<unknown>
}

/** Until the lock: going on after a lost connection sends nothing twice. */
const running = new Map<string, Running>()

/**
 * Seals a file while it is read, and uploads it; called again after a failure it goes on where it stopped, after a reload
 * from what this device kept.
 * @throws CuroError 'unavailable', 'storage-full', 'too-large', 'rate-limited', 'conflict' (another file than the one
 * begun, or under way in another window), 'invalid-input' (the file changed, or cannot be read)
 */
export async function upload(
  context: WorkContext,
  given: UploadToRun,
  { signal, onProgress }: WorkCall<UploadSent>,
): Promise<{ record: string }> {
  const patient = context.patient()
  const store = await deviceStoreOf(patient)
  const attempt = () =>
    run(patient, store, given, { signal, onProgress }).catch((error) => {
      // Whoever cannot go on begins again from what was kept, with the file as it is then.
      if (!signal.aborted && !isCuroError(error, ...CAN_GO_ON)) letGo(given.id)
      throw readable(error)
    })
  try {
    return await attempt()
  } catch (error) {
    // The hospital has forgotten the upload: it begins anew, once.
    if (!isCuroError(error, 'not-found', 'expired')) throw error
    await forget(store, given.id)
    return await attempt()
  }
}

const CAN_GO_ON = ['unavailable', 'storage-full', 'rate-limited', 'too-large'] as const

async function run(
  patient: PatientPerson,
  store: DeviceStore,
  given: UploadToRun,
  { signal, onProgress }: Pick<WorkCall<UploadSent>, 'signal' | 'onProgress'>,
): Promise<{ record: string }> {
  const { id, file, title, occurred, category } = given
  const one = running.get(id) ?? (await begin(patient, store, given, signal))
  await one.last.catch(() => {})
  signal.throwIfAborted()
  let sent = 0
  const run = one.sealing.run({
    signal,
    onUpload: ({ sentBytes, totalBytes }) => {
      sent = sentBytes / totalBytes
      onProgress({ sent: sentBytes, total: totalBytes })
    },
    onKeep: (kept) => {
      const row: KeptUpload = {
        id,
        fileName: file.name,
        size: file.size,
        title,
        occurred,
        category,
        sent,
        kept,
      }
      return store.put('uploads', [[id, row]])
    },
    lookupKeys: patient.keyring.lookupKeys,
  })
  one.last = run
  const { reference } = await run
  await forget(store, id)
  return { record: reference.id }
}

async function begin(
  patient: PatientPerson,
  store: DeviceStore,
  { id, file, title, occurred, category }: UploadToRun,
  signal: AbortSignal,
): Promise<Running> {
  const hold = await holdUpload(id)
  try {
    const kept = (await store.rows<KeptUpload>('uploads')).find((one) => one.id === id)?.kept
    const described = { source: file, size: file.size, fileName: file.name, title, occurred, category }
    const sealing = new FileSealing(await ownSealing(patient, signal), {
      authority: { by: 'self' },
      file: described,
      kept,
    })
    const one = { sealing, hold, last: Promise.resolve() }
    running.set(id, one)
    return one
  } catch (error) {
    hold.release()
    throw error
  }
}

async function ownSealing(patient: PatientPerson, signal: AbortSignal): Promise<Sealing> {
  const trust = { identity: patient.identity.publicKey }
  const keys = await fetchPatientKeys(patient, { patient: patient.account.patient, trust }, { signal })
  return prepareSealing(patient, { keys, stubKey: deriveStubKey(currentLookupKey(patient.keyring).key) })
}

function letGo(id: string): void {
  running.get(id)?.hold.release()
  running.delete(id)
}

async function forget(store: DeviceStore, id: string): Promise<void> {
  letGo(id)
  await store.remove('uploads', [id])
}

/** A file that was moved, or is on a stick that was pulled out, fails with the browser's own error. */
function readable(error: unknown): unknown {
  if (error instanceof DOMException && error.name !== 'AbortError')
    return new CuroError('invalid-input', 'The file cannot be read any more. Choose it again.', {
      cause: error,
    })
  return error
}

/** Uploads that an earlier visit, or another window, began and did not finish. */
export async function begunUploads(context: WorkContext): Promise<BegunUpload[]> {
  const kept = await (await deviceStoreOf(context.patient())).rows<KeptUpload>('uploads')
  const others = kept.filter(({ id }) => !running.has(id))
  return Promise.all(
    others.map(async ({ kept: _, ...begun }) => ({ ...begun, isElsewhere: await isHeldElsewhere(begun.id) })),
  )
}

/** Gives an upload up: what was sent of it is deleted at the hospital, what is kept of it here. */
export async function giveUpUpload(
  context: WorkContext,
  { id }: { id: string },
  { signal }: WorkCall,
): Promise<void> {
  const patient = context.patient()
  const store = await deviceStoreOf(patient)
  const kept = (await store.rows<KeptUpload>('uploads')).find((one) => one.id === id)?.kept
  await store.remove('uploads', [id])
  const sealing = running.get(id)?.sealing
  await forget(store, id)
  // Without a network the hospital forgets it by itself, some days later.
  const ignoreAway = (error: unknown) => {
    if (!isCuroError(error, 'unavailable', 'not-found')) throw error
  }
  if (sealing) await sealing.drop({ signal }).catch(ignoreAway)
  else if (kept) await dropUploadById(patient, kept.upload.upload, { signal }).catch(ignoreAway)
}
