import { Button, Group, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Page } from './Page.tsx'
import { useWords } from './words.ts'

export function NotFound() {
  const { t } = useWords('app')
  return (
    <Page title={t('notFound.title')} width="reading">
      <Text>{t('notFound.text')}</Text>
      <Group>
        <Button component={Link} to="/">
          {t('actions.home')}
        </Button>
      </Group>
    </Page>
  )
}
