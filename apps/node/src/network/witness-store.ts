import { utf8Bytes } from '@curo/crypto/bytes'
import { sha256 } from '@curo/crypto/hash'
import type { NoteKey } from '@curo/ledger/keys'
import type { WitnessedHead, WitnessedLog } from '@curo/ledger/witness'
import type { Executor } from '../ledger/sql.ts'
import { readPolicy } from './policy-store.ts'

export type WitnessedRow = WitnessedHead & { checkpoint: string; cosigned: boolean }

/** The heads that this node has cosigned, in the database that all its processes share. */
export class WitnessHeads {
  readonly #executor: Executor

  constructor(executor: Executor) {
    this.#executor = executor
  }

  async findLog(origin: string): Promise<WitnessedLog | undefined> {
    const policy = await readPolicy(this.#executor)
    const logKeys: NoteKey[] = policy.logs.map(({ key }) => key).filter(({ name }) => name === origin)
    if (logKeys.length === 0) return undefined
    return { logKeys, head: await this.find(origin) }
  }

  async find(origin: string): Promise<WitnessedRow | undefined> {
    const { rows } = await this.#executor.query<{
      size: number
      root: Buffer
      checkpoint: string
      cosigned: boolean
    }>('SELECT size, root, checkpoint, cosigned FROM network_witnessed WHERE origin = $1', [origin])
    const [row] = rows
    return (
      row && {
        size: row.size,
        root: new Uint8Array(row.root),
        checkpoint: row.checkpoint,
        cosigned: row.cosigned,
      }
    )
  }

  /** Compare-and-swap: false when the stored head is no longer `previous`. */
  async replaceHead({
    origin,
    previous,
    head,
    note,
  }: {
    origin: string
    previous: WitnessedHead | undefined
    head: WitnessedHead
    note: string
  }): Promise<boolean> {
    const { rows } = previous
      ? await this.#executor.query(
          `UPDATE network_witnessed SET size = $2, root = $3, checkpoint = $4, cosigned = false, updated_at = now()
           WHERE origin = $1 AND size = $5 AND root = $6 RETURNING origin`,
          [origin, head.size, head.root, note, previous.size, previous.root],
        )
      : await this.#executor.query(
          `INSERT INTO network_witnessed (origin, size, root, checkpoint) VALUES ($1, $2, $3, $4)
           ON CONFLICT DO NOTHING RETURNING origin`,
          [origin, head.size, head.root, note],
        )
    return rows.length === 1
  }

  /** Keeps the cosigned note for monitors, unless the head has moved on meanwhile. */
  async keepCosigned({
    origin,
    head,
    note,
  }: {
    origin: string
    head: WitnessedHead
    note: string
  }): Promise<void> {
    await this.#executor.query(
      `UPDATE network_witnessed SET checkpoint = $4, cosigned = true WHERE origin = $1 AND size = $2 AND root = $3`,
      [origin, head.size, head.root, note],
    )
  }

  /** Keeps what proves that a log misbehaved, once. @returns whether it is news */
  async raiseAlarm({
    origin,
    reason,
    evidence,
  }: {
    origin: string
    reason: string
    evidence: string
  }): Promise<boolean> {
    const { rows } = await this.#executor.query(
      `INSERT INTO network_alarms (origin, reason, known_checkpoint, evidence, evidence_hash)
       VALUES ($1, $2, (SELECT checkpoint FROM network_witnessed WHERE origin = $1), $3, $4)
       ON CONFLICT DO NOTHING RETURNING id`,
      [origin, reason, evidence, sha256(utf8Bytes(evidence))],
    )
    return rows.length === 1
  }
}
