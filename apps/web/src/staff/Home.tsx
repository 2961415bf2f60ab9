import { Button } from '@mantine/core'
import { IconUserPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { Page } from '../app/Page.tsx'
import { useWords } from '../app/words.ts'
import { PatientFinder } from '../patients/PatientFinder.tsx'

export function Home() {
  const { t } = useWords('staff')
  return (
    <Page
      title={t('home.title')}
      action={
        <Button component={Link} to="/staff/register" leftSection={<IconUserPlus size={18} aria-hidden />}>
          {t('nav.register')}
        </Button>
      }
    >
      <PatientFinder />
    </Page>
  )
}
