import { codesIn } from '../concepts.ts'
import type { CodeableConcept } from '../types.ts'
import type { Substance } from './units.ts'

/** Something that is measured again and again, under whatever code and unit. */
export interface Measurement extends Substance {
  /** Names its words on the screen: 'blood-pressure', 'hba1c'. */
  readonly key: string
  readonly group: 'vital' | 'laboratory'
  readonly panel: Panel
  /** UCUM. The unit in which India's laboratories and the US report. */
  readonly unit: string
  /** The SI unit, where it differs. */
  readonly si?: string
  /** What is usual for adults, in `unit`; only for vital signs, since laboratories state their own. */
  readonly usual?: readonly [low: number | undefined, high: number | undefined]
  /** Decimals that instruments show in `unit`. */
  readonly decimals?: number
}

export type Panel =
  | 'vitals'
  | 'sugar'
  | 'lipids'
  | 'kidney'
  | 'salts'
  | 'liver'
  | 'blood'
  | 'thyroid'
  | 'vitamins'
  | 'heart'
  | 'inflammation'
  | 'other'

export const MEASUREMENTS: ReadonlyMap<string, Measurement> = new Map()
const BY_LOINC = new Map<string, Measurement>()

type Rest = Partial<Pick<Measurement, 'si' | 'usual' | 'decimals' | 'molarMass' | 'valence' | 'isA1c'>>

function measure(panel: Panel, key: string, codes: string, unit: string, rest: Rest = {}): void {
  const group = panel === 'vitals' ? 'vital' : 'laboratory'
  const measurement: Measurement = { key, group, panel, unit, ...rest }
  ;(MEASUREMENTS as Map<string, Measurement>).set(key, measurement)
  for (const code of codes.split(' ')) BY_LOINC.set(code, measurement)
}

// One line per measurement: LOINC terms that mean it, whatever the unit, method or posture.
measure('vitals', 'blood-pressure', '85354-9 55284-4 35094-2', 'mm[Hg]', { decimals: 0 })
measure('vitals', 'systolic', '8480-6 8459-0 8460-8 8461-6 76534-7', 'mm[Hg]', {
  usual: [90, 139],
  decimals: 0,
})
measure('vitals', 'diastolic', '8462-4 8453-3 8454-1 8455-8 76535-4', 'mm[Hg]', {
  usual: [60, 89],
  decimals: 0,
})
measure('vitals', 'mean-pressure', '8478-0', 'mm[Hg]', { decimals: 0 })
measure('vitals', 'heart-rate', '8867-4 8889-8 8893-0', '/min', { usual: [60, 100], decimals: 0 })
measure('vitals', 'respiratory-rate', '9279-1', '/min', { usual: [12, 20], decimals: 0 })
measure('vitals', 'oxygen-saturation', '2708-6 59408-5', '%', { usual: [95, undefined], decimals: 0 })
measure('vitals', 'temperature', '8310-5 8331-1 8332-3 8333-1 8328-7', 'Cel', {
  usual: [36, 37.5],
  decimals: 1,
})
measure('vitals', 'height', '8302-2 8306-3 8308-9 3137-7 3138-5', 'cm', { decimals: 1 })
measure('vitals', 'weight', '29463-7 3141-9 3142-7 8341-0', 'kg', { decimals: 1 })
measure('vitals', 'bmi', '39156-5', 'kg/m2', { usual: [18.5, 24.9], decimals: 1 })
measure('vitals', 'head-circumference', '9843-4 8287-5', 'cm', { decimals: 1 })
measure('vitals', 'waist', '8280-0 56086-2', 'cm', { decimals: 1 })
measure('vitals', 'pain', '72514-3 38208-5', '{score}', { decimals: 0 })
measure('vitals', 'peak-flow', '19935-6 33452-4', 'L/min', { decimals: 0 })

