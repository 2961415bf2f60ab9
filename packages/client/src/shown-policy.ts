import { getLedger } from '@curo/contract/ledger'
import { parseVkey } from '@curo/ledger/keys'
import type { Policy } from '@curo/ledger/policy'
import { parsePolicy } from '@curo/ledger/policy-file'
import type { CallOptions } from './api.ts'
import type { Connection } from './connection.ts'
import { ownPolicy } from './log.ts'

/**
 * The policy that the hospital names: whose cosignatures make its ledger final; its own signature where it names none.
 * The log's key in it is the one that was pinned, or the node would have changed logs.
 * @throws CuroError 'malformed', 'unavailable'
 */
export async function shownPolicy(
  { api, hospital }: Pick<Connection, 'api' | 'hospital'>,
  options: CallOptions = {},
): Promise<Policy> {
  const { policy } = await api.call(getLedger, {}, options)
  if (policy === null) return ownPolicy(hospital)
  return { ...parsePolicy(policy), logs: [{ key: parseVkey(hospital.logKey) }] }
}
