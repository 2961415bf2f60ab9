import {
  DOCTORS,
  type Doctor,
  type DoctorKey,
  FRONT_DESK,
  WAITING_DESK,
  WAITING_DOCTORS,
} from '@curo/fhir/demo/people/staff'
import type { RegisterOptions } from '../accounts.ts'

/** Somebody who works in the demo hospital, as she registers. */
export type DemoWorker = Pick<RegisterOptions, 'contact' | 'name' | 'profession'> & {
  role: 'doctor' | 'staff' | 'auditor'
  /** Her key among the doctors. */
  key?: DoctorKey
  /** Registers, and waits for an administrator. */
  isWaiting?: boolean
}

const contact = (number: number) => `+9190000000${number}`

const doctor = (one: Doctor, number: number): DemoWorker => ({
  role: 'doctor',
  name: one.name,
  contact: contact(number),
  profession: {
    speciality: one.speciality,
    department: one.speciality,
    qualification: one.qualification,
    registrationNumber: `DEMO-${1000 + number}`,
  },
})

const clerk = ({ name, department }: { name: string; department: string }, number: number): DemoWorker => ({
  role: 'staff',
  name,
  contact: contact(number),
  profession: { department },
})

/** Doctors, desk and auditor, in the order in which they are needed; then those who wait. */
export const DEMO_WORKERS: readonly DemoWorker[] = [
  ...Object.entries(DOCTORS).map(([key, one], index) => ({
    ...doctor(one, 11 + index),
    key: key as DoctorKey,
  })),
  ...FRONT_DESK.map((one, index) => clerk(one, 21 + index)),
  { role: 'auditor', name: 'Farah Lindqvist', contact: contact(31), profession: {} },
  ...WAITING_DOCTORS.map((one, index) => ({ ...doctor(one, 51 + index), isWaiting: true })),
  ...WAITING_DESK.map((one, index) => ({ ...clerk(one, 61 + index), isWaiting: true })),
]

/** The doctors of a small demo, who write the three patients’ charts. */
export const CORE_DOCTORS: ReadonlySet<DoctorKey> = new Set(['medicine', 'cardiology', 'paediatrics'])

/** Those without whom nothing works: three doctors, one clerk, the auditor. */
export const isCore = ({ key, name, role }: DemoWorker): boolean =>
  (key !== undefined && CORE_DOCTORS.has(key)) || name === FRONT_DESK[0]?.name || role === 'auditor'
