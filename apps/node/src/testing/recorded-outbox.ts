import type { Outbox, OutboxMessage } from '../context.ts'

/** An outbox that keeps what it was given, for tests of what is sent and to whom. */
export function makeRecordedOutbox(): { outbox: Outbox; sent: OutboxMessage[] } {
  const sent: OutboxMessage[] = []
  return { sent, outbox: { enqueue: async (_trx, message) => void sent.push(message) } }
}
