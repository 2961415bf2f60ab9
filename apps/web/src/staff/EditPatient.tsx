import type { PatientSummary } from '@curo/contract/patients'
import { isCuroError } from '@curo/crypto/errors'
import { Alert, Button, Group } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
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

/** Corrects a person's details. What a colleague saved meanwhile is neither overwritten unseen nor does it cost what was typed. */
export function EditPatient({ patient, onDone, onBack }: EditPatientProps) {
  const { t } = useWords('staff')
  const { t: tApp } = useWords('app')
  const { data: hospital } = useHospital()
  /** What the correction starts from. */
  const [basis, setBasis] = useState(patient)
  const initial = useMemo(() => toFields(basis.demographics), [basis])
  const saving = useMutation({
    mutationFn: ({ fields, over }: { fields: PatientFields; over: PatientSummary }) => {
      const demographics = toDemographics(fields, hospital?.countryPrefix ?? '+')
      // The form shows one identifier; the others stay as they are.
      const identifiers = [...demographics.identifiers, ...over.demographics.identifiers.slice(1)]
      return work.patients.update({
        patient: over.id,
        demographics: { ...demographics, identifiers },
        before: over.demographics,
      })
    },
    onSuccess: onDone,
  })
  const newest = useMutation({ mutationFn: () => work.patients.get({ patient: patient.id }) })
  const showNewest = async () => {
    setBasis(await newest.mutateAsync())
    saving.reset()
  }
  const saveMine = async (fields: PatientFields) =>
    saving.mutate({ fields, over: await newest.mutateAsync() })
  return (
    <Page title={t('patient.editTitle', { name: fullName(patient.demographics) })} width="wide">
      <PatientForm
        // Another basis is another form.
        key={JSON.stringify(basis.demographics)}
        initial={initial}
        onSubmit={(fields) => saving.mutate({ fields, over: basis })}
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
          <Refused
            error={newest.error ?? saving.error}
            onShow={() => void showNewest().catch(() => undefined)}
            onOverwrite={() => void saveMine(saving.variables.fields).catch(() => undefined)}
          />
        )}
      </PatientForm>
    </Page>
  )
}

type RefusedProps = { error: unknown; onShow: () => void; onOverwrite: () => void }

function Refused({ error, onShow, onOverwrite }: RefusedProps) {
  const { t } = useWords('staff')
  const problem = useProblem()
  if (!isCuroError(error, 'conflict'))
    return (
      <Alert color="red" role="alert">
        {problem(error)}
      </Alert>
    )
  return (
    <Alert color="yellow" role="alert">
      {t('patient.changed')}
      <Group mt="sm">
        <Button variant="default" onClick={onShow}>
          {t('patient.showNewest')}
        </Button>
        <Button variant="default" onClick={onOverwrite}>
          {t('patient.saveMine')}
        </Button>
      </Group>
    </Alert>
  )
}
