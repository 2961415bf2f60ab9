import type { OwnAccount } from '@curo/contract/accounts'
import { fromBase64Url } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import type { NodeContext } from '../context.ts'
import { inTransaction } from '../database.ts'
import type { JobList } from '../jobs.ts'
import { asBuffer } from '../sealed-columns.ts'
import type { Session } from '../sessions.ts'
import { recordUnfinishedLogins } from './password-login.ts'
import { viewOwnAccount } from './views.ts'

export async function ownAccount(node: NodeContext, session: Session): Promise<OwnAccount> {
  const row = await node.db
    .selectFrom('accounts')
    .selectAll()
    .where('id', '=', session.account.id)
    .executeTakeFirstOrThrow()
  return viewOwnAccount(node, row)
}

/** The keyring is sealed to the patient herself; the node only keeps it. */
export async function replaceKeyring(node: NodeContext, session: Session, keyring: string): Promise<void> {
  const changed = await node.db
    .updateTable('patients')
    .set({ keyring: asBuffer(fromBase64Url(keyring)) })
    .where('id', '=', (own) =>
      own.selectFrom('accounts').select('patient').where('id', '=', session.account.id),
    )
    .executeTakeFirst()
  if (changed.numUpdatedRows === 0n) throw new CuroError('not-found', 'This account has no patient.')
}

const KEEP_SESSIONS_DAYS = 30

/** Forgets what is over: logins, counted tries, old sessions. */
export function accountJobs(node: NodeContext): JobList {
  return {
    tasks: {
      'forget-old-sessions': async () => {
        const now = node.clock()
        const longAgo = new Date(now.getTime() - KEEP_SESSIONS_DAYS * 86_400_000)
        await inTransaction(node.db, async (trx) => {
          const over = await trx
            .deleteFrom('logins')
            .where('expires_at', '<', now)
            .returning(['account', 'expires_at'])
            .execute()
          await recordUnfinishedLogins(trx, over)
        })
        await node.db.deleteFrom('attempts').where('window_ends', '<', now).execute()
        await node.db.deleteFrom('sessions').where('expires_at', '<', longAgo).execute()
      },
    },
    schedule: [{ task: 'forget-old-sessions', match: '17 * * * *' }],
  }
}
