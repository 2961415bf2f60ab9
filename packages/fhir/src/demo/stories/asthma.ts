import { addDays, addMonths, trend } from '../calendar.ts'
import type { Story } from '../life.ts'
import { askToReturn, planCare, recordBackground, writeNote } from '../record/notes.ts'
import { prescribe, prescribeForYears } from '../record/prescriptions.ts'
import { diagnose, recordAllergy } from '../record/problems.ts'
import { recordPanel, recordTest } from '../record/results.ts'
import { measure, measurePressure } from '../record/vitals.ts'
import { careOverYears, type OverYears, visitFrom } from './long-term-care.ts'

/** Asthma since youth with hay fever, well controlled on a low dose. */
export function asthma({ years, height, weight }: OverYears): Story {
  return (life) => {
    const start = life.yearsAgo(years)
    const best = life.person.sex === 'male' ? 560 : 430
    const control = trend([
      [start, 0.72],
      [addMonths(start, 6), 0.9],
      [addMonths(start, 36), 0.94],
      [life.until, 0.93],
    ])
    const visits = careOverYears(life, {
      from: start,
      everyMonths: 6,
      by: 'medicine',
      reason: 'Asthma',
      height,
      weight: trend([
        [start, weight - 4],
        [life.until, weight],
      ]),
      pressure: () => [118, 76],
      checks: [
        {
          everyMonths: 6,
          run: (visit) =>
            void recordTest(life, visit, 'peakFlow', best * control(visit.day) + life.random.noise(12)),
        },
        {
          everyMonths: 24,
          run: (visit) => {
            const fvc = best / 122
            const fev1 = fvc * (0.66 + 0.16 * control(visit.day))
            recordPanel(life, visit, {
              panel: 'spirometry',
              values: { fev1, fvc, fev1Ratio: (fev1 / fvc) * 100 },
              conclusion: 'FEV1 rises by 14 % after salbutamol.',
            })
          },
        },
      ],
      note: (_, index) => ({
        complaint:
          index === 0
            ? 'Wheezing and tight chest at night, worse in dust and in winter.'
            : 'Rarely breathless; reliever less than twice a week.',
        findings: index === 0 ? 'Wheeze on both sides.' : 'Lungs clear.',
        plan:
          index === 0 ? 'Inhaled budesonide daily, inhaler technique shown.' : 'Continue; technique checked.',
      }),
    })
    const first = visitFrom(visits, start)
    recordBackground(life, first, {
      bloodGroup: 'A positive',
      smoking: 'never',
      family: [['mother', 'Asthma', 20]],
    })
    recordAllergy(life, first, 'mites', { reaction: 'Sneezing, wheezing', severity: 'moderate' })
    const disease = diagnose(life, first, 'asthma')
    const nose = diagnose(life, first, 'rhinitis')
    prescribeForYears(life, visits, 'budesonide', {
      from: first.day,
      units: 1,
      rhythm: 'twice',
      why: disease,
      note: 'rinse the mouth afterwards',
    })
    prescribeForYears(life, visits, 'salbutamol', {
      from: first.day,
      units: 2,
      rhythm: 'needed',
      why: disease,
    })
    prescribeForYears(life, visits, 'cetirizine', { from: first.day, rhythm: 'night', why: nose })
    planCare(life, first, {
      title: 'Asthma action plan',
      description: `Best peak flow ${best} L/min.`,
      activities: [
        `Green, above ${Math.round((best * 0.8) / 10) * 10}: budesonide twice a day`,
        `Yellow, ${Math.round((best * 0.5) / 10) * 10} to ${Math.round((best * 0.8) / 10) * 10}: two more puffs of salbutamol, double budesonide for a week`,
        `Red, below ${Math.round((best * 0.5) / 10) * 10}: salbutamol every 20 minutes, come to the emergency room`,
      ],
      for: [disease],
    })
    const attack = addDays(first.day, 420)
    if (life.isWithin(addDays(attack, 3))) {
      const visit = life.visit({
        day: attack,
        by: 'medicine',
        kind: 'emergency',
        reason: 'Breathless since last night',
        way: 'emergency',
        minutes: 5 * 60,
      })
      measure(life, visit, { saturation: 93, breaths: 28, pulse: 118 })
      measurePressure(life, visit, [128, 82])
      recordTest(life, visit, 'peakFlow', best * 0.52)
      prescribe(life, visit, 'prednisolone', { units: 4, rhythm: 'morning', days: 5, why: disease })
      writeNote(life, visit, {
        complaint: 'Breathless since last night after a cold; salbutamol hardly helps.',
        findings:
          'Wheeze everywhere, speaks in phrases. After three nebulisations saturation 97 %, peak flow 74 % of best.',
        plan: 'Prednisolone for five days, back in a week.',
        problems: [disease],
      })
    }
    const last = visits.at(-1)
    if (last) askToReturn(life, last, { inDays: 182, what: 'Asthma review with peak flow' })
  }
}
