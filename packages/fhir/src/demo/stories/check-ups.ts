import { addDays, addMonths, clinicDay } from '../calendar.ts'
import type { Story } from '../life.ts'
import { recordBackground, writeNote } from '../record/notes.ts'
import { prescribe } from '../record/prescriptions.ts'
import { diagnose } from '../record/problems.ts'
import { recordBlood, recordLipids, recordPanel } from '../record/results.ts'
import { careOverYears, type OverYears, visitFrom } from './long-term-care.ts'

/** A yearly check-up of somebody who is well. */
export function healthyAdult({ years, height, weight }: OverYears): Story {
  return (life) => {
    const start = life.yearsAgo(years)
    const visits = careOverYears(life, {
      from: start,
      everyMonths: 12,
      by: 'medicine',
      reason: 'Yearly check-up',
      height,
      weight: () => weight,
      pressure: () => [118, 76],
      checks: [
        {
          everyMonths: 12,
          run: (visit) =>
            void recordBlood(life, visit, { haemoglobin: life.person.sex === 'female' ? 12.7 : 14.8 }),
        },
        {
          everyMonths: 12,
          run: (visit) =>
            void recordPanel(life, visit, {
              panel: 'glucose',
              values: { fasting: 88 + life.random.noise(4) },
            }),
        },
        {
          everyMonths: 24,
          run: (visit) => void recordLipids(life, visit, 98 + life.random.noise(8)),
        },
        {
          everyMonths: 24,
          run: (visit) =>
            void recordPanel(life, visit, {
              panel: 'iron',
              values: { vitaminD: 21 + life.random.noise(4), b12: 280 + life.random.noise(40) },
            }),
        },
      ],
    })
    const first = visitFrom(visits, start)
    recordBackground(life, first, {
      bloodGroup: life.random.pick(['O positive', 'B positive', 'A positive', 'AB positive']),
      smoking: 'never',
    })
    const low = diagnose(life, first, 'vitaminD', { resolved: addMonths(first.day, 3) })
    prescribe(life, first, 'vitaminD60', { rhythm: 'weekly', days: 56, why: low })
  }
}

/** Tired and pale: too little iron, repaired within months. */
export function lowIron({ yearsAgo, adult }: { yearsAgo: number; adult: boolean }): Story {
  return (life) => {
    const day = clinicDay(life.yearsAgo(yearsAgo))
    const again = clinicDay(addDays(day, 84))
    if (!life.isWithin(again)) return
    const by = adult ? 'medicine' : 'paediatrics'
    const visit = life.visit({ day, by, kind: 'problem', reason: 'Pale and tired' })
    const anaemia = diagnose(life, visit, 'anaemia', { resolved: again })
    recordBlood(life, visit, {
      haemoglobin: 9.1,
      mcv: 69,
      platelets: 388,
      conclusion: 'Small, pale red cells.',
    })
    recordPanel(life, visit, { panel: 'iron', values: { ferritin: 6 } })
    if (adult)
      prescribe(life, visit, 'iron', {
        rhythm: 'daily',
        days: 90,
        why: anaemia,
        note: 'with lemon juice, not with tea',
      })
    else
      prescribe(life, visit, 'ironSyrup', {
        units: 1.5,
        rhythm: 'daily',
        days: 90,
        why: anaemia,
        note: 'not with milk',
      })
    writeNote(life, visit, {
      complaint: 'Tired and pale for months.',
      findings: 'Pale lids, quiet heart murmur.',
      plan: 'Iron for three months; lentils, greens and jaggery. Count again in twelve weeks.',
      problems: [anaemia],
    })
    const review = life.visit({ day: again, by, kind: 'followUp', reason: 'Blood count after iron' })
    recordBlood(life, review, { haemoglobin: 12.1, mcv: 82 })
    recordPanel(life, review, { panel: 'iron', values: { ferritin: 34 } })
  }
}
