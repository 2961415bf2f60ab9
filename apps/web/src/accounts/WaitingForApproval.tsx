import { Button, Group, List, Text } from '@mantine/core'
import '@mantine/core/styles/List.layer.css'
import { useMutation } from '@tanstack/react-query'
import { useHospital } from '../app/hospital.ts'
import { Page } from '../app/Page.tsx'
import { PublicFrame } from '../app/PublicFrame.tsx'
import { useWords } from '../app/words.ts'
import { refreshAccount, signOut, useAccount } from './session.ts'

export function WaitingForApproval() {
  const { t } = useWords('accounts')
  const { t: tApp } = useWords('app')
  const { name } = useAccount()
  const { data: hospital } = useHospital()
  const again = useMutation({ mutationFn: refreshAccount })
  return (
    <PublicFrame>
      <Page title={t('waiting.title')}>
        <Text>{t('waiting.text', { name, hospital: hospital?.name ?? '' })}</Text>
        <List spacing="xs">
          <List.Item>{t('waiting.checks')}</List.Item>
          <List.Item>{t('waiting.keys')}</List.Item>
          <List.Item>{t('waiting.afterwards')}</List.Item>
        </List>
        {again.isSuccess && <Text role="status">{t('waiting.still')}</Text>}
        <Group>
          <Button onClick={() => again.mutate()} loading={again.isPending}>
            {t('waiting.again')}
          </Button>
          <Button variant="default" onClick={() => void signOut()}>
            {tApp('nav.signOut')}
          </Button>
        </Group>
      </Page>
    </PublicFrame>
  )
}
