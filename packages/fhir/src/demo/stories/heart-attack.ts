import { addDays, addMonths, type Day, trend } from '../calendar.ts'
import type { Story } from '../life.ts'
import { ecgPicture } from '../pictures/ecg.ts'
import { attach } from '../record/attachments.ts'
import { summariseStay } from '../record/discharge.ts'
import { recordImaging } from '../record/imaging.ts'
import { planCare, recordBackground, recordProcedure } from '../record/notes.ts'
import { prescribeForYears } from '../record/prescriptions.ts'
import { diagnose } from '../record/problems.ts'
import { recordBlood, recordKidney, recordLipids, recordPanel, recordTest } from '../record/results.ts'
import { measure, measurePressure } from '../record/vitals.ts'
import { careOverYears, type SinceEvent, visitFrom } from './long-term-care.ts'

/** An infarction, a stent the same hour, and the years after it. */
export function heartAttack({ yearsAgo, height, weight }: SinceEvent): Story {
  return (life) => {
    const day: Day = life.yearsAgo(yearsAgo)
    const home = addDays(day, 5)
    const stay = life.visit({
      day,
      by: 'cardiology',
      kind: 'admission',
      reason: 'Crushing chest pain for two hours',
      way: 'emergency',
      until: home,
      minutes: 6 * 60 + 40,
    })
    const infarction = diagnose(life, stay, 'infarction', { resolved: addDays(day, 28), isListed: false })
    measure(life, stay, { pulse: 58, saturation: 95, breaths: 22 })
    measurePressure(life, stay, [104, 66])
    recordPanel(life, stay, { panel: 'heart', values: { troponin: 0.42, natriuretic: 940 } })
    recordPanel(life, life.onDay(stay, addDays(day, 1)), { panel: 'heart', values: { troponin: 38.5 } })
    recordBlood(life, stay, { haemoglobin: 14.4, leucocytes: 12.1 })
    const ecg = recordImaging(life, stay, {
      examination: 'ecg',
      findings: 'ST elevation in II, III and aVF, depression in I and aVL; sinus rhythm 58/min.',
      conclusion: 'Acute inferior infarction.',
      why: infarction,
    })
    attach(life, {
      fileName: `ecg-${day}.png`,
      contentType: 'image/png',
      type: 'ecg',
      title: 'ECG on arrival, 12 leads',
      day,
      by: 'cardiology',
      about: ecg.reference,
      make: () => ecgPicture({ seed: `${life.person.key}/ecg`, rate: 58, kind: 'inferior-infarction' }),
    })
    recordProcedure(life, stay, {
      text: 'Percutaneous coronary intervention',
      snomed: '415070008',
      why: infarction,
      outcome: 'Right coronary artery reopened, one stent; flow normal.',
      note: 'Door to balloon 52 minutes.',
      minutes: 48,
    })
    recordImaging(life, life.onDay(stay, addDays(day, 2)), {
      examination: 'heartEcho',
      findings: 'Inferior wall moves less; no valve disease.',
      conclusion: 'Mildly reduced pump function.',
      why: infarction,
      images: 30,
    })
    recordTest(life, life.onDay(stay, addDays(day, 2)), 'ejection', 44)
    summariseStay(life, stay, {
      discharged: home,
      diagnoses: [
        'Acute inferior ST-elevation myocardial infarction',
        'Coronary artery disease of one vessel, stent in the right coronary artery',
      ],
      history: 'Chest pain with sweating for two hours. Hypertension for years, smoked until that day.',
      course:
        'Reopened by angioplasty 52 minutes after arrival. No arrhythmia after the first hour. Ejection fraction 44 % on the third day.',
      condition: 'Free of pain, climbs one floor.',
      medicines: [
        'Aspirin 75 mg once a day for life',
        'Ticagrelor 90 mg twice a day for one year',
        'Atorvastatin 80 mg at night',
        'Metoprolol 50 mg in the morning',
        'Ramipril 5 mg at night',
      ],
      advice: [
        'No driving for two weeks',
        'Cardiac rehabilitation from next week',
        'Never stop ticagrelor without asking',
        'Emergency number for pain of more than ten minutes',
      ],
      entries: [infarction.reference],
    })
    const start = addDays(home, 24)
    const visits = careOverYears(life, {
      from: start,
      everyMonths: 4,
      by: 'cardiology',
      reason: 'After the heart attack',
      height,
      weight: trend([
        [start, weight + 4],
        [addMonths(start, 12), weight],
        [life.until, weight - 1],
      ]),
      pressure: trendPair(start),
      pulse: 64,
      checks: [
        {
          everyMonths: 6,
          run: (visit) => void recordLipids(life, visit, 58 + life.random.noise(6)),
        },
        {
          everyMonths: 6,
          run: (visit) => void recordKidney(life, visit, 1.02 + life.random.noise(0.04)),
        },
        {
          everyMonths: 12,
          run: (visit) =>
            void recordTest(
              life,
              visit,
              'ejection',
              trend([
                [start, 46],
                [addMonths(start, 14), 53],
                [life.until, 54],
              ])(visit.day),
            ),
        },
        {
          everyMonths: 12,
          run: (visit) =>
            void recordImaging(life, visit, {
              examination: 'ecg',
              findings: 'Q in III and aVF, sinus rhythm.',
              conclusion: 'Old inferior infarction.',
            }),
        },
        {
          everyMonths: 12,
          run: (visit) => void recordTest(life, visit, 'hba1c', 5.8 + life.random.noise(0.1)),
        },
      ],
      note: (_, index) => ({
        complaint:
          index === 0 ? 'No pain since the stent; tires easily.' : 'Walks five kilometres without pain.',
        findings: 'Heart sounds normal, no oedema, lungs clear.',
        plan: index === 3 ? 'Ticagrelor ends after one year; everything else goes on.' : 'Continue.',
      }),
    })
    const first = visitFrom(visits, start)
    recordBackground(life, first, {
      bloodGroup: 'A positive',
      smoking: 'former',
      family: [['father', 'Coronary artery disease', 58]],
    })
    const disease = diagnose(life, first, 'coronary', { onset: day })
    const pressure = diagnose(life, first, 'hypertension', { onset: life.yearsAgo(yearsAgo + 6) })
    const year = addMonths(day, 12)
    prescribeForYears(life, visits, 'aspirin75', {
      from: start,
      rhythm: 'daily',
      why: disease,
      note: 'after food',
    })
    prescribeForYears(life, visits, 'ticagrelor', { from: start, to: year, rhythm: 'twice', why: disease })
    prescribeForYears(life, visits, 'atorvastatin80', { from: start, rhythm: 'night', why: disease })
    prescribeForYears(life, visits, 'metoprolol50', { from: start, rhythm: 'morning', why: disease })
    prescribeForYears(life, visits, 'ramipril5', { from: start, rhythm: 'night', why: pressure })
    planCare(life, first, {
      title: 'Cardiac rehabilitation',
      description: 'Twelve weeks, three times a week.',
      activities: [
        'Supervised walking and cycling',
        'No tobacco',
        'Oil, salt and sweets as agreed with the dietician',
      ],
      for: [disease],
      until: addDays(start, 84),
    })
  }
}

const trendPair = (start: Day) => {
  const systolic = trend([
    [start, 128],
    [addMonths(start, 12), 122],
  ])
  return (day: Day) => [systolic(day), 76] as const
}
