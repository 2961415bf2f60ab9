import { randomBytes, randomId } from '@curo/crypto/random'
import { importSigningKey } from '@curo/crypto/signatures'
import type { LedgerEvent, NodeContext } from '@curo/node/context'
import { withNode } from './bench-node.ts'
import { makeOpenings, makePatients, untilPublished } from './ledger-events.ts'
import { type Figure, type Measure, paired, quantile, rateFigure, type Size, secondsOf } from './measure.ts'

const CALLERS = 1024
const LATENCY_RATE_PER_S = 500

/** Calls `work` for each item, `callers` at a time, each waiting for its answer before it asks again. */
export async function closedLoop<T>(
  items: readonly T[],
  callers: number,
  work: (item: T) => Promise<unknown>,
) {
  let next = 0
  const caller = async () => {
    while (next < items.length) await work(items[next++] as T)
  }
  await Promise.all(Array.from({ length: callers }, caller))
}

/** The table one would write without a ledger: the same events as JSON, 256 rows an INSERT, each INSERT durable. */
async function makePlainTable(node: NodeContext): Promise<(events: readonly LedgerEvent[]) => Promise<void>> {
  await node.pool.query(
    'CREATE TABLE bench_plain (id text PRIMARY KEY, patient text NOT NULL, body text NOT NULL)',
  )
  return async (events) => {
    await node.pool.query(
      'INSERT INTO bench_plain SELECT * FROM unnest($1::text[], $2::text[], $3::text[])',
      [
        events.map(() => randomId()),
        events.map(({ patient }) => patient),
        events.map((event) => JSON.stringify(event)),
      ],
    )
  }
}

async function measureRate(node: NodeContext, patients: readonly string[], size: Size): Promise<Figure> {
  const count = size === 'full' ? 30_000 : 300
  const doctor = await importSigningKey(randomBytes(32))
  const insert = await makePlainTable(node)
  let published = 0
  const pair = await paired({
    subject: async () => {
      const events = await makeOpenings({ count, patients, doctor })
      published += count
      return await secondsOf(async () => {
        await closedLoop(events, CALLERS, (event) => node.ledger.submitAlone([event]))
        await untilPublished(node, published)
      })
    },
    baseline: async () => {
      const events = await makeOpenings({ count, patients, doctor })
      const batches = Array.from({ length: Math.ceil(count / 256) }, (_, i) =>
        events.slice(i * 256, (i + 1) * 256),
      )
      return await secondsOf(() => closedLoop(batches, 2, insert))
    },
    runs: size === 'full' ? 3 : 1,
    warmUps: size === 'full' ? 1 : 0,
  })
  return rateFigure(pair, {
    part: `sustained, from ${CALLERS} callers until published`,
    amount: count,
    unit: 'entries/s',
    baselineName: 'plain durable INSERTs of 256 of the same events',
    must: [{ of: 'value', atLeast: 5000 }],
  })
}

/**
 * Milliseconds from when each call was due until its answer, calls arriving at random at the given mean rate: a call
 * that is late because others were slow counts as slow.
 */
async function latencies<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<number[]> {
  const answers: Promise<number>[] = []
  let due = performance.now()
  for (const item of items) {
    due += (-Math.log(1 - Math.random()) * 1000) / LATENCY_RATE_PER_S
    const wait = due - performance.now()
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
    const wasDue = due
    answers.push(work(item).then(() => performance.now() - wasDue))
  }
  return await Promise.all(answers)
}

async function measureAnswers(node: NodeContext, patients: readonly string[], size: Size): Promise<Figure> {
  const count = size === 'full' ? 15 * LATENCY_RATE_PER_S : 100
  const doctor = await importSigningKey(randomBytes(32))
  const p99 = async (work: (event: LedgerEvent) => Promise<unknown>) => {
    const events = await makeOpenings({ count, patients, doctor })
    return quantile(await latencies(events, work), 0.99)
  }
  const plain = (event: LedgerEvent) =>
    node.pool.query('INSERT INTO bench_plain VALUES ($1, $2, $3)', [
      event.id,
      event.patient,
      JSON.stringify(event),
    ])
  const value = await p99((event) => node.ledger.submitAlone([event]))
  const baseline = await p99(plain)
  return {
    part: `99th percentile of the answers at ${LATENCY_RATE_PER_S} a second`,
    value,
    unit: 'ms',
    baseline,
    baselineName: 'a plain durable INSERT of the same event',
    ratio: value / baseline,
    must: [{ of: 'value', atMost: 150 }],
  }
}

async function run({ size }: { size: Size }): Promise<Figure[]> {
  return await withNode(async ({ context }) => {
    const patients = await makePatients(context, size === 'full' ? 5000 : 20)
    const rate = await measureRate(context, patients, size)
    return [rate, await measureAnswers(context, patients, size)]
  })
}

export const measures: readonly Measure[] = [
  {
    name: 'ledger-append',
    what: 'durable entries through submitter, sequencer and PostgreSQL of a running node',
    run,
  },
]
