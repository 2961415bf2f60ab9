import {
  addCheckpoint as addCheckpointRoute,
  getMirrored,
  getNetwork,
  getWitnessed,
  putNetworkPolicy,
} from '@curo/contract/network'
import { CuroError } from '@curo/crypto/errors'
import { originHash } from '@curo/ledger/add-checkpoint'
import type { NodeContext } from '../context.ts'
import { type Handler, handle } from '../http.ts'
import { cosignerKey } from './cosigner-keys.ts'
import { mirrorFolder } from './mirror.ts'
import { readPolicy } from './policy-store.ts'
import { describeNetwork, setPolicy } from './service.ts'
import { addCheckpoint } from './witness.ts'
import { WitnessHeads } from './witness-store.ts'

const IMMUTABLE = 'public, max-age=31536000, immutable'
const FRESH = 'public, max-age=1'

export function networkHandlers(node: NodeContext): Handler[] {
  const { config, keys, pool, clock, log } = node
  const heads = new WitnessHeads(pool)
  const witness = cosignerKey({ origin: config.origin, role: 'witness', seed: keys.witnessSeed })
  return [
    handle(getNetwork, () => describeNetwork(node)),
    handle(putNetworkPolicy, async ({ body }) => {
      await setPolicy(node, body.policy)
      return describeNetwork(node)
    }),
    handle(addCheckpointRoute, async ({ body, reply }) => {
      const { cosign } = await witness
      const answer = await addCheckpoint({ heads, cosign, clock, log }, body)
      reply.code(answer.status).type(answer.contentType)
      return answer.body
    }),
    handle(getWitnessed, async ({ params, reply }) => {
      const { logs } = await readPolicy(pool)
      const origin = logs.find(({ key }) => originHash(key.name) === params.log)?.key.name
      const head = origin === undefined ? undefined : await heads.find(origin)
      if (!head?.cosigned) throw new CuroError('not-found', 'This witness has cosigned no such log.')
      reply.header('cache-control', FRESH)
      return head.checkpoint
    }),
    handle(getMirrored, async ({ params, request, reply }) => {
      const path = (request.params as { '*': string })['*']
      const bytes = await mirrorFolder(config, params.log).read(path)
      if (!bytes) throw new CuroError('not-found', 'This mirror has no such file.')
      const isCheckpoint = path === 'checkpoint'
      reply.header('cache-control', isCheckpoint ? FRESH : IMMUTABLE)
      if (isCheckpoint) reply.type('text/plain; charset=utf-8')
      return bytes
    }),
  ]
}
