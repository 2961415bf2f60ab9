import { Anchor, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Page } from '../app/Page.tsx'
import { PublicFrame } from '../app/PublicFrame.tsx'
import { useWords } from '../app/words.ts'
import { RegistrationForm, type WorkerRole } from './RegistrationForm.tsx'
import { RoleChoice } from './RoleChoice.tsx'

export function Register() {
  const { t } = useWords('accounts')
  const [role, setRole] = useState<WorkerRole | null>(null)
  return (
    <PublicFrame>
      <Page title={t('register.title')}>
        {role === null ? (
          <RoleChoice onChoose={setRole} />
        ) : (
          <RegistrationForm registerAs={role} onBack={() => setRole(null)} />
        )}
        <Text>
          {t('register.known')}{' '}
          <Anchor component={Link} to="/sign-in" underline="always">
            {t('signIn.submit')}
          </Anchor>
        </Text>
      </Page>
    </PublicFrame>
  )
}
