import { addDays, clinicDay, type Day, daysBetween } from '../calendar.ts'
import { coded, concept, quantity } from '../codes.ts'
import type { Life, Story, Visit } from '../life.ts'
import { summariseStay } from '../record/discharge.ts'
import { recordImaging } from '../record/imaging.ts'
import { planCare, recordProcedure, writeNote } from '../record/notes.ts'
import { prescribe } from '../record/prescriptions.ts'
import { diagnose } from '../record/problems.ts'
import { recordBlood, recordPanel } from '../record/results.ts'
import { vaccinate } from '../record/vaccines.ts'
import { measure, measurePressure, observedAt } from '../record/vitals.ts'

const WEEKS = [8, 12, 16, 20, 24, 28, 30, 32, 34, 36, 37, 38, 39]

export type Pregnancy = {
  /** How far it is today, or how long ago the child was born. */
  at: { weeksToday: number } | { bornDaysAgo: number; way: 'vaginal' | 'caesarean' }
  /** kg before. */
  weight: number
  hasDiabetes?: boolean
}

/** Antenatal visits with what is measured at each, scans, the glucose test, and the birth where it has been. */
export function pregnancy({ at, weight, hasDiabetes = false }: Pregnancy): Story {
  return (life) => {
    const end = 'bornDaysAgo' in at ? addDays(life.until, -at.bornDaysAgo) : undefined
    const start =
      'bornDaysAgo' in at
        ? addDays(life.until, -at.bornDaysAgo - 276)
        : addDays(life.until, -Math.round(at.weeksToday * 7))
    const weekOf = (day: Day) => daysBetween(start, day) / 7
    const visits: Visit[] = []
    for (const week of WEEKS) {
      const day = clinicDay(addDays(start, week * 7 + life.random.integer(0, 3)))
      if (!life.isWithin(day) || (end !== undefined && day >= end)) break
      visits.push(
        life.visit({ day, by: 'obstetrics', kind: 'antenatal', reason: `Antenatal visit, week ${week}` }),
      )
    }
    const [first] = visits
    if (!first) return
    const pregnant = diagnose(life, first, 'pregnancy', {
      onset: start,
      ...(end !== undefined && { resolved: end }),
      isListed: true,
    })
    prescribe(life, first, 'folate5', { rhythm: 'daily', until: addDays(start, 98), why: pregnant })
    for (const visit of visits) antenatal(life, visit, { weeks: weekOf(visit.day), weight })
    const second = visits.find(({ day }) => weekOf(day) >= 15.5)
    if (second) {
      const until = end === undefined ? undefined : addDays(end, 180)
      prescribe(life, second, 'ironFolate', {
        rhythm: 'daily',
        until,
        why: pregnant,
        note: 'not together with calcium',
      })
      prescribe(life, second, 'calcium', { rhythm: 'twice', until, why: pregnant, note: 'after food' })
      vaccinate(life, second, 'td', { number: 1, of: 2 })
    }
    const third = visits.find(({ day }) => weekOf(day) >= 20)
    if (third) vaccinate(life, third, 'td', { number: 2, of: 2 })
    const test = visits.find(({ day }) => weekOf(day) >= 24)
    if (test) {
      const values = hasDiabetes ? { fasting: 94, tolerance: 168 } : { fasting: 82, tolerance: 118 }
      recordPanel(life, test, {
        panel: 'tolerance',
        values,
        conclusion: hasDiabetes ? 'Gestational diabetes (two-hour value above 140 mg/dL, DIPSI).' : 'Normal.',
      })
      if (hasDiabetes) {
        const diabetes = diagnose(life, test, 'gestationalDiabetes', {
          ...(end !== undefined && { resolved: addDays(end, 42) }),
          isListed: true,
        })
        planCare(life, test, {
          title: 'Gestational diabetes',
          description: 'Fasting below 95, two hours after meals below 120 mg/dL.',
          activities: [
            'Three small meals and two snacks',
            'Half an hour of walking after dinner',
            'Sugar four times a day, twice a week',
            'Growth scan at 32 and 36 weeks',
          ],
          for: [diabetes],
          ...(end !== undefined && { until: end }),
        })
      }
    }
    if ('bornDaysAgo' in at && end !== undefined) deliver(life, { day: end, way: at.way, weeks: 39 })
  }
}

