import type { Damage, DamageState, VaultContext } from './context.ts'
import { type InspectedPart, inspectPart } from './inspect.ts'
import type { Manifest, PartManifest } from './manifest.ts'

export interface ScrubReport {
  /** Objects by bucket and state; those of failed writes stand under 'none'. */
  readonly buckets: Readonly<Record<string, Readonly<Record<'ok' | DamageState, number>>>>
  readonly damages: readonly Damage[]
  /** Parts that cannot be read or rebuilt now. */
  readonly unreadableParts: readonly number[]
}

/** Reads and checks every object of a manifest, parity too. Changes nothing. */
export async function scrubManifest(
  context: VaultContext,
  { manifest, signal }: { manifest: Manifest; signal?: AbortSignal | undefined },
): Promise<ScrubReport> {
  const buckets: Record<string, Record<'ok' | DamageState, number>> = {}
  const damages: Damage[] = []
  const unreadableParts: number[] = []
  for (const [index, part] of manifest.parts.entries()) {
    signal?.throwIfAborted()
    const inspected = await inspectPart(context, part)
    inspected.states.forEach((state, object) => {
      const name = part.objects[object]?.bucket ?? 'none'
      buckets[name] ??= { ok: 0, missing: 0, corrupt: 0, unreachable: 0 }
      buckets[name][state]++
    })
    damages.push(...damagesOf(part, index, inspected))
    if (!isReadable(part, inspected)) unreadableParts.push(index)
  }
  for (const damage of damages) context.onDamage(damage)
  return { buckets, damages, unreadableParts }
}

export const isReadable = (part: PartManifest, { pieces }: InspectedPart): boolean =>
  pieces.every((row) => row.filter((piece) => piece !== null).length >= part.dataShards)

export const damagesOf = (part: PartManifest, index: number, { states }: InspectedPart): Damage[] =>
  states.flatMap((state, object) => {
    const { bucket = null, key = null } = part.objects[object] ?? {}
    return state === 'ok' ? [] : [{ part: index, object, bucket, key, state }]
  })
