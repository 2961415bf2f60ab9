import { addMonths, type Day } from '../calendar.ts'
import type { Life } from '../life.ts'
import { recordImaging } from '../record/imaging.ts'
import { recordProcedure, writeNote } from '../record/notes.ts'
import { prescribe } from '../record/prescriptions.ts'
import { diagnose } from '../record/problems.ts'
import { recordPanel, recordTest } from '../record/results.ts'

/** Eyes and feet once a year, as everybody with diabetes should have them looked at. */
export function eyesAndFeet(life: Life, day: Day): void {
  if (!life.isWithin(day)) return
  const visit = life.visit({
    day,
    by: 'ophthalmology',
    kind: 'checkUp',
    reason: 'Yearly look at the eyes in diabetes',
  })
  const hasChanges = day >= '2019-01-01'
  const problems = day.startsWith('2019')
    ? [diagnose(life, visit, 'retinopathy', { note: 'A few microaneurysms on both sides, macula free.' })]
    : []
  writeNote(life, visit, {
    complaint: 'Yearly examination of the retina, pupils wide.',
    findings: hasChanges
      ? 'Microaneurysms in both eyes, unchanged; macula free.'
      : 'Both retinas without diabetic changes.',
    plan: 'Again in a year.',
    problems,
  })
  const feet = life.visit({
    day: addMonths(day, 0),
    by: 'medicine',
    kind: 'checkUp',
    reason: 'Yearly look at the feet in diabetes',
  })
  recordProcedure(life, feet, {
    text: 'Diabetic foot examination',
    snomed: '401191002',
    outcome: 'Pulses felt on both sides; 10 g monofilament felt at all points.',
    minutes: 10,
  })
}

/** Chest pain that turned out harmless. */
export function harmlessChestPain(life: Life, day: Day): void {
  if (!life.isWithin(day)) return
  const visit = life.visit({
    day,
    by: 'cardiology',
    kind: 'problem',
    reason: 'Chest pain when climbing stairs',
  })
  recordPanel(life, visit, { panel: 'heart', values: { troponin: 0.01, natriuretic: 88 } })
  recordImaging(life, visit, {
    examination: 'ecg',
    findings: 'Sinus rhythm 74/min, normal axis, no ST changes.',
    conclusion: 'Normal ECG.',
  })
  const echo = recordImaging(life, visit, {
    examination: 'heartEcho',
    findings: 'Left ventricle of normal size, mildly thickened; valves normal.',
    conclusion: 'Normal systolic function, mild hypertrophy.',
    images: 24,
  })
  recordTest(life, visit, 'ejection', 62)
  prescribe(life, visit, 'pantoprazole', { rhythm: 'morning', days: 28, note: 'before breakfast' })
  writeNote(life, visit, {
    complaint: 'Pressure behind the breastbone on stairs for two weeks, also lying down after meals.',
    findings: 'Treadmill test: 9 METs, no pain, no ST changes.',
    plan: `Not the heart (${echo.title.toLowerCase()} normal). Acid reflux likely: pantoprazole for four weeks. Come at once if the pain returns at rest.`,
  })
}
