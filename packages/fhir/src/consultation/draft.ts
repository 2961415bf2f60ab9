import {
  CERTAINTIES,
  CONSULTATION_MODES,
  type Consultation,
  type DiagnosisEntry,
  DURATION_UNITS,
  FOOD_RELATIONS,
  type FormCode,
  ORDER_KINDS,
  type OrderEntry,
  type PrescriptionEntry,
  VITAL_FIELD_NAMES,
} from './form.ts'

const FORMAT = 'curo-consultation-draft'
const VERSION = 1
const MOST_TEXT = 200_000
const MOST_ENTRIES = 200

/** The draft as text, to be sealed. */
export function serializeDraft(form: Consultation): string {
  return JSON.stringify({ format: FORMAT, version: VERSION, form })
}

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const text = (value: unknown) => (typeof value === 'string' ? value.slice(0, MOST_TEXT) : '')
const number = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : undefined)
const among = <T extends string>(list: readonly T[], value: unknown): T | undefined =>
  list.find((one) => one === value)

function entries<T>(value: unknown, read: (fields: Fields) => T): T[] {
  return Array.isArray(value) ? value.filter(isFields).slice(0, MOST_ENTRIES).map(read) : []
}

function codeOf(value: unknown): { code?: FormCode } {
  if (!isFields(value) || typeof value.system !== 'string' || typeof value.code !== 'string') return {}
  const { system, code, display } = value
  return { code: { system, code, ...(typeof display === 'string' && { display }) } }
}

function diagnosis(fields: Fields): DiagnosisEntry {
  return {
    id: text(fields.id),
    text: text(fields.text),
    ...codeOf(fields.code),
    certainty: among(CERTAINTIES, fields.certainty) ?? 'confirmed',
    note: text(fields.note),
  }
}

function order(fields: Fields): OrderEntry {
  return {
    id: text(fields.id),
    kind: among(ORDER_KINDS, fields.kind) ?? 'laboratory',
    text: text(fields.text),
    ...codeOf(fields.code),
    isUrgent: fields.isUrgent === true,
    note: text(fields.note),
  }
}

function prescription(fields: Fields): PrescriptionEntry {
  const [dose, duration] = [number(fields.dose), number(fields.duration)]
  const food = among(FOOD_RELATIONS, fields.food)
  return {
    id: text(fields.id),
    drug: text(fields.drug),
    ...codeOf(fields.code),
    form: text(fields.form),
    strength: text(fields.strength),
    ...(dose !== undefined && { dose }),
    doseUnit: text(fields.doseUnit),
    frequency: text(fields.frequency),
    isAsNeeded: fields.isAsNeeded === true,
    ...(food && { food }),
    route: text(fields.route),
    ...(duration !== undefined && { duration }),
    durationUnit: among(DURATION_UNITS, fields.durationUnit) ?? 'd',
    instruction: text(fields.instruction),
  }
}

function vitals(value: unknown): Consultation['vitals'] {
  if (!isFields(value)) return {}
  const given = VITAL_FIELD_NAMES.flatMap((name) => {
    const found = number(value[name])
    return found === undefined ? [] : [[name, found] as const]
  })
  return Object.fromEntries(given)
}

/**
 * The draft that `serializeDraft` wrote, every field of its type; undefined for anything else. A field of another type
 * is empty, the rest is kept.
 */
export function parseDraft(serialized: string): Consultation | undefined {
  let parsed: unknown
  try {
    parsed = JSON.parse(serialized)
  } catch {
    return undefined
  }
  if (!isFields(parsed) || parsed.format !== FORMAT || parsed.version !== VERSION || !isFields(parsed.form))
    return undefined
  const { form } = parsed
  const ids = [form.id, form.visit, form.series, form.started].map(text)
  if (ids.some((id) => id === '')) return undefined
  const followUp = isFields(form.followUp) ? form.followUp : {}
  const on = text(followUp.on)
  const [id = '', visit = '', series = '', started = ''] = ids
  return {
    id,
    visit,
    series,
    started,
    mode: among(CONSULTATION_MODES, form.mode) ?? 'in-person',
    complaint: text(form.complaint),
    history: text(form.history),
    findings: text(form.findings),
    vitals: vitals(form.vitals),
    diagnoses: entries(form.diagnoses, diagnosis),
    plan: text(form.plan),
    orders: entries(form.orders, order),
    prescriptions: entries(form.prescriptions, prescription),
    followUp: { ...(on !== '' && { on }), note: text(followUp.note) },
    isSensitive: form.isSensitive === true,
  }
}
