import { readImageSize } from '@curo/contract/file-types'
import { LOGO_PIXELS } from '@curo/contract/hospital'
import { toBase64Url } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { sha256 } from '@curo/crypto/hash'
import type { FastifyReply } from 'fastify'
import { recordActivity } from '../audit/activity.ts'
import type { NodeContext } from '../context.ts'
import { inTransaction } from '../database.ts'
import { asBuffer } from '../sealed-columns.ts'
import type { Session } from '../sessions.ts'

/** @throws 'invalid-input' for anything but a small PNG or JPEG: an SVG could carry a script */
export async function setLogo(
  node: NodeContext,
  session: Session,
  bytes: Uint8Array,
): Promise<{ logo: string }> {
  const size = readImageSize(bytes)
  if (!size) throw new CuroError('invalid-input', 'The logo must be a PNG or JPEG picture.')
  const { type, width, height } = size
  if (Math.min(width, height) < 1 || Math.max(width, height) > LOGO_PIXELS)
    throw new CuroError('invalid-input', `The logo may be ${LOGO_PIXELS} pixels wide and high at most.`)
  const hash = sha256(bytes)
  const values = { type, hash: asBuffer(hash), bytes: asBuffer(bytes) }
  const at = node.clock()
  await inTransaction(node.db, async (trx) => {
    await trx
      .insertInto('hospital_logo')
      .values(values)
      .onConflict((conflict) => conflict.column('singleton').doUpdateSet(values))
      .execute()
    await recordActivity(trx, { kind: 'hospital', outcome: 'logo', by: session.account, at })
  })
  return { logo: toBase64Url(hash) }
}

export async function dropLogo(node: NodeContext, session: Session): Promise<void> {
  const at = node.clock()
  await inTransaction(node.db, async (trx) => {
    const dropped = await trx.deleteFrom('hospital_logo').executeTakeFirst()
    if (dropped.numDeletedRows > 0n)
      await recordActivity(trx, { kind: 'hospital', outcome: 'logo', by: session.account, at })
  })
}

/** @throws 'not-found' */
export async function readLogo(node: NodeContext, reply: FastifyReply): Promise<Uint8Array> {
  const row = await node.db.selectFrom('hospital_logo').select(['type', 'bytes']).executeTakeFirst()
  if (!row) throw new CuroError('not-found', 'This hospital has no logo.')
  reply.type(row.type).header('cache-control', 'public, max-age=300')
  return row.bytes
}
