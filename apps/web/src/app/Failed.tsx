import { Button, Group, Text } from '@mantine/core'
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { reloadForGoneFile } from './offline/gone-files.ts'
import { Page } from './Page.tsx'
import { useProblem } from './problem.ts'
import { useWords } from './words.ts'

/** Shown in place of a page that failed; the frame around it stays. */
export function Failed({ error, reset }: ErrorComponentProps) {
  const { t } = useWords('app')
  const problem = useProblem()
  const router = useRouter()
  useEffect(() => reloadForGoneFile(error), [error])
  return (
    <Page title={t('failed.title')} width="reading">
      <Text>{problem(error)}</Text>
      <Text c="dimmed">{t('failed.text')}</Text>
      <Group>
        <Button
          onClick={() => {
            reset()
            void router.invalidate()
          }}
        >
          {t('actions.retry')}
        </Button>
        <Button variant="default" onClick={() => location.reload()}>
          {t('actions.reload')}
        </Button>
      </Group>
    </Page>
  )
}
