import { Alert, Button, Group, List, Loader, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useFormat } from '../app/format.ts'
import { Trouble } from '../app/Loaded.tsx'
import { useWords } from '../app/words.ts'
import { work } from '../work/work.ts'
import { Chain } from './Chain.tsx'
import { ChainSteps } from './ChainSteps.tsx'
import type { HistoryChecked } from './work-patient.ts'

/** “Is my history complete?”: asked by her, answered by her own browser. */
export function HistoryCheck() {
  const { t } = useWords('openings')
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['openings', 'check'],
    queryFn: ({ signal }) => work.openings.checkHistory(undefined, { signal }),
    enabled: false,
    gcTime: Number.POSITIVE_INFINITY,
  })
  return (
    <Stack gap="md">
      <Text c="dimmed">{t('check.about')}</Text>
      <Group>
        <Button onClick={() => void refetch()} disabled={isFetching} variant={data ? 'default' : 'filled'}>
          {t(data ? 'check.again' : 'check.start')}
        </Button>
        {isFetching && (
          <Group gap="xs" role="status">
            <Loader size="xs" />
            <Text size="sm">{t('check.running')}</Text>
          </Group>
        )}
      </Group>
      {error && !isFetching && <Trouble error={error} onRetry={() => void refetch()} />}
      {data && <Result checked={data} />}
    </Stack>
  )
}

function Result({ checked }: { checked: HistoryChecked }) {
  const { t } = useWords('openings')
  const format = useFormat()
  const { complete, entries, at } = checked
  return (
    <Stack gap="md">
      <Alert
        role="status"
        color={complete ? 'curo' : 'red'}
        icon={complete ? <IconCircleCheck size={22} /> : <IconAlertTriangle size={22} />}
        title={t(complete ? 'check.whole' : 'check.broken')}
      >
        <Text>{complete ? t('check.wholeText', { count: entries.length }) : t('check.brokenText')}</Text>
        <Text size="sm">{t('check.at', { when: format.dateTime(at) })}</Text>
      </Alert>
      <Chain checked={checked} />
      <ChainSteps checked={checked} />
      {!complete && <WhatToDo checked={checked} />}
    </Stack>
  )
}

function WhatToDo({ checked }: { checked: HistoryChecked }) {
  const { t } = useWords('openings')
  return (
    <Alert color="red" variant="outline" title={t('check.todo.title')}>
      <Stack gap="sm" align="flex-start">
        <List type="ordered" spacing={4}>
          <List.Item>{t('check.todo.save')}</List.Item>
          <List.Item>{t('check.todo.tell')}</List.Item>
          <List.Item>{t('check.todo.elsewhere')}</List.Item>
        </List>
        <Button leftSection={<IconDownload size={18} />} onClick={() => saveReport(checked)}>
          {t('check.todo.button')}
        </Button>
      </Stack>
    </Alert>
  )
}

function saveReport(checked: HistoryChecked): void {
  const file = new Blob([JSON.stringify(checked, null, 2)], { type: 'application/json' })
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = `curo-history-check-${checked.at.slice(0, 10)}.json`
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
