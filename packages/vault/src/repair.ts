import type { BoundedBucket } from './buckets/bounded.ts'
import type { Damage, VaultContext } from './context.ts'
import { inspectPart, rebuildObject } from './inspect.ts'
import type { Manifest, ObjectName, PartManifest } from './manifest.ts'
import { drawKey } from './placement.ts'
import { damagesOf, isReadable } from './scrub.ts'

export interface RepairOutcome {
  /** The manifest to store from now on; its root is the same. */
  readonly manifest: Manifest
  readonly repaired: readonly Damage[]
  /** What could not be repaired now. */
  readonly remaining: readonly Damage[]
  /** Objects that the new manifest no longer names: to be removed once it is stored. */
  readonly replaced: readonly ObjectName[]
}

/**
 * Rebuilds missing and corrupt objects, each under a new key in its own bucket, or in one that holds nothing else of
 * the part. The old manifest stays valid until the caller has stored the new one: a crash in between loses nothing.
 * Objects of buckets that do not answer are left alone unless `moveUnreachable` says that those are gone for good.
 */
export async function repairManifest(
  context: VaultContext,
  options: { manifest: Manifest; moveUnreachable?: boolean | undefined; signal?: AbortSignal | undefined },
): Promise<RepairOutcome> {
  const { manifest, moveUnreachable = false, signal } = options
  const parts: PartManifest[] = []
  const repaired: Damage[] = []
  const remaining: Damage[] = []
  const replaced: ObjectName[] = []
  for (const [index, part] of manifest.parts.entries()) {
    signal?.throwIfAborted()
    const inspected = await inspectPart(context, part)
    const objects = [...part.objects]
    for (const damage of damagesOf(part, index, inspected)) {
      const mayMove = damage.state !== 'unreachable' || moveUnreachable
      const name =
        mayMove && isReadable(part, inspected)
          ? await rewriteObject(context, {
              pieces: await rebuildObject(context, { part, object: damage.object, pieces: inspected.pieces }),
              targets: targetsFor(context, objects, damage),
            })
          : null
      if (!name) {
        remaining.push(damage)
        continue
      }
      const old = objects[damage.object]
      if (old) replaced.push(old)
      objects[damage.object] = name
      repaired.push(damage)
    }
    parts.push({ ...part, objects })
  }
  return { manifest: { ...manifest, parts }, repaired, remaining, replaced }
}

/** The object's own bucket first, then those that hold nothing of the part: one lost bucket must never cost two pieces. */
function targetsFor(
  context: VaultContext,
  objects: readonly (ObjectName | null)[],
  { bucket: own, object, state }: Damage,
): BoundedBucket[] {
  const used = new Set(objects.map((name, index) => (index === object ? null : name?.bucket)))
  const free = [...context.buckets.values()].filter(({ name }) => !used.has(name))
  if (state === 'unreachable') return free.filter(({ name }) => name !== own)
  return free.sort((a, b) => Number(b.name === own) - Number(a.name === own))
}

async function rewriteObject(
  _context: VaultContext,
  { pieces, targets }: { pieces: readonly Uint8Array[]; targets: readonly BoundedBucket[] },
): Promise<ObjectName | null> {
  const isEmpty = pieces.every(({ length }) => length === 0)
  for (const target of targets) {
    const { bucket } = target
    const key = drawKey()
    if (isEmpty) return { bucket: bucket.name, key }
    try {
      await target.call((signal) => bucket.put(key, pieces, { signal })).result
      return { bucket: bucket.name, key }
    } catch {
      // The next one may take it; if none does, the damage remains and is reported as such.
    }
  }
  return null
}
