import '@mantine/core/styles/List.layer.css'
import { Alert, Button, List, Stack } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { enterAs } from '../accounts/session.ts'
import type { SignedIn } from '../accounts/work.ts'
import { useWords } from '../app/words.ts'

/** Back in, with what this changed. */
export function Recovered({ signedIn }: { signedIn: SignedIn }) {
  const { t } = useWords('recoveries')
  return (
    <Stack>
      <Alert color="curo" role="status" icon={<IconCheck size={20} />}>
        {t('done.title', { name: signedIn.account.name })}
      </Alert>
      <List spacing="xs">
        <List.Item>{t('done.devices')}</List.Item>
        <List.Item>{t('done.factors')}</List.Item>
        <List.Item>{t('done.kit')}</List.Item>
      </List>
      <Button onClick={() => enterAs(signedIn)}>{t('done.go')}</Button>
    </Stack>
  )
}
