import { addMonths, trend } from '../calendar.ts'
import type { Story } from '../life.ts'
import { planCare, recordBackground } from '../record/notes.ts'
import { prescribeForYears } from '../record/prescriptions.ts'
import { diagnose } from '../record/problems.ts'
import { recordPanel, recordTest } from '../record/results.ts'
import { careOverYears, visitFrom } from './long-term-care.ts'

/** Type 1 diabetes from school age: insulin four times a day. */
export function typeOneDiabetes({
  years,
  height,
  weight,
}: {
  years: number
  height: { from: number; to: number }
  weight: { from: number; to: number }
}): Story {
  return (life) => {
    const start = life.yearsAgo(years)
    const hba1c = trend([
      [start, 11.2],
      [addMonths(start, 6), 7.4],
      [addMonths(start, 24), 7.9],
      [life.yearsAgo(1), 8.6],
      [life.until, 7.8],
    ])
    const visits = careOverYears(life, {
      from: start,
      everyMonths: 3,
      by: 'paediatrics',
      reason: 'Type 1 diabetes',
      height: trend([
        [start, height.from],
        [life.until, height.to],
      ]),
      weight: trend([
        [start, weight.from],
        [life.until, weight.to],
      ]),
      pressure: () => [112, 70],
      pulse: 78,
      checks: [
        {
          everyMonths: 3,
          run: (visit) => void recordTest(life, visit, 'hba1c', hba1c(visit.day) + life.random.noise(0.15)),
        },
        {
          everyMonths: 12,
          run: (visit) => {
            recordPanel(life, visit, { panel: 'thyroid', values: { tsh: 2.3 + life.random.noise(0.3) } })
            recordTest(life, visit, 'albuminRatio', 8 + life.random.noise(2))
          },
        },
      ],
      note: (_, index) => ({
        complaint:
          index === 0
            ? 'Thirst, bed-wetting and weight loss for three weeks; sugar 412.'
            : 'Counts carbohydrates; two low sugars a week.',
        findings: 'Injection sites soft, feet normal.',
        plan:
          index === 0
            ? 'Insulin four times a day; family taught for five days.'
            : 'Doses adjusted with the meter’s readings.',
      }),
    })
    const first = visitFrom(visits, start)
    recordBackground(life, first, { bloodGroup: 'O negative', smoking: 'never' })
    const disease = diagnose(life, first, 'diabetes1')
    // About 0.65 units per kg and day, half of it long-acting; more as he grows.
    const grown = visitFrom(visits, addMonths(start, 30)).day
    const needs = [
      { from: start, to: grown, long: 10, short: 4 },
      { from: grown, to: undefined, long: 18, short: 7 },
    ]
    for (const { from, to, long, short } of needs) {
      const span = { from, ...(to !== undefined && { to }), why: disease }
      prescribeForYears(life, visits, 'glargine', { ...span, units: long, rhythm: 'night' })
      prescribeForYears(life, visits, 'aspartInsulin', {
        ...span,
        units: short,
        rhythm: 'thrice',
        note: 'before meals, by carbohydrates',
      })
    }
    planCare(life, first, {
      title: 'Type 1 diabetes',
      description: 'HbA1c below 7.5 %.',
      activities: [
        'Sugar before each meal and at night',
        'Glucose tablets always at hand',
        'Eyes and kidneys once a year',
        'Never stop insulin when ill',
      ],
      for: [disease],
    })
  }
}
