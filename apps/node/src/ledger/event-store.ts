import type { LedgerReceipt } from '@curo/contract/ledger'
import { concatBytes, toBase64Url, utf8Text } from '@curo/crypto/bytes'
import { openColumn, sealColumnOfRows } from '@curo/crypto/column-seal'
import { CuroError } from '@curo/crypto/errors'
import type { PreparedEvent } from './events.ts'
import type { Executor } from './sql.ts'

const COLUMN = { table: 'ledger_events', column: 'sealed' } as const
const R_BYTES = 32
const TAG_BYTES = 16
const ENTRY_BYTES = 52
const HASH_BYTES = 32

/** What opens an entry, as it is sealed: r ‖ canonical body. */
export type EventOpening = { r: Uint8Array; bodyBytes: Uint8Array }

export function sealOpenings(dataKey: Uint8Array, prepared: readonly PreparedEvent[]): Promise<Uint8Array[]> {
  const rows = prepared.map(({ event, r, bodyBytes }) => ({
    rowId: rowId(event),
    value: concatBytes(r, bodyBytes),
  }))
  return sealColumnOfRows({ key: dataKey, ...COLUMN, rows })
}

export async function openOpening(
  dataKey: Uint8Array,
  { kind, id, sealed }: { kind: string; id: string; sealed: Uint8Array },
): Promise<EventOpening> {
  const value = await openColumn({ key: dataKey, ...COLUMN, rowId: rowId({ kind, id }), sealed })
  return { r: value.subarray(0, R_BYTES), bodyBytes: value.subarray(R_BYTES) }
}

// The fixed-width parts of all rows travel as one byte string and the sealed ones as another, cut apart by the
// database: arrays of bytea would be written as text, four characters a byte.
const STORE = `
WITH expected AS MATERIALIZED (
  SELECT x.patient, x.epoch, x.counter, substring($11::bytea FROM (x.n::int - 1) * 32 + 1 FOR 32) AS prev
  FROM unnest($8::text[], $9::int[], $10::bigint[]) WITH ORDINALITY AS x(patient, epoch, counter, n)
), locked AS MATERIALIZED (
  SELECT c.patient, c.epoch FROM expected x JOIN ledger_chains c ON c.patient = x.patient AND c.epoch = x.epoch
  WHERE NOT c.closed AND c.counter = x.counter AND coalesce(c.prev, $12::bytea) = x.prev
    AND NOT EXISTS (SELECT FROM ledger_head WHERE stopped IS NOT NULL)
  ORDER BY c.patient FOR UPDATE OF c
), input AS MATERIALIZED (
  SELECT nextval(pg_get_serial_sequence('ledger_entries', 'position')) AS position,
    t.patient, t.epoch, t.seq, t.kind, t.id,
    substring($7::bytea FROM (t.n::int - 1) * 100 + 1 FOR 16) AS tag,
    substring($7::bytea FROM (t.n::int - 1) * 100 + 17 FOR 52) AS entry,
    substring($7::bytea FROM (t.n::int - 1) * 100 + 69 FOR 32) AS leaf_hash,
    substring($13::bytea FROM t.sealed_end - t.sealed_length + 1 FOR t.sealed_length) AS sealed
  FROM (
    SELECT u.*, sum(u.sealed_length) OVER (ORDER BY u.n)::int AS sealed_end
    FROM unnest($1::text[], $2::int[], $3::bigint[], $4::text[], $5::text[], $6::int[])
      WITH ORDINALITY AS u(patient, epoch, seq, kind, id, sealed_length, n)
  ) t JOIN locked USING (patient, epoch) ORDER BY t.n
), entered AS (
  INSERT INTO ledger_entries (position, tag, entry, leaf_hash) SELECT position, tag, entry, leaf_hash FROM input
), waiting AS (
  INSERT INTO ledger_pending (position) SELECT position FROM input
), chained AS (
  UPDATE ledger_chains c SET counter = l.seq + 1, prev = l.leaf_hash
  FROM (SELECT DISTINCT ON (patient, epoch) patient, epoch, seq, leaf_hash FROM input
        ORDER BY patient, epoch, seq DESC) l
  WHERE c.patient = l.patient AND c.epoch = l.epoch
), stored AS (
  INSERT INTO ledger_events (patient, epoch, seq, position, kind, id, leaf_hash, sealed)
  SELECT patient, epoch, seq, position, kind, id, leaf_hash, sealed FROM input
)
SELECT patient FROM locked`
const NO_PREV = new Uint8Array(HASH_BYTES)

