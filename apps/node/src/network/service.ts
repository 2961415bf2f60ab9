import type { getNetwork } from '@curo/contract/network'
import type { RouteOutput } from '@curo/contract/route'
import { formatVkey } from '@curo/ledger/keys'
import type { Policy } from '@curo/ledger/policy'
import { formatPolicy } from '@curo/ledger/policy-file'
import type { NodeContext } from '../context.ts'
import type { JobList } from '../jobs.ts'
import { CHANNEL } from '../ledger/announcements.ts'
import { logNoteKey } from '../ledger/log-key.ts'
import { cosignerKey } from './cosigner-keys.ts'
import { updateMirrors } from './mirror.ts'
import { ALONE, readPolicy, replacePolicy } from './policy-store.ts'

type KeyedNode = Pick<NodeContext, 'config' | 'keys'>

async function ownKeys({ config: { origin }, keys }: KeyedNode) {
  const [log, witness, mirror] = await Promise.all([
    logNoteKey(origin, keys.logSeed),
    cosignerKey({ origin, role: 'witness', seed: keys.witnessSeed }),
    cosignerKey({ origin, role: 'mirror', seed: keys.mirrorSeed }),
  ])
  return { log: log.key, witness: witness.key, mirror: mirror.key }
}

/** Who this node is to other hospitals, and the policy it goes by. */
export async function describeNetwork(
  node: KeyedNode & Pick<NodeContext, 'pool'>,
): Promise<RouteOutput<typeof getNetwork>> {
  const [{ log, witness, mirror }, policy] = await Promise.all([ownKeys(node), readPolicy(node.pool)])
  return {
    origin: node.config.origin,
    logKey: formatVkey(log),
    witnessKey: formatVkey(witness),
    mirrorKey: formatVkey(mirror),
    policy: policy === ALONE ? null : formatPolicy(policy),
  }
}

/**
 * Sets which logs this node witnesses and mirrors, which witnesses its own log asks, and the quorum, from the text of
 * a C2SP policy file; it holds at once and in every process.
 * @throws CuroError 'malformed' | 'bad-key' | 'invalid-input'
 */
export async function setPolicy(node: KeyedNode & Pick<NodeContext, 'pool'>, text: string): Promise<Policy> {
  const { witness, mirror } = await ownKeys(node)
  const policy = await replacePolicy(node.pool, { text, ownKeys: [witness, mirror] })
  await node.pool.query('SELECT pg_notify($1, $2)', [CHANNEL, '0'])
  return policy
}

export function networkJobs(node: NodeContext): JobList {
  return {
    tasks: { 'network.mirror': () => updateMirrors(node) },
    schedule: [{ task: 'network.mirror', match: '* * * * *' }],
  }
}
