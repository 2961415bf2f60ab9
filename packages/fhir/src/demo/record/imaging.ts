import type { DiagnosticReport, Reference } from '../../types.ts'
import { instantOf } from '../calendar.ts'
import { coded, coding, concept } from '../codes.ts'
import type { Life, Visit } from '../life.ts'
import { DOCTORS } from '../people/staff.ts'
import type { KnownProblem } from './problems.ts'

/** Examinations: title, LOINC term where there is one, DICOM modality, section of HL7 table 0074. */
const EXAMINATIONS = {
  chestXray: ['Chest X-ray, two views', 'loinc 36643-5 XR Chest 2 Views', 'DX Digital Radiography', 'RX'],
  wristXray: ['X-ray of the left wrist, two views', '', 'DX Digital Radiography', 'RX'],
  hipXray: ['X-ray of the pelvis and right hip', '', 'DX Digital Radiography', 'RX'],
  kneeXray: ['X-ray of both knees, standing', '', 'DX Digital Radiography', 'RX'],
  kneeScan: ['MRI of the right knee', '', 'MR Magnetic Resonance', 'NMR'],
  chestScan: ['CT of the chest', 'loinc 24627-2 CT Chest', 'CT Computed Tomography', 'CT'],
  headScan: ['CT of the head', 'loinc 24725-4 CT Head', 'CT Computed Tomography', 'CT'],
  heartEcho: ['Echocardiogram', 'loinc 34552-0 Cardiac echo 2D', 'US Ultrasound', 'CUS'],
  ecg: ['ECG, 12 leads', 'loinc 11524-6 EKG study', '', 'EC'],
  pregnancyScan: [
    'Ultrasound of the pregnancy',
    'loinc 11525-3 US Pelvis and Fetus for pregnancy',
    'US Ultrasound',
    'OUS',
  ],
  abdomenScan: ['Ultrasound of the abdomen', 'loinc 24558-9 US Abdomen', 'US Ultrasound', 'RUS'],
  mammogram: ['Mammogram, both breasts', 'loinc 24606-6 MG Breast Screening', 'MG Mammography', 'RAD'],
  boneDensity: ['Bone density (DXA)', '', 'BMD Bone Densitometry', 'RAD'],
} as const
export type Examination = keyof typeof EXAMINATIONS

const SECTION_WORDS: Readonly<Record<string, string>> = {
  RX: 'Radiograph',
  NMR: 'Nuclear Magnetic Resonance',
  CT: 'CAT Scan',
  CUS: 'Cardiac Ultrasound',
  EC: 'Electrocardiac',
  OUS: 'OB Ultrasound',
  RUS: 'Radiology Ultrasound',
  RAD: 'Radiology',
}

export type Study = {
  reference: Reference<DiagnosticReport>
  title: string
  /** DICOM UID of the study, with which the files of it are made. */
  uid: string
}

/** A DICOM UID of the 2.25 kind (PS3.5 B.2) from the demo's own random numbers. */
export function inventUid(life: Life): string {
  const digits = Array.from({ length: 35 }, () => life.random.integer(0, 9)).join('')
  return `2.25.${life.random.integer(1, 2)}${digits}`
}

/** An examination with its report; ECGs have no images and are no imaging study. */
export function recordImaging(
  life: Life,
  visit: Visit,
  given: {
    examination: Examination
    findings: string
    conclusion: string
    why?: KnownProblem
    images?: number
  },
): Study {
  const { findings, conclusion, why, images = 1 } = given
  const [title, loinc, modality, section] = EXAMINATIONS[given.examination]
  const by = modality === '' ? visit.by : 'radiology'
  const started = instantOf(visit.day, visit.minutes + 30)
  const code = loinc === '' ? { text: title } : concept(title, loinc)
  const uid = inventUid(life)
  const study =
    modality === ''
      ? undefined
      : life.add(
          {
            resourceType: 'ImagingStudy',
            identifier: [{ system: 'urn:dicom:uid', value: `urn:oid:${uid}` }],
            status: 'available',
            modality: [coding(`dicom ${modality}`)],
            subject: life.subject,
            encounter: visit.encounter,
            started,
            numberOfSeries: 1,
            numberOfInstances: images,
            description: title,
            ...(why && { reasonReference: [{ ...why.reference, display: why.text }] }),
            series: [
              {
                uid: `${uid}.1`,
                number: 1,
                modality: coding(`dicom ${modality}`),
                description: title,
                numberOfInstances: images,
              },
            ],
          },
          by,
        )
  const reference = life.add(
    {
      resourceType: 'DiagnosticReport',
      status: 'final',
      category: [coded(`sections ${section} ${SECTION_WORDS[section] ?? section}`)],
      code,
      subject: life.subject,
      encounter: visit.encounter,
      effectiveDateTime: started,
      issued: instantOf(visit.day, visit.minutes + 90),
      performer: [{ display: DOCTORS[by].name }],
      resultsInterpreter: [{ display: DOCTORS[by].name }],
      ...(study && { imagingStudy: [study] }),
      conclusion: `${conclusion} ${findings}`,
    },
    by,
  )
  return { reference, title, uid }
}
