import { isCuroError } from '@curo/crypto/errors'
import { Alert, Anchor, Button, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconLock } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { Page } from '../app/Page.tsx'
import { PublicFrame } from '../app/PublicFrame.tsx'
import { useProblem } from '../app/problem.ts'
import { useWords } from '../app/words.ts'
import { PasskeySignIn } from '../passkeys/PasskeyButton.tsx'
import { PasswordInput } from './PasswordInput.tsx'
import { SecondFactor } from './SecondFactor.tsx'
import { signOut, unlock, useSession } from './session.ts'
import type { SecondFactorNeeded } from './work.ts'

/** Where a locked page was: the same address, nothing of it on the screen, until its person gives her password. */
export default function Unlock() {
  const { t } = useWords('accounts')
  const { t: tApp } = useWords('app')
  const session = useSession()
  const problem = useProblem()
  const [password, setPassword] = useState('')
  const [failure, setFailure] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const [secondFactor, setSecondFactor] = useState<SecondFactorNeeded | null>(null)
  if (session.state !== 'locked') return null

  async function submit(event: FormEvent) {
    event.preventDefault()
    setBusy(true)
    setFailure(null)
    try {
      setSecondFactor(await unlock(password))
      setBusy(false)
    } catch (error) {
      setFailure(error)
      setBusy(false)
    }
  }
  const wrong = isCuroError(failure, 'unauthorized')

  if (secondFactor)
    return (
      <PublicFrame>
        <SecondFactor needed={secondFactor} onBack={() => setSecondFactor(null)} />
      </PublicFrame>
    )
  return (
    <PublicFrame>
      <Page title={t('unlock.title')}>
        <Alert color="gray" icon={<IconLock size={20} />}>
          {t(session.notice === 'by-hand' ? 'unlock.byHand' : 'unlock.idle', { name: session.account.name })}
        </Alert>
        <form noValidate onSubmit={(event) => void submit(event)}>
          <Stack>
            <input hidden autoComplete="username" readOnly value={session.account.contact} />
            <PasswordInput
              label={t('fields.password')}
              autoComplete="current-password"
              size="md"
              value={password}
              error={wrong ? t('unlock.wrong') : undefined}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
            {failure !== null && !wrong && (
              <Alert color="red" role="alert" icon={<IconAlertTriangle size={20} />}>
                {problem(failure)}
              </Alert>
            )}
            <Button type="submit" size="md" loading={busy} disabled={password === ''}>
              {t('unlock.submit')}
            </Button>
          </Stack>
        </form>
        <Stack>
          <PasskeySignIn />
          <Anchor component={Link} to="/recover" underline="always">
            {t('signIn.forgotten')}
          </Anchor>
        </Stack>
        <Group gap="xs">
          <Text c="dimmed">{t('unlock.notYou', { name: session.account.name })}</Text>
          <Button variant="subtle" onClick={() => void signOut()}>
            {tApp('nav.signOut')}
          </Button>
        </Group>
      </Page>
    </PublicFrame>
  )
}
