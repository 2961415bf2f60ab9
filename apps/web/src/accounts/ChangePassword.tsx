import { isCuroError } from '@curo/crypto/errors'
import { Alert, Button, Group, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useProblem } from '../app/problem.ts'
import { useWords } from '../app/words.ts'
import { work } from '../work/work.ts'
import { NewPassword } from './NewPassword.tsx'
import { PasswordInput } from './PasswordInput.tsx'
import { adviseOn, isAcceptable } from './password-advice.ts'
import { useAccount } from './session.ts'

export function ChangePassword() {
  const { t } = useWords('accounts')
  const { name, contact } = useAccount()
  const problem = useProblem()
  const queries = useQueryClient()
  const form = useForm({
    initialValues: { current: '', next: '' },
    validate: {
      current: (typed) => (typed === '' ? t('fields.passwordMissing') : null),
      next: (typed) => {
        const advice = adviseOn(typed, [name, contact])
        return isAcceptable(advice) ? null : t(`passwords.${advice}`)
      },
    },
  })
  const change = useMutation({
    mutationFn: (given: typeof form.values) => work.settings.changePassword(given),
    gcTime: 0,
    onSuccess: () => {
      form.reset()
      return queries.invalidateQueries({ queryKey: ['sessions'] })
    },
    onError: (error) => {
      if (isCuroError(error, 'unauthorized')) form.setFieldError('current', t('settings.password.wrong'))
    },
  })
  const isOtherFailure = change.isError && !isCuroError(change.error, 'unauthorized')
  return (
    <form noValidate onSubmit={form.onSubmit((values) => change.mutate(values))}>
      <Stack>
        <input hidden autoComplete="username" readOnly value={contact} />
        <PasswordInput
          label={t('settings.password.old')}
          autoComplete="current-password"
          {...form.getInputProps('current')}
        />
        <NewPassword personal={[name, contact]} {...form.getInputProps('next')} />
        {change.isSuccess && (
          <Alert color="curo" role="status" icon={<IconCheck size={20} />}>
            {t('settings.password.changed')}
          </Alert>
        )}
        {isOtherFailure && (
          <Alert color="red" role="alert" icon={<IconAlertTriangle size={20} />}>
            {problem(change.error)}
          </Alert>
        )}
        <Group>
          <Button type="submit" variant="default" loading={change.isPending}>
            {t('settings.password.change')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
