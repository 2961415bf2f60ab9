import type { HospitalProfile } from '@curo/contract/hospital'
import { toBase64Url } from '@curo/crypto/bytes'
import type { NodeFrame } from '../context.ts'
import type { Queries } from '../database.ts'

export type StoredProfile = { profile: HospitalProfile; revision: number; logo: string | null }

/** What the configuration says, until an administrator has saved something else. */
function firstProfile({ hospitalName, timeZone }: NodeFrame['config']): HospitalProfile {
  return {
    name: hospitalName,
    facilities: [],
    departments: [],
    letterhead: { lines: [] },
    timeZone,
    currency: 'INR',
    languages: ['en', 'hi'],
    countryPrefix: '+91',
  }
}

/** The profile in force; of the caller's transaction where there is one. */
export async function profileOf(
  node: Pick<NodeFrame, 'config'>,
  db: Queries,
): Promise<{ profile: HospitalProfile; revision: number }> {
  const row = await db.selectFrom('hospital_profile').select(['profile', 'revision']).executeTakeFirst()
  return row ?? { profile: firstProfile(node.config), revision: 0 }
}

export async function storedProfile(node: Pick<NodeFrame, 'config' | 'db'>): Promise<StoredProfile> {
  const [stored, logo] = await Promise.all([profileOf(node, node.db), logoHash(node.db)])
  return { ...stored, logo }
}

async function logoHash(db: Queries): Promise<string | null> {
  const row = await db.selectFrom('hospital_logo').select('hash').executeTakeFirst()
  return row ? toBase64Url(row.hash) : null
}
