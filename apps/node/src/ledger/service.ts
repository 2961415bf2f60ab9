import { join } from 'node:path'
import type { NodeContext, NodeFrame } from '../context.ts'
import { beginLog } from './head.ts'
import { Leadership } from './leadership.ts'
import { logNoteKey } from './log-key.ts'
import type { SequencerOptions } from './sequencer.ts'
import { Submitter } from './submitter.ts'
import { makeFinality, Term, type TermOptions } from './term.ts'
import { TileFolder } from './tile-folder.ts'
import type { WakeOptions } from './wake.ts'

const TIMING: WakeOptions = {
  intervalMs: 500,
  soonEntries: 256,
  shortestMs: 100,
  alertMs: 3_000,
  heartbeatMs: 5_000,
}
const MAX_BATCH = 4_096

export function makeSubmitter({ db, pool, keys, config }: NodeFrame): Submitter {
  return new Submitter({ db, pool, dataKey: keys.dataKey, signer: keys.nodeSigning, origin: config.origin })
}

export function tileFolder(config: Pick<NodeFrame['config'], 'dataFolder'>): TileFolder {
  return new TileFolder(join(config.dataFolder, 'ledger'))
}

export type SequencingOptions = {
  timing?: Partial<WakeOptions>
  onStep?: NonNullable<SequencerOptions['onStep']>
}
type SequencingNode = Pick<NodeContext, 'config' | 'keys' | 'pool' | 'ledger' | 'log' | 'metrics'>

/**
 * Sequences this node's log and has it cosigned, in whichever of its processes leads. Returns once the log is begun
 * and compared with its witnesses, so that a node whose database is too old records nothing.
 */
export async function startSequencing(
  node: SequencingNode,
  { timing, onStep }: SequencingOptions = {},
): Promise<{ stop(): Promise<void> }> {
  const { config, keys, pool, log } = node
  const { key: logKey, sign } = await logNoteKey(config.origin, keys.logSeed)
  const options: TermOptions = {
    node,
    logKey,
    sequencing: {
      origin: config.origin,
      sign,
      folder: tileFolder(config),
      maxBatch: MAX_BATCH,
      ...(onStep && { onStep }),
    },
    timing: { ...TIMING, ...timing },
    onRound: measurements(node),
  }
  await beginLog(pool, options.sequencing)
  await makeFinality(options).compare()
  const leadership = new Leadership({ pool, log })
  leadership.start((client, signal) => new Term(client, options).run(signal))
  return { stop: () => leadership.stop() }
}

function measurements({ metrics }: Pick<SequencingNode, 'metrics'>): TermOptions['onRound'] {
  const rounds = metrics.histogram('curo_ledger_round_seconds', 'Time to sequence and publish one batch', {
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
  })
  const entries = metrics.counter('curo_ledger_entries_total', 'Entries placed in the log by this process')
  return ({ placed }, startedAt) => {
    rounds.observe((performance.now() - startedAt) / 1000)
    entries.inc(placed)
  }
}
