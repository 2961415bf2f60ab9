/** Bytes handed over to the browser at a time: it keeps large Blobs on the disk, not in this Worker's memory. */
const HANDED_OVER = 8 * 1024 * 1024
/** Bytes between two reports: often enough for a bar that moves, seldom enough to cost nothing. */
const REPORTED = 512 * 1024

/** Bytes of a file that are here, of all that it has. */
export type FileProgress = { done: number; total: number }

/** A stream of `total` bytes as one Blob, in bounded memory. Says at the beginning and at the end how far it is, too. */
export async function collectBlob(
  pieces: AsyncIterable<Uint8Array>,
  { total, onProgress }: { total: number; onProgress: (progress: FileProgress) => void },
): Promise<Blob> {
  const blobs: Blob[] = []
  let parts: Uint8Array<ArrayBuffer>[] = []
  let waiting = 0
  let done = 0
  let said = 0
  const handOver = () => {
    blobs.push(new Blob(parts))
    parts = []
    waiting = 0
  }
  onProgress({ done, total })
  for await (const piece of pieces) {
    parts.push(piece.slice())
    waiting += piece.length
    done += piece.length
    if (waiting >= HANDED_OVER) handOver()
    if (done - said < REPORTED) continue
    said = done
    onProgress({ done, total })
  }
  handOver()
  if (said < done) onProgress({ done, total })
  return new Blob(blobs)
}