const GLUCOSE: Rest = { si: 'mmol/L', molarMass: 180.156 }
measure('sugar', 'glucose', '2345-7 14749-6', 'mg/dL', GLUCOSE)
measure('sugar', 'glucose-blood', '2339-0 15074-8', 'mg/dL', GLUCOSE)
measure('sugar', 'glucose-fasting', '1558-6 14771-0', 'mg/dL', GLUCOSE)
measure('sugar', 'glucose-after-meal', '1521-4', 'mg/dL', GLUCOSE)
measure('sugar', 'glucose-finger', '41653-7 14743-9', 'mg/dL', GLUCOSE)
measure('sugar', 'hba1c', '4548-4 17856-6 59261-8', '%', { si: 'mmol/mol', isA1c: true })

const CHOLESTEROL: Rest = { si: 'mmol/L', molarMass: 386.654 }
measure('lipids', 'cholesterol', '2093-3 14647-2', 'mg/dL', CHOLESTEROL)
measure('lipids', 'ldl', '13457-7 18262-6 2089-1 22748-8 39469-2', 'mg/dL', CHOLESTEROL)
measure('lipids', 'hdl', '2085-9 14646-4', 'mg/dL', CHOLESTEROL)
measure('lipids', 'triglycerides', '2571-8 14927-8', 'mg/dL', { si: 'mmol/L', molarMass: 885.7 })

measure('kidney', 'creatinine', '2160-0 14682-9 38483-4', 'mg/dL', { si: 'umol/L', molarMass: 113.12 })
measure('kidney', 'egfr', '33914-3 62238-1 98979-8 48642-3 48643-1 88293-6 88294-4 69405-9', 'mL/min')
measure('kidney', 'urea-nitrogen', '3094-0 6299-2 14937-7', 'mg/dL', { si: 'mmol/L', molarMass: 28.0134 })
measure('kidney', 'urea', '3091-6 22664-7', 'mg/dL', { si: 'mmol/L', molarMass: 60.056 })
measure('kidney', 'uric-acid', '3084-1 14933-6', 'mg/dL', { si: 'umol/L', molarMass: 168.11 })
measure('kidney', 'albumin-creatinine-ratio', '14959-1 9318-7 32294-1', 'mg/g')

measure('salts', 'sodium', '2951-2 2947-0', 'mmol/L', { valence: 1 })
measure('salts', 'potassium', '2823-3 6298-4', 'mmol/L', { valence: 1 })
measure('salts', 'chloride', '2075-0 2069-3', 'mmol/L', { valence: 1 })
measure('salts', 'bicarbonate', '2028-9 1963-8 20565-8', 'mmol/L', { valence: 1 })
measure('salts', 'calcium', '17861-6 49765-1 2000-8', 'mg/dL', {
  si: 'mmol/L',
  molarMass: 40.078,
  valence: 2,
})
measure('salts', 'phosphate', '2777-1 14879-1', 'mg/dL', { si: 'mmol/L', molarMass: 30.974 })
measure('salts', 'magnesium', '19123-9 2601-3', 'mg/dL', { si: 'mmol/L', molarMass: 24.305, valence: 2 })

const BILIRUBIN: Rest = { si: 'umol/L', molarMass: 584.66 }
measure('liver', 'bilirubin', '1975-2 14631-6', 'mg/dL', BILIRUBIN)
measure('liver', 'bilirubin-direct', '1968-7 14629-0', 'mg/dL', BILIRUBIN)
measure('liver', 'alt', '1742-6', 'U/L')
measure('liver', 'ast', '1920-8', 'U/L')
measure('liver', 'alkaline-phosphatase', '6768-6', 'U/L')
measure('liver', 'ggt', '2324-2', 'U/L')
measure('liver', 'albumin', '1751-7', 'g/dL', { si: 'g/L' })
measure('liver', 'total-protein', '2885-2', 'g/dL', { si: 'g/L' })
measure('liver', 'globulin', '10834-0', 'g/dL', { si: 'g/L' })

