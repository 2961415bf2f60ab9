import type { PatientSummary } from '@curo/contract/patients'
import { Button, Skeleton } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import classes from '../app/Blocks.module.css'
import { nameOfCountry, nameOfLanguage } from '../app/display-names.ts'
import { type Fact, Facts } from '../app/Facts.tsx'
import { Failed } from '../app/Failed.tsx'
import { useFormat } from '../app/format.ts'
import { Page } from '../app/Page.tsx'
import { useWords } from '../app/words.ts'
import { ageOn, fullName, localDay } from '../patients/patient-form.ts'
import { work } from '../work/work.ts'
import { CardAtDesk } from './CardAtDesk.tsx'
import { EditPatient } from './EditPatient.tsx'
import { PapersAtDesk } from './PapersAtDesk.tsx'

/** What the desk knows of a person: who she is, and the state of her card. Nothing clinical is anywhere near it. */
export function PatientAtDesk() {
  const { t } = useWords('staff')
  const { patient } = useParams({ from: '/staff/patients/$patient' })
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['patients', 'one', patient],
    queryFn: ({ signal }) => work.patients.get({ patient }, { signal }),
  })
  if (isPending)
    return (
      <Page title={t('patient.loading')}>
        <Skeleton height={180} />
        <Skeleton height={180} />
      </Page>
    )
  if (error) return <Failed error={error} reset={() => void refetch()} />
  return <Known patient={data} />
}

function Known({ patient }: { patient: PatientSummary }) {
  const { t } = useWords('staff')
  const [isEditing, setEditing] = useState(false)
  const queries = useQueryClient()
  const { demographics } = patient
  const update = (changed: PatientSummary) => {
    queries.setQueryData(['patients', 'one', patient.id], changed)
    void queries.invalidateQueries({ queryKey: ['patients', 'find'] })
    setEditing(false)
  }
  if (isEditing) return <EditPatient patient={patient} onDone={update} onBack={() => setEditing(false)} />
  return (
    <Page
      title={fullName(demographics)}
      action={
        <Button
          variant="default"
          leftSection={<IconPencil size={18} aria-hidden />}
          onClick={() => setEditing(true)}
        >
          {t('patient.edit')}
        </Button>
      }
    >
      <div className={classes.columns}>
        <FactsOf patient={patient} />
        <CardAtDesk patient={patient} />
      </div>
      <PapersAtDesk patient={patient.id} />
    </Page>
  )
}

function FactsOf({ patient: { demographics, createdAt } }: { patient: PatientSummary }) {
  const { t, locale } = useWords('staff')
  const { t: tPatients } = useWords('patients')
  const format = useFormat()
  const { birthDate, sex, phone, email, address, identifiers, language } = demographics
  const count = ageOn(birthDate, localDay())
  const place = [
    ...(address?.lines ?? []),
    ...[address?.city, address?.district, address?.state, address?.postalCode],
    ...(address?.country ? [nameOfCountry(address.country, locale)] : []),
  ].filter((part) => part !== undefined && part !== '')
  const facts: Fact[] = [
    [tPatients('fields.birthDate'), `${format.date(birthDate, 'long')} (${tPatients('age', { count })})`],
    [tPatients('fields.sex'), tPatients(`sexes.${sex}`)],
    [tPatients('fields.phone'), phone],
    [tPatients('fields.email'), email],
    [tPatients('fields.address'), place.join(', ')],
    [tPatients('fields.language'), language && nameOfLanguage(language, locale)],
    ...identifiers.map(({ system, value }): Fact => [system, value]),
    [t('patient.registered'), format.dateTime(createdAt)],
  ]
  return <Facts facts={facts} />
}
