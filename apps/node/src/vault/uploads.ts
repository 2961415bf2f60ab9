import type { Envelope } from '@curo/contract/records'
import { PART_BYTES } from '@curo/contract/vault'
import { CuroError } from '@curo/crypto/errors'
import { randomId } from '@curo/crypto/random'
import { combineParts, type Manifest, type PartManifest } from '@curo/vault/manifest'
import { objectsOf } from '@curo/vault/orphans'
import { sql } from 'kysely'
import type { NodeContext } from '../context.ts'
import { inTransaction, type Queries } from '../database.ts'
import { forgetObjects, rememberObjects } from './objects.ts'

/** An upload nobody finishes is given up after this long. */
const UPLOAD_LIFETIME_MS = 7 * 24 * 60 * 60_000
/** 64 GiB: larger than any study; a mistyped size is caught before the disk is. */
const LARGEST_BYTES = 64 * 2 ** 30
/** Unfinished uploads of one account. */
const MOST_UPLOADS = 20

const noSuchUpload = () => new CuroError('not-found', 'There is no such upload. Start it again.')

export type UploadState = {
  upload: string
  sealedSize: number
  partBytes: number
  parts: number[]
  expiresAt: string
}

const partsOf = (sealedSize: number) => Math.ceil(sealedSize / PART_BYTES)

/** Bytes of one part of an upload. */
export function bytesOfPart(sealedSize: number, part: number): number {
  return Math.min(PART_BYTES, sealedSize - part * PART_BYTES)
}

/** Makes room for sealed content. Throws `too-large` for more than one may have under way, `rate-limited`. */
export async function startUpload(
  node: NodeContext,
  { account, sealedSize, mostBytes }: { account: string; sealedSize: number; mostBytes: number },
): Promise<UploadState> {
  const largest = Math.min(LARGEST_BYTES, mostBytes)
  if (sealedSize > largest)
    throw new CuroError('too-large', `One file may have ${largest / 2 ** 30} GiB at most. Split it.`)
  const now = node.clock()
  const upload = randomId()
  const expiresAt = new Date(now.getTime() + UPLOAD_LIFETIME_MS)
  await inTransaction(node.db, async (trx) => {
    // Of uploads that one account starts at once, none sees the others: they are counted one after another.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`uploads ${account}`}, 0))`.execute(trx)
    const { open, reserved } = await trx
      .selectFrom('uploads')
      .select((eb) => [
        eb.fn.countAll<string>().as('open'),
        eb.fn.coalesce(eb.fn.sum<string>('sealed_size'), sql<string>`0`).as('reserved'),
      ])
      .where('account', '=', account)
      .where('record', 'is', null)
      .where('expires_at', '>', now)
      .executeTakeFirstOrThrow()
    if (Number(open) >= MOST_UPLOADS)
      throw new CuroError('rate-limited', 'Too many unfinished uploads. Finish or drop one first.')
    if (Number(reserved) + sealedSize > mostBytes)
      throw new CuroError(
        'too-large',
        `Unfinished uploads may have ${mostBytes / 2 ** 30} GiB together. Finish or drop one first.`,
        { details: { reservedBytes: Number(reserved), mostBytes } },
      )
    await trx
      .insertInto('uploads')
      .values({
        id: upload,
        account,
        sealed_size: sealedSize,
        created_at: now,
        expires_at: expiresAt,
        record: null,
      })
      .execute()
  })
  return { upload, sealedSize, partBytes: PART_BYTES, parts: [], expiresAt: expiresAt.toISOString() }
}

/** An upload under way. `lock`: it stays under way until the transaction ends. */
async function openUpload(
  db: Queries,
  given: { upload: string; account: string; now: Date; lock?: 'share' | 'update' },
) {
  const { upload, account, now, lock } = given
  const query = db
    .selectFrom('uploads')
    .selectAll()
    .where('id', '=', upload)
    .where('account', '=', account)
    .where('record', 'is', null)
    .where('expires_at', '>', now)
  const row = await (lock === 'share'
    ? query.forShare()
    : lock
      ? query.forUpdate()
      : query
  ).executeTakeFirst()
  if (!row) throw noSuchUpload()
  return { sealedSize: Number(row.sealed_size), expiresAt: row.expires_at }
}

