// A process of its own: node sealing-memory.js seal|seal-open|read <bytes>
// Prints by how many MiB its resident memory grew at most, counted from before the first byte was sealed.
import { createReadStream } from 'node:fs'
import { randomBytes } from '@curo/crypto/random'
import { openStream, sealStream } from '@curo/crypto/stream'

const [work, bytes] = process.argv.slice(2)
const dek = randomBytes(32)
const residentBefore = process.memoryUsage.rss()

const source = createReadStream('/dev/zero', { end: Number(bytes) - 1 })
const sealed = () => sealStream({ dek }).seal(source)
const STREAMS: Record<string, () => AsyncIterable<Uint8Array>> = {
  read: () => source,
  seal: sealed,
  'seal-open': () => openStream({ dek }).open(sealed()),
}
const stream = STREAMS[work ?? '']?.()
if (stream === undefined) throw new Error('Say what to do: read, seal or seal-open.')

let residentMost = residentBefore
let total = 0
for await (const piece of stream) {
  total += piece.length
  residentMost = Math.max(residentMost, process.memoryUsage.rss())
}
if (total < Number(bytes)) throw new Error('The stream ended early.')
process.stdout.write(((residentMost - residentBefore) / (1024 * 1024)).toFixed(1))
