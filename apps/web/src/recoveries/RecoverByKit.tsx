import { Text } from '@mantine/core'
import { useState } from 'react'
import type { SignedIn } from '../accounts/work.ts'
import { useWords } from '../app/words.ts'
import { work } from '../work/work.ts'
import { ChoosePassword } from './ChoosePassword.tsx'
import { EnterSentCode } from './EnterSentCode.tsx'
import { KitForm, type KitGiven } from './KitForm.tsx'
import { Recovered } from './Recovered.tsx'

type Step =
  | { name: 'kit' }
  | { name: 'code'; given: KitGiven }
  | { name: 'password'; contact: string }
  | { name: 'done'; signedIn: SignedIn }

const NUMBERS = { kit: 1, code: 2, password: 3, done: 3 } as const

/** Number and printed code, the code from the telephone, a new password. */
export function RecoverByKit({ onBack }: { onBack: () => void }) {
  const { t } = useWords('recoveries')
  const [step, setStep] = useState<Step>({ name: 'kit' })
  if (step.name === 'done') return <Recovered signedIn={step.signedIn} />
  return (
    <>
      <Text c="dimmed">{t('recover.step', { number: NUMBERS[step.name], all: 3 })}</Text>
      {step.name === 'kit' && (
        <KitForm onBack={onBack} onStarted={(given) => setStep({ name: 'code', given })} />
      )}
      {step.name === 'code' && (
        <EnterSentCode
          expiresAt={step.given.expiresAt}
          text={t('sent.kit')}
          enter={async (otp) => {
            const { recovery, contact } = step.given
            await work.recoveries.openByKit({ recovery, otp, contact })
            setStep({ name: 'password', contact })
          }}
          onBack={() => setStep({ name: 'kit' })}
        />
      )}
      {step.name === 'password' && (
        <ChoosePassword
          contact={step.contact}
          onDone={(signedIn) => setStep({ name: 'done', signedIn })}
          onAgain={() => setStep({ name: 'kit' })}
        />
      )}
    </>
  )
}
