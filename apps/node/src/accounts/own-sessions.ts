import { CuroError } from '@curo/crypto/errors'
import type { NodeContext } from '../context.ts'
import { openText } from '../sealed-columns.ts'
import { idleSince, type Session } from '../sessions.ts'

/** One's own live sessions, newest first. */
export async function listOwnSessions(node: NodeContext, session: Session) {
  const now = node.clock()
  const rows = await node.db
    .selectFrom('sessions')
    .selectAll()
    .where('account', '=', session.account.id)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now)
    .where('last_used_at', '>', idleSince(now, node.config))
    .orderBy('created_at', 'desc')
    .limit(200)
    .execute()
  return Promise.all(
    rows.map(async (row) => ({
      id: row.id,
      device: row.device
        ? await openText(node, { table: 'sessions', column: 'device', row: row.id }, row.device)
        : '',
      createdAt: row.created_at.toISOString(),
      lastUsedAt: row.last_used_at.toISOString(),
      expiresAt: row.expires_at.toISOString(),
      current: row.id === session.sessionId,
    })),
  )
}

/** @throws 'not-found' for a session that is not one's own or has ended */
export async function endOwnSession(node: NodeContext, session: Session, which: string): Promise<void> {
  const ended = await node.db
    .updateTable('sessions')
    .set({ ended_at: node.clock() })
    .where('id', '=', which === 'current' ? session.sessionId : which)
    .where('account', '=', session.account.id)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  if (ended.numUpdatedRows === 0n) throw new CuroError('not-found', 'This session has ended already.')
}