/** Where a chain must stand for events prepared behind it to be stored. */
export type ChainPlace = { patient: string; epoch: number; counter: number; prev: Uint8Array | null }

/**
 * Stores prepared events with their leaves and moves their chains on: one statement, whatever the number. Where a chain
 * does not stand at its expected place any more, or the log must not grow, nothing of that patient is stored.
 * @returns the patients whose events are stored
 */
export async function storeEvents(
  executor: Executor,
  {
    prepared,
    sealed,
    expected,
  }: {
    prepared: readonly PreparedEvent[]
    sealed: readonly Uint8Array[]
    expected: readonly ChainPlace[]
  },
): Promise<Set<string>> {
  const fixed = concatBytes(...prepared.flatMap(({ tag, entry, leafHash }) => [tag, entry, leafHash]))
  if (fixed.length !== prepared.length * (TAG_BYTES + ENTRY_BYTES + HASH_BYTES))
    throw new CuroError('internal', 'A patient entry does not have the length that its class prescribes.')
  const { rows } = await executor.query<{ patient: string }>(STORE, [
    prepared.map(({ event }) => event.patient),
    prepared.map(({ epoch }) => epoch),
    prepared.map(({ seq }) => seq),
    prepared.map(({ event }) => event.kind),
    prepared.map(({ event }) => event.id),
    sealed.map((bytes) => bytes.length),
    asBuffer(fixed),
    expected.map(({ patient }) => patient),
    expected.map(({ epoch }) => epoch),
    expected.map(({ counter }) => counter),
    asBuffer(concatBytes(...expected.map(({ prev }) => prev ?? NO_PREV))),
    asBuffer(NO_PREV),
    Buffer.concat(sealed),
  ])
  return new Set(rows.map(({ patient }) => patient))
}

const asBuffer = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)

/** The first record of an event that is submitted again; the receipt is null once its body was erased. */
export type Recorded = { patient: string; receipt: LedgerReceipt | null }

/** Which of these events are already stored, by rowId. */
export async function findRecorded(
  executor: Executor,
  dataKey: Uint8Array,
  events: readonly { kind: string; id: string }[],
): Promise<Map<string, Recorded>> {
  const { rows } = await executor.query<EventRow>(
    `SELECT e.patient, e.kind, e.id, e.epoch, e.seq, e.leaf_hash, e.sealed
     FROM unnest($1::text[], $2::text[]) AS k(kind, id) JOIN ledger_events e USING (kind, id)`,
    [events.map(({ kind }) => kind), events.map(({ id }) => id)],
  )
  return new Map(
    await Promise.all(
      rows.map(async (row): Promise<[string, Recorded]> => {
        return [rowId(row), { patient: row.patient, receipt: await storedReceipt(dataKey, row) }]
      }),
    ),
  )
}

export type EventRow = {
  patient: string
  kind: string
  id: string
  epoch: number
  seq: number
  leaf_hash: Buffer
  sealed: Buffer | null
}

/** The receipt that was given for a stored event; null once its body was erased. */
export async function storedReceipt(dataKey: Uint8Array, row: EventRow): Promise<LedgerReceipt | null> {
  const { kind, id, epoch, sealed } = row
  if (sealed === null) return null
  const { r, bodyBytes } = await openOpening(dataKey, { kind, id, sealed })
  const leaf = toBase64Url(row.leaf_hash)
  return { kind, id, epoch, seq: row.seq, leaf, body: utf8Text(bodyBytes), r: toBase64Url(r) }
}

/** The name of an event among all events. */
export function rowId({ kind, id }: { kind: string; id: string }): string {
  return `${kind}:${id}`
}
