import { resumeSession, type SavedSession, saveSession } from '@curo/client/accounts'
import { makeApi } from '@curo/client/api'
import type { Connection } from '@curo/client/connection'
import { openKeyring } from '@curo/client/keyring'
import { makePerson, type Person } from '@curo/client/person'
import { type OwnAccount, ownAccount } from '@curo/contract/accounts'
import { type HospitalInfo, hospitalInfo } from '@curo/contract/hospital'
import { fromBase64Url, toBase64Url, utf8Bytes, utf8Text } from '@curo/crypto/bytes'
import { makeDeviceKey, openOnDevice, sealOnDevice } from '@curo/crypto/device-key'
import { isCuroError } from '@curo/crypto/errors'
import { randomId } from '@curo/crypto/random'
import { getDeviceKey, putDeviceKey } from './device-keys.ts'

/** What a reload needs: see [Note: a reload keeps the person signed in]. */
type Kept = { saved: SavedSession; account: OwnAccount; hospital: HospitalInfo }

const aadOf = (id: string) => utf8Bytes(`curo/v1/kept-session\0${id}`)

/** `id.ciphertext`, for sessionStorage; the key stays in IndexedDB under the id. */
export async function keepForReload(person: Person): Promise<string> {
  const { account, hospital, expiresAt } = person
  const kept: Kept = { saved: await saveSession(person), account, hospital }
  const key = await makeDeviceKey()
  const id = randomId()
  const plaintext = utf8Bytes(JSON.stringify(kept))
  const sealed = await sealOnDevice({ key, aad: aadOf(id), plaintext })
  plaintext.fill(0)
  await putDeviceKey({ id, key, expiresAt })
  return `${id}.${toBase64Url(sealed)}`
}

/**
 * Takes the session up again; without a network with what was known, so that what is on this device can be read.
 * @returns null when its key is gone: only the password helps then
 * @throws CuroError 'unauthorized' when the node has ended the session, 'forbidden' when the account was suspended
 */
export async function resumeKept(
  text: string,
  connect: () => Promise<Connection>,
): Promise<{ person: Person; offline: boolean } | null> {
  const [id = '', sealed = ''] = text.split('.')
  const key = await getDeviceKey(id)
  if (!key) return null
  const opened = await openOnDevice({ key, aad: aadOf(id), sealed: fromBase64Url(sealed) }).catch(() => null)
  if (!opened) return null
  const kept = JSON.parse(utf8Text(opened)) as Kept
  opened.fill(0)
  try {
    return { person: await resumeSession(await connect(), kept.saved), offline: false }
  } catch (error) {
    if (!isCuroError(error, 'unavailable')) throw error
    return { person: await personOf(kept), offline: true }
  }
}

async function personOf({ saved, ...kept }: Kept): Promise<Person> {
  const account = ownAccount.parse(kept.account)
  const hospital = hospitalInfo.parse(kept.hospital)
  const root = fromBase64Url(saved.root)
  const keyring =
    account.patient && saved.keyring
      ? await openKeyring({ root, patient: account.patient, sealed: saved.keyring })
      : null
  const api = makeApi({ node: location.origin, byCookie: true })
  return makePerson({ api, hospital, account, root, keyring, expiresAt: saved.expiresAt })
}
