import type { DiagnosticReport, Observation, Reference } from '../../types.ts'
import { instantOf, rounded } from '../calendar.ts'
import { coded, concept, quantity } from '../codes.ts'
import type { Life, Visit } from '../life.ts'
import { LABORATORY } from '../people/staff.ts'
import { type LabTest, PANELS, type PanelName, TESTS, type TestName } from './tests.ts'
import { observedAt } from './vitals.ts'

const LAB = coded('observation laboratory Laboratory')
const FLAGS = {
  H: 'interpretation H High',
  L: 'interpretation L Low',
  HH: 'interpretation HH Critical high',
  LL: 'interpretation LL Critical low',
}

function spanFor(life: Life, { normal }: LabTest, day: string): readonly [number | null, number | null] {
  if (!normal) return [null, null]
  if (!('female' in normal)) return normal
  return (life.ageOn(day) < 12 ? normal.child : undefined) ?? normal[life.person.sex]
}

/** What a laboratory prints beside the value: far beyond the range is critical. */
function flagFor(
  value: number,
  [low, high]: readonly [number | null, number | null],
): keyof typeof FLAGS | null {
  if (high !== null && value > high) return value > 3 * Math.abs(high) ? 'HH' : 'H'
  if (low !== null && value < low) return value < low / 2 && value > 0 ? 'LL' : 'L'
  return null
}

export type Result = {
  reference: Reference<Observation>
  text: string
  value: number
  unit: string
  flag: string | null
  normal: string
}

/** One result of the laboratory. Known before a report says so. */
function result(life: Life, visit: Visit, name: TestName, raw: number): Result {
  const test: LabTest = TESTS[name]
  const value = rounded(raw, test.decimals)
  const span = spanFor(life, test, visit.day)
  const flag = flagFor(value, span)
  const [low, high] = span
  const reference = life.add(
    {
      ...observedAt(life, visit),
      category: [LAB],
      code: concept(test.text, test.code),
      performer: [{ display: LABORATORY }],
      valueQuantity: quantity(value, test.unit),
      ...(flag && { interpretation: [coded(FLAGS[flag])] }),
      ...((low !== null || high !== null) && {
        referenceRange: [
          {
            ...(low !== null && { low: quantity(low, test.unit) }),
            ...(high !== null && { high: quantity(high, test.unit) }),
          },
        ],
      }),
    },
    visit.by,
  )
  return { reference, text: test.text, value, unit: test.unit, flag, normal: rangeWords(low, high) }
}

function rangeWords(low: number | null, high: number | null): string {
  if (low !== null && high !== null) return `${low} – ${high}`
  if (high !== null) return `up to ${high}`
  return low !== null ? `from ${low}` : ''
}

/** A single test without a report of its own. */
export function recordTest(life: Life, visit: Visit, name: TestName, value: number): Result {
  return result(life, visit, name, value)
}

export type Report = {
  reference: Reference<DiagnosticReport>
  title: string
  results: Result[]
  day: string
  conclusion: string | undefined
}

/** The tests of a panel and the report that holds them together. */
export function recordPanel(
  life: Life,
  visit: Visit,
  given: { panel: PanelName; values: Partial<Record<TestName, number>>; conclusion?: string },
): Report {
  const [title, code, section] = PANELS[given.panel]
  const results = (Object.entries(given.values) as [TestName, number][]).map(([name, value]) =>
    result(life, visit, name, value),
  )
  const at = instantOf(visit.day, visit.minutes + 5)
  const reference = life.add(
    {
      resourceType: 'DiagnosticReport',
      status: 'final',
      category: [
        coded(
          `sections ${section} ${section === 'HM' ? 'Hematology' : section === 'PF' ? 'Pulmonary Function' : 'Chemistry'}`,
        ),
      ],
      code: code === '' ? { text: title } : concept(title, code),
      subject: life.subject,
      encounter: visit.encounter,
      effectiveDateTime: at,
      issued: instantOf(visit.day, visit.minutes + 180),
      performer: [{ display: LABORATORY }],
      result: results.map((one) => one.reference),
      ...(given.conclusion !== undefined && { conclusion: given.conclusion }),
    },
    visit.by,
  )
  return { reference, title, results, day: visit.day, conclusion: given.conclusion }
}

/** CKD-EPI 2021 (NEJM 385:1737): creatinine in mg/dL to mL/min/1.73 m². */
export function filtrationRate(
  creatinine: number,
  { age, sex }: { age: number; sex: 'female' | 'male' },
): number {
  const [kappa, alpha] = sex === 'female' ? [0.7, -0.241] : [0.9, -0.302]
  const ratio = creatinine / kappa
  return (
    142 *
    Math.min(ratio, 1) ** alpha *
    Math.max(ratio, 1) ** -1.2 *
    0.9938 ** age *
    (sex === 'female' ? 1.012 : 1)
  )
}

/** Creatinine with what follows from it. */
export function recordKidney(life: Life, visit: Visit, creatinine: number, conclusion?: string): Report {
  const { random } = life
  const shown = rounded(creatinine, 2)
  const egfr = filtrationRate(shown, { age: life.ageOn(visit.day), sex: life.person.sex })
  return recordPanel(life, visit, {
    panel: 'kidney',
    values: {
      creatinine: shown,
      egfr: Math.min(egfr, 130),
      urea: 14 + 20 * shown + random.noise(2.5),
      sodium: 139 + random.noise(1.6),
      potassium: 4.2 + Math.max(0, shown - 1) * 0.35 + random.noise(0.2),
    },
    ...(conclusion !== undefined && { conclusion }),
  })
}

/** Lipids; LDL by Friedewald's formula, which holds up to triglycerides of 400 mg/dL. */
export function recordLipids(life: Life, visit: Visit, ldl: number): Report {
  const { random, person } = life
  const hdl = Math.round((person.sex === 'female' ? 47 : 40) + random.noise(4))
  const triglycerides = Math.round(95 + ldl * 0.6 + random.noise(18))
  const cholesterol = Math.round(ldl + hdl + triglycerides / 5)
  return recordPanel(life, visit, {
    panel: 'lipids',
    values: { cholesterol, hdl, ldl: cholesterol - hdl - triglycerides / 5, triglycerides },
  })
}

/** A blood count around the given haemoglobin; haematocrit is about three times as much. */
export function recordBlood(
  life: Life,
  visit: Visit,
  given: { haemoglobin: number; leucocytes?: number; platelets?: number; mcv?: number; conclusion?: string },
): Report {
  const { random } = life
  const { haemoglobin, mcv = 88 + random.noise(3), conclusion } = given
  const { leucocytes = 7 + random.noise(1.1), platelets = 265 + random.noise(40) } = given
  return recordPanel(life, visit, {
    panel: 'blood',
    values: {
      haemoglobin,
      haematocrit: haemoglobin * 3 + random.noise(0.5),
      leucocytes,
      platelets,
      mcv,
      eosinophils: 3 + Math.abs(random.noise(1)),
    },
    ...(conclusion !== undefined && { conclusion }),
  })
}
