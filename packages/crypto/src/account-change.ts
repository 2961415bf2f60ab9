import { type Bytes, toBase64Url } from './bytes.ts'
import { canonicalBytes } from './canonical-json.ts'
import { CuroError } from './errors.ts'
import { sha256 } from './hash.ts'
import { type Signed, type SigningKey, signBody, verifyBody } from './signatures.ts'

/**
 * [Note: root in hand] A session lets one act; what decides who may sign in (password, recovery kit, second factors,
 * guardians) also takes a statement signed by the account's identity key. A stolen session token changes none of it.
 */
const KIND = 'account-change'
const GOOD_FOR_MS = 5 * 60_000
const CLOCK_AHEAD_MS = 60_000

export type AccountChangeBody = {
  v: 1
  account: string
  /** What is changed: the name of the route that takes it. */
  change: string
  /** SHA-256 of the canonical JSON of what it is changed to (the body and what the path names), base64url. */
  content: string
  at: string
}

const digestOf = (content: object): string => toBase64Url(sha256(canonicalBytes(content)))

export type SignAccountChange = {
  account: string
  change: string
  content: object
  key: SigningKey
  at?: Date | undefined
}

export function signAccountChange(given: SignAccountChange): Promise<Signed<AccountChangeBody>> {
  const { account, change, content, key, at = new Date() } = given
  const body = { v: 1 as const, account, change, content: digestOf(content), at: at.toISOString() }
  return signBody({ kind: KIND, body, key })
}

export type CheckAccountChange = {
  statement: Signed<AccountChangeBody>
  account: string
  change: string
  content: object
  /** The account's Ed25519 identity key. */
  identity: Uint8Array
  now: Date
}

/** Throws 'forged-signature' for another account, change, content or key, 'expired' for a statement that is not fresh. */
export async function checkAccountChange(given: CheckAccountChange): Promise<Bytes> {
  const { statement, account, change, content, identity, now } = given
  const isThis =
    statement.account === account && statement.change === change && statement.content === digestOf(content)
  if (!isThis)
    throw new CuroError('forged-signature', 'What was signed is not what was sent. Start this change again.')
  const signer = await verifyBody({ kind: KIND, body: statement, expectedSigner: identity })
  const age = now.getTime() - new Date(statement.at).getTime()
  if (!(age <= GOOD_FOR_MS && age >= -CLOCK_AHEAD_MS))
    throw new CuroError('expired', 'This change was not signed just now. Check this device’s clock.')
  return signer
}
