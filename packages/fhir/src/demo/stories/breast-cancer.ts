import { addDays, clinicDay } from '../calendar.ts'
import type { Story } from '../life.ts'
import { recordImaging } from '../record/imaging.ts'
import { planCare, recordBackground, recordProcedure } from '../record/notes.ts'
import { prescribeForYears } from '../record/prescriptions.ts'
import { diagnose } from '../record/problems.ts'
import { recordBlood } from '../record/results.ts'
import { careOverYears, type SinceEvent, visitFrom } from './long-term-care.ts'

/** A lump found in time: operation, radiation, tablets for ten years. */
export function breastCancer({ yearsAgo, height, weight }: SinceEvent): Story {
  return (life) => {
    const found = clinicDay(life.yearsAgo(yearsAgo))
    const visit = life.visit({
      day: found,
      by: 'surgery',
      kind: 'problem',
      reason: 'Lump in the left breast',
    })
    const cancer = diagnose(life, visit, 'breastCancer', {
      note: 'Invasive ductal, grade 2, 1.8 cm, node-negative; ER and PR positive, HER2 negative: stage I.',
    })
    recordImaging(life, visit, {
      examination: 'mammogram',
      findings: 'Spiky mass of 18 mm above and outside on the left; armpit free.',
      conclusion: 'BI-RADS 5 on the left.',
      why: cancer,
      images: 4,
    })
    recordProcedure(life, life.onDay(visit, clinicDay(addDays(found, 5)), 600), {
      text: 'Core biopsy of the left breast',
      why: cancer,
      outcome: 'Invasive ductal carcinoma, ER and PR positive, HER2 negative.',
      minutes: 20,
    })
    const operated = clinicDay(addDays(found, 21))
    const stay = life.visit({
      day: operated,
      by: 'surgery',
      kind: 'admission',
      reason: 'Planned removal of the lump',
      way: 'inpatient',
      until: addDays(operated, 2),
      minutes: 7 * 60,
    })
    recordProcedure(life, stay, {
      text: 'Breast-conserving surgery with sentinel node biopsy',
      why: cancer,
      outcome: 'Margins free; two nodes without tumour.',
      minutes: 90,
    })
    recordProcedure(life, life.onDay(stay, addDays(operated, 42), 600), {
      text: 'Radiotherapy of the left breast, 40 Gy in 15 fractions',
      why: cancer,
      outcome: 'Completed; mild redness.',
      minutes: 20,
    })
    const start = addDays(operated, 70)
    const visits = careOverYears(life, {
      from: start,
      everyMonths: 4,
      by: 'surgery',
      reason: 'After breast cancer',
      height,
      weight: () => weight,
      pressure: () => [122, 76],
      checks: [
        {
          everyMonths: 12,
          run: (at) =>
            void recordImaging(life, at, {
              examination: 'mammogram',
              findings: 'Scar on the left, no new mass.',
              conclusion: 'BI-RADS 2.',
              why: cancer,
              images: 4,
            }),
        },
        {
          everyMonths: 12,
          run: (at) => void recordBlood(life, at, { haemoglobin: 12.6 + life.random.noise(0.3) }),
        },
      ],
      note: () => ({
        complaint: 'Hot flushes now and then; otherwise well.',
        findings: 'Scar soft, no lump in either breast, armpits free, arm not swollen.',
        plan: 'Tamoxifen goes on. Mammogram every year.',
      }),
    })
    const first = visitFrom(visits, start)
    recordBackground(life, first, {
      bloodGroup: 'AB negative',
      smoking: 'never',
      family: [['mother', 'Carcinoma of the breast', 61]],
    })
    prescribeForYears(life, visits, 'tamoxifen', { from: start, rhythm: 'daily', why: cancer })
    planCare(life, first, {
      title: 'After breast cancer',
      description: 'Follow-up for ten years.',
      activities: [
        'Visit every four months for three years, then every six',
        'Mammogram once a year',
        'Exercise two and a half hours a week',
      ],
      for: [cancer],
    })
  }
}
