import { Alert, Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useCallback, useState } from 'react'
import { useHospital } from '../app/hospital.ts'
import { Page } from '../app/Page.tsx'
import { useProblem } from '../app/problem.ts'
import { useWords } from '../app/words.ts'
import { PatientForm } from '../patients/PatientForm.tsx'
import { NO_PATIENT, type PatientFields, toDemographics } from '../patients/patient-form.ts'
import { work } from '../work/work.ts'
import { HandOver, type NewlyRegistered } from './HandOver.tsx'
import { Twins } from './Twins.tsx'

/** From the form to the card in her hand; a second registration of one person is warned of while typing. */
export function RegisterPatient() {
  const { t } = useWords('staff')
  const { t: tApp } = useWords('app')
  const { data: hospital } = useHospital()
  const queries = useQueryClient()
  const problem = useProblem()
  const [typed, setTyped] = useState<PatientFields>(NO_PATIENT)
  const [registered, setRegistered] = useState<NewlyRegistered | null>(null)
  const [failure, setFailure] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const keepTyped = useCallback((fields: PatientFields) => setTyped(fields), [])

  async function register(fields: PatientFields) {
    // A double click registers once.
    if (busy) return
    setBusy(true)
    setFailure(null)
    const demographics = toDemographics(fields, hospital?.countryPrefix ?? '+')
    try {
      setRegistered({ demographics, ...(await work.patients.register({ demographics })) })
      void queries.invalidateQueries({ queryKey: ['patients'] })
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }

  if (registered)
    return (
      <HandOver
        registered={registered}
        onNext={() => {
          setRegistered(null)
          setTyped(NO_PATIENT)
        }}
      />
    )
  return (
    <Page title={t('register.title')} width="wide">
      <PatientForm
        initial={NO_PATIENT}
        onChange={keepTyped}
        onSubmit={(fields) => void register(fields)}
        actions={
          <>
            <Button component={Link} to="/staff" variant="default">
              {tApp('actions.back')}
            </Button>
            <Button type="submit" loading={busy}>
              {t('register.submit')}
            </Button>
          </>
        }
      >
        <Twins fields={typed} callingCode={hospital?.countryPrefix ?? '+'} />
        {failure !== null && (
          <Alert color="red" role="alert" icon={<IconAlertTriangle size={20} aria-hidden />}>
            {problem(failure)}
          </Alert>
        )}
      </PatientForm>
    </Page>
  )
}
