import type { RouteOutput } from '@curo/contract/route'
import { type listUploads, PART_BYTES } from '@curo/contract/vault'
import type { NodeContext } from '../context.ts'
import { bytesOfPart } from './uploads.ts'

/** What somebody has begun to upload and not finished: to go on with it, or to give it up. */
export async function ownUploads(
  node: Pick<NodeContext, 'db' | 'clock'>,
  { account, mostBytes }: { account: string; mostBytes: number },
): Promise<RouteOutput<typeof listUploads>> {
  const rows = await node.db
    .selectFrom('uploads')
    .select(['id', 'sealed_size', 'created_at', 'expires_at'])
    .where('account', '=', account)
    .where('record', 'is', null)
    .where('expires_at', '>', node.clock())
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute()
  const parts =
    rows.length > 0
      ? await partsOf(
          node,
          rows.map(({ id }) => id),
        )
      : new Map<string, number[]>()
  const uploads = rows.map((row) => {
    const sealedSize = Number(row.sealed_size)
    const received = parts.get(row.id) ?? []
    return {
      upload: row.id,
      sealedSize,
      partBytes: PART_BYTES,
      parts: received,
      receivedBytes: received.reduce((sum, part) => sum + bytesOfPart(sealedSize, part), 0),
      createdAt: row.created_at.toISOString(),
      expiresAt: row.expires_at.toISOString(),
    }
  })
  const reservedBytes = uploads.reduce((sum, { sealedSize }) => sum + sealedSize, 0)
  return { uploads, reservedBytes, mostBytes }
}

async function partsOf(
  node: Pick<NodeContext, 'db'>,
  uploads: readonly string[],
): Promise<Map<string, number[]>> {
  const rows = await node.db
    .selectFrom('upload_parts')
    .select(['upload', 'part'])
    .where('upload', 'in', uploads)
    .orderBy('part')
    .execute()
  const parts = new Map<string, number[]>()
  for (const { upload, part } of rows) {
    const before = parts.get(upload)
    if (before) before.push(part)
    else parts.set(upload, [part])
  }
  return parts
}
