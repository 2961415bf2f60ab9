import type { PatientSummary } from '@curo/contract/patients'
import { isCuroError } from '@curo/crypto/errors'
import { Alert, Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useCallback, useRef, useState } from 'react'
import { useHospital } from '../app/hospital.ts'
import { Page } from '../app/Page.tsx'
import { useProblem } from '../app/problem.ts'
import { useWords } from '../app/words.ts'
import { PatientForm } from '../patients/PatientForm.tsx'
import {
  fullName,
  type PatientFields,
  rebaseFields,
  toDemographics,
  toFields,
} from '../patients/patient-form.ts'
import { work } from '../work/work.ts'
import { ChangedMeanwhile } from './ChangedMeanwhile.tsx'

type EditPatientProps = {
  patient: PatientSummary
  onDone: (changed: PatientSummary) => void
  onBack: () => void
}

/** What a correction starts from: what stands there, and the form with what was typed before on top of it. */
type Basis = { patient: PatientSummary; fields: PatientFields; theirs: readonly (keyof PatientFields)[] }

/** Corrects a person's details. What a colleague saved meanwhile is not overwritten unseen, and costs nothing typed. */
export function EditPatient({ patient, onDone, onBack }: EditPatientProps) {
  const { t } = useWords('staff')
  const { t: tApp } = useWords('app')
  const { data: hospital } = useHospital()
  const problem = useProblem()
  const [basis, setBasis] = useState<Basis>(() => ({
    patient,
    fields: toFields(patient.demographics),
    theirs: [],
  }))
  const typed = useRef(basis.fields)
  const keepTyped = useCallback((fields: PatientFields) => {
    typed.current = fields
  }, [])
  const saving = useMutation({
    mutationFn: (fields: PatientFields) => {
      const { id, demographics: before } = basis.patient
      const demographics = toDemographics(fields, hospital?.countryPrefix ?? '+')
      // The form shows one identifier; the others stay as they are.
      const identifiers = [...demographics.identifiers, ...before.identifiers.slice(1)]
      return work.patients.update({ patient: id, demographics: { ...demographics, identifiers }, before })
    },
    onSuccess: onDone,
  })
  const rebasing = useMutation({
    mutationFn: () => work.patients.get({ patient: patient.id }),
    onSuccess: (newest) => {
      const was = toFields(basis.patient.demographics)
      const now = toFields(newest.demographics)
      setBasis({ patient: newest, ...rebaseFields({ was, now, typed: typed.current }) })
      saving.reset()
    },
  })
  const isChanged = isCuroError(saving.error, 'conflict')
  const failure = rebasing.error ?? (isChanged ? null : saving.error)
  return (
    <Page title={t('patient.editTitle', { name: fullName(patient.demographics) })} width="wide">
      <PatientForm
        // Another basis is another form.
        key={JSON.stringify(basis.patient.demographics)}
        initial={basis.fields}
        onChange={keepTyped}
        onSubmit={(fields) => {
          rebasing.reset()
          saving.mutate(fields)
        }}
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
        {isChanged && (
          <Alert color="yellow" role="alert">
            <p>{t('patient.changed')}</p>
            <Button variant="default" loading={rebasing.isPending} onClick={() => rebasing.mutate()}>
              {t('patient.showNewest')}
            </Button>
          </Alert>
        )}
        {failure && (
          <Alert color="red" role="alert">
            {problem(failure)}
          </Alert>
        )}
        {basis.theirs.length > 0 && (
          <ChangedMeanwhile fields={toFields(basis.patient.demographics)} names={basis.theirs} />
        )}
      </PatientForm>
    </Page>
  )
}
