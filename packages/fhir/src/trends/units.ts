/** A unit as a multiple of base units: `value × factor + offset` in `dimensions`. */
export interface Unit {
  readonly factor: number
  readonly offset: number
  /** Powers of base units in alphabetical order, 'g·L-1'; '' for a plain number. */
  readonly dimensions: string
}

/** UCUM atoms that take prefixes: factor in the base unit, base unit. Units and IU of enzymes are one (both katal-free). */
const METRIC: Readonly<Record<string, readonly [number, string]>> = {
  g: [1, 'g'],
  L: [1, 'L'],
  l: [1, 'L'],
  mol: [1, 'mol'],
  eq: [1, 'eq'],
  Eq: [1, 'eq'],
  m: [1, 'm'],
  s: [1, 's'],
  Pa: [1, 'Pa'],
  U: [1, 'U'],
  '[iU]': [1, 'U'],
  '[IU]': [1, 'U'],
  IU: [1, 'U'],
  J: [1, 'J'],
  cal: [4.184, 'J'],
}
const PLAIN: Readonly<Record<string, readonly [number, string]>> = {
  min: [60, 's'],
  h: [3600, 's'],
  d: [86_400, 's'],
  wk: [604_800, 's'],
  'mm[Hg]': [133.322, 'Pa'],
  'cm[H2O]': [98.0665, 'Pa'],
  '[lb_av]': [453.59237, 'g'],
  '[oz_av]': [28.349523125, 'g'],
  '[in_i]': [0.0254, 'm'],
  '[ft_i]': [0.3048, 'm'],
  '%': [0.01, ''],
  '1': [1, ''],
}
const PREFIXES: Readonly<Record<string, number>> = {
  M: 1e6,
  k: 1e3,
  h: 100,
  d: 0.1,
  c: 0.01,
  m: 1e-3,
  u: 1e-6,
  n: 1e-9,
  p: 1e-12,
  f: 1e-15,
}

/** What people and old systems write for UCUM's codes, in lower case. */
const ALIASES: Readonly<Record<string, string>> = {
  mmhg: 'mm[Hg]',
  'mm hg': 'mm[Hg]',
  cmh2o: 'cm[H2O]',
  bpm: '/min',
  'beats/min': '/min',
  'beats per minute': '/min',
  'breaths/min': '/min',
  in: '[in_i]',
  inch: '[in_i]',
  inches: '[in_i]',
  ft: '[ft_i]',
  lb: '[lb_av]',
  lbs: '[lb_av]',
  oz: '[oz_av]',
  'gm%': 'g/dL',
  'g%': 'g/dL',
  'mg%': 'mg/dL',
  'mm/hr': 'mm/h',
  'lakh/cumm': '10*5/uL',
  'lakhs/cumm': '10*5/uL',
  'million/cumm': '10*6/uL',
  'million/ul': '10*6/uL',
  'mill/cumm': '10*6/uL',
  'thou/ul': '10*3/uL',
  'thousand/ul': '10*3/uL',
  'k/ul': '10*3/uL',
  'm/ul': '10*6/uL',
  'cells/cumm': '/uL',
  '/cumm': '/uL',
  'cells/ul': '/uL',
}

const TEMPERATURES: Readonly<Record<string, Unit>> = {
  cel: { factor: 1, offset: 273.15, dimensions: 'K' },
  k: { factor: 1, offset: 0, dimensions: 'K' },
  '[degf]': { factor: 5 / 9, offset: 273.15 - (32 * 5) / 9, dimensions: 'K' },
}
const TEMPERATURE_ALIASES: Readonly<Record<string, string>> = {
  c: 'cel',
  '°c': 'cel',
  degc: 'cel',
  celsius: 'cel',
  f: '[degf]',
  '°f': '[degf]',
  degf: '[degf]',
  fahrenheit: '[degf]',
}

/** The entry of a table, and nothing that an object has besides. */
function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined
}

function atom(text: string): readonly [number, string] | undefined {
  const power = text.match(/^10[*^](-?\d+)$/)
  if (power) return [10 ** Number(power[1]), '']
  const whole = own(PLAIN, text) ?? own(METRIC, text)
  if (whole) return whole
  const [factor, base] = [own(PREFIXES, text.charAt(0)), own(METRIC, text.slice(1))]
  return factor !== undefined && base ? [factor * base[0], base[1]] : undefined
}

/** An atom with its power: 'm2' is [1, 'm', 2]. */
function poweredAtom(text: string): readonly [factor: number, base: string, power: number] | undefined {
  const known = atom(text)
  if (known) return [...known, 1]
  const [, bare = '', digit] = text.match(/^(\D+)([23])$/) ?? []
  const found = digit === undefined ? undefined : atom(bare)
  return found && [found[0] ** Number(digit), found[1], Number(digit)]
}

