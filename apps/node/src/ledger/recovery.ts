import { equalBytes } from '@curo/crypto/bytes'
import { CuroError, isCuroError } from '@curo/crypto/errors'
import { leafHash } from '@curo/crypto/merkle'
import { originHash } from '@curo/ledger/add-checkpoint'
import { ProofBuilder } from '@curo/ledger/build-proofs'
import { decodeEntry } from '@curo/ledger/entries'
import type { NoteKey } from '@curo/ledger/keys'
import { verifyConsistency } from '@curo/ledger/proofs'
import { openCheckpoint } from '@curo/ledger/signers'
import type { LogResource } from '@curo/ledger/tile-log'
import type { ReadResource } from '@curo/ledger/tile-reader'
import type { Logger } from '../context.ts'
import { extendCopy } from '../network/log-copy.ts'
import { readPolicy } from '../network/policy-store.ts'
import { remoteLog } from '../network/remote-log.ts'
import { Chains } from './chains.ts'
import { type Head, readHead } from './head.ts'
import { resumeChains } from './resume-chains.ts'
import type { Executor } from './sql.ts'
import type { TileFolder } from './tile-folder.ts'

type Mirror = { source: ReadResource; size: number; root: Uint8Array; note: string }

/**
 * [Note: behind] A node restored from an old backup has forgotten entries that others hold. Signing on would fork the
 * log, and recording on would use counters twice. So it is stopped ('behind'), takes the missing entries from the
 * hospitals that mirror it, and goes on only when every witness agrees that nothing is missing. Bodies that were
 * recorded after the backup are lost here; their entries are listed to the patient as withheld.
 */
export class Recovery {
  readonly #executor: Executor
  readonly #folder: TileFolder
  readonly #logKey: NoteKey
  readonly #chains: Chains
  readonly #log: Logger

  constructor({
    executor,
    folder,
    logKey,
    dataKey,
    log,
  }: {
    /** Holds the log's lock, so that nobody else writes the head. */
    executor: Executor
    folder: TileFolder
    logKey: NoteKey
    dataKey: Uint8Array
    log: Logger
  }) {
    this.#executor = executor
    this.#folder = folder
    this.#logKey = logKey
    this.#chains = new Chains({ dataKey, origin: logKey.name })
    this.#log = log
  }

  /**
   * Takes over what the mirrors hold beyond our own log, from the longest that can show what it says it holds.
   * @returns how many entries that were
   * @throws CuroError 'ledger-fork' when a mirror proves that our key signed a history which does not extend ours
   */
  async catchUp(): Promise<number> {
    const head = await readHead(this.#executor)
    if (!head) return 0
    for (const mirror of await this.#longerMirrors(head.size)) {
      const copied = await this.#copyMissing(head, mirror)
      if (!copied) continue
      const { size, note } = mirror
      await this.#folder.write(copied.files)
      await this.#adopt(head, { ...mirror, missing: copied.missing })
      await this.#folder.writeCheckpoint({ size, note })
      this.#log.warn(
        { from: head.size, to: size },
        'entries that this node had forgotten were taken from a mirror',
      )
      return copied.missing.length
    }
    return 0
  }

