/** Milligrams in one of the unit; IU are counted as they are. */
const UNITS: Readonly<Record<string, number>> = {
  mg: 1,
  g: 1000,
  gm: 1000,
  mcg: 0.001,
  ug: 0.001,
  µg: 0.001,
  microgram: 0.001,
  ng: 1e-6,
  iu: 1,
  unit: 1,
  units: 1,
}

/** What one of a dose unit holds: 'tablet', 'capsule', 'sachet' … hold the strength. */
const PIECES = new Set([
  'tablet',
  'tab',
  'capsule',
  'cap',
  'sachet',
  'suppository',
  'pessary',
  'vial',
  'ampoule',
  'injection',
  'puff',
  'rotacap',
  'gum',
])

function amount(text: string): { value: number; isVolume: boolean } | undefined {
  const match = text.trim().match(/^([\d.,]+)?\s*(million)?\s*([a-zµ]+)$/i)
  const unit = match?.[3]?.toLowerCase() ?? ''
  if (!match) return undefined
  const value = (match[1] === undefined ? 1 : Number(match[1].replaceAll(',', ''))) * (match[2] ? 1e6 : 1)
  if (!Number.isFinite(value)) return undefined
  if (unit === 'ml') return { value, isVolume: true }
  const scale = Object.hasOwn(UNITS, unit) ? UNITS[unit] : undefined
  return scale === undefined ? undefined : { value: value * scale, isVolume: false }
}

/** '500 mg' is 500 per piece; '250 mg/5 mL' is 50 per mL. Undefined for percentages and combinations. */
export function strengthOf(text: string): { per: 'piece' | 'mL'; amount: number } | undefined {
  const [mass = '', volume] = text.split('/')
  const given = amount(mass)
  if (!given || given.isVolume) return undefined
  if (volume === undefined) return { per: 'piece', amount: given.value }
  const within = amount(volume)
  return within?.isVolume && within.value > 0 ? { per: 'mL', amount: given.value / within.value } : undefined
}

const singular = (unit: string) => unit.trim().toLowerCase().replace(/s$/, '')

/** Milligrams (or IU) of one dose; undefined where the strength does not tell. */
export function doseAmount(given: { dose?: number; doseUnit: string; strength: string }): number | undefined {
  if (given.dose === undefined || !(given.dose > 0)) return undefined
  const direct = amount(`${given.dose} ${given.doseUnit}`)
  if (direct && !direct.isVolume) return direct.value
  const strength = strengthOf(given.strength)
  if (!strength) return undefined
  if (direct?.isVolume) return strength.per === 'mL' ? given.dose * strength.amount : undefined
  return strength.per === 'piece' && PIECES.has(singular(given.doseUnit))
    ? given.dose * strength.amount
    : undefined
}
