import { attempt } from '../attempt.ts'
import { type Phrase, phrase } from '../chart/phrase.ts'
import { codingsOf } from '../concepts.ts'
import { dosageOf } from '../dosage.ts'
import { dayOf } from '../occurred.ts'
import type { Resolver } from '../references.ts'
import { referenceName } from '../summary/visits.ts'
import { roundMeasured } from '../trends/measurements.ts'
import { type NumericResult, numericResults, type ResultFlag } from '../trends/results.ts'
import type { Resource } from '../types.ts'
import { flagOf, numberWords, observationWords } from '../values.ts'
import { conceptWords, firstWords, oneLine } from '../words.ts'

/** Keys of the one-line texts besides those of dosages (`DOSAGE_KEYS`); values in braces. */
export const LINE_KEYS = {
  result: '{value}',
  'normal-range': '{low} {high}',
  'normal-below': '{high}',
  'normal-above': '{low}',
  reaction: '{reaction}',
  criticality: '{criticality}: high, low',
  status: '{status}: a FHIR status',
  reason: '{reason}',
  with: '{name}',
  at: '{name}',
  until: '{date}',
  pictures: '{count}',
  results: '{count}',
  lot: '{lot}',
  dose: '{amount}',
  conclusion: '{text}',
  activities: '{text}',
  relation: '{text}',
  file: '{type}',
  text: '{text}',
} as const

const isText = (part: Phrase | undefined): part is Phrase => part !== undefined

/** A phrase where its value is there. */
function maybe(key: string, name: string, value: string | undefined): Phrase | undefined {
  return value === undefined ? undefined : phrase(key, { [name]: value })
}

function rangePhrase(low: number | undefined, high: number | undefined): Phrase | undefined {
  if (low !== undefined && high !== undefined)
    return phrase('normal-range', { low: numberWords(low), high: numberWords(high) })
  if (high !== undefined) return phrase('normal-below', { high: numberWords(high) })
  return low === undefined ? undefined : phrase('normal-above', { low: numberWords(low) })
}

/** Statuses that a reader must know; 'final', 'active', 'completed' and the like are what one expects. */
const TELLING = new Set(
  `entered-in-error cancelled stopped on-hold draft preliminary not-done aborted refused resolved inactive remission
  recurrence relapse superseded amended corrected suspended abandoned unknown planned`.split(/\s+/),
)

function statusPhrase(resource: Resource): Phrase | undefined {
  const fields = resource as unknown as Record<string, unknown>
  const coded = codingsOf(fields.clinicalStatus as never)[0]?.code
  const verification = codingsOf(fields.verificationStatus as never)[0]?.code
  const status =
    verification === 'entered-in-error' || verification === 'refuted'
      ? verification
      : (coded ?? oneLine(fields.status, 40))
  return status !== undefined && (TELLING.has(status) || status === 'refuted')
    ? phrase('status', { status })
    : undefined
}

const unitText = (unit: string | undefined) =>
  unit === undefined || unit.startsWith('{')
    ? ''
    : unit === 'mm[Hg]'
      ? ' mmHg'
      : unit === 'Cel'
        ? ' °C'
        : ` ${unit.replace(/m2$/, 'm²')}`

/** Vital signs as instruments show them: '117/78 mmHg', not '117.46/78.33'. Others are left as they were written. */
function measuredWords(results: readonly NumericResult[]): string | undefined {
  const find = (key: string) => results.find(({ measurement }) => measurement?.key === key)
  const [high, low, first] = [find('systolic'), find('diastolic'), results[0]]
  const words = ({ value, measurement, unit, comparator }: NumericResult) =>
    `${comparator ?? ''}${numberWords(roundMeasured(value, measurement, unit))}`
  if (high && low) return `${words(high)}/${words(low)}${unitText(high.unit)}`
  const isOne = results.length === 1 && first?.measurement?.decimals !== undefined
  return isOne && first ? `${words(first)}${unitText(first.unit)}` : undefined
}

