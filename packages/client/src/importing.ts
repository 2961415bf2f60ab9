import { concatBytes, toBase64Url, utf8Bytes } from '@curo/crypto/bytes'
import { isCuroError } from '@curo/crypto/errors'
import { hmacSha256, sha256 } from '@curo/crypto/hash'
import { inBatches, mapBounded } from './batches.ts'
import {
  type PutOptions,
  putSealedRecords,
  type RecordToSeal,
  type StoredRecord,
  sealRecord,
  type WriteAuthority,
} from './records.ts'
import type { Sealing } from './sealing.ts'

export type Imported = {
  stored: StoredRecord[]
  /** Ids of records that were there already, from an earlier run. */
  known: string[]
}

const BATCH_RECORDS = 64
const PARALLEL_BATCHES = 2

/**
 * The id under which content is imported: the same for the same patient and content, so that importing twice adds nothing,
 * and keyed, so that the node learns nothing of the content from it.
 */
export function importId({ stubKey, keys }: Pick<Sealing, 'stubKey' | 'keys'>, content: Uint8Array): string {
  const subject = concatBytes(utf8Bytes(`curo/v1/import\0${keys.patient}\0`), sha256(content))
  for (let attempt = 0; ; attempt++) {
    const id = toBase64Url(hmacSha256(stubKey, subject, Uint8Array.of(attempt)).slice(0, 16))
    // As randomId: no id begins like an option.
    if (!id.startsWith('-')) return id
  }
}

/**
 * Seals and stores records under importId's ids, in batches. May be stopped at any time and called again: what is there
 * already is found out and left alone, and content that occurs twice is stored once.
 * @throws CuroError as sealAndPutRecords does
 */
export async function importRecords(
  sealing: Sealing,
  { authority, records }: { authority: WriteAuthority; records: readonly Omit<RecordToSeal, 'id'>[] },
  options: PutOptions = {},
): Promise<Imported> {
  const byId = new Map(records.map((record) => [importId(sealing, record.content), record]))
  const imported: Imported = { stored: [], known: [] }
  let done = 0
  await mapBounded(inBatches([...byId], BATCH_RECORDS), PARALLEL_BATCHES, async (batch) => {
    options.signal?.throwIfAborted()
    const sealed = await mapBounded(batch, 4, ([id, record]) =>
      sealRecord(sealing, { ...record, id }, options),
    )
    const put = (some: typeof sealed) => putSealedRecords(sealing, { authority, records: some }, options)
    const stored = await put(sealed).catch((error) => {
      if (isCuroError(error, 'conflict')) return null
      throw error
    })
    if (stored) imported.stored.push(...stored)
    else
      await mapBounded(sealed, 4, async (one) => {
        try {
          imported.stored.push(...(await put([one])))
        } catch (error) {
          if (!isCuroError(error, 'conflict')) throw error
          imported.known.push(one.envelope.id)
        }
      })
    done += batch.length
    options.onProgress?.(done, byId.size)
  })
  return imported
}
