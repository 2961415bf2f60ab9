import { equalBytes } from '@curo/crypto/bytes'
import { CuroError, isCuroError } from '@curo/crypto/errors'
import { leafHash } from '@curo/crypto/merkle'
import { parseBundle } from './bundles.ts'
import { decodeEntry, type EntryClass, type LedgerEntry } from './entries.ts'
import { type LogFault, listingFaults } from './log-listing.ts'
import { evaluatePolicy, type Policy, type PolicyVerdict } from './policy.ts'
import { edgeRoot, TileHasher } from './tile-log.ts'
import { type ReadResource, readIfPresent, readTile } from './tile-reader.ts'
import { HASH_BYTES, partialTiles, TILE_WIDTH, tilePath, tileWidth } from './tiles.ts'

export type { LogFault } from './log-listing.ts'

export type LogReport = {
  /** No fault, and the checkpoint bears a quorum. */
  sound: boolean
  size: number
  /** Recomputed from the entries. */
  root: Uint8Array
  classes: Record<EntryClass | 'other', number>
  verdict: PolicyVerdict
  faults: LogFault[]
  /** Files beyond the checkpoint: what a log writes before it publishes. Only counted where files were listed. */
  ahead: number
}

/** One entry as the verifier passes it; `entry` is undefined when it is not in Curo's format. */
export type VisitedEntry = {
  index: number
  bytes: Uint8Array
  leaf: Uint8Array
  entry: LedgerEntry | undefined
}

/** Bundles in flight; each may have 16 MB at worst, 18 kB in practice. */
const READ_AHEAD = 8
const MAX_FAULTS = 100

/**
 * Verifies a whole log offline: the checkpoint against the policy, every entry against its tile, every tile against those
 * below, the root against the checkpoint. Holds a few bundles in memory, whatever the size of the log.
 * @param paths all files of the log if they can be listed: then stray ones, and old partial tiles, are checked too
 * @param anyEntries accept entries in other formats than Curo's
 * @throws CuroError when there is no verifiable checkpoint: 'not-found' | 'malformed' | 'forged-signature'
 */
export async function verifyLog({
  read,
  policy,
  paths,
  anyEntries = false,
  onEntry,
}: {
  read: ReadResource
  policy: Policy
  paths?: AsyncIterable<string> | Iterable<string>
  anyEntries?: boolean
  onEntry?: (visited: VisitedEntry) => void
}): Promise<LogReport> {
  const note = await readIfPresent(read, 'checkpoint')
  if (!note) throw new CuroError('not-found', 'This log serves no checkpoint.')
  const verdict = await evaluatePolicy({ policy, note })
  const { size, root } = verdict.checkpoint
  const faults: LogFault[] = []
  const report = (fault: LogFault) => {
    if (faults.length < MAX_FAULTS) faults.push(fault)
  }
  const classes = { patient: 0, emergency: 0, registry: 0, link: 0, other: 0 }
  const visit = (index: number, bytes: Uint8Array, leaf: Uint8Array) => {
    const entry = tryDecode(bytes)
    classes[entry?.class ?? 'other']++
    if (!entry && !anyEntries)
      report({
        kind: 'garbage',
        path: bundlePath(index, size),
        index,
        sentence: 'The entry is in no known format.',
      })
    onEntry?.({ index, bytes, leaf, entry })
  }
  const walk = new LogWalk({ read, size, report, visit })
  const recomputed = await walk.run()
  if (recomputed && !equalBytes(recomputed, root))
    report({
      kind: 'altered',
      path: 'checkpoint',
      sentence: 'The entries do not lead to the root that was signed.',
    })
  const listing = paths ? await listingFaults({ read, size, paths, report }) : { ahead: 0 }
  const sound = faults.length === 0 && verdict.quorum
  return { sound, size, root: recomputed ?? new Uint8Array(), classes, verdict, faults, ahead: listing.ahead }
}

type Report = (fault: LogFault) => void

