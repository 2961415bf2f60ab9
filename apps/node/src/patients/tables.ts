import type { Attestation, IdentityRotation, PatientKeys } from '@curo/contract/patients'
import type { Generated, JSONColumnType } from 'kysely'

export type PatientTables = {
  patients: {
    id: string
    no: Generated<number>
    demographics: Buffer
    mediation_scalar: Buffer
    identity: Buffer
    revision: number
    keyring: Buffer
    activated_at: Date | null
    created_at: Date
    created_by: string | null
  }
  patient_keys: { patient: string; revision: number; identity: Buffer; keys: JSONColumnType<PatientKeys> }
  patient_identity_rotations: {
    patient: string
    revision: number
    rotation: JSONColumnType<IdentityRotation>
  }
  patient_wrapped_roots: { patient: string; wrapped_by: 'card' | 'kit'; wrapped: Buffer }
  mediation_points: {
    patient: string
    x: Buffer
    share: Buffer
    point: Buffer
    holder: 'category' | 'card' | 'author'
    account: string | null
  }
  attestations: {
    patient: string
    hash: Buffer
    signer: Buffer
    statement: JSONColumnType<Attestation>
    stored_at: Date
  }
  attested_points: { patient: string; x: Buffer; hash: Buffer }
  patient_search: { token: string; no: number }
}
