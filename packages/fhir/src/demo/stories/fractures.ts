import { addDays, clinicDay, type Day } from '../calendar.ts'
import type { Story } from '../life.ts'
import { wristXray } from '../pictures/xray.ts'
import { attach } from '../record/attachments.ts'
import { summariseStay } from '../record/discharge.ts'
import { recordImaging } from '../record/imaging.ts'
import { recordProcedure, writeNote } from '../record/notes.ts'
import { prescribe } from '../record/prescriptions.ts'
import { diagnose } from '../record/problems.ts'
import { recordBlood } from '../record/results.ts'
import { measure, measurePressure } from '../record/vitals.ts'

/** A fall on the hand: X-ray, six weeks of cast, X-ray again. */
export function brokenWrist(yearsAgo: number, how: string): Story {
  return (life) => {
    const day = life.yearsAgo(yearsAgo)
    const off = clinicDay(addDays(day, 41))
    if (!life.isWithin(off)) return
    const visit = life.visit({
      day,
      by: 'orthopaedics',
      kind: 'emergency',
      reason: how,
      way: 'emergency',
      minutes: 17 * 60,
    })
    const fracture = diagnose(life, visit, 'wristFracture', { resolved: addDays(off, 30) })
    measure(life, visit, { pulse: 92 })
    const xray = recordImaging(life, visit, {
      examination: 'wristXray',
      findings: 'Break of the radius 2 cm above the joint, tilted backwards by 15 degrees; ulna whole.',
      conclusion: 'Fracture of the distal radius.',
      why: fracture,
      images: 2,
    })
    attach(life, {
      fileName: `x-ray-wrist-${day}.png`,
      contentType: 'image/png',
      type: 'image',
      title: 'X-ray of the left wrist, day of the fall',
      day,
      by: 'radiology',
      about: xray.reference,
      make: () => wristXray({ seed: `${life.person.key}/wrist`, fractured: true }),
    })
    recordProcedure(life, visit, {
      text: 'Closed reduction and plaster cast',
      snomed: '274474001',
      why: fracture,
      outcome: 'Good position after reduction under local anaesthesia.',
      minutes: 40,
    })
    if (life.ageOn(day) >= 14)
      prescribe(life, visit, 'paracetamol', { rhythm: 'thrice', days: 5, why: fracture })
    writeNote(life, visit, {
      complaint: `${how}; pain and swelling of the left wrist.`,
      findings: 'Fork-like shape, fingers warm, feeling normal.',
      plan: 'Cast for six weeks, hand above the heart, move the fingers. Come at once when fingers turn blue or numb.',
      problems: [fracture],
    })
    const after = life.visit({ day: off, by: 'orthopaedics', kind: 'followUp', reason: 'Cast off' })
    const healed = recordImaging(life, after, {
      examination: 'wristXray',
      findings: 'Callus across the break, position unchanged.',
      conclusion: 'Healed fracture.',
      why: fracture,
      images: 2,
    })
    attach(life, {
      fileName: `x-ray-wrist-${off}.png`,
      contentType: 'image/png',
      type: 'image',
      title: 'X-ray of the left wrist, after six weeks',
      day: off,
      by: 'radiology',
      about: healed.reference,
      make: () => wristXray({ seed: `${life.person.key}/wrist`, fractured: false }),
    })
    writeNote(life, after, {
      complaint: 'No pain in the cast.',
      findings: 'Wrist stiff, no tenderness.',
      plan: 'Exercises; sports again in six weeks.',
    })
  }
}

/** A fall at home at a great age: operated the next day, walking again after a week. */
export function brokenHip(yearsAgo: number): Story {
  return (life) => {
    const day: Day = life.yearsAgo(yearsAgo)
    const home = addDays(day, 9)
    if (!life.isWithin(home)) return
    const stay = life.visit({
      day,
      by: 'orthopaedics',
      kind: 'admission',
      reason: 'Fell in the bathroom',
      way: 'emergency',
      until: home,
      minutes: 6 * 60,
    })
    const fracture = diagnose(life, stay, 'hipFracture', { resolved: addDays(day, 120) })
    measure(life, stay, { pulse: 88, saturation: 95 })
    measurePressure(life, stay, [142, 78])
    recordImaging(life, stay, {
      examination: 'hipXray',
      findings: 'Displaced break of the neck of the right femur.',
      conclusion: 'Fracture of the neck of the femur.',
      why: fracture,
      images: 2,
    })
    recordBlood(life, stay, { haemoglobin: 10.9 })
    recordProcedure(life, life.onDay(stay, addDays(day, 1), 9 * 60), {
      text: 'Hemiarthroplasty of the right hip',
      why: fracture,
      outcome: 'Cemented prosthesis, stable.',
      minutes: 80,
    })
    recordBlood(life, life.onDay(stay, addDays(day, 2)), { haemoglobin: 9.4 })
    summariseStay(life, stay, {
      discharged: home,
      diagnoses: ['Fracture of the neck of the right femur', 'Osteoporosis'],
      history: 'Slipped on the wet floor at five in the morning.',
      course:
        'Half a hip joint replaced on the day after admission. Out of bed on the second day; one unit of blood. No confusion after the third night.',
      condition: 'Walks ten metres with a frame and one helper.',
      medicines: [
        'Calcium with vitamin D',
        'Paracetamol 500 mg three times a day for two weeks',
        'Usual tablets',
      ],
      advice: [
        'Physiotherapy daily',
        'Rails and a mat in the bathroom',
        'Clips out after twelve days',
        'Bone treatment from the sixth week',
      ],
      entries: [fracture.reference],
    })
  }
}
