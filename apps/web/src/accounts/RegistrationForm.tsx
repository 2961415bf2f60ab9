import { isCuroError } from '@curo/crypto/errors'
import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import { useHospital } from '../app/hospital.ts'
import { useProblem } from '../app/problem.ts'
import { useWords } from '../app/words.ts'
import { work } from '../work/work.ts'
import { readContact } from './contact.ts'
import { NewPassword } from './NewPassword.tsx'
import { adviseOn, isAcceptable } from './password-advice.ts'
import { signIn } from './session.ts'

export type WorkerRole = 'doctor' | 'staff' | 'auditor'

type RegistrationFormProps = {
  /** An administrator is the hospital's first, with the setup code that the node printed. */
  registerAs: WorkerRole | 'admin'
  onBack?: () => void
}

/** Name, number, password and, for who treats or works here, the details that an administrator checks. */
export function RegistrationForm({ registerAs: role, onBack }: RegistrationFormProps) {
  const { t } = useWords('accounts')
  const { t: tApp } = useWords('app')
  const { data: hospital } = useHospital()
  const problem = useProblem()
  const [failure, setFailure] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const contactOf = (typed: string) => readContact(typed, hospital?.countryPrefix ?? '+')
  const needsCode = role === 'admin'
  const form = useForm({
    initialValues: {
      setupCode: '',
      name: '',
      contact: '',
      password: '',
      registrationNumber: '',
      speciality: '',
      qualification: '',
      department: '',
    },
    validateInputOnBlur: ['name', 'contact'],
    validate: {
      setupCode: (typed) => (needsCode && typed.trim() === '' ? t('fields.setupCodeMissing') : null),
      name: (typed) => nameProblem(typed.trim(), t('fields.nameMissing'), t('fields.nameLong')),
      contact: (typed) => (contactOf(typed) === null ? t('fields.contactWrong') : null),
      password: (typed, { name, contact }) => {
        const advice = adviseOn(typed, [name, contact])
        return isAcceptable(advice) ? null : t(`passwords.${advice}`)
      },
      registrationNumber: (typed) =>
        role === 'doctor' && typed.trim() === '' ? t('fields.registrationNumberMissing') : null,
    },
  })

  async function submit(values: typeof form.values) {
    const contact = contactOf(values.contact)
    if (contact === null) return
    const { password, setupCode } = values
    setBusy(true)
    setFailure(null)
    try {
      await work.accounts.register({
        contact,
        password,
        role,
        name: values.name.trim(),
        profession: professionOf(values),
        setupCode: needsCode ? setupCode.trim() : undefined,
      })
      await signIn({ contact, password })
    } catch (error) {
      if (needsCode && isCuroError(error, 'unauthorized', 'forbidden')) {
        form.setFieldError('setupCode', t('fields.setupCodeRefused'))
      } else setFailure(error)
      setBusy(false)
    }
  }

  const field = (name: 'registrationNumber' | 'speciality' | 'qualification' | 'department') => (
    <TextInput label={t(`fields.${name}`)} maxLength={400} {...form.getInputProps(name)} />
  )
  return (
    <form noValidate onSubmit={form.onSubmit((values) => void submit(values))}>
      <Stack>
        {!needsCode && <Text fw={600}>{t(`register.roles.${role}`)}</Text>}
        {needsCode && (
          <TextInput
            label={t('fields.setupCode')}
            description={t('fields.setupCodeHint')}
            autoComplete="off"
            spellCheck={false}
            {...form.getInputProps('setupCode')}
          />
        )}
        <TextInput
          label={t('fields.name')}
          description={t('fields.nameHint')}
          autoComplete="name"
          {...form.getInputProps('name')}
        />
        <TextInput
          label={t('fields.contact')}
          description={t('fields.contactHint', { code: hospital?.countryPrefix ?? '+' })}
          type="tel"
          inputMode="tel"
          autoComplete="username"
          {...form.getInputProps('contact')}
        />
        <NewPassword personal={[form.values.name, form.values.contact]} {...form.getInputProps('password')} />
        {role === 'doctor' && (
          <>
            {field('registrationNumber')}
            {field('speciality')}
            {field('qualification')}
          </>
        )}
        {(role === 'doctor' || role === 'staff') && field('department')}
        {failure !== null && (
          <Alert color="red" role="alert" icon={<IconAlertTriangle size={20} />}>
            {problem(failure)}
          </Alert>
        )}
        <Group grow preventGrowOverflow={false} wrap="wrap-reverse">
          {onBack && (
            <Button variant="default" onClick={onBack}>
              {tApp('actions.back')}
            </Button>
          )}
          <Button type="submit" loading={busy}>
            {t(needsCode ? 'firstRun.submit' : 'register.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

const LONGEST_NAME = 400

function nameProblem(name: string, missing: string, long: string): string | null {
  if (name === '') return missing
  return name.length > LONGEST_NAME ? long : null
}

/** Only what was filled in. */
function professionOf(
  values: Record<'registrationNumber' | 'speciality' | 'qualification' | 'department', string>,
) {
  const { registrationNumber, speciality, qualification, department } = values
  const given = Object.entries({ registrationNumber, speciality, qualification, department })
  return Object.fromEntries(
    given.map(([name, text]) => [name, text.trim()]).filter(([, text]) => text !== ''),
  )
}
