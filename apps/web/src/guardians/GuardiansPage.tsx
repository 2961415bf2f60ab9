import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Section } from '../accounts/SettingsSection.tsx'
import { Page } from '../app/Page.tsx'
import { useWords } from '../app/words.ts'
import { Invitation } from './Invitation.tsx'
import { OwnAttempts } from './OwnAttempts.tsx'
import { OwnGuardians } from './OwnGuardians.tsx'
import { Wards } from './Wards.tsx'

/** Whom one trusts with the way back, and who trusts one with theirs. */
export function GuardiansPage() {
  const { t } = useWords('guardians')
  const { t: tApp } = useWords('app')
  return (
    <Page
      title={t('title')}
      width="reading"
      action={
        <Anchor component={Link} to="/settings">
          {tApp('nav.settings')}
        </Anchor>
      }
    >
      <OwnAttempts />
      <Section title={t('own.title')} text={t('own.text')}>
        <OwnGuardians />
      </Section>
      <Section title={t('wards.title')} text={t('wards.text')}>
        <Wards />
      </Section>
      <Section title={t('invitation.title')} text={t('invitation.text')}>
        <Invitation />
      </Section>
    </Page>
  )
}
