/**
 * How deep objects and arrays are nested in a parsed value, without recursion; stops counting just past `enough`.
 * Also ends on values that contain themselves.
 */
export function deepestLevel(value: unknown, enough: number): number {
  let level = 0
  let current = new Set([value])
  while (current.size > 0 && level <= enough) {
    const next = new Set<unknown>()
    for (const item of current) {
      if (typeof item !== 'object' || item === null) continue
      for (const child of Object.values(item))
        if (typeof child === 'object' && child !== null) next.add(child)
    }
    level += 1
    current = next
  }
  return level
}
