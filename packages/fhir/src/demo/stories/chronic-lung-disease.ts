import { addDays, trend } from '../calendar.ts'
import type { Story } from '../life.ts'
import { ctSlice } from '../pictures/dicom.ts'
import { attach } from '../record/attachments.ts'
import { summariseStay } from '../record/discharge.ts'
import { recordImaging } from '../record/imaging.ts'
import { recordBackground } from '../record/notes.ts'
import { prescribe, prescribeForYears } from '../record/prescriptions.ts'
import { diagnose } from '../record/problems.ts'
import { recordBlood, recordPanel } from '../record/results.ts'
import { measure } from '../record/vitals.ts'
import { careOverYears, type OverYears, visitFrom } from './long-term-care.ts'

/** Forty years of smoking: breathless on stairs, a winter in hospital, a CT. */
export function chronicLungDisease({ years, height, weight }: OverYears): Story {
  return (life) => {
    const start = life.yearsAgo(years)
    const fev1 = trend([
      [start, 1.72],
      [life.until, 1.18],
    ])
    const visits = careOverYears(life, {
      from: start,
      everyMonths: 4,
      by: 'pulmonology',
      reason: 'COPD',
      height,
      weight: trend([
        [start, weight + 5],
        [life.until, weight],
      ]),
      pressure: () => [132, 80],
      pulse: 84,
      checks: [
        {
          everyMonths: 4,
          run: (visit) =>
            void measure(life, visit, {
              saturation: 93 + life.random.noise(0.8),
              breaths: 20 + life.random.noise(1),
            }),
        },
        {
          everyMonths: 12,
          run: (visit) => {
            const value = fev1(visit.day)
            recordPanel(life, visit, {
              panel: 'spirometry',
              values: { fev1: value, fvc: value / 0.54, fev1Ratio: 54 },
              conclusion: 'Obstruction that does not improve with salbutamol.',
            })
          },
        },
        {
          everyMonths: 12,
          run: (visit) => void recordBlood(life, visit, { haemoglobin: 16.1 + life.random.noise(0.3) }),
        },
      ],
      note: (_, index) => ({
        complaint:
          index === 0
            ? 'Breathless on the first floor, cough with white phlegm every morning for years.'
            : 'Breathless on stairs as before.',
        findings: 'Barrel chest, long expiration, no oedema.',
        plan:
          index === 0
            ? 'Tiotropium with formoterol and budesonide; help to stop smoking.'
            : 'Continue. Keeps away from smoke; walks twenty minutes a day.',
      }),
    })
    const first = visitFrom(visits, start)
    recordBackground(life, first, {
      bloodGroup: 'AB positive',
      smoking: 'former',
      family: [['father', 'Tuberculosis', 44]],
    })
    const disease = diagnose(life, first, 'copd', {
      note: '45 pack-years; stopped two years after the diagnosis.',
    })
    prescribeForYears(life, visits, 'tiotropium', {
      from: first.day,
      units: 2,
      rhythm: 'morning',
      why: disease,
    })
    prescribeForYears(life, visits, 'formoterol', {
      from: first.day,
      units: 2,
      rhythm: 'twice',
      why: disease,
    })
    prescribeForYears(life, visits, 'salbutamol', {
      from: first.day,
      units: 2,
      rhythm: 'needed',
      why: disease,
    })

    const worse = life.yearsAgo(1.8)
    const home = addDays(worse, 6)
    const stay = life.visit({
      day: worse,
      by: 'pulmonology',
      kind: 'admission',
      reason: 'Breathless at rest, yellow phlegm',
      way: 'inpatient',
      until: home,
    })
    const episode = diagnose(life, stay, 'copdWorse', { resolved: addDays(home, 14) })
    for (const [index, saturation] of [84, 89, 90, 91, 92, 92].entries()) {
      const round = life.onDay(stay, addDays(worse, index))
      measure(life, round, {
        saturation,
        breaths: 30 - index * 2,
        pulse: 112 - index * 5,
        temperature: 37.9 - index * 0.2,
      })
    }
    recordPanel(life, stay, { panel: 'inflammation', values: { crp: 58 } })
    prescribe(life, stay, 'prednisolone', { units: 4, rhythm: 'morning', days: 5, why: episode })
    prescribe(life, stay, 'coamoxiclav', { rhythm: 'thrice', days: 5, why: episode })
    const study = recordImaging(life, stay, {
      examination: 'chestScan',
      findings: 'Emphysema of the upper parts of both lungs; no mass, no clot, no pneumonia.',
      conclusion: 'Emphysema.',
      why: episode,
    })
    const { person } = life
    attach(life, {
      fileName: `ct-chest-${worse}.dcm`,
      contentType: 'application/dicom',
      type: 'image',
      title: `${study.title}, one slice`,
      day: worse,
      by: 'radiology',
      about: study.reference,
      make: async () =>
        ctSlice({
          seed: `${person.key}/ct`,
          uid: study.uid,
          patient: {
            name: `${person.family}^${person.given}`,
            id: person.key,
            birthDate: person.birthDate,
            sex: person.sex,
          },
          day: worse,
          finding: 'emphysema',
        }),
    })
    summariseStay(life, stay, {
      discharged: home,
      diagnoses: ['COPD with acute exacerbation', 'Emphysema'],
      history: 'Three days of growing breathlessness with yellow phlegm.',
      course:
        'Oxygen to a saturation of 88 to 92 %, nebulised salbutamol and ipratropium, prednisolone and antibiotic for five days. No ventilation needed.',
      condition: 'Saturation 92 % in room air, walks to the bathroom alone.',
      medicines: [
        'Tiotropium, two puffs in the morning',
        'Formoterol with budesonide, two puffs twice a day',
        'Salbutamol when needed',
      ],
      advice: [
        'Influenza and pneumococcal vaccines',
        'Breathing physiotherapy',
        'Chest clinic in four weeks',
      ],
      entries: [episode.reference],
    })
  }
}
