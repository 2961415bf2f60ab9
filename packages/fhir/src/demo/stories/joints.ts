import { addDays, addMonths, clinicDay, trend } from '../calendar.ts'
import type { Story } from '../life.ts'
import { summariseStay } from '../record/discharge.ts'
import { recordImaging } from '../record/imaging.ts'
import { planCare, recordBackground, recordProcedure, writeNote } from '../record/notes.ts'
import { prescribe, prescribeForYears } from '../record/prescriptions.ts'
import { diagnose } from '../record/problems.ts'
import { recordBlood, recordPanel, recordTest } from '../record/results.ts'
import { careOverYears, type OverYears, visitFrom } from './long-term-care.ts'

/** Stiff fingers in the morning for years, under methotrexate. */
export function rheumatoidArthritis({ years, height, weight }: OverYears): Story {
  return (life) => {
    const start = life.yearsAgo(years)
    const crp = trend([
      [start, 34],
      [addMonths(start, 6), 9],
      [addMonths(start, 24), 4],
      [life.until, 3],
    ])
    const visits = careOverYears(life, {
      from: start,
      everyMonths: 3,
      by: 'medicine',
      reason: 'Rheumatoid arthritis',
      height,
      weight: () => weight,
      pressure: () => [126, 78],
      checks: [
        {
          everyMonths: 3,
          run: (visit) =>
            void recordPanel(life, visit, {
              panel: 'inflammation',
              values: {
                crp: Math.max(0.6, crp(visit.day) * (1 + life.random.noise(0.15))),
                esr: 12 + crp(visit.day) * 1.1,
              },
            }),
        },
        {
          everyMonths: 3,
          run: (visit) => void recordBlood(life, visit, { haemoglobin: 11.6 + life.random.noise(0.3) }),
        },
        {
          everyMonths: 3,
          run: (visit) =>
            void recordPanel(life, visit, {
              panel: 'liver',
              values: { alt: 27 + life.random.noise(5), ast: 25 + life.random.noise(4), albumin: 4 },
            }),
        },
      ],
      note: (_, index) => ({
        complaint:
          index === 0
            ? 'Fingers stiff for two hours every morning for four months.'
            : 'Morning stiffness of a quarter of an hour.',
        findings:
          index === 0 ? 'Swelling of the knuckles of both hands and both wrists.' : 'No swollen joints.',
        plan:
          index === 0
            ? 'Methotrexate once a week with folic acid; eyes before hydroxychloroquine.'
            : 'Continue; counts and liver every three months.',
      }),
    })
    const first = visitFrom(visits, start)
    recordTest(life, first, 'rheumatoid', 88)
    recordBackground(life, first, {
      bloodGroup: 'B negative',
      smoking: 'never',
      family: [['sister', 'Rheumatoid arthritis', 47]],
    })
    const disease = diagnose(life, first, 'rheumatoid', { note: 'Rheumatoid factor and anti-CCP positive.' })
    prescribeForYears(life, visits, 'methotrexate', {
      from: start,
      units: 2,
      rhythm: 'weekly',
      why: disease,
      note: 'on Sundays only',
    })
    prescribeForYears(life, visits, 'folate5', {
      from: start,
      rhythm: 'weekly',
      why: disease,
      note: 'on Mondays',
    })
    prescribeForYears(life, visits, 'hydroxychloroquine', {
      from: start,
      rhythm: 'daily',
      why: disease,
      note: 'eyes once a year',
    })
    prescribe(life, first, 'prednisolone5', { rhythm: 'morning', days: 60, why: disease })
    const scan = visitFrom(visits, addMonths(start, 12))
    recordImaging(life, scan, {
      examination: 'boneDensity',
      findings: 'Lumbar spine T −2.7, hip T −2.1.',
      conclusion: 'Osteoporosis.',
    })
    recordTest(life, scan, 'bone', -2.7)
    const thin = diagnose(life, scan, 'osteoporosis')
    prescribeForYears(life, visits, 'alendronate', {
      from: scan.day,
      rhythm: 'weekly',
      why: thin,
      note: 'on an empty stomach, then upright for half an hour',
    })
    prescribeForYears(life, visits, 'calcium', {
      from: scan.day,
      rhythm: 'daily',
      why: thin,
      note: 'after food',
    })
    planCare(life, first, {
      title: 'Rheumatoid arthritis',
      description: 'Remission: no swollen joint, CRP normal.',
      activities: [
        'Methotrexate once a week, never daily',
        'Blood count and liver every three months',
        'Hand exercises daily',
        'Influenza vaccine each autumn',
      ],
      for: [disease, thin],
    })
  }
}

