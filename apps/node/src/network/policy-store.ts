import { equalBytes } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import type { NoteKey } from '@curo/ledger/keys'
import { NO_QUORUM, type Policy } from '@curo/ledger/policy'
import { formatPolicy, parsePolicy } from '@curo/ledger/policy-file'
import type { Executor } from '../ledger/sql.ts'

/** A hospital alone: its log is published but never final. */
export const ALONE: Policy = { logs: [], witnesses: [], groups: [], quorum: NO_QUORUM }

let parsed: { text: string; policy: Policy } | null = null

/** The network as this node knows it; read anew each time, because another process may have changed it. */
export async function readPolicy(executor: Executor): Promise<Policy> {
  const { rows } = await executor.query<{ policy: string }>('SELECT policy FROM network_policy')
  const text = rows[0]?.policy
  if (text === undefined) return ALONE
  if (parsed?.text !== text) parsed = { text, policy: parsePolicy(text) }
  return parsed.policy
}

/**
 * Replaces the network's policy: `log` lines with their URL are the logs this node witnesses and mirrors (its own may
 * stand among them), `witness` lines with a URL are asked to cosign its log.
 * @throws CuroError 'malformed' | 'bad-key' for a file that is none; 'invalid-input' when one of the node's own keys
 *   stands among the witnesses: it would cosign whatever it signs
 */
export async function replacePolicy(
  executor: Executor,
  { text, ownKeys }: { text: string; ownKeys: readonly NoteKey[] },
): Promise<Policy> {
  const policy = parsePolicy(text)
  for (const { key } of policy.witnesses)
    if (ownKeys.some(({ publicKey }) => equalBytes(publicKey, key.publicKey)))
      throw new CuroError(
        'invalid-input',
        'A hospital does not count its own witness: remove it from the policy.',
      )
  await executor.query(
    `INSERT INTO network_policy (policy) VALUES ($1)
     ON CONFLICT (one) DO UPDATE SET policy = excluded.policy, updated_at = now()`,
    [formatPolicy(policy)],
  )
  return policy
}
