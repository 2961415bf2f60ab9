import type { AccountChange } from '@curo/contract/accounts'
import { signAccountChange } from '@curo/crypto/account-change'
import type { SigningKey } from '@curo/crypto/signatures'

/** [Note: root in hand] The statement that goes with a change of one's own account: `content` is the body without it. */
export function signOwnChange(
  { account, identity }: { account: { id: string }; identity: SigningKey },
  route: { readonly name: string },
  content: object,
): Promise<AccountChange> {
  return signAccountChange({ account: account.id, change: route.name, content, key: identity })
}
