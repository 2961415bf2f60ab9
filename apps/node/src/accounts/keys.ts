import type { AccountKeys } from '@curo/contract/accounts'
import { fromBase64Url } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { checkSigningPublicKey, verifyBody } from '@curo/crypto/signatures'
import { checkSealingPublicKey } from '@curo/crypto/xwing'

/**
 * Refuses keys that are not the account's own, or that would verify or seal for more than one person (small
 * order, not canonical).
 * @throws 'bad-key', 'forged-signature', 'invalid-input'
 */
export async function checkAccountKeys(keys: AccountKeys, account: string): Promise<void> {
  if (keys.account !== account)
    throw new CuroError('invalid-input', 'The keys belong to another account id: make them for this one.')
  checkSigningPublicKey(fromBase64Url(keys.identity))
  checkSealingPublicKey(fromBase64Url(keys.seal))
  await verifyBody({ kind: 'account-keys', body: keys, expectedSigner: keys.identity })
}
