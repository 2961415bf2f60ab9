import type { AccountKeys, OwnAccount } from '@curo/contract/accounts'
import type { HospitalInfo } from '@curo/contract/hospital'
import { deriveIdentityKey, deriveSealKey } from '@curo/crypto/account'
import { toBase64Url } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { type SigningKey, signBody, verifyBody } from '@curo/crypto/signatures'
import type { SealingKeyPair } from '@curo/crypto/xwing'
import type { Api } from './api.ts'
import type { Keyring } from './keyring.ts'

/** Someone signed in: her account, her keys (here and nowhere else), and calls that carry her session. */
export type Person = {
  readonly api: Api
  readonly hospital: HospitalInfo
  readonly account: OwnAccount
  readonly root: Uint8Array
  readonly identity: SigningKey
  readonly seal: SealingKeyPair
  /** Patients only. */
  readonly keyring: Keyring | null
  /** When the session ends unless it is used. */
  readonly expiresAt: string
}

/** A person who has a record here. */
export type PatientPerson = Person & {
  readonly account: OwnAccount & { patient: string }
  readonly keyring: Keyring
}

/** @throws CuroError 'forbidden' for someone who is not a patient of this hospital */
export function asPatient(person: Person): PatientPerson {
  if (person.account.patient === null || person.keyring === null)
    throw new CuroError('forbidden', 'Only a patient can do this. Sign in with a patient’s account.')
  return person as PatientPerson
}

export type MakePersonOptions = Pick<
  Person,
  'api' | 'hospital' | 'account' | 'root' | 'keyring' | 'expiresAt'
>

/**
 * Derives a person's keys and compares them with those that the node shows for her account.
 * @throws CuroError 'bad-key' when the node shows others: it has swapped them, or the account is damaged
 */
export async function makePerson(options: MakePersonOptions): Promise<Person> {
  const identity = await deriveIdentityKey(options.root)
  const seal = await deriveSealKey(options.root)
  const { keys, id } = options.account
  const own = keys.identity === toBase64Url(identity.publicKey) && keys.seal === toBase64Url(seal.publicKey)
  if (!own || keys.account !== id)
    throw new CuroError(
      'bad-key',
      'The hospital’s computer shows other public keys for this account than your own. Do not go on; report it.',
    )
  await verifyBody({ kind: 'account-keys', body: keys, expectedSigner: identity.publicKey })
  return { ...options, identity, seal }
}

/** An account's public keys, signed by its own identity key. */
export async function makeAccountKeys({
  account,
  root,
}: {
  account: string
  root: Uint8Array
}): Promise<AccountKeys> {
  const identity = await deriveIdentityKey(root)
  const seal = await deriveSealKey(root)
  const body = {
    v: 1 as const,
    account,
    identity: toBase64Url(identity.publicKey),
    seal: toBase64Url(seal.publicKey),
    at: new Date().toISOString(),
  }
  return signBody({ kind: 'account-keys', body, key: identity })
}

/**
 * Checks that an account's keys are signed by themselves and belong to that account. It says nothing about whose
 * account it is: that stands in the ledger (verifyClinician).
 * @throws CuroError 'forged-signature' | 'bad-key'
 */
export async function verifyAccountKeys(keys: AccountKeys, account: string): Promise<void> {
  if (keys.account !== account)
    throw new CuroError(
      'bad-key',
      'The hospital’s computer shows the keys of another account. Do not go on; report it.',
    )
  await verifyBody({ kind: 'account-keys', body: keys, expectedSigner: keys.identity })
}
