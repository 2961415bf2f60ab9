import type { Condition, Reference } from '../../types.ts'
import { type Day, instantOf } from '../calendar.ts'
import { coded, concept } from '../codes.ts'
import type { Life, Visit } from '../life.ts'
import { DOCTORS } from '../people/staff.ts'

/** Diagnoses: name, ICD-10 (WHO) and, where there is one, SNOMED CT. */
const PROBLEMS = {
  diabetes2: ['Type 2 diabetes mellitus', 'E11.9', '44054006'],
  diabetes1: ['Type 1 diabetes mellitus', 'E10.9', '46635009'],
  prediabetes: ['Prediabetes', 'R73.0', '15777000'],
  hypertension: ['Essential hypertension', 'I10', '59621000'],
  lipids: ['Mixed hyperlipidaemia', 'E78.2', '267434003'],
  kidney3: ['Chronic kidney disease, stage 3a', 'N18.3', '700378005'],
  retinopathy: ['Nonproliferative diabetic retinopathy, mild', 'H36.0', '390834004'],
  thyroid: ['Hypothyroidism', 'E03.9', '40930008'],
  anaemia: ['Iron deficiency anaemia', 'D50.9', '87522002'],
  vitaminD: ['Vitamin D deficiency', 'E55.9', '34713006'],
  dengue: ['Dengue fever with warning signs', 'A97.1', '38362002'],
  covid: ['COVID-19 pneumonia', 'U07.1', '840539006'],
  typhoid: ['Typhoid fever', 'A01.0', '4834000'],
  tuberculosis: ['Pulmonary tuberculosis, bacteriologically confirmed', 'A15.0', '154283005'],
  asthma: ['Asthma', 'J45.9', '195967001'],
  rhinitis: ['Allergic rhinitis', 'J30.4', '61582004'],
  copd: ['Chronic obstructive pulmonary disease', 'J44.9', '13645005'],
  copdWorse: ['COPD with acute exacerbation', 'J44.1', '195951007'],
  infarction: ['Acute inferior ST-elevation myocardial infarction', 'I21.1', '401303003'],
  coronary: ['Coronary artery disease', 'I25.1', '53741008'],
  heartFailure: ['Heart failure', 'I50.9', '84114007'],
  fibrillation: ['Atrial fibrillation', 'I48.9', '49436004'],
  stroke: ['Ischaemic stroke', 'I63.9', '422504002'],
  appendicitis: ['Acute appendicitis', 'K35.8', '85189001'],
  gallstones: ['Gallstones', 'K80.2', '235919008'],
  fattyLiver: ['Fatty liver', 'K76.0', '197321007'],
  gout: ['Gout', 'M10.9', '90560007'],
  wristFracture: ['Fracture of the distal radius, left', 'S52.5', '263199001'],
  hipFracture: ['Fracture of the neck of the femur, right', 'S72.0', '5913000'],
  kneeArthrosis: ['Osteoarthritis of the knee', 'M17.1', '239873007'],
  kneeLigament: ['Tear of the anterior cruciate ligament', 'S83.5', ''],
  backPain: ['Low back pain', 'M54.5', '279039007'],
  rheumatoid: ['Rheumatoid arthritis', 'M06.9', '69896004'],
  osteoporosis: ['Osteoporosis', 'M81.9', '64859006'],
  eczema: ['Atopic dermatitis', 'L20.9', '24079001'],
  psoriasis: ['Plaque psoriasis', 'L40.0', '9014002'],
  migraine: ['Migraine', 'G43.9', '37796009'],
  pregnancy: ['Pregnancy', 'Z34.0', '72892002'],
  gestationalDiabetes: ['Gestational diabetes', 'O24.4', '11687002'],
  newborn: ['Healthy newborn, born in hospital', 'Z38.0', ''],
  jaundice: ['Neonatal jaundice', 'P59.9', '387712008'],
  breastCancer: ['Carcinoma of the breast, left, upper outer quadrant', 'C50.4', '254837009'],
  cataract: ['Age-related cataract', 'H25.1', ''],
  prostate: ['Benign prostatic hyperplasia', 'N40', '266569009'],
  parkinson: ['Parkinson disease', 'G20', '49049000'],
  dementia: ['Dementia in Alzheimer disease', 'F00.1', '26929004'],
  lowMood: ['Mild depressive episode', 'F32.0', '35489007'],
  cold: ['Upper respiratory tract infection', 'J06.9', '54150009'],
  throat: ['Acute viral pharyngitis', 'J02.9', '195662009'],
  otitis: ['Acute otitis media', 'H66.9', '3110003'],
  gastroenteritis: ['Acute gastroenteritis', 'A09.9', '25374005'],
  bronchitis: ['Acute bronchitis', 'J20.9', '10509002'],
  urineInfection: ['Urinary tract infection', 'N39.0', '68566005'],
  handFootMouth: ['Hand, foot and mouth disease', 'B08.4', '266108008'],
  sprain: ['Sprain of the ankle', 'S93.4', '44465007'],
} as const satisfies Record<string, readonly [text: string, icd10: string, snomed: string]>
export type Problem = keyof typeof PROBLEMS

