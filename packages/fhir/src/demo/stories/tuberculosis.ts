import { addDays, addMonths, type Day, trend } from '../calendar.ts'
import type { Story } from '../life.ts'
import { recordImaging } from '../record/imaging.ts'
import { planCare, recordBackground } from '../record/notes.ts'
import { prescribe } from '../record/prescriptions.ts'
import { diagnose } from '../record/problems.ts'
import { recordBlood, recordPanel } from '../record/results.ts'
import { careOverYears, visitFrom } from './long-term-care.ts'

/** Six months of treatment under observation, to the cure. */
export function tuberculosis({ yearsAgo, weight }: { yearsAgo: number; weight: number }): Story {
  return (life) => {
    const start: Day = life.yearsAgo(yearsAgo)
    const cured = addDays(start, 182)
    if (!life.isWithin(cured)) return
    const kg = trend([
      [start, weight - 7],
      [cured, weight],
    ])
    const visits = careOverYears(life, {
      from: start,
      to: addMonths(cured, 12),
      everyMonths: 1,
      by: 'pulmonology',
      reason: 'Tuberculosis treatment',
      height: 168,
      weight: kg,
      pressure: () => [116, 74],
      pulse: 82,
      checks: [
        {
          to: cured,
          everyMonths: 1,
          run: (visit) =>
            void recordPanel(life, visit, {
              panel: 'liver',
              values: { alt: 34 + life.random.noise(8), ast: 31 + life.random.noise(6), bilirubin: 0.7 },
            }),
        },
        {
          to: cured,
          everyMonths: 2,
          run: (visit) =>
            void recordBlood(life, visit, {
              haemoglobin: trend([
                [start, 11.2],
                [cured, 13.8],
              ])(visit.day),
            }),
        },
      ],
      note: (visit, index) =>
        index > 7
          ? undefined
          : {
              complaint:
                index === 0
                  ? 'Cough for six weeks, evening fever, night sweats, 7 kg lost.'
                  : 'Takes the tablets every day; cough less.',
              findings:
                index === 0
                  ? 'Sputum: acid-fast bacilli 2+, rapid molecular test positive, rifampicin sensitive. Shadow in the right upper lung.'
                  : index === 2
                    ? 'Sputum negative after two months.'
                    : 'No jaundice, vision unchanged.',
              plan:
                visit.day >= cured
                  ? 'Treatment finished; cured.'
                  : index === 0
                    ? 'Four medicines daily for two months, then three for four. Reported to the national programme; family screened.'
                    : 'Continue.',
            },
    })
    const first = visitFrom(visits, start)
    recordBackground(life, first, { bloodGroup: 'B positive', smoking: 'current' })
    const disease = diagnose(life, first, 'tuberculosis', { resolved: cured, isListed: true })
    recordImaging(life, first, {
      examination: 'chestXray',
      findings: 'Patchy shadow with a small cavity in the right upper zone.',
      conclusion: 'In keeping with tuberculosis.',
      why: disease,
    })
    prescribe(life, first, 'tbIntensive', {
      units: 4,
      rhythm: 'morning',
      days: 56,
      why: disease,
      note: 'on an empty stomach',
    })
    prescribe(life, first, 'pyridoxine', { rhythm: 'daily', days: 182, why: disease })
    prescribe(life, visitFrom(visits, addDays(start, 56)), 'tbContinuation', {
      units: 4,
      rhythm: 'morning',
      days: 126,
      why: disease,
      note: 'on an empty stomach',
    })
    planCare(life, first, {
      title: 'Tuberculosis, six months of treatment',
      description: 'Daily treatment, weight band 55 to 69 kg.',
      activities: [
        'Tablets every morning, observed by the neighbour',
        'Sputum after two and six months',
        'Liver values every month',
        'Good food; support of the programme',
      ],
      for: [disease],
      until: cured,
    })
  }
}
