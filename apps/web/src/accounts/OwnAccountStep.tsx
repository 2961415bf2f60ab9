import type { StartedActivation } from '@curo/client/activation'
import { isCuroError } from '@curo/crypto/errors'
import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import { useFormat } from '../app/format.ts'
import { useHospital } from '../app/hospital.ts'
import { useProblem } from '../app/problem.ts'
import { useWords } from '../app/words.ts'
import { work } from '../work/work.ts'
import { readContact } from './contact.ts'
import { deviceName } from './device-name.ts'
import { NewPassword } from './NewPassword.tsx'
import { adviseOn, isAcceptable } from './password-advice.ts'
import { SixDigits } from './SixDigits.tsx'
import { readSixDigits } from './six-digits.ts'
import type { SignedIn } from './work.ts'

type OwnAccountStepProps = {
  started: StartedActivation
  onBack: () => void
  onDone: (done: SignedIn & { recoveryCode: string }) => void
}

export function OwnAccountStep({ started, onBack, onDone }: OwnAccountStepProps) {
  const { t } = useWords('accounts')
  const { t: tApp } = useWords('app')
  const format = useFormat()
  const { data: hospital } = useHospital()
  const problem = useProblem()
  const [failure, setFailure] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const contactOf = (typed: string) => readContact(typed, hospital?.countryPrefix ?? '+')
  const form = useForm({
    initialValues: { code: '', name: '', contact: '', password: '' },
    validate: {
      code: (typed) => (readSixDigits(typed) === null ? t('activate.codeWrong') : null),
      name: (typed) => (typed.trim() === '' ? t('fields.nameMissing') : null),
      contact: (typed) => (contactOf(typed) === null ? t('fields.contactWrong') : null),
      password: (typed, { name, contact }) => {
        const advice = adviseOn(typed, [name, contact])
        return isAcceptable(advice) ? null : t(`passwords.${advice}`)
      },
    },
  })

  async function submit({ code, name, contact: typed, password }: typeof form.values) {
    const contact = contactOf(typed)
    if (contact === null) return
    setBusy(true)
    setFailure(null)
    try {
      const { activation } = started
      const account = { contact, password, name: name.trim(), device: deviceName() }
      onDone(
        await work.activation.completeActivation({ activation, code: readSixDigits(code) ?? '', ...account }),
      )
    } catch (error) {
      if (isCuroError(error, 'unauthorized')) form.setFieldError('code', t('activate.codeRefused'))
      else setFailure(error)
      setBusy(false)
    }
  }

  return (
    <form noValidate onSubmit={form.onSubmit((values) => void submit(values))}>
      <Stack>
        <Text>
          {t('activate.codeSent', { sentTo: started.sentTo, until: format.time(started.expiresAt) })}
        </Text>
        <SixDigits label={t('activate.code')} {...form.getInputProps('code')} />
        <TextInput
          label={t('fields.name')}
          autoComplete="name"
          maxLength={400}
          {...form.getInputProps('name')}
        />
        <TextInput
          label={t('fields.contact')}
          description={t('activate.contactHint')}
          type="tel"
          inputMode="tel"
          autoComplete="username"
          {...form.getInputProps('contact')}
        />
        <NewPassword personal={[form.values.name, form.values.contact]} {...form.getInputProps('password')} />
        {failure !== null && (
          <Alert color="red" role="alert" icon={<IconAlertTriangle size={20} />}>
            {problem(failure)}
          </Alert>
        )}
        <Group grow preventGrowOverflow={false} wrap="wrap-reverse">
          <Button variant="default" onClick={onBack}>
            {tApp('actions.back')}
          </Button>
          <Button type="submit" loading={busy}>
            {t('activate.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
