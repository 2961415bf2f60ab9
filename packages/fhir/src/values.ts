import { codesIn, codingsOf } from './concepts.ts'
import type { CodeableConcept, Observation, Quantity } from './types.ts'
import { conceptWords, oneLine } from './words.ts'

/** A number to draw: charts need no record opened. `code` is LOINC where there is one. */
export interface Measure {
  readonly code: string
  readonly value: number
  readonly unit?: string
}

type Valued = Pick<
  Observation,
  | 'valueQuantity'
  | 'valueCodeableConcept'
  | 'valueString'
  | 'valueBoolean'
  | 'valueInteger'
  | 'valueRange'
  | 'valueRatio'
  | 'valueTime'
  | 'valueDateTime'
  | 'valuePeriod'
> & { readonly code?: CodeableConcept }

/** Decimals that no instrument measured are rounded away: 171.8502438021171 → '171.85', 0.00123456 → '0.00123'. */
export function numberWords(value: number): string {
  if (Number.isInteger(value)) return String(value)
  const decimals = String(value).split('.')[1] ?? ''
  if (decimals.length <= 4) return String(value)
  return String(Math.abs(value) >= 1 ? Number(value.toFixed(2)) : Number(value.toPrecision(3)))
}

/** Units as people write them; UCUM's braces are annotations. */
function unitWords(quantity: Quantity): string | undefined {
  const unit = oneLine(quantity.unit ?? quantity.code, 30)
  if (unit === undefined || unit === '1' || /^[{(].*[})]$/.test(unit)) return undefined
  return unit
    .replace(/mm\[Hg\]/, 'mmHg')
    .replace(/^Cel$/, '°C')
    .replace(/^\[degF\]$/, '°F')
}

const POWERS: Readonly<Record<string, string>> = { 3: '³', 6: '⁶', 9: '⁹', 12: '¹²' }

/** A unit as it is printed: 10³/µL for UCUM's 10*3/uL. */
function printedUnit(unit: string): string {
  return unit
    .replace('{1.73_m2}', '1.73 m²')
    .replace(/\{[^}]*\}/g, '')
    .replace(/\[([a-zA-Z]+)\]/g, '$1')
    .replace(/^10[*^](3|6|9|12)\b/, (_, power: string) => `10${POWERS[power]}`)
    .replace(/\bu(?=(?:g|L|l|mol|m|s|IU|U)\b)/g, 'µ')
    .replace(/m2$/, 'm²')
}

function quantityWords(quantity: Quantity | undefined): string | undefined {
  if (typeof quantity?.value !== 'number') return undefined
  const given = unitWords(quantity)
  const unit = given === undefined ? undefined : printedUnit(given)
  const gap = unit === '%' || unit === undefined ? '' : ' '
  return `${quantity.comparator ?? ''}${numberWords(quantity.value)}${gap}${unit ?? ''}`
}

function valueWords(valued: Valued): string | undefined {
  const { valueRange, valueRatio, valuePeriod } = valued
  if (valued.valueQuantity) return quantityWords(valued.valueQuantity)
  if (valued.valueCodeableConcept) return conceptWords(valued.valueCodeableConcept)
  if (valued.valueString !== undefined) return oneLine(valued.valueString, 80)
  if (valued.valueBoolean !== undefined) return valued.valueBoolean ? 'yes' : 'no'
  if (valued.valueInteger !== undefined) return String(valued.valueInteger)
  if (valueRange)
    return [quantityWords(valueRange.low), quantityWords(valueRange.high)].filter(Boolean).join(' – ')
  if (valueRatio)
    return [quantityWords(valueRatio.numerator), quantityWords(valueRatio.denominator)]
      .filter(Boolean)
      .join(' : ')
  if (valuePeriod) return [valuePeriod.start, valuePeriod.end].filter(Boolean).join(' – ')
  return oneLine(valued.valueDateTime ?? valued.valueTime, 40)
}

const SYSTOLIC = '8480-6'
const DIASTOLIC = '8462-4'

function bloodPressure(components: readonly Valued[]): string | undefined {
  const find = (code: string) =>
    components.find((part) => codesIn(part.code, 'loinc').includes(code))?.valueQuantity
  const [high, low] = [find(SYSTOLIC), find(DIASTOLIC)]
  if (typeof high?.value !== 'number' || typeof low?.value !== 'number') return undefined
  return `${numberWords(high.value)}/${numberWords(low.value)} ${unitWords(high) ?? 'mmHg'}`
}

/** The result of an observation in a few words: '71.5 kg', '120/80 mmHg', 'Never smoker'. */
export function observationWords(observation: Observation): string | undefined {
  const own = valueWords(observation)
  if (own) return own
  const components = Array.isArray(observation.component) ? observation.component : []
  const pressure = bloodPressure(components)
  if (pressure) return pressure
  const parts = components.map((part) =>
    [conceptWords(part.code), valueWords(part)].filter(Boolean).join(' '),
  )
  return oneLine(parts.slice(0, 3).join(', '), 120)
}

/** The numbers of an observation and its components. */
export function measuresOf(observation: Observation): Measure[] {
  const components: readonly Valued[] = Array.isArray(observation.component) ? observation.component : []
  return [observation, ...components].flatMap((part: Valued) => {
    const value = part.valueQuantity?.value ?? part.valueInteger
    const code = codesIn(part.code, 'loinc')[0] ?? codingsOf(part.code)[0]?.code
    if (typeof value !== 'number' || code === undefined) return []
    const unit = part.valueQuantity && unitWords(part.valueQuantity)
    return [unit === undefined ? { code, value } : { code, value, unit }]
  })
}

const FLAGS: Readonly<Record<string, 'high' | 'low' | 'critical' | 'abnormal'>> = {
  H: 'high',
  HU: 'high',
  L: 'low',
  LU: 'low',
  HH: 'critical',
  LL: 'critical',
  AA: 'critical',
  A: 'abnormal',
  POS: 'abnormal',
  DET: 'abnormal',
}

/** What the laboratory said of the result (v3-ObservationInterpretation), where it is not normal. */
export function flagOf(observation: Observation): 'high' | 'low' | 'critical' | 'abnormal' | undefined {
  const codes = codingsOf(observation.interpretation).map((coding) => coding.code ?? '')
  const known = codes.find((code) => Object.hasOwn(FLAGS, code))
  return known === undefined ? undefined : FLAGS[known]
}