export async function uploadState(
  node: NodeContext,
  { account, upload }: { account: string; upload: string },
): Promise<UploadState> {
  const { sealedSize, expiresAt } = await openUpload(node.db, { upload, account, now: node.clock() })
  const rows = await node.db
    .selectFrom('upload_parts')
    .select('part')
    .where('upload', '=', upload)
    .orderBy('part')
    .execute()
  return {
    upload,
    sealedSize,
    partBytes: PART_BYTES,
    parts: rows.map((row) => row.part),
    expiresAt: expiresAt.toISOString(),
  }
}

/**
 * Makes one part durable. Sending a part again is harmless: the pieces of the one that loses become orphans.
 * Throws `invalid-input` for a part of the wrong size, `not-found`, `storage-full`, `unavailable`.
 */
export async function putPart(
  node: NodeContext,
  { account, upload, part, bytes }: { account: string; upload: string; part: number; bytes: Uint8Array },
): Promise<void> {
  const { sealedSize } = await openUpload(node.db, { upload, account, now: node.clock() })
  if (part >= partsOf(sealedSize))
    throw new CuroError('invalid-input', 'There is no such part in this upload.')
  const expected = bytesOfPart(sealedSize, part)
  if (bytes.length !== expected)
    throw new CuroError(
      'invalid-input',
      `Part ${part} has ${expected} bytes, not ${bytes.length}. Send it again.`,
    )
  const manifest = await node.vault.putPart({ source: bytes })
  const objects = objectsOf({ parts: [manifest] })
  const isFirst = await inTransaction(node.db, async (trx) => {
    // Writing the pieces took a while: the upload may have been dropped or become a record meanwhile.
    await openUpload(trx, { upload, account, now: node.clock(), lock: 'share' })
    const stored = await trx
      .insertInto('upload_parts')
      .values({ upload, part, manifest: JSON.stringify(manifest) })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (stored.numInsertedOrUpdatedRows === 0n) return false
    await rememberObjects(trx, objects)
    return true
  }).catch(async (error) => {
    if (error instanceof CuroError) await node.vault.remove(objects)
    throw error
  })
  if (!isFirst) await node.vault.remove(objects)
}

/** Gives an upload up and removes its pieces. */
export async function dropUpload(
  node: NodeContext,
  { account, upload }: { account: string; upload: string },
): Promise<void> {
  const objects = await inTransaction(node.db, async (trx) => {
    await openUpload(trx, { upload, account, now: node.clock(), lock: 'update' })
    const rows = await trx
      .deleteFrom('upload_parts')
      .where('upload', '=', upload)
      .returning('manifest')
      .execute()
    await trx.deleteFrom('uploads').where('id', '=', upload).execute()
    const dropped = objectsOf({ parts: rows.map((row) => row.manifest as PartManifest) })
    await forgetObjects(trx, dropped)
    return dropped
  })
  await node.vault.remove(objects)
}

/**
 * Turns a finished upload into a record's manifest, in the transaction that stores the record. Throws `not-found`,
 * `invalid-input` while parts are missing, `tampered` when the pieces do not add up to the signed root.
 */
export async function finishUpload(
  trx: Queries,
  { upload, account, envelope, now }: { upload: string; account: string; envelope: Envelope; now: Date },
): Promise<Manifest> {
  const { sealedSize } = await openUpload(trx, { upload, account, now, lock: 'update' })
  const rows = await trx
    .selectFrom('upload_parts')
    .select(['part', 'manifest'])
    .where('upload', '=', upload)
    .orderBy('part')
    .execute()
  const missing = partsOf(sealedSize) - rows.length
  if (missing > 0)
    throw new CuroError('invalid-input', `${missing} parts of this upload are missing. Send them first.`)
  const manifest = combineParts(rows.map((row) => row.manifest as PartManifest))
  if (manifest.size !== envelope.sealedSize || manifest.root !== envelope.root)
    throw new CuroError(
      'tampered',
      'The uploaded content is not what the envelope describes. Upload it again.',
    )
  const taken = await trx
    .updateTable('uploads')
    .set({ record: envelope.id })
    .where('id', '=', upload)
    .where('record', 'is', null)
    .executeTakeFirst()
  if (taken.numUpdatedRows === 0n) throw noSuchUpload()
  await trx.deleteFrom('upload_parts').where('upload', '=', upload).execute()
  return manifest
}
