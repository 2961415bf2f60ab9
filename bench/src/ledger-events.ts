import { toBase64Url } from '@curo/crypto/bytes'
import { randomBytes, randomId } from '@curo/crypto/random'
import { type SigningKey, signBody } from '@curo/crypto/signatures'
import type { LedgerEvent, NodeContext } from '@curo/node/context'
import { inTransaction } from '@curo/node/database'

/** Chains of patients who are known to the ledger and nowhere else. */
export async function makePatients(node: NodeContext, count: number): Promise<string[]> {
  const patients = Array.from({ length: count }, randomId)
  await inTransaction(node.db, async (trx) => {
    for (const patient of patients)
      await node.ledger.openChain(trx, { patient, epoch: 0, chainKey: randomBytes(32) })
  })
  return patients
}

/** Openings of one record each, with the doctor's signed request in them: what a node writes most. */
export async function makeOpenings(options: {
  count: number
  patients: readonly string[]
  doctor: SigningKey
}) {
  const { count, patients, doctor } = options
  const by = { account: randomId(), identity: toBase64Url(doctor.publicKey) }
  const events: LedgerEvent[] = []
  for (let i = 0; i < count; i++) {
    const patient = patients[i % patients.length] as string
    const id = randomId()
    const records = [randomId()]
    const at = new Date().toISOString()
    const request = { v: 1, id, patient, account: by.account, via: 'card', records, at }
    const document = await signBody({ kind: 'opening-request', body: request, key: doctor })
    events.push({
      patient,
      class: 'patient',
      kind: 'opening',
      id,
      at,
      details: { opening: id, by, via: 'card', records },
      statements: [{ kind: 'opening-request', document }],
    })
  }
  return events
}

/** Resolves once the log has published `size` entries: sequenced, signed, and its tiles in the folder. */
export async function untilPublished(node: NodeContext, size: number): Promise<void> {
  for (;;) {
    const { rows } = await node.pool.query<{ published_size: number }>(
      'SELECT published_size FROM ledger_head',
    )
    if ((rows[0]?.published_size ?? 0) >= size) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
