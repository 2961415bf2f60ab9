/** Bytes handed over to the browser at a time: it keeps large Blobs on the disk, not in this Worker's memory. */
const HANDED_OVER = 8 * 1024 * 1024

/** A stream as one Blob, in bounded memory. */
export async function collectBlob(
  pieces: AsyncIterable<Uint8Array>,
  onProgress: (bytes: number) => void = () => {},
): Promise<Blob> {
  const blobs: Blob[] = []
  let parts: Uint8Array<ArrayBuffer>[] = []
  let waiting = 0
  let done = 0
  const handOver = () => {
    blobs.push(new Blob(parts))
    parts = []
    waiting = 0
    onProgress(done)
  }
  for await (const piece of pieces) {
    parts.push(piece.slice())
    waiting += piece.length
    done += piece.length
    if (waiting >= HANDED_OVER) handOver()
  }
  handOver()
  return new Blob(blobs)
}
