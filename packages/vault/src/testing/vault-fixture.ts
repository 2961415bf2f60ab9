import { makeVault, type Vault, type VaultOptions } from '../vault.ts'
import { type FaultyBucket, makeFaultyBucket } from './faulty-bucket.ts'
import { type MemoryBucket, makeMemoryBucket } from './memory-bucket.ts'

export interface VaultFixture {
  vault: Vault
  /** What the vault talks to: tell them how to misbehave. */
  buckets: FaultyBucket[]
  /** What really lies in them. */
  stores: MemoryBucket[]
}

/** A vault over memory, on this thread unless told otherwise. */
export function makeVaultFixture({
  count = 6,
  ...options
}: Partial<VaultOptions> & { count?: number } = {}): VaultFixture {
  const stores = Array.from({ length: count }, (_, i) => makeMemoryBucket(`bucket-${i}`))
  const buckets = stores.map((store) => makeFaultyBucket(store))
  return { vault: makeVault({ buckets, threads: 0, ...options }), buckets, stores }
}

/** Content that differs everywhere and from seed to seed. */
export function contentOf(length: number, seed = 1): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length)
  let state = Math.imul(seed, 0x9e3779b1) | 1
  for (let i = 0; i < length; i++) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    bytes[i] = state
  }
  return bytes
}

export async function collect(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of source) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** `bytes` in chunks of `size`, as a network would bring them. */
export async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

/** Compared as buffers: an assertion per byte is slow. */
export const isSame = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0
