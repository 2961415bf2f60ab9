import { appendFileSync } from 'node:fs'
import { openDatabase, openPool } from '../../database.ts'
import { loadKeys } from '../../keys.ts'
import { makeLogger, makeMetrics } from '../../observability.ts'
import { makeSubmitter, startSequencing } from '../service.ts'
import type { AppenderArguments } from './killable-process.ts'
import { sampleEvent } from './sample-events.ts'

/**
 * A process that sequences and submits until it is killed; each receipt is written down only once it was given.
 * Argument: AppenderArguments as JSON.
 */
const { databaseUrl, dataFolder, receipts, patients, timing }: AppenderArguments = JSON.parse(
  process.argv[2] ?? '',
)
const log = makeLogger({ level: 'error' })
const pool = openPool({ connection: { connectionString: databaseUrl }, size: 8, log })
const frame = {
  config: { origin: 'crash.test/log', dataFolder },
  keys: await loadKeys(dataFolder),
  pool,
  db: openDatabase(pool),
  log,
  metrics: makeMetrics({ processMetrics: false }),
} as unknown as Parameters<typeof makeSubmitter>[0]
const ledger = makeSubmitter(frame)
await startSequencing({ ...frame, ledger }, { timing: { intervalMs: 20, shortestMs: 5, ...timing } })
process.stdout.write('ready\n')

await Promise.all(
  patients.map(async (patient) => {
    for (;;) {
      const [receipt] = await ledger.submitAlone([sampleEvent(patient)])
      appendFileSync(receipts, `${JSON.stringify({ patient, ...receipt })}\n`)
    }
  }),
)
