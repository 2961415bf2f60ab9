import type { ImageType } from '@curo/contract/file-types'
import type { HospitalProfile } from '@curo/contract/hospital'
import type { Generated, JSONColumnType } from 'kysely'

export type HospitalTables = {
  node_state: { name: string; value: Generated<string> }
  hospital_setup: { singleton: Generated<boolean>; account: string; at: Date }
  hospital_profile: {
    singleton: Generated<boolean>
    profile: JSONColumnType<HospitalProfile>
    revision: number
    updated_at: Date
    updated_by: string | null
  }
  hospital_logo: { singleton: Generated<boolean>; type: ImageType; hash: Buffer; bytes: Buffer }
  hospital_registry: { singleton: Generated<boolean>; revision: number; name: string }
}
