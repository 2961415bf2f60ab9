import { dayOf } from '../occurred.ts'
import { type Consultation, isEmptyConsultation, VITAL_FIELD_NAMES, VITAL_FIELDS } from './form.ts'
import { FREQUENCIES } from './regimen.ts'

/** What stands in the way of signing, at which field. */
export interface FormProblem {
  /** 'complaint', 'vitals.systolic', 'prescriptions.0.dose'; '' for the whole form. */
  readonly path: string
  readonly key:
    | 'empty'
    | 'required'
    | 'too-long'
    | 'not-positive'
    | 'out-of-range'
    | 'half-a-pressure'
    | 'pressure-reversed'
    | 'no-such-day'
    | 'in-the-past'
    | 'unknown-frequency'
  readonly values?: Readonly<Record<string, string | number>>
}

const MOST_TEXT = 20_000
const MOST_LINE = 500

function textProblems(form: Consultation): FormProblem[] {
  const texts = { complaint: form.complaint, history: form.history, findings: form.findings, plan: form.plan }
  return Object.entries({ ...texts, 'followUp.note': form.followUp.note }).flatMap(([path, value]) =>
    value.length > MOST_TEXT ? [{ path, key: 'too-long' as const, values: { most: MOST_TEXT } }] : [],
  )
}

function vitalProblems({ vitals }: Consultation): FormProblem[] {
  const { systolic, diastolic } = vitals
  const problems: FormProblem[] = VITAL_FIELD_NAMES.flatMap((field) => {
    const value = vitals[field]
    const { least, most } = VITAL_FIELDS[field]
    return value !== undefined && !(value >= least && value <= most)
      ? [{ path: `vitals.${field}`, key: 'out-of-range' as const, values: { least, most } }]
      : []
  })
  if ((systolic === undefined) !== (diastolic === undefined))
    problems.push({
      path: systolic === undefined ? 'vitals.systolic' : 'vitals.diastolic',
      key: 'half-a-pressure',
    })
  else if (systolic !== undefined && diastolic !== undefined && diastolic >= systolic)
    problems.push({ path: 'vitals.diastolic', key: 'pressure-reversed' })
  return problems
}

function lineProblems(path: string, value: string): FormProblem[] {
  if (value.trim() === '') return [{ path, key: 'required' }]
  return value.length > MOST_LINE ? [{ path, key: 'too-long', values: { most: MOST_LINE } }] : []
}

function prescriptionProblems(form: Consultation): FormProblem[] {
  return form.prescriptions.flatMap((entry, index): FormProblem[] => {
    const at = `prescriptions.${index}`
    const problems = lineProblems(`${at}.drug`, entry.drug)
    if (entry.dose === undefined) problems.push({ path: `${at}.dose`, key: 'required' })
    else if (!(entry.dose > 0)) problems.push({ path: `${at}.dose`, key: 'not-positive' })
    if (entry.dose !== undefined) problems.push(...lineProblems(`${at}.doseUnit`, entry.doseUnit))
    if (entry.frequency === '' && !entry.isAsNeeded)
      problems.push({ path: `${at}.frequency`, key: 'required' })
    else if (entry.frequency !== '' && !Object.hasOwn(FREQUENCIES, entry.frequency))
      problems.push({ path: `${at}.frequency`, key: 'unknown-frequency' })
    if (entry.duration !== undefined && !(entry.duration > 0))
      problems.push({ path: `${at}.duration`, key: 'not-positive' })
    if (entry.instruction.length > MOST_LINE)
      problems.push({ path: `${at}.instruction`, key: 'too-long', values: { most: MOST_LINE } })
    return problems
  })
}

function followUpProblems({ followUp, started }: Consultation): FormProblem[] {
  if (followUp.on === undefined) return []
  if (dayOf(followUp.on) !== followUp.on) return [{ path: 'followUp.on', key: 'no-such-day' }]
  return followUp.on < started.slice(0, 10) ? [{ path: 'followUp.on', key: 'in-the-past' }] : []
}

/** What must be put right before the consultation can be signed; empty when it can. */
export function consultationProblems(form: Consultation): FormProblem[] {
  if (isEmptyConsultation(form)) return [{ path: '', key: 'empty' }]
  return [
    ...textProblems(form),
    ...vitalProblems(form),
    ...form.diagnoses.flatMap(({ text }, index) => lineProblems(`diagnoses.${index}.text`, text)),
    ...form.orders.flatMap(({ text }, index) => lineProblems(`orders.${index}.text`, text)),
    ...prescriptionProblems(form),
    ...followUpProblems(form),
  ]
}