  /** Nothing is written before all of it leads to the signed root; null for a mirror that cannot show that. */
  async #copyMissing(
    head: Head,
    mirror: Mirror,
  ): Promise<{ missing: Uint8Array[]; files: LogResource[] } | null> {
    const missing: Uint8Array[] = []
    const files: LogResource[] = []
    try {
      await extendCopy({
        folder: {
          read: (path) => this.#folder.read(path),
          write: async (written) => void files.push(...written),
        },
        source: mirror.source,
        from: head,
        to: mirror,
        onEntries: async (entries) => void missing.push(...entries),
      })
      return { missing, files }
    } catch (err) {
      if (!isCuroError(err)) throw err
      if (await provesFork(head, mirror))
        throw new CuroError('ledger-fork', 'A mirror holds another signed history of this log.', {
          cause: err,
        })
      this.#log.warn({ err }, 'a mirror does not show the entries of this log that it says it holds')
      return null
    }
  }

  /** The mirrors that show a checkpoint of ours beyond this size, the longest first. */
  async #longerMirrors(beyond: number): Promise<Mirror[]> {
    const { witnesses } = await readPolicy(this.#executor)
    const origin = this.#logKey.name
    const answers = await Promise.all(
      witnesses.map(async ({ url }) => {
        if (url === undefined) return null
        // A hospital's mirror answers beside its witness.
        const source: ReadResource = remoteLog(
          new URL(`../mirror/${originHash(origin)}`, withSlash(url)).href,
        )
        try {
          const note = await source('checkpoint')
          if (!note) return null
          const text = new TextDecoder().decode(note)
          return { source, note: text, ...(await openCheckpoint({ note: text, logKeys: [this.#logKey] })) }
        } catch (err) {
          this.#log.warn({ err }, 'a mirror of this log could not be read')
          return null
        }
      }),
    )
    const longer = answers.filter((answer) => answer !== null).filter(({ size }) => size > beyond)
    return longer.sort((a, b) => b.size - a.size)
  }

  /** Writes the missing entries as if they had been placed here, and moves the head and the chains behind them. */
  async #adopt(
    head: Head,
    {
      size,
      root,
      note,
      missing,
    }: { size: number; root: Uint8Array; note: string; missing: readonly Uint8Array[] },
  ): Promise<void> {
    await this.#executor.query('BEGIN')
    try {
      await this.#placeMissing(missing, head.size)
      await this.#moveChains()
      await this.#executor.query(
        `UPDATE ledger_head SET size = $1, root = $2, checkpoint = $3, published_size = $1,
           published_checkpoint = $3, published_at = now()
         WHERE size = $4 AND root = $5`,
        [size, root, note, head.size, head.root],
      )
      await this.#executor.query('DELETE FROM ledger_staging')
      await this.#executor.query('COMMIT')
    } catch (error) {
      await this.#executor.query('ROLLBACK')
      throw error
    }
  }

  /** Entries that were still pending in the backup are found again by their leaf hash; the others are new here. */
  async #placeMissing(missing: readonly Uint8Array[], first: number): Promise<void> {
    for (const [at, entry] of missing.entries()) {
      const tag = tagOf(entry)
      await this.#executor.query(
        `WITH known AS (
           UPDATE ledger_entries e SET leaf_index = $4 FROM ledger_pending p
           WHERE e.position = p.position AND e.leaf_hash = $3 RETURNING e.position
         ), taken AS (
           DELETE FROM ledger_pending WHERE position IN (SELECT position FROM known)
         ), fresh AS (
           INSERT INTO ledger_entries (tag, entry, leaf_hash, leaf_index)
           SELECT $1, $2, $3, $4 WHERE NOT EXISTS (SELECT FROM known) RETURNING position
         )
         INSERT INTO ledger_public_entries (leaf_hash, position)
         SELECT $3, position FROM fresh WHERE $1::bytea IS NULL ON CONFLICT DO NOTHING`,
        [tag, entry, leafHash(entry), first + at],
      )
    }
  }

  /** What the log now holds beyond the chains' counters is listed as withheld, and the counters go behind it. */
  async #moveChains(): Promise<void> {
    const { rows } = await this.#executor.query<{ patient: string }>(
      'SELECT patient FROM ledger_chains WHERE NOT closed',
    )
    const chains = await this.#chains.lock(
      this.#executor,
      rows.map(({ patient }) => patient),
    )
    await resumeChains(this.#executor, this.#logKey.name, [...chains.values()])
  }
}

/** The tag of a patient entry, null for public ones. */
function tagOf(entry: Uint8Array): Uint8Array | null {
  const decoded = decodeEntry(entry)
  return 'tag' in decoded ? decoded.tag : null
}

/** Whether hashes that lead to the root our key signed also lead to another beginning than our own log. */
async function provesFork(head: Head, { source, size, root }: Mirror): Promise<boolean> {
  if (head.size === 0) return false
  const hashes = new ProofBuilder({ read: source, size })
  try {
    const [fromRoot, proof] = await Promise.all([
      hashes.subtreeRoot(0, head.size),
      hashes.consistency(head.size),
    ])
    const isProved = verifyConsistency({ from: head.size, to: size, fromRoot, toRoot: root, proof })
    return isProved && !equalBytes(fromRoot, head.root)
  } catch (error) {
    if (isCuroError(error)) return false
    throw error
  }
}

function withSlash(url: string): string {
  return url.endsWith('/') ? url : `${url}/`
}
