import { addDays, trend } from '../calendar.ts'
import type { Story } from '../life.ts'
import { ecgPicture } from '../pictures/ecg.ts'
import { attach } from '../record/attachments.ts'
import { summariseStay } from '../record/discharge.ts'
import { recordImaging } from '../record/imaging.ts'
import { recordBackground } from '../record/notes.ts'
import { prescribeForYears } from '../record/prescriptions.ts'
import { diagnose } from '../record/problems.ts'
import { recordBlood, recordKidney, recordPanel } from '../record/results.ts'
import { measure, measurePressure } from '../record/vitals.ts'
import { careOverYears, type OverYears, visitFrom } from './long-term-care.ts'

/** Atrial fibrillation found by a stroke, weak heart later: what the oldest patients live with. */
export function fibrillation({ years, height, weight }: OverYears): Story {
  return (life) => {
    const day = life.yearsAgo(years)
    const home = addDays(day, 7)
    const stay = life.visit({
      day,
      by: 'medicine',
      kind: 'admission',
      reason: 'Sudden weakness of the left arm',
      way: 'emergency',
      until: home,
      minutes: 9 * 60 + 5,
    })
    const stroke = diagnose(life, stay, 'stroke', { resolved: addDays(day, 90), isListed: true })
    measurePressure(life, stay, [168, 88])
    measure(life, stay, { pulse: 112, saturation: 96 })
    recordImaging(life, stay, {
      examination: 'headScan',
      findings: 'No bleeding; small dark area on the right side after 24 hours.',
      conclusion: 'Small ischaemic stroke.',
      why: stroke,
    })
    const ecg = recordImaging(life, stay, {
      examination: 'ecg',
      findings: 'Irregular, 112/min, no P waves.',
      conclusion: 'Atrial fibrillation.',
      why: stroke,
    })
    attach(life, {
      fileName: `ecg-${day}.png`,
      contentType: 'image/png',
      type: 'ecg',
      title: 'ECG, 12 leads',
      day,
      by: 'medicine',
      about: ecg.reference,
      make: () => ecgPicture({ seed: `${life.person.key}/ecg`, rate: 112, kind: 'fibrillation' }),
    })
    summariseStay(life, stay, {
      discharged: home,
      diagnoses: [
        'Ischaemic stroke, right middle cerebral artery, small',
        'Atrial fibrillation, newly found',
      ],
      history: 'Left arm weak on waking, speech clear.',
      course: 'Strength came back within four days. Apixaban from the fifth day. Swallowing normal.',
      condition: 'Walks with a stick, left hand a little clumsy.',
      medicines: [
        'Apixaban 2.5 mg twice a day',
        'Bisoprolol 2.5 mg in the morning',
        'Atorvastatin 20 mg at night',
      ],
      advice: ['Physiotherapy twice a week', 'Never miss apixaban', 'Emergency number with any new weakness'],
      entries: [stroke.reference],
    })
    const start = addDays(home, 21)
    const visits = careOverYears(life, {
      from: start,
      everyMonths: 4,
      by: 'cardiology',
      reason: 'Heart rhythm and heart failure',
      height,
      weight: trend([
        [start, weight + 3],
        [life.until, weight],
      ]),
      pressure: () => [134, 74],
      pulse: 74,
      checks: [
        {
          everyMonths: 4,
          run: (visit) =>
            void recordKidney(
              life,
              visit,
              trend([
                [start, 0.92],
                [life.until, 1.12],
              ])(visit.day) + life.random.noise(0.03),
            ),
        },
        {
          everyMonths: 8,
          run: (visit) =>
            void recordPanel(life, visit, {
              panel: 'heart',
              values: {
                natriuretic:
                  trend([
                    [start, 1450],
                    [life.until, 980],
                  ])(visit.day) + life.random.noise(120),
              },
            }),
        },
        {
          everyMonths: 12,
          run: (visit) => void recordBlood(life, visit, { haemoglobin: 11.6 + life.random.noise(0.4) }),
        },
      ],
      note: () => ({
        complaint: 'Tired, sleeps on two pillows; no bleeding.',
        findings: 'Irregular pulse, ankles a little swollen.',
        plan: 'Weigh every morning; one more furosemide when 2 kg heavier within three days.',
      }),
    })
    const first = visitFrom(visits, start)
    recordBackground(life, first, { bloodGroup: 'O positive', smoking: 'never' })
    const rhythm = diagnose(life, first, 'fibrillation', { onset: day })
    const weak = diagnose(life, first, 'heartFailure', { note: 'Preserved pump function.' })
    prescribeForYears(life, visits, 'apixaban', {
      from: start,
      rhythm: 'twice',
      why: rhythm,
      note: 'reduced dose: over 80 years and below 60 kg',
    })
    prescribeForYears(life, visits, 'bisoprolol', { from: start, rhythm: 'morning', why: rhythm })
    prescribeForYears(life, visits, 'atorvastatin20', { from: start, rhythm: 'night', why: stroke })
    prescribeForYears(life, visits, 'furosemide40', { from: start, rhythm: 'morning', why: weak })
  }
}
