import type { Story } from '../life.ts'
import { writeNote } from '../record/notes.ts'
import { recordAllergy } from '../record/problems.ts'
import { measure } from '../record/vitals.ts'

/** Hives after a sweet with peanuts: from then on everyone has to know. */
export const peanutAllergy: Story = (life) => {
  const day = life.yearsAgo(5.1)
  const visit = life.visit({
    day,
    by: 'paediatrics',
    kind: 'emergency',
    reason: 'Hives and vomiting after a peanut sweet',
    way: 'emergency',
    minutes: 16 * 60 + 20,
  })
  measure(life, visit, { pulse: 128, saturation: 97, breaths: 30 })
  recordAllergy(life, visit, 'peanut', {
    reaction: 'Hives, vomiting, swollen lips within ten minutes',
    severity: 'severe',
    since: day,
  })
  writeNote(life, visit, {
    complaint: 'Hives, vomiting and swollen lips ten minutes after a peanut sweet.',
    findings: 'Voice clear, no wheeze; hives all over.',
    plan: 'Adrenaline into the thigh, watched for eight hours. Pen and plan for school; no peanuts.',
  })
}
