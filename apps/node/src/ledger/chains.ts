import { equalBytes } from '@curo/crypto/bytes'
import { openColumn, sealColumn } from '@curo/crypto/column-seal'
import { CuroError } from '@curo/crypto/errors'
import type { ChainOpening } from '../context.ts'
import type { ChainState } from './events.ts'
import { resumeChains } from './resume-chains.ts'
import type { Executor } from './sql.ts'

const COLUMN = { table: 'ledger_chains', column: 'chain_key' } as const
/** Unsealed chain keys kept at hand; each is wanted again by the patient's next event. */
const MAX_CACHED_KEYS = 10_000

export class Chains {
  readonly #dataKey: Uint8Array
  readonly #origin: string
  readonly #keys = new Map<string, Uint8Array>()

  constructor({ dataKey, origin }: { dataKey: Uint8Array; origin: string }) {
    this.#dataKey = dataKey
    this.#origin = origin
  }

  /**
   * Begins a patient's chain; beginning the same one again changes nothing. One that the log knows already (this
   * database was restored from before it was begun) goes on behind its last entry.
   * @throws CuroError 'conflict' when the epoch exists with another key, or another epoch is still open
   */
  async open(executor: Executor, { patient, epoch, chainKey }: ChainOpening): Promise<void> {
    const sealed = await sealColumn({
      key: this.#dataKey,
      ...COLUMN,
      rowId: rowId(patient, epoch),
      value: chainKey,
    })
    const inserted = await executor.query(
      `INSERT INTO ledger_chains (patient, epoch, chain_key) VALUES ($1, $2, $3)
       ON CONFLICT DO NOTHING RETURNING patient`,
      [patient, epoch, sealed],
    )
    if (inserted.rows.length > 0) {
      await resumeChains(executor, this.#origin, [{ patient, epoch, chainKey, counter: 0, prev: null }])
      return
    }
    const { rows } = await executor.query<{ chain_key: Buffer }>(
      'SELECT chain_key FROM ledger_chains WHERE patient = $1 AND epoch = $2',
      [patient, epoch],
    )
    if (rows[0] && equalBytes(await this.#unseal(patient, epoch, rows[0].chain_key), chainKey)) return
    throw new CuroError('conflict', 'This patient already has a chain here; end it with a rotation first.')
  }

  /** Ends the open chain; the caller has just written its last event. */
  async close(executor: Executor, { patient, epoch }: Omit<ChainOpening, 'chainKey'>): Promise<void> {
    await executor.query('UPDATE ledger_chains SET closed = true WHERE patient = $1 AND epoch = $2', [
      patient,
      epoch,
    ])
  }

  /** Locks the open chains of these patients until the transaction ends, in one order so that two never deadlock. */
  async lock(executor: Executor, patients: readonly string[]): Promise<Map<string, ChainState>> {
    const { rows } = await executor.query<{
      patient: string
      epoch: number
      chain_key: Buffer
      counter: number
      prev: Buffer | null
    }>(
      `SELECT patient, epoch, chain_key, counter, prev FROM ledger_chains
       WHERE patient = ANY($1::text[]) AND NOT closed ORDER BY patient FOR UPDATE`,
      [patients],
    )
    const chains = await Promise.all(
      rows.map(async ({ patient, epoch, chain_key, counter, prev }) => ({
        patient,
        epoch,
        chainKey: await this.#key(patient, epoch, chain_key),
        counter,
        prev,
      })),
    )
    return new Map(chains.map((chain) => [chain.patient, chain]))
  }

  async #key(patient: string, epoch: number, sealed: Buffer): Promise<Uint8Array> {
    // The sealed value is part of the name: whatever another process stores there later is another name.
    const name = `${rowId(patient, epoch)} ${sealed.toString('base64')}`
    const known = this.#keys.get(name)
    if (known) return known
    const key = await this.#unseal(patient, epoch, sealed)
    if (this.#keys.size >= MAX_CACHED_KEYS) this.#keys.clear()
    this.#keys.set(name, key)
    return key
  }

  #unseal(patient: string, epoch: number, sealed: Uint8Array): Promise<Uint8Array> {
    return openColumn({ key: this.#dataKey, ...COLUMN, rowId: rowId(patient, epoch), sealed })
  }
}

function rowId(patient: string, epoch: number): string {
  return `${patient}:${epoch}`
}
