import { addDays, clinicDay, type Day } from '../calendar.ts'
import type { Story } from '../life.ts'
import { summariseStay } from '../record/discharge.ts'
import { recordImaging } from '../record/imaging.ts'
import { recordProcedure } from '../record/notes.ts'
import { prescribe } from '../record/prescriptions.ts'
import { diagnose } from '../record/problems.ts'
import { recordBlood, recordPanel } from '../record/results.ts'
import { measure, measurePressure } from '../record/vitals.ts'

/** Pain in the right lower belly, operated on the same night. */
export function appendicectomy(day: Day): Story {
  return (life) => {
    if (!life.isWithin(addDays(day, 10))) return
    const home = addDays(day, 2)
    const stay = life.visit({
      day,
      by: 'surgery',
      kind: 'admission',
      reason: 'Pain in the right lower belly',
      way: 'emergency',
      until: home,
      minutes: 18 * 60,
    })
    const illness = diagnose(life, stay, 'appendicitis', { resolved: home })
    measure(life, stay, { temperature: 38.2, pulse: 98 })
    measurePressure(life, stay, [124, 78])
    recordBlood(life, stay, { haemoglobin: 14.6, leucocytes: 15.8 })
    recordPanel(life, stay, { panel: 'inflammation', values: { crp: 64 } })
    recordImaging(life, stay, {
      examination: 'abdomenScan',
      findings:
        'Tube-like structure of 9 mm in the right lower belly that cannot be pressed flat, a little fluid.',
      conclusion: 'Acute appendicitis.',
      why: illness,
    })
    recordProcedure(life, life.onDay(stay, day, 22 * 60), {
      text: 'Laparoscopic appendicectomy',
      snomed: '6025007',
      why: illness,
      outcome: 'Inflamed appendix removed whole; no perforation.',
      minutes: 55,
    })
    prescribe(life, life.onDay(stay, home), 'paracetamol', { rhythm: 'thrice', days: 4, why: illness })
    summariseStay(life, stay, {
      discharged: home,
      diagnoses: ['Acute appendicitis without perforation'],
      history: 'Pain since the morning, first around the navel, then on the right below; vomited once.',
      course:
        'Laparoscopic removal of the appendix on the evening of admission, one dose of antibiotic before. No complications.',
      condition: 'Up and about, eating, wounds dry.',
      medicines: ['Paracetamol 500 mg three times a day for four days'],
      advice: [
        'No lifting above 5 kg for two weeks',
        'Clips out after seven days',
        'Come with fever or redness of the wounds',
      ],
      entries: [illness.reference],
    })
  }
}

/** A planned operation with one night in hospital. */
export function gallbladder(yearsAgo: number): Story {
  return (life) => {
    const day = clinicDay(life.yearsAgo(yearsAgo))
    if (!life.isWithin(addDays(day, 10))) return
    const clinic = life.visit({
      day: addDays(day, -20),
      by: 'surgery',
      kind: 'problem',
      reason: 'Cramps under the right ribs after fatty meals',
    })
    const stones = diagnose(life, clinic, 'gallstones', { resolved: day })
    recordImaging(life, clinic, {
      examination: 'abdomenScan',
      findings: 'Several stones up to 11 mm, thin wall, bile duct 4 mm.',
      conclusion: 'Gallstones without inflammation.',
      why: stones,
    })
    recordPanel(life, clinic, {
      panel: 'liver',
      values: { alt: 32, ast: 27, phosphatase: 96, bilirubin: 0.7, albumin: 4.4 },
    })
    const home = addDays(day, 1)
    const stay = life.visit({
      day,
      by: 'surgery',
      kind: 'admission',
      reason: 'Planned removal of the gallbladder',
      way: 'inpatient',
      until: home,
      minutes: 7 * 60,
    })
    measure(life, stay, { temperature: 36.7, pulse: 74, saturation: 99 })
    measurePressure(life, stay, [128, 80])
    recordProcedure(life, life.onDay(stay, day, 9 * 60), {
      text: 'Laparoscopic cholecystectomy',
      snomed: '45595009',
      why: stones,
      outcome: 'Gallbladder with stones removed; no bile leak.',
      minutes: 70,
    })
    prescribe(life, life.onDay(stay, home), 'paracetamol', { rhythm: 'thrice', days: 5, why: stones })
    summariseStay(life, stay, {
      discharged: home,
      diagnoses: ['Symptomatic gallstones'],
      history: 'Cramps after meals for half a year.',
      course: 'Laparoscopic cholecystectomy without complications.',
      condition: 'Well, light food tolerated.',
      medicines: ['Paracetamol 500 mg three times a day for five days'],
      advice: ['Light food for a week', 'Clips out after eight days'],
      entries: [stones.reference],
    })
  }
}
