import { Button, Group, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { Trouble } from '../app/Loaded.tsx'
import { useWords } from '../app/words.ts'
import { work } from '../work/work.ts'
import { ContactField, useReadContact } from './ContactField.tsx'
import { KitCodeField, useKitCodeProblem } from './KitCodeField.tsx'

export type KitGiven = { contact: string; recovery: string; expiresAt: string }
type KitFormProps = { onBack: () => void; onStarted: (given: KitGiven) => void }

export function KitForm({ onBack, onStarted }: KitFormProps) {
  const { t } = useWords('recoveries')
  const { t: tApp } = useWords('app')
  const { t: tAccounts } = useWords('accounts')
  const read = useReadContact()
  const problemOf = useKitCodeProblem()
  const form = useForm({
    initialValues: { contact: '', code: '' },
    validate: {
      contact: (typed) => (read(typed) === null ? tAccounts('fields.contactWrong') : null),
      code: (typed) => (typed.trim() === '' ? t('code.missing') : null),
    },
  })
  const start = useMutation({
    mutationFn: async ({ contact: typed, code }: typeof form.values) => {
      const contact = read(typed) ?? ''
      return { contact, ...(await work.recoveries.startByKit({ contact, code })) }
    },
    onSuccess: onStarted,
    onError: (error) => {
      const wrong = problemOf(error)
      if (wrong !== null) form.setFieldError('code', wrong)
    },
    gcTime: 0,
  })
  const isElsewhere = start.error !== null && problemOf(start.error) === null
  return (
    <form noValidate onSubmit={form.onSubmit((values) => start.mutate(values))}>
      <Stack>
        <ContactField {...form.getInputProps('contact')} />
        <KitCodeField {...form.getInputProps('code')} />
        {isElsewhere && <Trouble error={start.error} />}
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
