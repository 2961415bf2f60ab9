import type { EmergencyRequest } from '@curo/contract/emergencies'
import { toBase64Url } from '@curo/crypto/bytes'
import { canonicalBytes } from '@curo/crypto/canonical-json'
import { CuroError } from '@curo/crypto/errors'
import { sha256 } from '@curo/crypto/hash'
import type { NodeContext } from '../context.ts'
import { openJson } from '../sealed-columns.ts'
import type { EmergencyRow } from './views.ts'

/** How long a colleague may take to come. */
export const CONFIRM_WITHIN_MS = 15 * 60_000
/** What is opened in an emergency is open this long; the next hour needs a second doctor again. */
export const EMERGENCY_MS = 60 * 60_000
/** The hospital looks at every emergency afterwards (protocol.md, “Consent”). */
export const REVIEW_WITHIN_MS = 72 * 60 * 60_000
/** What an emergency must show, and nothing beyond. */
export const EMERGENCY_SCOPE = { categories: ['summary' as const], records: [] }

export const emergencyCell = (column: 'request' | 'confirmation' | 'review_reason', row: string) =>
  ({ table: 'emergencies', column, row }) as const

/** Absent and forbidden look the same. */
export const noSuchEmergency = () =>
  new CuroError('not-found', 'There is no such emergency. Ask again, with the card in hand.')

export async function openEmergencyRequest(
  node: Pick<NodeContext, 'keys'>,
  row: Pick<EmergencyRow, 'id' | 'request'>,
): Promise<EmergencyRequest> {
  return openJson<EmergencyRequest>(node, emergencyCell('request', row.id), row.request)
}

/** What a confirmation names its request by: all of it, the signature too. */
export const requestDigest = (request: EmergencyRequest) => toBase64Url(sha256(canonicalBytes(request)))
