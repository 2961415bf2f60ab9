import { isCuroError } from '@curo/crypto/errors'
import { Button, Stack, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { deviceName } from '../accounts/device-name.ts'
import { NewPassword } from '../accounts/NewPassword.tsx'
import { adviseOn, isAcceptable } from '../accounts/password-advice.ts'
import type { SignedIn } from '../accounts/work.ts'
import { Trouble } from '../app/Loaded.tsx'
import { useWords } from '../app/words.ts'
import { work } from '../work/work.ts'

type ChoosePasswordProps = {
  contact: string
  onDone: (signedIn: SignedIn) => void
  /** The recovery is over: from the beginning. */
  onAgain: () => void
}

/** The keys are here again; the password that will open them from now on. */
export function ChoosePassword({ contact, onDone, onAgain }: ChoosePasswordProps) {
  const { t } = useWords('recoveries')
  const { t: tAccounts } = useWords('accounts')
  const form = useForm({
    initialValues: { password: '' },
    validate: {
      password: (typed) => {
        const advice = adviseOn(typed, [contact])
        return isAcceptable(advice) ? null : tAccounts(`passwords.${advice}`)
      },
    },
  })
  const finish = useMutation({
    mutationFn: ({ password }: { password: string }) =>
      work.recoveries.finish({ password, device: deviceName() }),
    onSuccess: onDone,
    gcTime: 0,
  })
  const isOver = isCuroError(finish.error, 'unauthorized', 'expired')
  return (
    <form noValidate onSubmit={form.onSubmit((values) => finish.mutate(values))}>
      <Stack>
        <Text>{t('password.text')}</Text>
        <input hidden autoComplete="username" readOnly value={contact} />
        <NewPassword personal={[contact]} {...form.getInputProps('password')} />
        {finish.error && <Trouble error={finish.error} onRetry={isOver ? onAgain : undefined} />}
        <Button type="submit" loading={finish.isPending}>
          {t('password.set')}
        </Button>
      </Stack>
    </form>
  )
}
