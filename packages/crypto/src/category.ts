/** What a consent can cover, and what has a key of its own per epoch. `sensitive` is never in a default scope. */
export const CATEGORIES = [
  'summary',
  'consultation',
  'prescription',
  'laboratory',
  'imaging',
  'immunization',
  'vitals',
  'document',
  'sensitive',
] as const

export type Category = (typeof CATEGORIES)[number]

export function isCategory(value: unknown): value is Category {
  return CATEGORIES.includes(value as Category)
}
