import { ageOn, longDay } from '../calendar.ts'
import { type DemoPerson, fullName } from '../people/person.ts'
import { DOCTORS, type DoctorKey } from '../people/staff.ts'
import { DEMO_HOSPITAL } from './lab-report.ts'
import { Paper } from './paper.ts'

export type Discharge = {
  admitted: string
  discharged: string
  by: DoctorKey
  diagnoses: readonly string[]
  history: string
  course: string
  condition: string
  medicines: readonly string[]
  advice: readonly string[]
}

/** A discharge summary as it is handed over on paper. */
export async function dischargePaper(person: DemoPerson, discharge: Discharge): Promise<Uint8Array> {
  const { admitted, discharged, by } = discharge
  const department = DOCTORS[by].speciality
  const paper = await Paper.start({
    title: 'Discharge summary',
    day: discharged,
    letterhead: { hospital: DEMO_HOSPITAL, department },
  })
  paper.text('Discharge summary', { size: 14, bold: true })
  paper.text(`${fullName(person)}, ${person.sex}, ${ageOn(person.birthDate, admitted)} years`)
  paper.text(`Admitted ${longDay(admitted)}, discharged ${longDay(discharged)}`)
  const section = (title: string, lines: readonly string[]) => {
    paper.heading(title)
    for (const line of lines) paper.text(line)
  }
  section('Diagnoses', discharge.diagnoses)
  section('History', [discharge.history])
  section('Course in hospital', [discharge.course])
  section('Condition at discharge', [discharge.condition])
  section(
    'Medicines at discharge',
    discharge.medicines.map((line) => `• ${line}`),
  )
  section(
    'Advice',
    discharge.advice.map((line) => `• ${line}`),
  )
  paper.heading('')
  paper.text(`${DOCTORS[by].name}, ${DOCTORS[by].qualification}`, { bold: true })
  paper.text('An invented summary of an invented person.', { size: 8 })
  return paper.finish()
}
