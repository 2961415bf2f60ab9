import { Alert, Button, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconShieldCheck } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { Trouble } from '../app/Loaded.tsx'
import { Page } from '../app/Page.tsx'
import { PublicFrame } from '../app/PublicFrame.tsx'
import { useWords } from '../app/words.ts'
import { work } from '../work/work.ts'
import { keptRefusal } from './refusal.ts'

/** From the message to the owner: it was not she who asked her guardians. No sign-in, for she may be locked out. */
export function RefuseByLink() {
  const { t } = useWords('recoveries')
  const code = keptRefusal()
  const refuse = useMutation({ mutationFn: (given: string) => work.recoveries.refuseByCode({ code: given }) })
  return (
    <PublicFrame>
      <Page title={t('refuse.title')}>
        {refuse.isSuccess ? (
          <Alert color="curo" role="status" icon={<IconShieldCheck size={20} />}>
            {t('refuse.done')}
          </Alert>
        ) : code === undefined || code === '' ? (
          <Alert color="red" role="alert" icon={<IconAlertTriangle size={20} />}>
            {t('refuse.incomplete')}
          </Alert>
        ) : (
          <Stack>
            <Text>{t('refuse.text')}</Text>
            <Text>{t('refuse.yours')}</Text>
            {refuse.error && <Trouble error={refuse.error} />}
            <Button color="red" loading={refuse.isPending} onClick={() => refuse.mutate(code)}>
              {t('refuse.confirm')}
            </Button>
          </Stack>
        )}
      </Page>
    </PublicFrame>
  )
}
