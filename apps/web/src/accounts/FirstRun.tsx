import { Text } from '@mantine/core'
import { Navigate } from '@tanstack/react-router'
import { useHospital } from '../app/hospital.ts'
import { Page } from '../app/Page.tsx'
import { PublicFrame } from '../app/PublicFrame.tsx'
import { useWords } from '../app/words.ts'
import { RegistrationForm } from './RegistrationForm.tsx'

/** A hospital without an administrator: whoever started the node makes the first one, with the code it printed. */
export function FirstRun() {
  const { t } = useWords('accounts')
  const { data: hospital } = useHospital()
  if (hospital?.ready) return <Navigate to="/sign-in" />
  return (
    <PublicFrame>
      <Page title={t('firstRun.title')}>
        <Text>{t('firstRun.text', { hospital: hospital?.name ?? '' })}</Text>
        <RegistrationForm registerAs="admin" />
      </Page>
    </PublicFrame>
  )
}
