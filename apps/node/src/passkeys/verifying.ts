import type { CreationAnswer, RequestAnswer } from '@curo/contract/passkey-ceremonies'
import { fromBase64Url, utf8Text } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server'
import { decodeAttestationObject } from '@simplewebauthn/server/helpers'
import type { Transaction } from 'kysely'
import type { NodeContext } from '../context.ts'
import type { Database, Queries } from '../database.ts'
import { asBuffer } from '../sealed-columns.ts'
import { ALGORITHMS } from './ceremonies.ts'
import { relyingParty } from './relying-party.ts'

export const refusedPasskey = (cause?: unknown) =>
  new CuroError('unauthorized', 'This passkey was not accepted: try again, or sign in with your password.', {
    cause,
  })

export const NO_ATTESTATION = 'no attestation was asked for'

export type NewCredential = { id: string; publicKey: Uint8Array; counter: number }

/** Checks what an authenticator made (WebAuthn §7.1). @throws 'unauthorized' */
export async function verifyCreation(
  node: NodeContext,
  { answer, challenge }: { answer: CreationAnswer; challenge: string },
): Promise<NewCredential> {
  const party = relyingParty(node.config)
  try {
    refuseOtherFrames(answer.response.clientDataJSON)
    // Statements of other kinds carry certificates; the library would fetch revocation lists from where they say.
    const attestation = decodeAttestationObject(fromBase64Url(answer.response.attestationObject))
    if (attestation.get('fmt') !== 'none') throw new Error(NO_ATTESTATION)
    const { registrationInfo } = await verifyRegistrationResponse({
      response: { ...answer, clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: party.origins,
      expectedRPID: party.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    })
    if (registrationInfo?.credential.id !== answer.id) throw new Error('the credential has another id')
    const { id, publicKey, counter } = registrationInfo.credential
    return { id, publicKey, counter }
  } catch (cause) {
    throw refusedPasskey(cause)
  }
}

/** A page in another site's frame is not what the person sees. */
function refuseOtherFrames(clientDataJSON: string): void {
  const data = JSON.parse(utf8Text(fromBase64Url(clientDataJSON))) as { crossOrigin?: unknown } | null
  if (data?.crossOrigin) throw new Error('the page was in a frame of another site')
}

export type UsedPasskey = { id: string; account: string; wrappedRoot: Uint8Array | null; counter: number }

/**
 * Checks an answer to a challenge (WebAuthn §7.2) against the passkey that it names. The counter is checked by
 * `useCounter`, where of two answers at once one wins.
 * @throws 'unauthorized', the same for an unknown passkey, another's, and a wrong answer
 */
export async function verifyAnswer(
  node: NodeContext,
  given: { answer: RequestAnswer; challenge: string; account: string | null; alone: boolean },
  db: Queries = node.db,
): Promise<UsedPasskey> {
  const { answer, challenge, account, alone } = given
  const row = await db
    .selectFrom('passkeys')
    .selectAll()
    .where('credential', '=', asBuffer(fromBase64Url(answer.id)))
    .executeTakeFirst()
  if (!row || (account !== null && row.account !== account)) throw refusedPasskey()
  const party = relyingParty(node.config)
  try {
    const { userHandle, ...rest } = answer.response
    // Somebody else's passkey may not speak for this account (§7.2, step 6).
    if (userHandle === undefined ? alone : userHandle !== row.account) throw new Error('of another person')
    refuseOtherFrames(rest.clientDataJSON)
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: { ...answer, response: rest, clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: party.origins,
      expectedRPID: party.id,
      requireUserVerification: alone,
      credential: { id: answer.id, publicKey: new Uint8Array(row.public_key), counter: -1 },
    })
    if (!verified) throw new Error('the signature does not hold')
    const { newCounter: counter } = authenticationInfo
    return { id: row.id, account: row.account, wrappedRoot: row.wrapped_root, counter }
  } catch (cause) {
    throw refusedPasskey(cause)
  }
}

/**
 * Notes that a passkey was used. An authenticator that counts never gives the same number twice: if it seems to,
 * somebody has a copy of it, or this answer was here before.
 * @returns false for a counter that did not rise
 */
export async function useCounter(
  trx: Transaction<Database>,
  { id, counter }: UsedPasskey,
  now: Date,
): Promise<boolean> {
  const used = await trx
    .updateTable('passkeys')
    .set({ counter, last_used_at: now })
    .where('id', '=', id)
    .where((eb) => eb.or([eb('counter', '<', counter), ...(counter === 0 ? [eb('counter', '=', 0)] : [])]))
    .executeTakeFirst()
  return used.numUpdatedRows === 1n
}
