import { EMPTY_ROOT } from '@curo/crypto/merkle'
import { appendEntries, EMPTY_EDGE, type LogEdge } from '../tile-log.ts'
import type { ReadResource } from '../tile-reader.ts'

/** A log kept in a map, for tests: what a directory of tiles is elsewhere. */
export class MemoryLog {
  readonly files = new Map<string, Uint8Array>()
  edge: LogEdge = EMPTY_EDGE
  root: Uint8Array = EMPTY_ROOT
  /** Paths in the order in which they were read. */
  readonly reads: string[] = []

  get size(): number {
    return this.edge.size
  }

  append(...entries: Uint8Array[]): this {
    const { edge, root, tiles } = appendEntries({ edge: this.edge, entries })
    this.edge = edge
    this.root = root
    for (const { path, bytes } of tiles) this.files.set(path, bytes)
    return this
  }

  readonly read: ReadResource = async (path) => {
    this.reads.push(path)
    return this.files.get(path)
  }

  /** Deletes the partial tiles whose full tile exists, as logs may. */
  prune(): this {
    for (const path of [...this.files.keys()]) {
      const full = path.replace(/\.p\/\d+$/, '')
      if (full !== path && this.files.has(full)) this.files.delete(path)
    }
    return this
  }
}
