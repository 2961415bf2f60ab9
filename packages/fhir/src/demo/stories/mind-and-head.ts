import { addDays, clinicDay, type Day } from '../calendar.ts'
import { coded, concept, quantity } from '../codes.ts'
import type { Story } from '../life.ts'
import { recordBackground, writeNote } from '../record/notes.ts'
import { prescribe, prescribeForYears } from '../record/prescriptions.ts'
import { diagnose } from '../record/problems.ts'
import { recordBlood } from '../record/results.ts'
import { observedAt } from '../record/vitals.ts'
import { careOverYears, type OverYears, visitFrom } from './long-term-care.ts'

/** Headaches on one side, fewer once they are treated early. */
export function migraine({ years, height, weight }: OverYears): Story {
  return (life) => {
    const start = life.yearsAgo(years)
    const visits = careOverYears(life, {
      from: start,
      everyMonths: 6,
      by: 'medicine',
      reason: 'Headaches',
      height,
      weight: () => weight,
      pressure: () => [110, 70],
      note: (_, index) => ({
        complaint:
          index === 0
            ? 'Throbbing headache on one side with vomiting, three times a month.'
            : 'One attack a month.',
        findings: 'Nerves and back of the eye normal.',
        plan: index === 0 ? 'Diary; regular sleep and meals; sumatriptan early in the attack.' : 'Continue.',
      }),
    })
    const first = visitFrom(visits, start)
    recordBackground(life, first, {
      bloodGroup: 'A positive',
      smoking: 'never',
      family: [['mother', 'Migraine', 16]],
    })
    const disease = diagnose(life, first, 'migraine')
    if (life.ageOn(start) >= 18)
      prescribeForYears(life, visits, 'sumatriptan', {
        from: start,
        rhythm: 'neededTwice',
        why: disease,
      })
    else
      prescribe(life, first, 'ibuprofen', {
        rhythm: 'neededThrice',
        days: 30,
        why: disease,
        note: 'early in the attack',
      })
    recordBlood(life, first, { haemoglobin: 12.4 })
  }
}

/** A sad year after a loss; kept apart from the rest of the record. */
export function lowMood(day: Day): Story {
  return (life) => {
    const seen = clinicDay(day)
    if (!life.isWithin(addDays(seen, 90))) return
    const visit = life.visit({ day: seen, by: 'medicine', kind: 'problem', reason: 'Tired, sleeps badly' })
    const mood = diagnose(life, visit, 'lowMood', { resolved: addDays(seen, 270), isListed: true })
    life.add(
      {
        ...observedAt(life, visit),
        category: [coded('observation survey Survey')],
        code: concept(
          'PHQ-9',
          'loinc 44261-6 Patient Health Questionnaire 9 item (PHQ-9) total score [Reported]',
        ),
        valueQuantity: quantity(9, 'score'),
      },
      'medicine',
    )
    prescribe(life, visit, 'escitalopram', { rhythm: 'morning', until: addDays(seen, 270), why: mood })
    writeNote(life, visit, {
      complaint: 'Low since her husband died four months ago; sleeps badly, no joy, no thought of death.',
      findings: 'Sad, warm, clear.',
      plan: 'Talks every two weeks, escitalopram 5 mg, walks with a neighbour.',
      problems: [mood],
    })
  }
}
