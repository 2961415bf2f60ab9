import type { CodeableConcept, Coding, Quantity } from '../types.ts'

const HL7 = 'http://terminology.hl7.org/CodeSystem'

export const SYSTEMS = {
  snomed: 'http://snomed.info/sct',
  loinc: 'http://loinc.org',
  icd10: 'http://hl7.org/fhir/sid/icd-10',
  atc: 'http://www.whocc.no/atc',
  cvx: 'http://hl7.org/fhir/sid/cvx',
  ucum: 'http://unitsofmeasure.org',
  dicom: 'http://dicom.nema.org/resources/ontology/DCM',
  actCode: `${HL7}/v3-ActCode`,
  interpretation: `${HL7}/v3-ObservationInterpretation`,
  timing: `${HL7}/v3-GTSAbbreviation`,
  observation: `${HL7}/observation-category`,
  conditionClinical: `${HL7}/condition-clinical`,
  conditionVerified: `${HL7}/condition-ver-status`,
  conditionCategory: `${HL7}/condition-category`,
  allergyClinical: `${HL7}/allergyintolerance-clinical`,
  allergyVerified: `${HL7}/allergyintolerance-verification`,
  sections: `${HL7}/v2-0074`,
  discharge: `${HL7}/discharge-disposition`,
  family: `${HL7}/v3-RoleCode`,
} as const

export type System = keyof typeof SYSTEMS

/** 'loinc 4548-4 Hemoglobin A1c' → a Coding. */
export function coding(text: string): Coding {
  const [name = '', code = '', ...display] = text.split(' ')
  const system = SYSTEMS[name as System]
  return { system, code, ...(display.length > 0 && { display: display.join(' ') }) }
}

/** A concept with what it is called and any number of codings, written as `coding` takes them. */
export function concept(text: string, ...codings: readonly string[]): CodeableConcept {
  return codings.length > 0 ? { coding: codings.map(coding), text } : { text }
}

/** A concept of one coding, called as its display says. */
export function coded(text: string): CodeableConcept {
  const one = coding(text)
  return { coding: [one], ...(one.display !== undefined && { text: one.display }) }
}

/** UCUM's own spelling where it differs from what people write. */
const UCUM: Readonly<Record<string, string>> = {
  mmHg: 'mm[Hg]',
  '/min': '/min',
  '°C': 'Cel',
  'mL/min/1.73 m²': 'mL/min/{1.73_m2}',
  '10³/µL': '10*3/uL',
  '10⁶/µL': '10*6/uL',
  'µIU/mL': 'u[IU]/mL',
  'U/L': 'U/L',
  'µg/L': 'ug/L',
  IU: '[IU]',
  'IU/mL': '[IU]/mL',
  drops: '{drop}',
  puffs: '{puff}',
  units: '[IU]',
  'mm/h': 'mm/h',
  weeks: 'wk',
  score: '{score}',
}

export function quantity(value: number, unit: string): Quantity {
  return { value, unit, system: SYSTEMS.ucum, code: UCUM[unit] ?? unit }
}
