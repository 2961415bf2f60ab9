// What the vault's operations share; made once by makeVault.
import type { BoundedBucket } from './buckets/bounded.ts'
import type { Coder } from './coder.ts'
import type { BufferPool } from './part-memory.ts'
import type { CodeShape } from './stripes.ts'

export const DAMAGE_STATES = ['missing', 'corrupt', 'unreachable'] as const
/** missing: not stored. corrupt: stored, but not what was stored. unreachable: the bucket did not say. */
export type DamageState = (typeof DAMAGE_STATES)[number]

/** An object that could not be used. Carries no content and no personal data. */
export interface Damage {
  readonly part: number
  /** Index in the part's objects. */
  readonly object: number
  /** Null when the write had already failed. */
  readonly bucket: string | null
  readonly key: string | null
  readonly state: DamageState
}

export interface VaultContext {
  readonly shape: CodeShape
  readonly buckets: ReadonlyMap<string, BoundedBucket>
  readonly coder: Coder
  readonly buffers: BufferPool
  /** Pieces of each part that must be durable before a write is acknowledged. */
  readonly minimumPieces: number
  /** How long a read waits for a piece before it asks for another instead, ms. */
  readonly hedgeMs: number
  /** Parts that one read or one long upload has in work at once. */
  readonly partsInFlight: number
  /** Bounds the parts being written at once over all uploads, and so their memory. */
  readonly writeGate: <T>(work: () => Promise<T>) => Promise<T>
  /** Reads under way; they share the memory for what is fetched ahead. */
  readonly reads: { active: number }
  readonly onDamage: (damage: Damage) => void
}
