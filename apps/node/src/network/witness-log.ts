import type { Executor } from '../ledger/sql.ts'

/** What we know of a witness that our log asks; both halves null before it was first asked. */
export type WitnessState = {
  lastSize: number | null
  lastAt: Date | null
  lastFault: string | null
  lastFaultAt: Date | null
}

export async function readWitnessStates(executor: Executor): Promise<Map<string, WitnessState>> {
  const { rows } = await executor.query<{
    vkey: string
    last_size: number | null
    last_at: Date | null
    last_fault: string | null
    last_fault_at: Date | null
  }>('SELECT vkey, last_size, last_at, last_fault, last_fault_at FROM network_witnesses')
  return new Map(
    rows.map((row) => [
      row.vkey,
      {
        lastSize: row.last_size,
        lastAt: row.last_at,
        lastFault: row.last_fault,
        lastFaultAt: row.last_fault_at,
      },
    ]),
  )
}

export async function noteCosigned(
  executor: Executor,
  { vkey, size }: { vkey: string; size: number },
): Promise<void> {
  await executor.query(
    `INSERT INTO network_witnesses (vkey, last_size, last_at) VALUES ($1, $2, now())
     ON CONFLICT (vkey) DO UPDATE SET last_size = excluded.last_size, last_at = excluded.last_at`,
    [vkey, size],
  )
}

export async function noteFault(
  executor: Executor,
  { vkey, fault }: { vkey: string; fault: string },
): Promise<void> {
  await executor.query(
    `INSERT INTO network_witnesses (vkey, last_fault, last_fault_at) VALUES ($1, $2, now())
     ON CONFLICT (vkey) DO UPDATE SET last_fault = excluded.last_fault, last_fault_at = excluded.last_fault_at`,
    [vkey, fault],
  )
}
