import { CuroError } from '@curo/crypto/errors'
import { EMPTY_ROOT } from '@curo/crypto/merkle'
import { ProofBuilder } from '@curo/ledger/build-proofs'
import { formatTlogProof } from '@curo/ledger/tlog-proof'
import { readHead } from './head.ts'
import type { Executor } from './sql.ts'
import type { TileFolder } from './tile-folder.ts'

/** Makes proofs about our own log of `size` entries; `latestSize` is how far its tiles reach. */
export function ownProofs({
  folder,
  size,
  latestSize,
}: {
  folder: TileFolder
  size: number
  latestSize: number
}): ProofBuilder {
  return new ProofBuilder({ read: (path) => folder.read(path), size, latestSize })
}

/**
 * The root that our log had at a size, undefined beyond its end; the head is read each time.
 * @throws CuroError 'unavailable' for a size whose tiles are still being written
 */
export function ownRoots(executor: Executor, folder: TileFolder) {
  return async (size: number): Promise<Uint8Array | undefined> => {
    const head = await readHead(executor)
    if (!head || size > head.size) return undefined
    if (size > head.publishedSize)
      throw new CuroError('unavailable', 'These tiles are being written; ask again.')
    return size === 0
      ? EMPTY_ROOT
      : ownProofs({ folder, size, latestSize: head.publishedSize }).subtreeRoot(0, size)
  }
}

/**
 * A `.tlog-proof` that an entry stands in the log: against the final checkpoint if that covers it, else against the
 * newest published one, which a policy with a quorum will not accept yet.
 * @throws CuroError 'not-found' while the entry is not published
 */
export async function proveEntry(executor: Executor, folder: TileFolder, index: number): Promise<string> {
  const head = await readHead(executor)
  if (!head || index >= head.publishedSize || head.publishedCheckpoint === null)
    throw new CuroError(
      'not-found',
      'The log has published no such entry; if it is new, ask again in a second.',
    )
  const isFinal = index < head.finalSize && head.finalCheckpoint !== null
  const checkpoint = (isFinal ? head.finalCheckpoint : null) ?? head.publishedCheckpoint
  const size = isFinal ? head.finalSize : head.publishedSize
  const proof = await ownProofs({ folder, size, latestSize: head.publishedSize }).inclusion(index)
  return formatTlogProof({ index, proof, checkpoint })
}