export type KnownProblem = { problem: Problem; text: string; reference: Reference<Condition> }

export type Diagnosis = {
  /** When it began, where that was before the visit. */
  onset?: Day
  /** The day it was over; a problem without one is still there. */
  resolved?: Day
  note?: string
  /** On the problem list, or of this visit only. A problem that lasts is listed. */
  isListed?: boolean
}

export function diagnose(
  life: Life,
  visit: Visit,
  problem: Problem,
  { onset, resolved, note, isListed = resolved === undefined }: Diagnosis = {},
): KnownProblem {
  const [text, icd10, snomed] = PROBLEMS[problem]
  const isOver = resolved !== undefined && resolved <= life.until
  const category = isListed
    ? 'problem-list-item Problem list item'
    : 'encounter-diagnosis Encounter diagnosis'
  const reference = life.add(
    {
      resourceType: 'Condition',
      clinicalStatus: coded(
        isOver ? 'conditionClinical resolved Resolved' : 'conditionClinical active Active',
      ),
      verificationStatus: coded('conditionVerified confirmed Confirmed'),
      category: [coded(`conditionCategory ${category}`)],
      code: concept(text, `icd10 ${icd10} ${text}`, ...(snomed === '' ? [] : [`snomed ${snomed} ${text}`])),
      subject: life.subject,
      encounter: visit.encounter,
      onsetDateTime: onset ?? visit.day,
      ...(isOver && { abatementDateTime: resolved }),
      recordedDate: instantOf(visit.day, visit.minutes + 15),
      recorder: { display: DOCTORS[visit.by].name },
      ...(note !== undefined && { note: [{ text: note }] }),
    },
    visit.by,
  )
  return { problem, text, reference }
}

/** Allergies and intolerances: name, SNOMED CT where there is one, what kind of thing it is. */
const ALLERGIES = {
  penicillin: ['Allergy to penicillin', '91936005', 'medication'],
  peanut: ['Allergy to peanuts', '91935009', 'food'],
  mites: ['House dust mite allergy', '232350006', 'environment'],
} as const satisfies Record<
  string,
  readonly [text: string, snomed: string, kind: 'medication' | 'food' | 'environment']
>
export type Allergy = keyof typeof ALLERGIES

export function recordAllergy(
  life: Life,
  visit: Visit,
  allergy: Allergy,
  { reaction, severity, since }: { reaction: string; severity: 'mild' | 'moderate' | 'severe'; since?: Day },
): void {
  const [text, snomed, kind] = ALLERGIES[allergy]
  life.add(
    {
      resourceType: 'AllergyIntolerance',
      clinicalStatus: coded('allergyClinical active Active'),
      verificationStatus: coded('allergyVerified confirmed Confirmed'),
      type: 'allergy',
      category: [kind],
      criticality: severity === 'severe' ? 'high' : 'low',
      code: concept(text, `snomed ${snomed} ${text}`),
      patient: life.subject,
      ...(since !== undefined && { onsetDateTime: since }),
      recordedDate: visit.day,
      recorder: { display: DOCTORS[visit.by].name },
      reaction: [{ manifestation: [{ text: reaction }], severity }],
    },
    visit.by,
  )
}
