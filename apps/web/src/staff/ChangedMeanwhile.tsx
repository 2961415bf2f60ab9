import { Alert } from '@mantine/core'
import { useWords } from '../app/words.ts'
import type { PatientFields } from '../patients/patient-form.ts'

type ChangedMeanwhileProps = { fields: PatientFields; names: readonly (keyof PatientFields)[] }

/** What somebody else has saved of this person while she was corrected here. */
export function ChangedMeanwhile({ fields, names }: ChangedMeanwhileProps) {
  const { t } = useWords('staff')
  const { t: tPatients } = useWords('patients')
  const shown = (name: keyof PatientFields) =>
    name === 'sex' && fields.sex !== '' ? tPatients(`sexes.${fields.sex}`) : fields[name]
  return (
    <Alert color="blue" role="status">
      {t('patient.theirs')}
      <ul>
        {names.map((name) => (
          <li key={name}>
            {tPatients(`fields.${name}`)}: <bdi>{shown(name) || t('patient.emptied')}</bdi>
          </li>
        ))}
      </ul>
    </Alert>
  )
}
