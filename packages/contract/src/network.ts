import { z } from 'zod'
import { defineRoute } from './route.ts'

export const addCheckpoint = defineRoute({
  name: 'addCheckpoint',
  method: 'POST',
  path: '/witness/add-checkpoint',
  summary:
    'Cosigns another hospital’s checkpoint once it is proved to extend the last one (C2SP tlog-witness)',
  access: 'public',
  rawBody: 'text/plain; charset=utf-8',
  rawResponse: 'text/plain; charset=utf-8',
})

/** Who this node is to other hospitals: its verifier keys (signed-note), and the policy it goes by (tlog-policy). */
const network = z.object({
  origin: z.string(),
  logKey: z.string(),
  witnessKey: z.string(),
  mirrorKey: z.string(),
  policy: z.string().nullable(),
})

export const getNetwork = defineRoute({
  name: 'getNetwork',
  method: 'GET',
  path: '/v1/network',
  summary: 'What other hospitals need to know to witness this one, and whom this one witnesses and asks',
  access: 'public',
  response: network,
})

export const putNetworkPolicy = defineRoute({
  name: 'putNetworkPolicy',
  method: 'PUT',
  path: '/v1/network/policy',
  summary: 'Sets the logs that this node witnesses and the witnesses that must cosign its own',
  access: 'operator',
  body: z.object({ policy: z.string().min(1).max(65_536) }),
  response: network,
})

/** Lower-case hex of SHA-256(origin). */
const originHash = z.string().regex(/^[0-9a-f]{64}$/)

export const getWitnessed = defineRoute({
  name: 'getWitnessed',
  method: 'GET',
  path: '/witness/:log/checkpoint',
  summary: 'The checkpoint of a log as this witness cosigned it last (C2SP tlog-witness)',
  access: 'public',
  params: z.object({ log: originHash }),
  rawResponse: 'text/plain; charset=utf-8',
})

export const getMirrored = defineRoute({
  name: 'getMirrored',
  method: 'GET',
  path: '/mirror/:log/*',
  summary:
    'The copy of another hospital’s log that this node keeps (C2SP tlog-mirror): its checkpoint and tiles',
  access: 'public',
  params: z.object({ log: originHash }),
  rawResponse: 'application/octet-stream',
})
