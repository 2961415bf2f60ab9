import type { AccountKeys } from '@curo/contract/accounts'
import {
  findGuardian as findGuardianRoute,
  GUARDIANS,
  getGuardians as getGuardiansRoute,
  listGuardianships as listGuardianshipsRoute,
  putGuardians,
  releaseShare as releaseShareRoute,
  removeGuardians as removeGuardiansRoute,
} from '@curo/contract/guardians'
import { FINGERPRINT_BYTES, fingerprintOf } from '@curo/crypto/account'
import { concatBytes, equalBytes, fromBase64Url, toBase64Url, utf8Bytes } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import {
  openShareAsGuardian,
  requestNumber,
  sealShareToGuardian,
  sealShareToRequest,
} from '@curo/crypto/guardian-shares'
import { splitAmongGuardians } from '@curo/crypto/guardians'
import { sha256 } from '@curo/crypto/hash'
import type { CallOptions, CallOutput } from './api.ts'
import { signOwnChange } from './own-change.ts'
import { type Person, verifyAccountKeys } from './person.ts'

const ID_BYTES = 16
const CHECK_BYTES = 3

const checkOf = (bytes: Uint8Array) =>
  sha256(utf8Bytes('curo/v1/guardian-invitation\0'), bytes).slice(0, CHECK_BYTES)

/**
 * What a future guardian gives to the owner, as a link, a QR code or a message: her account and the fingerprint of her
 * key. Not a secret; but it has to come from herself, because the owner takes her key for hers by it.
 */
export function guardianInvitation({ account, identity, hospital }: Person): string {
  const bytes = concatBytes(fromBase64Url(account.id), fingerprintOf(identity.publicKey))
  return `${hospital.homeNode}/guardian#${toBase64Url(concatBytes(bytes, checkOf(bytes)))}`
}

/** @throws CuroError 'malformed' when it was cut off or mistyped */
export function readGuardianInvitation(text: string): { account: string; fingerprint: string } {
  const code = text.trim().split('#').at(-1) ?? ''
  let bytes: Uint8Array
  try {
    bytes = fromBase64Url(code)
  } catch (cause) {
    throw malformed(cause)
  }
  const body = bytes.subarray(0, ID_BYTES + FINGERPRINT_BYTES)
  const isWhole =
    bytes.length === ID_BYTES + FINGERPRINT_BYTES + CHECK_BYTES &&
    equalBytes(checkOf(body), bytes.subarray(body.length))
  if (!isWhole) throw malformed()
  return {
    account: toBase64Url(body.subarray(0, ID_BYTES)),
    fingerprint: toBase64Url(body.subarray(ID_BYTES)),
  }
}

const malformed = (cause?: unknown) =>
  new CuroError(
    'malformed',
    'This is not a whole invitation: copy it again, from its beginning to its end.',
    {
      cause,
    },
  )

/** Somebody who may become a guardian, with keys that fit her invitation. */
export type GuardianCandidate = { account: string; name: string; keys: AccountKeys }

/**
 * Whose invitation this is.
 * @throws CuroError 'malformed', 'not-found', 'invalid-input' (one's own), 'bad-key' when the node shows another key
 */
export async function findGuardian(
  person: Person,
  invitation: string,
  options: CallOptions = {},
): Promise<GuardianCandidate> {
  const body = readGuardianInvitation(invitation)
  const candidate = await person.api.call(findGuardianRoute, { body }, options)
  await verifyAccountKeys(candidate.keys, body.account)
  const shown = fingerprintOf(fromBase64Url(candidate.keys.identity))
  if (candidate.account !== body.account || toBase64Url(shown) !== body.fingerprint)
    throw new CuroError(
      'bad-key',
      'The hospital’s computer shows another key than the invitation’s. Do not go on; report it.',
    )
  return candidate
}

export type Guardians = CallOutput<typeof getGuardiansRoute>

