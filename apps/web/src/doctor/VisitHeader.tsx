import type { ConsentView } from '@curo/contract/consent'
import { Alert, Button } from '@mantine/core'
import { IconArrowLeft, IconLockOpen, IconPencil, IconX } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useFormat } from '../app/format.ts'
import { useWords } from '../app/words.ts'
import { EmergencyBanner } from '../emergencies/EmergencyBanner.tsx'
import { ageOn, localDay } from '../patients/patient-form.ts'
import type { VisitedPatient } from '../visits/work.ts'
import { work } from '../work/work.ts'
import { ShortcutsButton, useShortcut } from './Shortcuts.tsx'
import classes from './Visit.module.css'

type VisitHeaderProps = {
  patient: string
  visited: VisitedPatient | null
  consent: ConsentView | null
  /** On the page on which one writes. */
  isWriting?: boolean
}

/** Who she is, what is open until when, and the end of the visit. */
export function VisitHeader({ patient, visited, consent, isWriting = false }: VisitHeaderProps) {
  const { t } = useWords('doctor')
  const { t: tPatients } = useWords('patients')
  const format = useFormat()
  const queries = useQueryClient()
  const navigate = useNavigate()
  useShortcut('write', () => {
    if (!isWriting) void navigate({ to: '/doctor/patients/$patient/consultation', params: { patient } })
  })
  async function close() {
    await work.visits.close({ patient })
    queries.removeQueries({ queryKey: ['visits', 'chart', patient] })
    queries.removeQueries({ queryKey: ['visits', 'current', patient] })
    await navigate({ to: '/doctor' })
  }
  return (
    <div className={classes.header}>
      {visited && (
        <p className={classes.who}>
          {tPatients(`sexes.${visited.demographics.sex}`)} ·{' '}
          {tPatients('age', { count: ageOn(visited.demographics.birthDate, localDay()) })} ·{' '}
          {format.date(visited.demographics.birthDate)}
        </p>
      )}
      <div className={classes.actions}>
        {isWriting ? (
          <Button
            variant="default"
            leftSection={<IconArrowLeft size={18} aria-hidden />}
            renderRoot={(props) => <Link to="/doctor/patients/$patient" params={{ patient }} {...props} />}
          >
            {t('visit.back')}
          </Button>
        ) : (
          <Button
            leftSection={<IconPencil size={18} aria-hidden />}
            renderRoot={(props) => (
              <Link to="/doctor/patients/$patient/consultation" params={{ patient }} {...props} />
            )}
          >
            {t('visit.write')}
          </Button>
        )}
        <Button variant="default" leftSection={<IconX size={18} aria-hidden />} onClick={() => void close()}>
          {t('visit.close')}
        </Button>
        <ShortcutsButton />
      </div>
      {consent?.grant.by === 'emergency' && <EmergencyBanner until={consent.grant.notAfter} />}
      {consent && consent.grant.by !== 'emergency' && (
        <Alert color="curo" icon={<IconLockOpen size={20} aria-hidden />} className={classes.open ?? ''}>
          {t('visit.open', { until: format.dateTime(consent.grant.notAfter) })}
        </Alert>
      )}
    </div>
  )
}
