/** Invented people who work in the demo hospital. */
export const DOCTORS = {
  medicine: doctor('Dr Asha Raghavan', 'General medicine', 'MD (Medicine)'),
  cardiology: doctor('Dr Tomas Okafor', 'Cardiology', 'DM (Cardiology)'),
  paediatrics: doctor('Dr Ishwari Baptista', 'Paediatrics', 'MD (Paediatrics)'),
  obstetrics: doctor('Dr Noorjahan Kulkarni', 'Obstetrics and gynaecology', 'MS (OBG)'),
  orthopaedics: doctor('Dr Gurdeep Palkhivala', 'Orthopaedics', 'MS (Orthopaedics)'),
  dermatology: doctor('Dr Linnea Subramaniam', 'Dermatology', 'MD (Dermatology)'),
  pulmonology: doctor('Dr Kabir Lepcha', 'Pulmonology', 'MD (Respiratory medicine)'),
  radiology: doctor('Dr Wanjiru Deshmukh', 'Radiology', 'MD (Radiodiagnosis)'),
  surgery: doctor('Dr Otis Vaidyanathan', 'General surgery', 'MS (General surgery)'),
  ophthalmology: doctor('Dr Esperanza Nadkarni', 'Ophthalmology', 'MS (Ophthalmology)'),
} as const

export type DoctorKey = keyof typeof DOCTORS
export type Doctor = { readonly name: string; readonly speciality: string; readonly qualification: string }

/** Registered, and waiting for an administrator. */
export const WAITING_DOCTORS: readonly Doctor[] = [
  doctor('Dr Devika Halloran', 'Neurology', 'DM (Neurology)'),
  doctor('Dr Pranab Oyelaran', 'Emergency medicine', 'MD (Emergency medicine)'),
]

export const FRONT_DESK: readonly { name: string; department: string }[] = [
  { name: 'Tenzin Bhutia', department: 'Front desk' },
  { name: 'Philomena Wagle', department: 'Admissions' },
]
export const WAITING_DESK: readonly { name: string; department: string }[] = [
  { name: 'Chandrakant Ibsen', department: 'Billing' },
]

export const LABORATORY = 'Central laboratory'

function doctor(name: string, speciality: string, qualification: string): Doctor {
  return { name, speciality, qualification }
}
