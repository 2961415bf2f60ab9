import type { ConsentView } from '@curo/contract/consent'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import rows from '../app/RowList.module.css'
import classes from './PatientRow.module.css'
import { usePatientName } from './patient-name.ts'

type PatientRowProps = {
  patient: string
  name: ConsentView['patientName']
  to: '/doctor/patients/$patient' | '/doctor/patients/$patient/consultation'
  /** Two facts, a `span` each. */
  children: ReactNode
}

/** One of the doctor's patients in a list of `RowList.module.css`. */
export function PatientRow({ patient, name, to, children }: PatientRowProps) {
  const nameOf = usePatientName()
  return (
    <li>
      <Link to={to} params={{ patient }} className={`${rows.row} ${classes.row}`}>
        <strong>
          <bdi>{nameOf(name)}</bdi>
        </strong>
        {children}
      </Link>
    </li>
  )
}
