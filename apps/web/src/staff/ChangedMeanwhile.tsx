import { Alert } from '@mantine/core'
import { nameOfCountry, nameOfLanguage } from '../app/display-names.ts'
import { useFormat } from '../app/format.ts'
import { useWords } from '../app/words.ts'
import type { PatientFields } from '../patients/patient-form.ts'

type ChangedMeanwhileProps = { fields: PatientFields; names: readonly (keyof PatientFields)[] }

/** What somebody else has saved of this person while she was corrected here. */
export function ChangedMeanwhile({ fields, names }: ChangedMeanwhileProps) {
  const { t, locale } = useWords('staff')
  const { t: tPatients } = useWords('patients')
  const format = useFormat()
  const { birthDate, sex, language, country } = fields
  /** As the patient's page says them; the form keeps codes and days as they are sent. */
  const said: Partial<Record<keyof PatientFields, string>> = {
    birthDate: birthDate && format.date(birthDate, 'long'),
    sex: sex && tPatients(`sexes.${sex}`),
    language: language && nameOfLanguage(language, locale),
    country: nameOfCountry(country, locale),
  }
  const shown = (name: keyof PatientFields) => said[name] ?? fields[name]
  return (
    <Alert color="curo" role="status">
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
