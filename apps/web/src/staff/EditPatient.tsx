import type { PatientSummary } from '@curo/contract/patients'
import { Alert, Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useHospital } from '../app/hospital.ts'
import { Page } from '../app/Page.tsx'
import { useProblem } from '../app/problem.ts'
import { useWords } from '../app/words.ts'
import { PatientForm } from '../patients/PatientForm.tsx'
import { fullName, type PatientFields, toDemographics, toFields } from '../patients/patient-form.ts'
import { work } from '../work/work.ts'

type EditPatientProps = {
  patient: PatientSummary
  onDone: (changed: PatientSummary) => void
  onBack: () => void
}

export function EditPatient({ patient, onDone, onBack }: EditPatientProps) {
  const { t } = useWords('staff')
  const { t: tApp } = useWords('app')
  const { data: hospital } = useHospital()
  const problem = useProblem()
  const initial = useMemo(() => toFields(patient.demographics), [patient])
  const saving = useMutation({
    mutationFn: (fields: PatientFields) => {
      const demographics = toDemographics(fields, hospital?.countryPrefix ?? '+')
      // The form shows one identifier; the others stay as they are.
      const identifiers = [...demographics.identifiers, ...patient.demographics.identifiers.slice(1)]
      return work.patients.update({ patient: patient.id, demographics: { ...demographics, identifiers } })
    },
    onSuccess: onDone,
  })
  return (
    <Page title={t('patient.editTitle', { name: fullName(patient.demographics) })} width="wide">
      <PatientForm
        initial={initial}
        onSubmit={(fields) => saving.mutate(fields)}
        actions={
          <>
            <Button variant="default" onClick={onBack}>
              {tApp('actions.back')}
            </Button>
            <Button type="submit" loading={saving.isPending}>
              {t('patient.save')}
            </Button>
          </>
        }
      >
        {saving.isError && (
          <Alert color="red" role="alert">
            {problem(saving.error)}
          </Alert>
        )}
      </PatientForm>
    </Page>
  )
}