function linesOf(resource: Resource, resolve: Resolver): (Phrase | undefined)[] {
  switch (resource.resourceType) {
    case 'Observation': {
      const results = numericResults({ id: '', resource })
      const range = results[0]?.range
      return [
        maybe('result', 'value', measuredWords(results) ?? observationWords(resource)),
        range && rangePhrase(range.low, range.high),
      ]
    }
    case 'MedicationRequest':
    case 'MedicationDispense':
    case 'MedicationStatement': {
      const list =
        resource.resourceType === 'MedicationStatement' ? resource.dosage : resource.dosageInstruction
      const dosage = dosageOf(Array.isArray(list) ? list[0] : undefined)
      const reason = 'reasonCode' in resource ? firstWords(resource.reasonCode) : undefined
      const written = dosage && dosage.phrases.length === 0 ? dosage.text : undefined
      return [...(dosage?.phrases ?? []), maybe('text', 'text', written), maybe('reason', 'reason', reason)]
    }
    case 'MedicationAdministration': {
      const amount = resource.dosage?.dose
      const words = observationWords({ valueQuantity: amount } as never)
      return [maybe('dose', 'amount', words)]
    }
    case 'AllergyIntolerance': {
      const reactions = (resource.reaction ?? []).flatMap((one) => firstWords(one.manifestation) ?? [])
      const criticality = resource.criticality === 'high' ? 'high' : undefined
      return [
        maybe('criticality', 'criticality', criticality),
        maybe('reaction', 'reaction', reactions.length > 0 ? [...new Set(reactions)].join(', ') : undefined),
      ]
    }
    case 'Condition':
      return [
        maybe('status', 'status', conceptWords(resource.severity)?.toLowerCase()),
        maybe('until', 'date', dayOf(resource.abatementDateTime)),
      ]
    case 'Encounter': {
      const end = dayOf(resource.period?.end)
      const isLonger = end !== undefined && end !== dayOf(resource.period?.start)
      const people = resource.participant ?? []
      return [
        maybe('with', 'name', people.map((one) => referenceName(one.individual, resolve)).find(Boolean)),
        maybe('at', 'name', referenceName(resource.serviceProvider, resolve)),
        maybe('until', 'date', isLonger ? end : undefined),
      ]
    }
    case 'DiagnosticReport':
      return [
        maybe('conclusion', 'text', oneLine(resource.conclusion)),
        resource.result && resource.result.length > 0
          ? phrase('results', { count: resource.result.length })
          : undefined,
      ]
    case 'ImagingStudy': {
      const counted =
        resource.numberOfInstances ??
        (resource.series ?? []).reduce(
          (sum, one) => sum + (one.numberOfInstances ?? one.instance?.length ?? 0),
          0,
        )
      return [counted > 0 ? phrase('pictures', { count: counted }) : undefined]
    }
    case 'Immunization':
      return [
        maybe('dose', 'amount', doseNumber(resource.protocolApplied?.[0])),
        maybe('lot', 'lot', oneLine(resource.lotNumber, 40)),
      ]
    case 'Procedure':
      return [
        maybe('reason', 'reason', firstWords(resource.reasonCode)),
        maybe('conclusion', 'text', conceptWords(resource.outcome)),
      ]
    case 'CarePlan': {
      const activities = (resource.activity ?? []).flatMap((one) => conceptWords(one.detail?.code) ?? [])
      return [
        maybe('activities', 'text', oneLine([...new Set(activities)].slice(0, 4).join(', '))),
        maybe('until', 'date', dayOf(resource.period?.end)),
      ]
    }
    case 'ServiceRequest':
      return [maybe('reason', 'reason', firstWords(resource.reasonCode))]
    case 'FamilyMemberHistory':
      return [maybe('relation', 'text', conceptWords(resource.relationship))]
    case 'DocumentReference':
      return [maybe('file', 'type', oneLine(resource.content?.[0]?.attachment?.contentType, 100))]
    case 'Composition':
      return [maybe('with', 'name', referenceName(resource.author?.[0], resolve))]
    default:
      return []
  }
}

function doseNumber(protocol: { doseNumberPositiveInt?: number; doseNumberString?: string } | undefined) {
  const number = protocol?.doseNumberPositiveInt
  return typeof number === 'number' ? String(number) : oneLine(protocol?.doseNumberString, 20)
}

/** What one line says under the title of a record: result and range, dosage, reaction … Never throws. */
export function lineOf(resource: Resource, resolve: Resolver): Phrase[] {
  const status = attempt(() => statusPhrase(resource))
  const parts = attempt(() => linesOf(resource, resolve).filter(isText)) ?? []
  const isSaid = parts.some(({ key }) => key === 'status')
  return status && !(isSaid && status.values?.status === parts[0]?.values?.status)
    ? [...parts, status]
    : parts
}

/** What a laboratory said of a result, for opened records; nothing for others. */
export function entryFlag(resource: Resource): ResultFlag | undefined {
  if (resource.resourceType !== 'Observation') return undefined
  const own = attempt(() => flagOf(resource))
  return own ?? numericResults({ id: '', resource }).find(({ flag }) => flag !== undefined)?.flag
}