/** One pass over bundles and tiles, from the first entry to the last. */
class LogWalk {
  readonly #read: ReadResource
  readonly #size: number
  readonly #report: Report
  readonly #visit: (index: number, bytes: Uint8Array, leaf: Uint8Array) => void
  /** Tiles of level 1 and above that have become full and wait to be compared with what the log serves. */
  #computed: { level: number; index: number; bytes: Uint8Array }[] = []
  readonly #hasher = new TileHasher({ size: 0, tiles: [] }, (tile) => {
    if (tile.level > 0) this.#computed.push(tile)
  })

  constructor(options: {
    read: ReadResource
    size: number
    report: Report
    visit: (index: number, bytes: Uint8Array, leaf: Uint8Array) => void
  }) {
    this.#read = options.read
    this.#size = options.size
    this.#report = options.report
    this.#visit = options.visit
  }

  /** @returns the root over all entries; undefined when some could not be read at all */
  async run(): Promise<Uint8Array | undefined> {
    const bundles = Math.ceil(this.#size / TILE_WIDTH)
    const queue: Promise<{ tile: Uint8Array | undefined; bundle: Uint8Array | undefined }>[] = []
    for (let index = 0; index < bundles; index++) {
      while (queue.length < READ_AHEAD && index + queue.length < bundles)
        queue.push(this.#readPair(index + queue.length))
      const { tile, bundle } = (await queue.shift()) as Awaited<(typeof queue)[0]>
      if (!this.#walkBundle(index, tile, bundle)) return undefined
      await this.#compareComputed()
    }
    const partial = this.#hasher.tiles()
    for (const { level, index } of partialTiles(this.#size))
      if (level !== 'entries' && level > 0)
        this.#computed.push({ level, index, bytes: partial[level] as Uint8Array })
    await this.#compareComputed()
    return edgeRoot({ tiles: partial })
  }

  async #readPair(index: number) {
    const [tile, bundle] = await Promise.all([this.#load(0, index), this.#load('entries', index)])
    return { tile, bundle }
  }

  /** Reads a resource; a fault is reported once, here. */
  async #load(level: number | 'entries', index: number): Promise<Uint8Array | undefined> {
    const width = tileWidth({ level, index }, this.#size)
    const path = tilePath({ level, index, width })
    try {
      return await readTile({ read: this.#read, size: this.#size, level, index })
    } catch (error) {
      if (isCuroError(error, 'not-found'))
        this.#report({ kind: 'missing', path, sentence: 'The log does not serve a file that it must serve.' })
      else if (isCuroError(error, 'malformed', 'truncated'))
        this.#report({ kind: 'garbage', path, sentence: error.message })
      else throw error
      return undefined
    }
  }

  /**
   * Takes in one bundle and the tile beside it. Where they differ the tile counts, so that one altered entry is reported
   * as one and not as a wrong root of everything.
   */
  #walkBundle(bundleIndex: number, tile: Uint8Array | undefined, bundle: Uint8Array | undefined): boolean {
    if (!tile && !bundle) return false
    const width = tileWidth({ level: 0, index: bundleIndex }, this.#size)
    const entries = bundle ? parseBundle(bundle, width) : []
    for (let i = 0; i < width; i++) {
      const index = bundleIndex * TILE_WIDTH + i
      const inTile = tile?.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES)
      const bytes = entries[i]
      const leaf = bytes && leafHash(bytes)
      if (leaf && inTile && !equalBytes(leaf, inTile))
        this.#report({
          kind: 'altered',
          path: bundlePath(index, this.#size),
          index,
          sentence: 'The entry is not the one in the tree.',
        })
      if (bytes && leaf) this.#visit(index, bytes, leaf)
      this.#hasher.push((inTile ?? leaf) as Uint8Array)
    }
    return true
  }

  async #compareComputed(): Promise<void> {
    const computed = this.#computed
    this.#computed = []
    for (const { level, index, bytes } of computed) {
      const served = await this.#load(level, index)
      if (served && !equalBytes(served, bytes))
        this.#report({
          kind: 'altered',
          path: tilePath({ level, index, width: bytes.length / HASH_BYTES }),
          sentence: 'The tile is not the one that the tiles below it make.',
        })
    }
  }
}

function bundlePath(index: number, size: number): string {
  const coordinates = { level: 'entries' as const, index: Math.floor(index / TILE_WIDTH) }
  return tilePath({ ...coordinates, width: tileWidth(coordinates, size) })
}

function tryDecode(bytes: Uint8Array): LedgerEntry | undefined {
  try {
    return decodeEntry(bytes)
  } catch (error) {
    if (isCuroError(error)) return undefined
    throw error
  }
}
