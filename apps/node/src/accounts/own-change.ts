import type { AccountChange } from '@curo/contract/accounts'
import { checkAccountChange } from '@curo/crypto/account-change'
import type { NodeContext } from '../context.ts'
import type { Session } from '../sessions.ts'

/** What was sent: the body, with what the path names where it does. */
type Changed = {
  readonly route: { readonly name: string }
  readonly body: { readonly change: AccountChange; readonly [member: string]: unknown }
}

/**
 * [Note: root in hand] Checks that whoever sent this body holds the account's root, not only a session of it.
 * @throws 'forged-signature', 'expired'
 */
export async function checkOwnChange(
  node: Pick<NodeContext, 'clock'>,
  owner: Pick<Session['account'], 'id' | 'identity'>,
  { route, body }: Changed,
): Promise<void> {
  const { change: statement, ...content } = body
  await checkAccountChange({
    statement,
    account: owner.id,
    change: route.name,
    content,
    identity: owner.identity,
    now: node.clock(),
  })
}
