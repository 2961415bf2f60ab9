import {
  dropHospitalLogo as dropLogoRoute,
  getHospitalProfile as getProfileRoute,
  type HospitalProfile,
  hospitalProfile,
  LOGO_BYTES,
  putHospitalLogo as putLogoRoute,
  putHospitalProfile as putProfileRoute,
} from '@curo/contract/hospital'
import { toBase64Url } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { sha256 } from '@curo/crypto/hash'
import type { Api, CallOptions } from './api.ts'
import type { Connection } from './connection.ts'
import type { Person } from './person.ts'

export type { HospitalProfile } from '@curo/contract/hospital'

export type StoredProfile = {
  profile: HospitalProfile
  /** Give it back when saving. 0 until an administrator has saved a profile. */
  revision: number
  /** SHA-256 of the logo, base64url; null where there is none. */
  logo: string | null
}

/**
 * What a browser shows first: `set-up` with the printed code until the first administrator has registered; `profile` until
 * an administrator has saved the hospital's profile; then `ready`.
 */
export function firstRunOf({ hospital }: Pick<Connection, 'hospital'>): 'set-up' | 'profile' | 'ready' {
  if (!hospital.ready) return 'set-up'
  return hospital.configured ? 'ready' : 'profile'
}

/** Name, departments, facilities, letterhead; also before signing in. */
export async function getHospitalProfile(api: Api, options: CallOptions = {}): Promise<StoredProfile> {
  return api.call(getProfileRoute, {}, options)
}

/**
 * Saves the profile, over the revision that was read.
 * @throws CuroError 'invalid-input' naming the fields, 'conflict' (another administrator saved meanwhile), 'forbidden'
 */
export async function saveHospitalProfile(
  person: Person,
  { profile, revision }: { profile: HospitalProfile; revision: number },
  options: CallOptions = {},
): Promise<StoredProfile> {
  const checked = hospitalProfile.safeParse(profile)
  if (!checked.success) {
    const fields = checked.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
    throw new CuroError('invalid-input', 'Correct the marked fields.', {
      cause: checked.error,
      details: { fields },
    })
  }
  return person.api.call(putProfileRoute, { body: { profile: checked.data, revision } }, options)
}

/** A PNG or JPEG of at most 256 KiB and 2048 pixels a side. @throws CuroError 'too-large', 'invalid-input' */
export async function setHospitalLogo(
  person: Person,
  picture: Uint8Array,
  options: CallOptions = {},
): Promise<string> {
  if (picture.length > LOGO_BYTES)
    throw new CuroError('too-large', 'The logo may have 256 KiB at most. Make the picture smaller.')
  const { logo } = await person.api.call(putLogoRoute, { body: picture }, options)
  if (logo !== toBase64Url(sha256(picture)))
    throw new CuroError('tampered', 'The hospital’s computer kept another picture than was sent.')
  return logo
}

export async function dropHospitalLogo(person: Person, options: CallOptions = {}): Promise<void> {
  await person.api.call(dropLogoRoute, {}, options)
}

/** Where a page shows the logo from; changes with it. */
export function logoUrl(api: Api, logo: string): string {
  return `${api.node}/v1/hospital/logo?${logo.slice(0, 12)}`
}
