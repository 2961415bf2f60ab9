import { addDays, clinicDay } from '../calendar.ts'
import type { Story } from '../life.ts'
import { type SkinPicture, skinPicture } from '../pictures/skin.ts'
import { attach } from '../record/attachments.ts'
import { writeNote } from '../record/notes.ts'
import { prescribe } from '../record/prescriptions.ts'
import { diagnose } from '../record/problems.ts'

/** Eczema of a child or psoriasis of an adult, with photographs before and after. */
export function skinDisease({
  kind,
  yearsAgo,
  tone,
}: {
  kind: SkinPicture['kind']
  yearsAgo: number
  tone: SkinPicture['tone']
}): Story {
  return (life) => {
    const day = clinicDay(life.yearsAgo(yearsAgo))
    const visit = life.visit({ day, by: 'dermatology', kind: 'problem', reason: 'Itching rash' })
    const rash = diagnose(life, visit, kind)
    attach(life, {
      fileName: `skin-${day}.png`,
      contentType: 'image/png',
      type: 'photo',
      title:
        kind === 'eczema' ? 'Bend of the elbow, before treatment' : 'Back of the elbow, before treatment',
      day,
      by: 'dermatology',
      about: visit.encounter,
      make: () => skinPicture({ seed: `${life.person.key}/skin`, tone, kind }),
    })
    if (kind === 'eczema') {
      prescribe(life, visit, 'hydrocortisone', {
        rhythm: 'twice',
        days: 7,
        why: rash,
        note: 'on red places only',
      })
      prescribe(life, visit, 'emollient', {
        rhythm: 'thrice',
        why: rash,
        note: 'all over, also when the skin is well',
      })
    } else prescribe(life, visit, 'mometasone', { rhythm: 'daily', days: 21, why: rash })
    writeNote(life, visit, {
      complaint: 'Itching for weeks, worse at night.',
      findings:
        kind === 'eczema'
          ? 'Red, scratched patches in the bends of elbows and knees.'
          : 'Sharp red patches with silver scales on both elbows.',
      plan:
        kind === 'eczema'
          ? 'Cream against inflammation for a week, emollient always; short nails, cotton.'
          : 'Steroid cream for three weeks, then look again.',
      problems: [rash],
    })
    attach(life, {
      fileName: `skin-${addDays(day, 7)}.png`,
      contentType: 'image/png',
      type: 'photo',
      title: 'The same place a week later, taken at home',
      day: addDays(day, 7),
      by: 'patient',
      make: () => skinPicture({ seed: `${life.person.key}/skin`, tone, kind, healed: 0.65 }),
    })
    const again = clinicDay(addDays(day, 28))
    if (!life.isWithin(again)) return
    const review = life.visit({ day: again, by: 'dermatology', kind: 'followUp', reason: 'Skin review' })
    writeNote(life, review, {
      complaint: 'Sleeps through; a little dry.',
      findings: 'Faint marks only.',
      plan: 'Emollient every day; the cream again at the first itching.',
    })
  }
}
