import { Button, Group, Stack, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { SignedIn } from '../accounts/work.ts'
import { Trouble } from '../app/Loaded.tsx'
import { useWords } from '../app/words.ts'
import { work } from '../work/work.ts'
import { ChoosePassword } from './ChoosePassword.tsx'
import { ContactField, useReadContact } from './ContactField.tsx'
import { EnterSentCode } from './EnterSentCode.tsx'
import { Recovered } from './Recovered.tsx'
import { WaitForGuardians } from './WaitForGuardians.tsx'
import type { RequestInSight } from './work.ts'

type Started = { contact: string; recovery: string; expiresAt: string }
type Step =
  | { name: 'number' }
  | { name: 'code'; started: Started }
  | { name: 'waiting'; request: RequestInSight }
  | { name: 'password'; contact: string }
  | { name: 'done'; signedIn: SignedIn }

type AskGuardiansProps = { kept: RequestInSight | null; onBack: () => void }

/** Number, code, the guardians and the day of waiting, a new password. The request outlives this page. */
export function AskGuardians({ kept, onBack }: AskGuardiansProps) {
  const { t } = useWords('recoveries')
  const [step, setStep] = useState<Step>(() =>
    kept ? { name: 'waiting', request: kept } : { name: 'number' },
  )
  switch (step.name) {
    case 'number':
      return <NumberForm onBack={onBack} onStarted={(started) => setStep({ name: 'code', started })} />
    case 'code':
      return (
        <EnterSentCode
          expiresAt={step.started.expiresAt}
          text={t('sent.guardians')}
          enter={async (otp) => {
            const { recovery, contact } = step.started
            const request = await work.recoveries.askGuardians({ recovery, otp, contact })
            setStep({ name: 'waiting', request })
          }}
          onBack={() => setStep({ name: 'number' })}
        />
      )
    case 'waiting':
      return (
        <WaitForGuardians
          request={step.request}
          onOpened={() => setStep({ name: 'password', contact: step.request.contact })}
          onForgotten={() => setStep({ name: 'number' })}
        />
      )
    case 'password':
      return (
        <ChoosePassword
          contact={step.contact}
          onDone={(signedIn) => setStep({ name: 'done', signedIn })}
          onAgain={() => setStep({ name: 'number' })}
        />
      )
    case 'done':
      return <Recovered signedIn={step.signedIn} />
  }
}

function NumberForm({ onBack, onStarted }: { onBack: () => void; onStarted: (started: Started) => void }) {
  const { t } = useWords('recoveries')
  const { t: tApp } = useWords('app')
  const { t: tAccounts } = useWords('accounts')
  const read = useReadContact()
  const form = useForm({
    initialValues: { contact: '' },
    validate: { contact: (typed) => (read(typed) === null ? tAccounts('fields.contactWrong') : null) },
  })
  const start = useMutation({
    mutationFn: async (typed: string) => {
      const contact = read(typed) ?? ''
      return { contact, ...(await work.recoveries.startByGuardians({ contact })) }
    },
    onSuccess: onStarted,
    gcTime: 0,
  })
  return (
    <form noValidate onSubmit={form.onSubmit(({ contact }) => start.mutate(contact))}>
      <Stack>
        <Text>{t('guardians.text')}</Text>
        <ContactField {...form.getInputProps('contact')} />
        {start.error && <Trouble error={start.error} />}
        <Group grow preventGrowOverflow={false} wrap="wrap-reverse">
          <Button variant="default" onClick={onBack}>
            {tApp('actions.back')}
          </Button>
          <Button type="submit" loading={start.isPending}>
            {t('recover.send')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