function antenatal(life: Life, visit: Visit, { weeks, weight }: { weeks: number; weight: number }): void {
  const { random } = life
  measure(life, visit, {
    weight: weight + Math.max(0, weeks - 10) * 0.42 + random.noise(0.3),
    pulse: 84 + random.noise(4),
  })
  measurePressure(life, visit, [110 + random.noise(4), 70 + random.noise(3)])
  const observed = (text: string, code: string, value: number, unit: string) =>
    life.add(
      {
        ...observedAt(life, visit),
        category: [coded('observation exam Exam')],
        code: concept(text, code),
        valueQuantity: quantity(value, unit),
      },
      'obstetrics',
    )
  observed('Weeks of pregnancy', 'loinc 11884-4 Gestational age Estimated', Math.floor(weeks), 'weeks')
  if (weeks >= 12)
    observed(
      'Heart rate of the baby',
      'loinc 55283-6 Fetal Heart rate',
      Math.round(146 + random.noise(5)),
      '/min',
    )
  if (weeks >= 20)
    observed(
      'Height of the womb',
      'loinc 11881-0 Uterus Fundal height Tape measure',
      Math.round(weeks + random.noise(0.8)),
      'cm',
    )
  if (weeks < 9) recordBlood(life, visit, { haemoglobin: 11.9 })
  if (weeks >= 28 && weeks < 29.5) recordBlood(life, visit, { haemoglobin: 10.8, mcv: 81 })
  if (weeks >= 36 && weeks < 37) recordBlood(life, visit, { haemoglobin: 11.4 })
  if (weeks >= 12 && weeks < 13)
    recordImaging(life, visit, {
      examination: 'pregnancyScan',
      findings: 'One baby, crown to rump 58 mm, neck fold 1.3 mm, heart beats 158/min.',
      conclusion: 'As expected for 12 weeks.',
    })
  if (weeks >= 20 && weeks < 21)
    recordImaging(life, visit, {
      examination: 'pregnancyScan',
      findings:
        'Head, face, heart with four chambers, spine, kidneys, arms and legs seen; placenta behind, high.',
      conclusion: 'No malformation seen; growth as expected.',
    })
  writeNote(life, visit, {
    complaint: weeks >= 20 ? 'Feels the baby move.' : 'Some nausea in the mornings.',
    findings: `Blood pressure normal, urine without protein${weeks >= 32 ? ', head down' : ''}.`,
    plan:
      weeks >= 36
        ? 'Knows the signs of labour; hospital bag packed.'
        : 'Next visit as planned. Come at once with bleeding, headache or swelling of the face.',
  })
}

function deliver(
  life: Life,
  { day, way, weeks }: { day: Day; way: 'vaginal' | 'caesarean'; weeks: number },
): void {
  const home = addDays(day, way === 'caesarean' ? 4 : 2)
  const stay = life.visit({
    day,
    by: 'obstetrics',
    kind: 'admission',
    reason: 'Labour',
    way: 'inpatient',
    until: home,
    minutes: 30,
  })
  measurePressure(life, stay, [122, 78])
  recordProcedure(
    life,
    stay,
    way === 'caesarean'
      ? { text: 'Caesarean section', snomed: '11466000', outcome: 'Healthy baby.', minutes: 50 }
      : { text: 'Spontaneous vaginal birth', snomed: '48782003', outcome: 'Healthy baby.', minutes: 240 },
  )
  if (!life.isWithin(home)) return
  recordBlood(life, life.onDay(stay, addDays(day, 1)), { haemoglobin: 10.6, leucocytes: 12.4 })
  summariseStay(life, stay, {
    discharged: home,
    diagnoses: [
      way === 'caesarean' ? `Caesarean section at ${weeks} weeks` : `Spontaneous birth at ${weeks} weeks`,
    ],
    history: 'Regular antenatal visits, no complications.',
    course:
      way === 'caesarean'
        ? 'Caesarean section because labour did not progress; blood loss 500 mL. Wound clean.'
        : 'Birth after six hours of labour; small tear sutured. Blood loss 250 mL.',
    condition: 'Well, breastfeeding.',
    medicines: [
      'Iron 60 mg with folic acid once a day for six months',
      'Calcium 500 mg twice a day for six months',
    ],
    advice: [
      'Rest, plenty of fluids',
      'Visit with the baby after six weeks',
      'Come at once with heavy bleeding, fever or pain in the calf',
    ],
  })
}
