import type { StartedActivation } from '@curo/client/activation'
import { Anchor, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Page } from '../app/Page.tsx'
import { PublicFrame } from '../app/PublicFrame.tsx'
import { useWords } from '../app/words.ts'
import { CardStep } from './CardStep.tsx'
import { OwnAccountStep } from './OwnAccountStep.tsx'
import { RecoveryCodeStep } from './RecoveryCodeStep.tsx'
import type { SignedIn } from './work.ts'

type Step =
  | { name: 'card' }
  | { name: 'account'; started: StartedActivation }
  | { name: 'recovery'; signedIn: SignedIn; recoveryCode: string }

/** A patient makes the account her own: the card in hand, a code to her telephone, a password, the recovery code. */
export function ActivateCard() {
  const { t } = useWords('accounts')
  const [step, setStep] = useState<Step>({ name: 'card' })
  const number = { card: 1, account: 2, recovery: 3 }[step.name]
  return (
    <PublicFrame>
      <Page title={t('activate.title')}>
        <Text c="dimmed">{t('activate.step', { number, all: 3 })}</Text>
        {step.name === 'card' && <CardStep onStarted={(started) => setStep({ name: 'account', started })} />}
        {step.name === 'account' && (
          <OwnAccountStep
            started={step.started}
            onBack={() => setStep({ name: 'card' })}
            onDone={({ recoveryCode, ...signedIn }) => setStep({ name: 'recovery', signedIn, recoveryCode })}
          />
        )}
        {step.name === 'recovery' && (
          <RecoveryCodeStep signedIn={step.signedIn} recoveryCode={step.recoveryCode} />
        )}
        {step.name === 'card' && (
          <Text>
            {t('register.known')}{' '}
            <Anchor component={Link} to="/sign-in" underline="always">
              {t('signIn.submit')}
            </Anchor>
          </Text>
        )}
      </Page>
    </PublicFrame>
  )
}
