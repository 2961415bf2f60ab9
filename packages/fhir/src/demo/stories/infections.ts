import { addDays, type Day, rounded } from '../calendar.ts'
import type { Story } from '../life.ts'
import { ctSlice } from '../pictures/dicom.ts'
import { chestXray } from '../pictures/xray.ts'
import { attach } from '../record/attachments.ts'
import { summariseStay } from '../record/discharge.ts'
import { recordImaging } from '../record/imaging.ts'
import { writeNote } from '../record/notes.ts'
import { prescribe } from '../record/prescriptions.ts'
import { diagnose } from '../record/problems.ts'
import { recordBlood, recordPanel } from '../record/results.ts'
import { measure, measurePressure } from '../record/vitals.ts'

/** Six days in hospital: platelets fall while the haematocrit rises, then both come back. */
export function dengue(day: Day): Story {
  return (life) => {
    if (!life.isWithin(addDays(day, 16))) return
    const home = addDays(day, 5)
    const stay = life.visit({
      day,
      by: 'medicine',
      kind: 'admission',
      reason: 'Fever for four days, vomiting',
      way: 'inpatient',
      until: home,
    })
    const illness = diagnose(life, stay, 'dengue', { resolved: addDays(day, 16), onset: addDays(day, -4) })
    writeNote(life, stay, {
      complaint: 'High fever, headache, pain behind the eyes and in all joints; vomiting since yesterday.',
      findings: 'Dengue NS1 antigen positive. Tender abdomen, no bleeding, warm hands and feet.',
      plan: 'Fluids by weight and haematocrit, paracetamol only, counts every day.',
      problems: [illness],
    })
    const platelets = [92, 58, 34, 41, 78, 124]
    const red = [13.4, 14.2, 14.6, 13.8, 12.9, 12.6]
    const heat = [39.4, 38.9, 38.1, 37.4, 37, 36.8]
    for (const [index, count] of platelets.entries()) {
      const round = life.onDay(stay, addDays(day, index))
      measure(life, round, {
        temperature: heat[index] ?? 37,
        pulse: 104 - index * 5,
        saturation: 98,
        breaths: 20 - Math.min(4, index),
      })
      measurePressure(life, round, [104 + index * 3, 68 + index])
      recordBlood(life, round, {
        haemoglobin: red[index] ?? 13,
        leucocytes: 2.4 + index * 0.7,
        platelets: count,
        ...(count < 50 && { conclusion: 'Platelets confirmed on the smear; no bleeding seen.' }),
      })
    }
    recordPanel(life, life.onDay(stay, addDays(day, 2)), {
      panel: 'liver',
      values: { alt: 142, ast: 188, bilirubin: 0.8, albumin: 3.4, phosphatase: 92 },
    })
    prescribe(life, life.onDay(stay, home), 'paracetamol', {
      rhythm: 'needed',
      days: 5,
      why: illness,
      note: 'for fever above 38.5 °C',
    })
    summariseStay(life, stay, {
      discharged: home,
      diagnoses: ['Dengue fever with warning signs (NS1 positive)'],
      history:
        'Four days of fever with headache and joint pain, one day of vomiting. No travel. Mosquitoes at home.',
      course:
        'Intravenous fluids for 48 hours. Platelets fell to 34,000 on the third day and recovered without transfusion. No bleeding, no fluid in the chest. Free of fever since the fourth day.',
      condition: 'Well, eating, platelets 124,000/µL, haematocrit stable.',
      medicines: ['Paracetamol 500 mg when needed, at most four a day', 'Usual tablets as before'],
      advice: [
        'Drink at least two litres a day',
        'Blood count in three days',
        'No aspirin or ibuprofen for two weeks',
        'Come at once with bleeding or pain in the belly',
      ],
      entries: [illness.reference],
    })
  }
}

/** The second wave: a week on oxygen, with the CT that was taken. */
export function covidPneumonia(day: Day): Story {
  return (life) => {
    if (!life.isWithin(addDays(day, 40))) return
    const home = addDays(day, 8)
    const stay = life.visit({
      day,
      by: 'pulmonology',
      kind: 'admission',
      reason: 'Fever, cough and breathlessness',
      way: 'inpatient',
      until: home,
    })
    const illness = diagnose(life, stay, 'covid', { resolved: addDays(day, 40), onset: addDays(day, -6) })
    writeNote(life, stay, {
      complaint: 'Fever and dry cough for six days, breathless since this morning.',
      findings: 'SARS-CoV-2 PCR positive. Crackles at both lung bases.',
      plan: 'Oxygen by mask, dexamethasone, heparin, prone positioning; sugar every six hours.',
      problems: [illness],
    })
    const oxygen = [88, 90, 91, 92, 93, 94, 95, 95, 96]
    for (const [index, saturation] of oxygen.entries()) {
      const round = life.onDay(stay, addDays(day, index))
      measure(life, round, {
        saturation,
        temperature: 38.8 - Math.min(2, index * 0.35),
        breaths: 28 - index,
        pulse: 106 - index * 3,
      })
      if (index % 2 === 0)
        recordPanel(life, round, { panel: 'inflammation', values: { crp: rounded(118 * 0.62 ** index, 1) } })
      if (index % 3 === 0)
        recordPanel(life, round, { panel: 'glucose', values: { glucose: 268 - index * 12 } })
    }
    const study = recordImaging(life, life.onDay(stay, day, 600), {
      examination: 'chestScan',
      findings:
        'Patches of ground glass in the lower parts of both lungs, about a third of the lung; no effusion, no clot.',
      conclusion: 'COVID-19 pneumonia, CT severity 11 of 25.',
      why: illness,
    })
    const { person } = life
    attach(life, {
      fileName: `ct-chest-${day}.dcm`,
      contentType: 'application/dicom',
      type: 'image',
      title: `${study.title}, one slice`,
      day,
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
          day,
          finding: 'ground-glass',
        }),
    })
    attach(life, {
      fileName: `chest-x-ray-${day}.png`,
      contentType: 'image/png',
      type: 'image',
      title: 'Chest X-ray on admission',
      day,
      by: 'radiology',
      make: () => chestXray({ seed: `${person.key}/chest`, shadow: 0.8 }),
    })
    summariseStay(life, stay, {
      discharged: home,
      diagnoses: ['COVID-19 pneumonia', 'Type 2 diabetes mellitus, high sugar under dexamethasone'],
      history: 'Six days of fever and cough; her son was ill before. Not yet vaccinated.',
      course:
        'Oxygen up to 6 L/min for five days, dexamethasone 6 mg for eight days, enoxaparin. Insulin while on dexamethasone. Never on a ventilator.',
      condition: 'Saturation 96 % in room air, also after six minutes of walking.',
      medicines: ['Usual tablets; insulin stopped at discharge'],
      advice: [
        'Measure the saturation twice a day for two weeks',
        'Breathing exercises',
        'Vaccination after three months',
        'Chest clinic in six weeks',
      ],
      entries: [illness.reference],
    })
  }
}
