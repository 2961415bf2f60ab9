import type { EmergencyView } from '@curo/contract/emergencies'
import { Button } from '@mantine/core'
import { IconUrgent } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useFormat } from '../app/format.ts'
import { Loaded } from '../app/Loaded.tsx'
import { useWords } from '../app/words.ts'
import { ageOn, fullName, localDay } from '../patients/patient-form.ts'
import { ConfirmDialog } from './ConfirmDialog.tsx'
import { toConfirmQuery } from './queries.ts'
import classes from './ToConfirm.module.css'

/** Emergencies of colleagues that wait for a second doctor. */
export function ToConfirm({ none }: { none?: ReactNode }) {
  const query = useQuery(toConfirmQuery)
  const [chosen, setChosen] = useState<EmergencyView | null>(null)
  return (
    <>
      <Loaded query={query} skeleton={[72]}>
        {({ emergencies }) =>
          emergencies.length === 0 ? (
            none
          ) : (
            <ul className={classes.list}>
              {emergencies.map((emergency) => (
                <li key={emergency.request.id} className={classes.one}>
                  <Waiting emergency={emergency} onLook={() => setChosen(emergency)} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {chosen && <ConfirmDialog emergency={chosen} onClose={() => setChosen(null)} />}
    </>
  )
}

function Waiting({ emergency, onLook }: { emergency: EmergencyView; onLook: () => void }) {
  const { t } = useWords('emergencies')
  const { t: tPatients } = useWords('patients')
  const format = useFormat()
  const { patient, request, from, expiresAt } = emergency
  return (
    <>
      <IconUrgent size={28} aria-hidden />
      <span className={classes.words}>
        <span>{t('toConfirm.asks', { name: from })}</span>
        <strong>
          <bdi>{fullName(patient)}</bdi> · {tPatients(`sexes.${patient.sex}`)} ·{' '}
          {tPatients('age', { count: ageOn(patient.birthDate, localDay()) })}
        </strong>
        <bdi>{t('toConfirm.reason', { reason: request.reason })}</bdi>
        <span className={classes.until}>{t('toConfirm.until', { until: format.time(expiresAt) })}</span>
      </span>
      <Button color="red" onClick={onLook}>
        {t('toConfirm.look')}
      </Button>
    </>
  )
}
