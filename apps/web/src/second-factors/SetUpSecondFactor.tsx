import { Button, Group, Text } from '@mantine/core'
import { Section } from '../accounts/SettingsSection.tsx'
import { signOut } from '../accounts/session.ts'
import { Page } from '../app/Page.tsx'
import { PublicFrame } from '../app/PublicFrame.tsx'
import { useWords } from '../app/words.ts'
import { AddPasskey } from '../passkeys/AddPasskey.tsx'
import { hasPasskeys } from '../passkeys/browser.ts'
import { AuthenticatorApp } from './AuthenticatorApp.tsx'

/** Where every page would be, for somebody whose hospital asks for a second step and who has none yet. */
export default function SetUpSecondFactor() {
  const { t } = useWords('second-factors')
  const { t: tApp } = useWords('app')
  const { t: tPasskeys } = useWords('passkeys')
  return (
    <PublicFrame>
      <Page title={t('setUp.title')}>
        <Text>{t('setUp.text')}</Text>
        <Section title={t('title')}>
          <AuthenticatorApp />
        </Section>
        {hasPasskeys() && (
          <Section title={tPasskeys('title')} text={tPasskeys('text')}>
            <AddPasskey />
          </Section>
        )}
        <Text c="dimmed">{t('setUp.either')}</Text>
        <Group>
          <Button variant="default" onClick={() => void signOut()}>
            {tApp('nav.signOut')}
          </Button>
        </Group>
      </Page>
    </PublicFrame>
  )
}
