import type { Composition, Reference, Resource } from '../../types.ts'
import { instantOf } from '../calendar.ts'
import { coded, concept } from '../codes.ts'
import type { Life, Visit } from '../life.ts'
import { type Discharge, dischargePaper } from '../papers/discharge-paper.ts'
import { DOCTORS } from '../people/staff.ts'
import { attach } from './attachments.ts'

type Section = NonNullable<Composition['section']>[number]

const escaped = (text: string) =>
  text.replace(/[&<>]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[character] ?? '')

function section(
  title: string,
  loinc: string,
  lines: readonly string[],
  entries: readonly Reference<Resource>[] = [],
): Section {
  const items = lines.map((line) => `<p>${escaped(line)}</p>`).join('')
  return {
    title,
    code: concept(title, `loinc ${loinc}`),
    text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${items}</div>` },
    ...(entries.length > 0 && { entry: [...entries] }),
  }
}

/** The summary of a stay, twice: as a FHIR Composition, and as the paper she took home. */
export function summariseStay(
  life: Life,
  stay: Visit,
  summary: Omit<Discharge, 'admitted' | 'by'> & { entries?: readonly Reference<Resource>[] },
): void {
  const { entries = [], ...rest } = summary
  const discharge: Discharge = { ...rest, admitted: stay.day, by: stay.by }
  if (!life.isWithin(discharge.discharged)) return
  const title = `Discharge summary: ${discharge.diagnoses[0] ?? 'stay in hospital'}`
  const composition = life.add(
    {
      resourceType: 'Composition',
      status: 'final',
      type: coded('loinc 18842-5 Discharge summary'),
      subject: life.subject,
      encounter: stay.encounter,
      date: instantOf(discharge.discharged, 11 * 60),
      author: [{ display: DOCTORS[stay.by].name }],
      title,
      custodian: { display: 'Curo Demo Hospital' },
      event: [{ period: { start: stay.day, end: discharge.discharged } }],
      section: [
        section('Diagnoses', '11535-2', discharge.diagnoses, entries),
        section('History', '10164-2', [discharge.history]),
        section('Course in hospital', '8648-8', [discharge.course]),
        section('Condition at discharge', '10184-0', [discharge.condition]),
        section('Medicines at discharge', '10183-2', discharge.medicines),
        section('Advice', '18776-5', discharge.advice),
      ],
    },
    stay.by,
  )
  attach(life, {
    fileName: `discharge-summary-${discharge.discharged}.pdf`,
    contentType: 'application/pdf',
    type: 'discharge',
    title,
    day: discharge.discharged,
    by: stay.by,
    about: composition,
    make: () => dischargePaper(life.person, discharge),
  })
}