/** Knees that hurt on stairs; exercises first. */
export function wornKnees({ years, height, weight }: OverYears): Story {
  return (life) => {
    const start = life.yearsAgo(years)
    const visits = careOverYears(life, {
      from: start,
      everyMonths: 8,
      by: 'orthopaedics',
      reason: 'Pain in both knees',
      height,
      weight: () => weight,
      pressure: () => [138, 82],
      note: () => ({
        complaint: 'Knees hurt on stairs and after sitting.',
        findings: 'Grating on bending, no warmth.',
        plan: 'Strengthen the thighs, lose weight, paracetamol before long walks.',
      }),
    })
    const first = visitFrom(visits, start)
    const knees = diagnose(life, first, 'kneeArthrosis')
    recordImaging(life, first, {
      examination: 'kneeXray',
      findings: 'Narrow inner joint space on both sides, small spurs.',
      conclusion: 'Osteoarthritis of both knees, grade 2.',
      why: knees,
      images: 2,
    })
    prescribeForYears(life, visits, 'paracetamol', { from: start, rhythm: 'needed', why: knees })
  }
}

/** A sportsman's knee: MRI, then an operation by camera. */
export function tornLigament(yearsAgo: number): Story {
  return (life) => {
    const day = life.yearsAgo(yearsAgo)
    const operated = clinicDay(addDays(day, 40))
    if (!life.isWithin(addDays(operated, 2))) return
    const visit = life.visit({
      day,
      by: 'orthopaedics',
      kind: 'problem',
      reason: 'Knee gave way at football',
    })
    const tear = diagnose(life, visit, 'kneeLigament', { resolved: addDays(operated, 270) })
    writeNote(life, visit, {
      complaint: 'Knee twisted with a pop, swollen within an hour, gives way on stairs.',
      findings: 'Drawer test positive, meniscus tests negative.',
      plan: 'MRI, splint, exercises for the thigh; decide about an operation.',
      problems: [tear],
    })
    recordImaging(life, visit, {
      examination: 'kneeScan',
      findings: 'Anterior cruciate ligament torn through; menisci whole.',
      conclusion: 'Complete tear of the anterior cruciate ligament.',
      why: tear,
      images: 96,
    })
    const home = addDays(operated, 1)
    const stay = life.visit({
      day: operated,
      by: 'orthopaedics',
      kind: 'admission',
      reason: 'Planned reconstruction of the ligament',
      way: 'inpatient',
      until: home,
      minutes: 7 * 60,
    })
    recordProcedure(life, stay, {
      text: 'Arthroscopic reconstruction of the anterior cruciate ligament',
      why: tear,
      outcome: 'Hamstring graft, stable.',
      minutes: 95,
    })
    prescribe(life, life.onDay(stay, home), 'ibuprofen', {
      rhythm: 'thrice',
      days: 5,
      why: tear,
      note: 'after food',
    })
    summariseStay(life, stay, {
      discharged: home,
      diagnoses: ['Tear of the anterior cruciate ligament, right'],
      history: 'Injury at football six weeks before.',
      course: 'Reconstruction with a hamstring graft by camera; no complications.',
      condition: 'Walks with crutches, knee bends to 60 degrees.',
      medicines: ['Ibuprofen 400 mg three times a day for five days'],
      advice: [
        'Crutches for two weeks',
        'Physiotherapy three times a week',
        'No sport with turns for nine months',
      ],
      entries: [tear.reference],
    })
  }
}
