import { addDays, type Day } from '../calendar.ts'
import { coded, concept, quantity } from '../codes.ts'
import type { Life, Story, Visit } from '../life.ts'
import { summariseStay } from '../record/discharge.ts'
import { recordBackground, recordProcedure, writeNote } from '../record/notes.ts'
import { diagnose } from '../record/problems.ts'
import { recordPanel } from '../record/results.ts'
import { measure, observedAt } from '../record/vitals.ts'

/** Birth in the hospital: Apgar scores, first measurements, and jaundice where it came. */
export function birth({
  weeks,
  way,
  jaundice = false,
}: {
  weeks: number
  way: 'vaginal' | 'caesarean'
  jaundice?: boolean
}): Story {
  return (life) => {
    const day = life.birth
    const home = addDays(day, jaundice ? 5 : way === 'caesarean' ? 4 : 2)
    const stay = life.visit({
      day,
      by: 'paediatrics',
      kind: 'birth',
      reason: 'Birth',
      way: 'inpatient',
      until: home,
      minutes: 4 * 60 + 12,
    })
    const healthy = diagnose(life, stay, 'newborn', { resolved: home })
    score(life, stay, 'Apgar, 1 minute', 'loinc 9272-6 1 minute Apgar Score', 8)
    score(life, stay, 'Apgar, 5 minutes', 'loinc 9274-2 5 minute Apgar Score', 9)
    life.add(
      {
        ...observedAt(life, stay),
        category: [coded('observation exam Exam')],
        code: concept('Weeks of pregnancy at birth', 'loinc 11884-4 Gestational age Estimated'),
        valueQuantity: quantity(weeks, 'weeks'),
      },
      'paediatrics',
    )
    measure(life, stay, { temperature: 36.8, pulse: 138, breaths: 44, saturation: 98 })
    recordBackground(life, stay, { bloodGroup: 'B positive', smoking: 'never' })
    writeNote(life, stay, {
      complaint:
        way === 'caesarean'
          ? `Born by caesarean section at ${weeks} weeks.`
          : `Born at ${weeks} weeks, cried at once.`,
      findings:
        'Pink, good tone, heart and lungs normal, hips stable, palate closed. Red reflex in both eyes.',
      plan: 'With the mother from the first hour, breast milk only. Vitamin K given. First vaccines before going home.',
      problems: [healthy],
    })
    if (jaundice) yellow(life, stay, day)
    if (life.isWithin(home))
      summariseStay(life, stay, {
        discharged: home,
        diagnoses: [
          `Healthy newborn, ${weeks} weeks`,
          ...(jaundice ? ['Neonatal jaundice, treated with light'] : []),
        ],
        history: `Born ${way === 'caesarean' ? 'by caesarean section' : 'without help'} at ${weeks} weeks, Apgar 8 and 9.`,
        course: jaundice
          ? 'Bilirubin rose to 16.8 mg/dL on the third day; two days under blue light. Drinks well.'
          : 'Drinks well, weight loss within the normal.',
        condition: 'Well. Hearing test passed on both sides; newborn screening taken.',
        medicines: ['Vitamin D 400 IU a day from the second week'],
        advice: [
          'Breast milk only for six months',
          'Vaccines at six weeks',
          'Come at once if the baby drinks badly, is limp or turns yellow',
        ],
        entries: [healthy.reference],
      })
  }
}

function score(life: Life, stay: Visit, text: string, code: string, value: number): void {
  life.add(
    {
      ...observedAt(life, stay),
      category: [coded('observation exam Exam')],
      code: concept(text, code),
      valueQuantity: quantity(value, 'score'),
    },
    'paediatrics',
  )
}

function yellow(life: Life, stay: Visit, birthDay: Day): void {
  const jaundice = diagnose(life, life.onDay(stay, addDays(birthDay, 2)), 'jaundice', {
    resolved: addDays(birthDay, 12),
  })
  for (const [index, bilirubin] of [13.9, 16.8, 13.2, 10.4].entries()) {
    const day = addDays(birthDay, 2 + index)
    if (life.isWithin(day))
      recordPanel(life, life.onDay(stay, day), { panel: 'newborn', values: { bilirubin } })
  }
  if (life.isWithin(addDays(birthDay, 3)))
    recordProcedure(life, life.onDay(stay, addDays(birthDay, 3)), {
      text: 'Phototherapy of the newborn',
      why: jaundice,
      minutes: 36 * 60,
    })
}
