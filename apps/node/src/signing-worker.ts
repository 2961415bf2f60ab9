// The thread that signing-thread.ts starts.
import { isMainThread, parentPort, workerData } from 'node:worker_threads'
import { SIGNATURE_BYTES, signerOnThisThread } from '@curo/crypto/ed25519'
import type { SigningReply, SigningRequest } from './signing-thread.ts'

if (!isMainThread && parentPort) {
  const port = parentPort
  const sign = signerOnThisThread(workerData as Uint8Array)
  port.on('message', ({ messages, lengths }: SigningRequest) => {
    const signatures = new Uint8Array(lengths.length * SIGNATURE_BYTES)
    let from = 0
    lengths.forEach((length, at) => {
      signatures.set(sign(messages.subarray(from, from + length)), at * SIGNATURE_BYTES)
      from += length
    })
    port.postMessage(signatures satisfies SigningReply, [signatures.buffer])
  })
}
