import { addMonths, trend } from '../calendar.ts'
import type { Story } from '../life.ts'
import { recordImaging } from '../record/imaging.ts'
import { recordBackground } from '../record/notes.ts'
import { prescribe, prescribeForYears } from '../record/prescriptions.ts'
import { diagnose } from '../record/problems.ts'
import { recordKidney, recordLipids, recordPanel, recordTest } from '../record/results.ts'
import { careOverYears, type OverYears, visitFrom } from './long-term-care.ts'

/** Overweight, high pressure, gout and a fatty liver: found at the office check-up. */
export function metabolic({ years, height, weight }: OverYears): Story {
  return (life) => {
    const start = life.yearsAgo(years)
    const urate = trend([
      [start, 9.1],
      [addMonths(start, 9), 6.4],
      [life.until, 5.6],
    ])
    const visits = careOverYears(life, {
      from: start,
      everyMonths: 4,
      by: 'medicine',
      reason: 'Blood pressure and gout',
      height,
      weight: trend([
        [start, weight + 6],
        [life.until, weight],
      ]),
      pressure: (day) => [
        trend([
          [start, 156],
          [addMonths(start, 8), 136],
          [life.until, 130],
        ])(day),
        88,
      ],
      checks: [
        {
          everyMonths: 4,
          run: (visit) => void recordTest(life, visit, 'urate', urate(visit.day) + life.random.noise(0.2)),
        },
        {
          everyMonths: 8,
          run: (visit) => void recordLipids(life, visit, 124 + life.random.noise(8)),
        },
        {
          everyMonths: 12,
          run: (visit) => void recordKidney(life, visit, 1.06 + life.random.noise(0.04)),
        },
        {
          everyMonths: 12,
          run: (visit) =>
            void recordPanel(life, visit, {
              panel: 'liver',
              values: { alt: 68 + life.random.noise(9), ast: 47 + life.random.noise(6), albumin: 4.5 },
            }),
        },
        {
          everyMonths: 12,
          run: (visit) => void recordTest(life, visit, 'hba1c', 5.9 + life.random.noise(0.1)),
        },
      ],
      note: (_, index) => ({
        complaint:
          index === 0
            ? 'Big toe red and so painful that the blanket hurts; third time this year.'
            : 'No attack since the last visit.',
        findings: index === 0 ? 'Right big toe hot and swollen.' : 'Joints quiet.',
        plan:
          index === 0
            ? 'Colchicine now, allopurinol after the attack; less beer and meat, more water.'
            : 'Continue.',
      }),
    })
    const first = visitFrom(visits, start)
    recordBackground(life, first, {
      bloodGroup: 'B positive',
      smoking: 'never',
      family: [['father', 'Gout', 45]],
    })
    const pressure = diagnose(life, first, 'hypertension')
    const gout = diagnose(life, first, 'gout')
    diagnose(life, first, 'fattyLiver')
    diagnose(life, first, 'prediabetes')
    recordImaging(life, first, {
      examination: 'abdomenScan',
      findings: 'Bright liver, 16 cm; kidneys without stones.',
      conclusion: 'Fatty liver.',
    })
    prescribe(life, first, 'colchicine', { rhythm: 'twice', days: 7, why: gout })
    prescribeForYears(life, visits, 'allopurinol', {
      from: addMonths(start, 1),
      units: 2,
      rhythm: 'daily',
      why: gout,
      note: 'after food',
    })
    prescribeForYears(life, visits, 'telmisartan40', { from: start, rhythm: 'morning', why: pressure })
    prescribeForYears(life, visits, 'amlodipine5', {
      from: addMonths(start, 3),
      rhythm: 'morning',
      why: pressure,
    })
  }
}
