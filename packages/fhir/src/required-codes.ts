import type { R4Definitions } from './definitions.ts'

export interface RequiredCodes {
  /** What is wrong with a `code` bound to this value set. */
  codeFault(valueSet: string, code: string): string | undefined
  /** What is wrong with a CodeableConcept bound to this value set; a concept with text only gets a warning. */
  conceptFault(
    valueSet: string,
    concept: Record<string, unknown>,
  ): { sentence: string; isError: boolean } | undefined
}

const SHOWN = 12

/** Bindings of strength `required` (R4 terminologies.html §4.1.5): a code outside the set is an error. */
export function makeRequiredCodes(codes: R4Definitions['codes']): RequiredCodes {
  const flat = new Map<string, ReadonlySet<string>>()
  function codesOf(valueSet: string): ReadonlySet<string> | undefined {
    let set = flat.get(valueSet)
    if (!set && Object.hasOwn(codes, valueSet)) {
      set = new Set(Object.values(codes[valueSet] ?? {}).flat())
      flat.set(valueSet, set)
    }
    return set
  }
  function sentence(allowed: ReadonlySet<string>): string {
    const shown = [...allowed].slice(0, SHOWN).join(', ')
    return `The code must be one of: ${shown}${allowed.size > SHOWN ? `, … (${allowed.size} in all)` : ''}.`
  }
  return {
    codeFault(valueSet, code) {
      const allowed = codesOf(valueSet)
      return !allowed || allowed.has(code) ? undefined : sentence(allowed)
    },
    conceptFault(valueSet, concept) {
      const allowed = codesOf(valueSet)
      if (!allowed) return undefined
      const systems = codes[valueSet] ?? {}
      const codings = Array.isArray(concept.coding) ? (concept.coding as unknown[]) : []
      const fits = codings.some((coding) => {
        const { system, code } = (coding ?? {}) as { system?: unknown; code?: unknown }
        if (typeof system !== 'string' || typeof code !== 'string') return false
        return Object.hasOwn(systems, system) && systems[system]?.includes(code)
      })
      if (fits) return undefined
      if (codings.length > 0) return { sentence: sentence(allowed), isError: true }
      return 'text' in concept
        ? { sentence: `Only text is given. ${sentence(allowed)}`, isError: false }
        : undefined
    },
  }
}
