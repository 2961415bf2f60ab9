import { ageOn, longDay } from '../calendar.ts'
import { type DemoPerson, fullName } from '../people/person.ts'
import { DOCTORS, type DoctorKey, LABORATORY } from '../people/staff.ts'
import type { Report } from '../record/results.ts'
import { Paper } from './paper.ts'

export const DEMO_HOSPITAL = 'Curo Demo Hospital'

/** A laboratory's printed report: results, what is normal, what is not marked. */
export async function labReportPaper(given: {
  person: DemoPerson
  reports: readonly Report[]
  by: DoctorKey
}): Promise<Uint8Array> {
  const { person, reports, by } = given
  const day = reports[0]?.day ?? person.birthDate
  const letterhead = { hospital: DEMO_HOSPITAL, department: LABORATORY }
  const paper = await Paper.start({ title: 'Laboratory report', day, letterhead })
  paper.text('Laboratory report', { size: 14, bold: true })
  paper.row([
    [0, `${fullName(person)}, ${person.sex}, ${ageOn(person.birthDate, day)} years`],
    [330, `Collected ${longDay(day)}`],
  ])
  paper.row([
    [0, `Asked for by ${DOCTORS[by].name}, ${DOCTORS[by].speciality}`, { colour: [0.42, 0.45, 0.47] }],
  ])
  for (const { title, results, conclusion } of reports) {
    paper.heading(title)
    const head = { bold: true, size: 9 } as const
    paper.row([
      [0, 'Test', head],
      [210, 'Result', head],
      [290, 'Unit', head],
      [390, 'Normal', head],
    ])
    for (const { text, value, unit, flag, normal } of results)
      paper.row([
        [0, text],
        [210, `${value}${flag ? ` ${flag}` : ''}`, { bold: flag !== null }],
        [290, unit === '1' ? '' : unit.replace(/[{}]/g, '')],
        [390, normal],
      ])
    if (conclusion !== undefined) paper.text(conclusion, { size: 9 })
  }
  paper.heading('')
  paper.text('H above, L below the normal range. An invented report of an invented person.', { size: 8 })
  return paper.finish()
}
