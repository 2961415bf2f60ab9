import type { Outbox, OutboxMessage } from '../context.ts'
import { makeTestNode, type TestNode, type TestNodeOptions } from './test-node.ts'

/** A node that keeps its messages instead of sending them, for tests of what is sent and to whom. */
export async function makeRecordedNode(
  options: TestNodeOptions = {},
): Promise<{ node: TestNode; sent: OutboxMessage[] }> {
  const sent: OutboxMessage[] = []
  const outbox: Outbox = { enqueue: async (_trx, message) => void sent.push(message) }
  const node = await makeTestNode({ ...options, services: { outbox, ...options.services } })
  return { node, sent }
}
