import { addDays, addMonths, clinicDay, type Day, trend } from '../calendar.ts'
import { coded, concept, quantity } from '../codes.ts'
import type { Story } from '../life.ts'
import { recordBackground, recordProcedure, writeNote } from '../record/notes.ts'
import { prescribe, prescribeForYears } from '../record/prescriptions.ts'
import { diagnose } from '../record/problems.ts'
import { recordBlood, recordKidney, recordPanel, recordTest } from '../record/results.ts'
import { type measurePressure, observedAt } from '../record/vitals.ts'
import { careOverYears, type OverYears, visitFrom } from './long-term-care.ts'

/** Old age: memory, tremor, prostate, the lens of the eye. */
export function oldAge(
  problems: readonly ('dementia' | 'parkinson' | 'prostate' | 'cataract' | 'hypertension')[],
  { years, height, weight }: OverYears,
): Story {
  return (life) => {
    const start = life.yearsAgo(years)
    const score = trend([
      [start, 23],
      [life.until, 15],
    ])
    const has = (problem: (typeof problems)[number]) => problems.includes(problem)
    const visits = careOverYears(life, {
      from: start,
      everyMonths: 4,
      by: 'medicine',
      reason: 'Check-up at a great age',
      height,
      weight: trend([
        [start, weight + 4],
        [life.until, weight],
      ]),
      pressure: () => [138, 74],
      pulse: 70,
      checks: [
        {
          everyMonths: 12,
          run: (visit) => void recordKidney(life, visit, 1.02 + life.random.noise(0.05)),
        },
        {
          everyMonths: 12,
          run: (visit) => void recordBlood(life, visit, { haemoglobin: 11.9 + life.random.noise(0.4) }),
        },
        {
          everyMonths: 12,
          run: (visit) =>
            void recordPanel(life, visit, {
              panel: 'iron',
              values: { b12: 310 + life.random.noise(40), vitaminD: 24 + life.random.noise(4) },
            }),
        },
        ...(has('dementia')
          ? [
              {
                from: start,
                everyMonths: 12,
                run: (visit: Parameters<typeof measurePressure>[1]) =>
                  void life.add(
                    {
                      ...observedAt(life, visit),
                      category: [coded('observation survey Survey')],
                      code: concept('Memory test (MMSE)', 'loinc 72106-8 Total score [MMSE]'),
                      valueQuantity: quantity(Math.round(score(visit.day)), 'score'),
                    },
                    visit.by,
                  ),
              },
            ]
          : []),
        ...(has('prostate')
          ? [
              {
                from: start,
                everyMonths: 12,
                run: (visit: Parameters<typeof measurePressure>[1]) =>
                  void recordTest(life, visit, 'psa', 2.6 + life.random.noise(0.3)),
              },
            ]
          : []),
      ],
      note: () => ({
        complaint: has('dementia')
          ? 'Comes with the daughter: asks the same questions again, eats well.'
          : has('parkinson')
            ? 'Hand trembles at rest; slow in the mornings.'
            : 'Manages alone at home with some help.',
        findings: 'Well cared for, no falls since the last visit.',
        plan: 'Tablets go on; hearing, sight and shoes checked.',
      }),
    })
    const first = visitFrom(visits, start)
    recordBackground(life, first, { bloodGroup: 'O positive', smoking: 'never' })
    const order = { from: start }
    if (has('hypertension'))
      prescribeForYears(life, visits, 'amlodipine5', {
        ...order,
        rhythm: 'morning',
        why: diagnose(life, first, 'hypertension'),
      })
    if (has('dementia'))
      prescribeForYears(life, visits, 'donepezil', {
        ...order,
        rhythm: 'night',
        why: diagnose(life, first, 'dementia'),
      })
    if (has('parkinson'))
      prescribeForYears(life, visits, 'levodopa', {
        ...order,
        rhythm: 'thrice',
        why: diagnose(life, first, 'parkinson'),
        note: 'half an hour before meals',
      })
    if (has('prostate'))
      prescribeForYears(life, visits, 'tamsulosin', {
        ...order,
        rhythm: 'night',
        why: diagnose(life, first, 'prostate'),
      })
    if (has('cataract')) cataract(life, clinicDay(addMonths(start, 14)))
  }
}

function cataract(life: Parameters<Story>[0], day: Day): void {
  if (!life.isWithin(addDays(day, 30))) return
  const visit = life.visit({
    day: addDays(day, -30),
    by: 'ophthalmology',
    kind: 'problem',
    reason: 'Sees as through fog',
  })
  const clouded = diagnose(life, visit, 'cataract', { resolved: day })
  writeNote(life, visit, {
    complaint: 'Reading is hard, lights dazzle.',
    findings: 'Right 6/36, left 6/12; lens of the right eye clouded.',
    plan: 'Replace the lens on the right.',
    problems: [clouded],
  })
  const operation = life.visit({
    day,
    by: 'ophthalmology',
    kind: 'admission',
    reason: 'Planned cataract operation',
    minutes: 8 * 60,
  })
  recordProcedure(life, operation, {
    text: 'Cataract extraction with lens implant, right eye',
    snomed: '385468004',
    why: clouded,
    outcome: 'No complication.',
    minutes: 25,
  })
  prescribe(life, operation, 'eyeAntibiotic', { rhythm: 'fourTimes', days: 7, why: clouded })
  prescribe(life, operation, 'eyeSteroid', { rhythm: 'fourTimes', days: 28, why: clouded })
}