/** Whom one has named, and since when; nobody where `since` is null. */
export function getGuardians(person: Person, options: CallOptions = {}): Promise<Guardians> {
  return person.api.call(getGuardiansRoute, {}, options)
}

/**
 * Names three guardians; any two of them can give the account back, one alone learns nothing. The shares of those before
 * are forgotten.
 * @throws CuroError 'invalid-input' (not three different people), 'not-found' (one is not active any more)
 */
export async function nameGuardians(
  person: Person,
  candidates: readonly GuardianCandidate[],
  options: CallOptions = {},
): Promise<void> {
  const { account, identity, root } = person
  if (new Set(candidates.map((candidate) => candidate.account)).size !== GUARDIANS)
    throw new CuroError('invalid-input', 'Name three different people.')
  const { commitment, shares } = await splitAmongGuardians(root)
  const sealed = await Promise.all(
    candidates.map(async (guardian, at) => {
      const share = {
        owner: account.id,
        guardian: guardian.account,
        identity: identity.publicKey,
        commitment,
        share: shares[at] as (typeof shares)[number],
      }
      const sealedShare = await sealShareToGuardian(share, fromBase64Url(guardian.keys.seal))
      return { account: guardian.account, sealedShare: toBase64Url(sealedShare) }
    }),
  )
  const content = { commitment: toBase64Url(commitment), shares: sealed }
  const body = { ...content, change: await signOwnChange(person, putGuardians, content) }
  await person.api.call(putGuardians, { body }, options)
}

/** @throws CuroError 'not-found' where there are none */
export async function removeGuardians(person: Person, options: CallOptions = {}): Promise<void> {
  const body = { change: await signOwnChange(person, removeGuardiansRoute, {}) }
  await person.api.call(removeGuardiansRoute, { body }, options)
}

export type Guardianship = CallOutput<typeof listGuardianshipsRoute>['guardianships'][number]
/** `number`: twenty digits that must be the same on the owner’s screen; compared by telephone before releasing. */
export type GuardianRequest = CallOutput<typeof listGuardianshipsRoute>['requests'][number] & {
  number: string
}

/** Whose guardian one is, and who of them asks for help. */
export async function listGuardianships(
  person: Person,
  options: CallOptions = {},
): Promise<{ guardianships: Guardianship[]; requests: GuardianRequest[] }> {
  const { guardianships, requests } = await person.api.call(listGuardianshipsRoute, {}, options)
  return {
    guardianships,
    requests: requests.map((request) => ({
      ...request,
      number: requestNumber({
        request: request.recovery,
        requestKey: fromBase64Url(request.requestKey),
      }),
    })),
  }
}

/**
 * Gives one's share to the request whose number one has compared by telephone.
 * @throws CuroError 'not-found' (over or refused), 'wrong-key' (the share that the node gave is not this guardian's)
 */
export async function releaseShare(
  person: Person,
  { recovery, owner, requestKey }: Pick<GuardianRequest, 'recovery' | 'owner' | 'requestKey'>,
  options: CallOptions = {},
): Promise<void> {
  const { guardianships } = await person.api.call(listGuardianshipsRoute, {}, options)
  const held = guardianships.find((one) => one.owner === owner)
  if (!held) throw new CuroError('not-found', 'You are not this person’s guardian any more.')
  const share = await openShareAsGuardian({
    sealed: fromBase64Url(held.sealedShare),
    keyPair: person.seal,
    owner,
    guardian: person.account.id,
  })
  const sealed = await sealShareToRequest({
    share,
    request: recovery,
    requestKey: fromBase64Url(requestKey),
  })
  share.share.fill(0)
  const content = { sealedShare: toBase64Url(sealed) }
  const change = await signOwnChange(person, releaseShareRoute, { ...content, recovery })
  await person.api.call(
    releaseShareRoute,
    { params: { recovery }, body: { ...content, change } },
    { ...options, repeatable: true },
  )
}