function readable(text: string): string {
  const trimmed = text.trim().replace(/[µμ]/g, 'u').replace(/×/g, 'x')
  const alias = own(ALIASES, trimmed.toLowerCase())
  if (alias !== undefined) return alias
  return trimmed
    .replace(/^x?\s*10(?:\^|\*|e)?(\d{1,2})(?=\s*\/)/i, '10*$1')
    .replace(/\b(gm|gms|gram|grams)\b/gi, 'g')
    .replace(/\b(meq)\b/gi, 'meq')
    .replace(/\/\s*(cumm|mm3)\b/gi, '/uL')
    .replace(/\/\s*1\.73\s*m(?:2|²|\^2)?$/, '')
    .replace(/²/g, '2')
    .replace(/\/\s*(hr|hour)\b/gi, '/h')
    .replace(/\/\s*(\w?)l\b/g, '/$1L')
    .replace(/\s*\/\s*/g, '/')
}

/**
 * The part of UCUM that results come in (mass, amount, volume, enzymes, pressure, counts, time), and how people write
 * it; undefined for anything else, so that nothing is converted by guess.
 */
export function parseUnit(text: string | undefined): Unit | undefined {
  if (text === undefined || text.length > 40) return undefined
  const lower = text.trim().toLowerCase()
  const temperature = own(TEMPERATURES, own(TEMPERATURE_ALIASES, lower) ?? lower)
  if (temperature) return temperature
  let factor = 1
  const powers = new Map<string, number>()
  const annotations = text.match(/\{[^}]*\}/g) ?? []
  const parts = readable(text.replace(/\{[^}]*\}/g, '')).split('/')
  if (text.trim() === '') return undefined
  for (const [index, part] of parts.entries()) {
    if (part === '') continue
    for (const factorText of part.split('.')) {
      const found = poweredAtom(factorText)
      if (!found) return undefined
      const [scale, base, power] = found
      const sign = index === 0 ? 1 : -1
      factor *= scale ** sign
      if (base !== '') powers.set(base, (powers.get(base) ?? 0) + sign * power)
    }
  }
  const dimensions = [...powers]
    .filter(([, power]) => power !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([base, power]) => (power === 1 ? base : `${base}${power}`))
    .join('·')
  // A count of something named is no share: 5 /{HPF} are not 500 %.
  return { factor, offset: 0, dimensions: dimensions === '' ? annotations.join('') : dimensions }
}

/** What a substance needs beyond its units: mass of a mole, charges of an ion. */
export interface Substance {
  /** g/mol */
  readonly molarMass?: number
  readonly valence?: number
  /** Haemoglobin A1c in NGSP % and IFCC mmol/mol do not start at the same zero. */
  readonly isA1c?: boolean
}

/** IFCC master equation: NGSP = 0.09148 × IFCC + 2.152 (Hoelzel 2004). */
function convertA1c(value: number, from: Unit, to: Unit): number {
  if (from.factor === to.factor) return value
  return to.factor === 0.001 ? (value - 2.152) / 0.09148 : 0.09148 * value + 2.152
}

/**
 * A value in another unit, or undefined where the two do not measure the same thing. Mass and amount of substance are
 * only converted for a substance whose molar mass is known, ions' equivalents only with its valence.
 */
export function convertValue(
  value: number,
  { from, to, substance = {} }: { from: string; to: string; substance?: Substance },
): number | undefined {
  if (from === to) return value
  const [source, target] = [parseUnit(from), parseUnit(to)]
  if (!source || !target) return undefined
  if (substance.isA1c)
    return source.dimensions === '' && target.dimensions === ''
      ? convertA1c(value, source, target)
      : undefined
  const { factor: bridge, dimensions } = bridgeOf(source, target, substance) ?? {}
  if (bridge === undefined || dimensions !== target.dimensions) return undefined
  return ((value * source.factor + source.offset) * bridge - target.offset) / target.factor
}

/** The factor between grams, moles and equivalents, applied to a unit of that first power. */
function bridgeOf(
  source: Unit,
  target: Unit,
  { molarMass, valence }: Substance,
): { factor: number; dimensions: string } | undefined {
  if (source.dimensions === target.dimensions) return { factor: 1, dimensions: source.dimensions }
  const swap = (from: string, to: string) => {
    const parts = source.dimensions.split('·')
    return parts.includes(from)
      ? parts
          .map((part) => (part === from ? to : part))
          .sort()
          .join('·')
      : undefined
  }
  const ways: readonly [string, string, number | undefined][] = [
    ['g', 'mol', molarMass && 1 / molarMass],
    ['mol', 'g', molarMass],
    ['mol', 'eq', valence],
    ['eq', 'mol', valence && 1 / valence],
    ['g', 'eq', molarMass && valence && valence / molarMass],
    ['eq', 'g', molarMass && valence && molarMass / valence],
  ]
  for (const [from, to, factor] of ways) {
    const dimensions = swap(from, to)
    const isSame =
      dimensions !== undefined &&
      dimensions.split('·').sort().join() === target.dimensions.split('·').sort().join()
    if (factor !== undefined && isSame) return { factor, dimensions: target.dimensions }
  }
  return undefined
}

/** Four significant digits: no conversion is more exact than what was measured. */
export function roundConverted(value: number): number {
  return Number(value.toPrecision(4))
}