measure('blood', 'hemoglobin', '718-7', 'g/dL', { si: 'g/L' })
measure('blood', 'hematocrit', '4544-3 20570-8', '%')
measure('blood', 'red-cells', '789-8', '10*6/uL', { si: '10*12/L' })
measure('blood', 'white-cells', '6690-2 26464-8', '10*3/uL', { si: '10*9/L' })
measure('blood', 'platelets', '777-3 26515-7', '10*3/uL', { si: '10*9/L' })
measure('blood', 'mcv', '787-2 30428-7', 'fL')
measure('blood', 'mch', '785-6', 'pg')
measure('blood', 'mchc', '786-4', 'g/dL', { si: 'g/L' })
measure('blood', 'rdw', '788-0', '%')
measure('blood', 'rdw-sd', '21000-5', 'fL')
measure('blood', 'platelet-width', '32207-3', 'fL')
measure('blood', 'platelet-volume', '32623-1', 'fL')
measure('blood', 'neutrophils', '770-8', '%')
measure('blood', 'lymphocytes', '736-9', '%')
measure('blood', 'monocytes', '5905-5', '%')
measure('blood', 'eosinophils', '713-8', '%')
measure('blood', 'basophils', '706-2', '%')
measure('blood', 'inr', '6301-6', '1')
measure('blood', 'prothrombin-time', '5902-2', 's')

measure('thyroid', 'tsh', '3016-3 11580-8', 'm[IU]/L')
measure('thyroid', 'free-t4', '3024-7 14920-3', 'ng/dL', { si: 'pmol/L', molarMass: 776.87 })
measure('thyroid', 'free-t3', '3051-0', 'pg/mL')
measure('thyroid', 't4', '3026-2', 'ug/dL', { si: 'nmol/L', molarMass: 776.87 })
measure('thyroid', 't3', '3053-6', 'ng/dL')

measure('vitamins', 'vitamin-d', '1989-3 62292-8', 'ng/mL', { si: 'nmol/L', molarMass: 400.64 })
measure('vitamins', 'vitamin-b12', '2132-9', 'pg/mL', { si: 'pmol/L', molarMass: 1355.37 })
measure('vitamins', 'folate', '2284-8', 'ng/mL', { si: 'nmol/L', molarMass: 441.4 })
measure('vitamins', 'ferritin', '2276-4', 'ng/mL', { si: 'ug/L' })
measure('vitamins', 'iron', '2498-4', 'ug/dL', { si: 'umol/L', molarMass: 55.845 })

measure('heart', 'troponin-i', '10839-9', 'ng/mL')
measure('heart', 'troponin-t', '67151-1', 'ng/L')
measure('heart', 'nt-probnp', '33762-6', 'pg/mL')
measure('heart', 'bnp', '30934-4', 'pg/mL')

measure('inflammation', 'crp', '1988-5', 'mg/L')
measure('inflammation', 'hs-crp', '30522-7', 'mg/L')
measure('inflammation', 'esr', '4537-7 30341-2', 'mm/h')

measure('other', 'psa', '2857-1', 'ng/mL')
measure('other', 'amylase', '1798-8', 'U/L')
measure('other', 'lipase', '3040-3', 'U/L')

/** The measurement that a concept means, by its LOINC codes. */
export function measurementOf(concept: CodeableConcept | undefined): Measurement | undefined {
  for (const code of codesIn(concept, 'loinc')) {
    const found = BY_LOINC.get(code)
    if (found) return found
  }
  return undefined
}

/** The measurement a LOINC code means. */
export function measurementOfCode(loinc: string): Measurement | undefined {
  return BY_LOINC.get(loinc)
}

/** A value of a measurement as instruments show it, in the unit it is usually given in. */
export function roundMeasured(value: number, measurement: Measurement | undefined, unit?: string): number {
  if (measurement?.decimals === undefined) return value
  const isUsual = unit === undefined || unit === measurement.unit || unit === 'mmHg' || unit === '°C'
  return isUsual ? Number(value.toFixed(measurement.decimals)) : value
}
