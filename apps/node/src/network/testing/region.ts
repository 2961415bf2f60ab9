import { parseVkey } from '@curo/ledger/keys'
import { quorumPolicy } from '@curo/ledger/policy'
import { formatPolicy } from '@curo/ledger/policy-file'
import { onTestFinished } from 'vitest'
import { meetPatients, sampleEvent } from '../../ledger/testing/sample-events.ts'
import { makeTestNode, type TestNode, type TestNodeOptions } from '../../testing/test-node.ts'
import { describeNetwork, setPolicy } from '../service.ts'

export type PolicyChange = {
  /** Addresses to use instead of the nodes' own, by the number of the node. */
  addresses?: Record<number, string>
}

/** Tells every node about all others: each witnesses and mirrors them, and asks them to cosign its own log. */
export async function introduce(
  nodes: readonly TestNode[],
  threshold: number,
  { addresses = {} }: PolicyChange = {},
) {
  const faces = await Promise.all(nodes.map(({ context }) => describeNetwork(context)))
  const address = (at: number) => addresses[at] ?? nodes[at]?.address ?? ''
  for (const [own, node] of nodes.entries()) {
    const others = faces.map((face, at) => ({ face, at })).filter(({ at }) => at !== own)
    const policy = quorumPolicy({
      logs: others.map(({ face, at }) => ({
        key: parseVkey(face.logKey),
        url: `${address(at)}/log`,
      })),
      witnesses: others.map(({ face, at }) => ({
        key: parseVkey(face.witnessKey),
        url: `${address(at)}/witness`,
      })),
      threshold,
    })
    await setPolicy(node.context, formatPolicy(policy))
  }
}

/** Hospitals that know each other. */
export async function makeRegion(
  size: number,
  threshold: number,
  options: TestNodeOptions = {},
): Promise<TestNode[]> {
  const nodes = await Promise.all(
    Array.from({ length: size }, (_, at) => makeTestNode({ ...options, origin: `h${at}.test/log` })),
  )
  await introduce(nodes, threshold)
  return nodes
}

/** The same, until the test that asks for it is over. */
export async function makeRegionOfTest(size: number, threshold: number): Promise<TestNode[]> {
  const nodes = await makeRegion(size, threshold)
  onTestFinished(async () => void (await Promise.all(nodes.map((node) => node.stop()))))
  return nodes
}

/** Writes so many events of one patient into the ledger of a hospital. */
export async function append(node: TestNode, count = 1) {
  const [patient] = await meetPatients(node.context, 1)
  if (!patient) throw new Error('Nobody was met.')
  return node.context.ledger.submitAlone(Array.from({ length: count }, () => sampleEvent(patient.patient)))
}
