import { equalBytes } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { parseCheckpoint } from '@curo/ledger/checkpoint'
import { parseNote } from '@curo/ledger/note'
import { appendEntries, edgeFromTiles, type LogEdge } from '@curo/ledger/tile-log'
import { advanceHead, beginLog, type Head, markPublished, type SignCheckpoint } from './head.ts'
import type { Executor } from './sql.ts'
import { decodeStaging, encodeStaging } from './staging.ts'
import type { TileFolder } from './tile-folder.ts'

/** Points between two steps of [Note: the crash-safe order]; after a crash at any of them a restart completes the round. */
export const SEQUENCER_STEPS = [
  'computed',
  'committed',
  'tiles-written',
  'checkpoint-written',
  'published',
] as const
export type SequencerStep = (typeof SEQUENCER_STEPS)[number]

export type SequencerOptions = {
  origin: string
  sign: SignCheckpoint
  folder: TileFolder
  maxBatch: number
  /** Called between the steps; the tests crash here. */
  onStep?: (step: SequencerStep) => void | Promise<void>
}

/** A round of the sequencer: how many entries it placed, and the size of the log after it. */
export type Round = { placed: number; size: number; checkpoint: string }

/**
 * Turns pending entries into a longer signed log.
 *
 * [Note: the crash-safe order] Entries wait in `ledger_pending`, durable since their submission. A round computes
 * the new tiles and root in memory; signs; stores staging object, head and indexes in one compare-and-swap
 * statement; only then writes the tiles to the folder, then the checkpoint, and only then forgets the staging
 * object. Before the swap nothing has happened; after it, whoever leads next writes the same files again.
 */
export class Sequencer {
  readonly #executor: Executor
  readonly #options: SequencerOptions
  #edge: LogEdge
  #root: Uint8Array

  private constructor(executor: Executor, options: SequencerOptions, edge: LogEdge, root: Uint8Array) {
    this.#executor = executor
    this.#options = options
    this.#edge = edge
    this.#root = root
  }

  /**
   * Takes over where the last leader stopped: finishes its staging objects, then reads the edge back from the tiles.
   * @throws CuroError 'ledger-inconsistent' when head, note and tiles do not agree
   */
  static async takeOver(executor: Executor, options: SequencerOptions): Promise<Sequencer> {
    const head = await beginLog(executor, options)
    checkNote(head, options.origin)
    await options.folder.dropUnfinished()
    await replayStaging(executor, options.folder)
    const read = (path: string) => options.folder.read(path)
    const edge = await edgeFromTiles({ read, size: head.size, root: head.root })
    if (head.publishedSize < head.size || head.publishedCheckpoint === null)
      await publish(executor, { ...options, size: head.size, checkpoint: head.checkpoint, files: [] })
    return new Sequencer(executor, options, edge, head.root)
  }

  get size(): number {
    return this.#edge.size
  }

  /** Places what is pending, at most `maxBatch` entries, and publishes it. Nothing pending: no checkpoint is made. */
  async round(): Promise<Round | null> {
    const { origin, sign, onStep, maxBatch } = this.#options
    const { rows } = await this.#executor.query<{ position: number; entry: Buffer }>(
      `SELECT p.position, (SELECT e.entry FROM ledger_entries e WHERE e.position = p.position) AS entry
       FROM (SELECT position FROM ledger_pending ORDER BY position LIMIT $1) p`,
      [maxBatch],
    )
    if (rows.length === 0) return null
    const { edge, size, root, tiles } = appendEntries({
      edge: this.#edge,
      entries: rows.map(({ entry }) => entry),
    })
    const checkpoint = await sign({ origin, size, root })
    await onStep?.('computed')
    await advanceHead(this.#executor, {
      from: { size: this.#edge.size, root: this.#root },
      to: { size, root, checkpoint },
      positions: rows.map(({ position }) => position),
      staging: encodeStaging(tiles),
    })
    this.#edge = edge
    this.#root = root
    await onStep?.('committed')
    await publish(this.#executor, { ...this.#options, size, checkpoint, files: tiles })
    return { placed: rows.length, size, checkpoint }
  }
}

/** Writes the files of a head that is already durable. Repeating it is harmless. */
async function publish(
  executor: Executor,
  {
    folder,
    files,
    size,
    checkpoint,
    onStep,
  }: Pick<SequencerOptions, 'folder' | 'onStep'> & {
    files: ReturnType<typeof decodeStaging>
    size: number
    checkpoint: string
  },
): Promise<void> {
  await folder.write(files)
  await onStep?.('tiles-written')
  await folder.writeCheckpoint({ size, note: checkpoint })
  await onStep?.('checkpoint-written')
  await markPublished(executor, { size, checkpoint })
  await folder.dropPartials(files)
  await onStep?.('published')
}

async function replayStaging(executor: Executor, folder: TileFolder): Promise<void> {
  const { rows } = await executor.query<{ files: Buffer }>('SELECT files FROM ledger_staging ORDER BY size')
  for (const { files } of rows) await folder.write(decodeStaging(files))
}

function checkNote(head: Head, origin: string): void {
  const checkpoint = parseCheckpoint(parseNote(head.checkpoint).text)
  if (checkpoint.origin !== origin)
    throw new CuroError(
      'ledger-inconsistent',
      `This database holds the log ${checkpoint.origin}, not ${origin}.`,
    )
  if (checkpoint.size !== head.size || !equalBytes(checkpoint.root, head.root))
    throw new CuroError(
      'ledger-inconsistent',
      'The signed checkpoint in the database is not that of its head.',
    )
}
