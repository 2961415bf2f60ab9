import { Worker } from 'node:worker_threads'
import { concatBytes } from '@curo/crypto/bytes'
import { SIGNATURE_BYTES, signerOnThisThread } from '@curo/crypto/ed25519'
import type { SigningKey } from '@curo/crypto/signatures'

/** Messages one after the other, and the bytes of each. */
export type SigningRequest = { messages: Uint8Array; lengths: readonly number[] }
/** 64 bytes for each message, in their order. Requests are answered in the order in which they were sent. */
export type SigningReply = Uint8Array

type Waiting = { message: Uint8Array; resolve: (signature: Uint8Array<ArrayBuffer>) => void }
type Sign = (message: Uint8Array) => Uint8Array<ArrayBuffer>

/** Fewer are signed where they are asked for: handing one over, to the thread or to Node's pool, costs as much as signing it. */
const WORTH_A_THREAD = 16
/** A thread can only run compiled code. When the sources run as they are, in tests, the pool signs. */
const COMPILED_WORKER = import.meta.url.endsWith('.ts')
  ? null
  : new URL('./signing-worker.js', import.meta.url)

/**
 * The same key, which has many signatures that are asked for in one go made by a thread of its own. Node's pool takes
 * them one by one, each at the cost of another signature in handing over; a busy ledger signs thousands a second.
 * The thread starts with the first of them, and does not keep the process alive. `sign` makes what it does not.
 */
export function withSigningThread(
  key: SigningKey,
  {
    seed,
    workerUrl = COMPILED_WORKER,
    sign = signerOnThisThread(seed),
  }: { seed: Uint8Array; workerUrl?: URL | null; sign?: Sign },
): SigningKey {
  if (workerUrl === null) return key
  let asked: Waiting[] = []
  let send: ((all: Waiting[]) => void) | null = null
  const begin = () => {
    const all = asked
    asked = []
    if (all.length < WORTH_A_THREAD) return signHere(all, sign)
    send ??= startThread(workerUrl, seed, (left) => {
      send = null
      signHere(left, sign)
    })
    send(all)
  }
  return {
    publicKey: key.publicKey,
    sign: (message) =>
      new Promise((resolve) => {
        if (asked.length === 0) queueMicrotask(begin)
        asked.push({ message, resolve })
      }),
  }
}

function signHere(all: readonly Waiting[], sign: Sign): void {
  for (const { message, resolve } of all) resolve(sign(message))
}

/** `onEnd` is given what the thread had not signed when it ended. */
function startThread(url: URL, seed: Uint8Array, onEnd: (left: Waiting[]) => void): (all: Waiting[]) => void {
  const worker = new Worker(url, { workerData: seed, execArgv: [] })
  const pending: Waiting[][] = []
  worker.unref()
  worker.on('message', (signatures: SigningReply) => {
    const all = pending.shift() ?? []
    if (pending.length === 0) worker.unref()
    all.forEach(({ resolve }, at) => {
      resolve(signatures.slice(at * SIGNATURE_BYTES, (at + 1) * SIGNATURE_BYTES) as Uint8Array<ArrayBuffer>)
    })
  })
  worker.on('error', () => {}) // and it ends
  worker.on('exit', () => onEnd(pending.splice(0).flat()))
  return (all) => {
    const messages = concatBytes(...all.map(({ message }) => message))
    const lengths = all.map(({ message }) => message.length)
    worker.postMessage({ messages, lengths } satisfies SigningRequest, [messages.buffer])
    pending.push(all)
    worker.ref()
  }
}
