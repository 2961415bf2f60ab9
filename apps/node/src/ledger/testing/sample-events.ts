import { toBase64Url } from '@curo/crypto/bytes'
import { randomBytes, randomId } from '@curo/crypto/random'
import type { LedgerEvent, NodeContext } from '../../context.ts'
import { inTransaction } from '../../database.ts'
import { readHead } from '../head.ts'

export type SamplePatient = { patient: string; epoch: number; chainKey: Uint8Array }

/** Patients whom the hospital has just met: their chains are open and empty. */
export async function meetPatients(
  node: Pick<NodeContext, 'db' | 'ledger'>,
  count: number,
): Promise<SamplePatient[]> {
  const patients = Array.from({ length: count }, () => ({
    patient: randomId(),
    epoch: 0,
    chainKey: randomBytes(32),
  }))
  await inTransaction(node.db, async (trx) => {
    for (const patient of patients) await node.ledger.openChain(trx, patient)
  })
  return patients
}

export function sampleEvent(patient: string, change: Partial<LedgerEvent> = {}): LedgerEvent {
  const id = randomId()
  return {
    patient,
    class: 'patient',
    kind: 'opening',
    id,
    at: new Date().toISOString(),
    details: {
      opening: id,
      by: { account: randomId(), identity: toBase64Url(randomBytes(32)) },
      via: 'card',
      records: [randomId(), randomId()],
    },
    ...change,
  }
}

/** Only so that a log that stands still fails its test: on a busy machine a round and its fsyncs take seconds. */
const DEADLINE_MS = 60_000
const LOOK_EVERY_MS = 15

/** Resolves once the log has published, or has had cosigned, `size` entries. */
export async function untilLogHas(
  node: Pick<NodeContext, 'pool'>,
  state: 'publishedSize' | 'finalSize',
  size: number,
): Promise<void> {
  for (const deadline = Date.now() + DEADLINE_MS; ; ) {
    const head = await readHead(node.pool)
    if (head && head[state] >= size) return
    if (Date.now() > deadline)
      throw new Error(`the log did not reach ${state} ${size}: ${JSON.stringify(head)}`)
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  }
}
