import type { ConsentView } from '@curo/contract/consent'
import { useWords } from '../app/words.ts'

/** How a patient is called where the doctor has been told her name, and where she has not. */
export function usePatientName(): (name: ConsentView['patientName']) => string {
  const { t } = useWords('doctor')
  return (name) => (name ? [name.given, name.family].filter(Boolean).join(' ') : t('home.unnamed'))
}
