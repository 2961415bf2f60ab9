import { Alert, Badge, Button, Group, Modal, Skeleton, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconDevices } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormat } from '../app/format.ts'
import { useProblem } from '../app/problem.ts'
import { useWords } from '../app/words.ts'
import { work } from '../work/work.ts'
import classes from './Devices.module.css'

/** One's own sessions; any other can be ended from here. */
export function Devices() {
  const { t } = useWords('accounts')
  const { t: tApp } = useWords('app')
  const format = useFormat()
  const problem = useProblem()
  const queries = useQueryClient()
  const [asked, setAsked] = useState<{ id: string; device: string } | null>(null)
  const list = useQuery({
    queryKey: ['sessions'],
    queryFn: ({ signal }) => work.settings.sessions(undefined, { signal }),
  })
  const end = useMutation({
    mutationFn: ({ id }: { id: string; device: string }) => work.settings.endOne({ session: id }),
    onSettled: () => {
      setAsked(null)
      return queries.invalidateQueries({ queryKey: ['sessions'] })
    },
  })
  if (list.isPending)
    return (
      <Stack gap="xs" aria-busy>
        <Skeleton height={56} />
        <Skeleton height={56} />
      </Stack>
    )
  if (list.isError)
    return (
      <Alert color="red" icon={<IconAlertTriangle size={20} />}>
        <Stack gap="xs" align="flex-start">
          {problem(list.error)}
          <Button size="xs" variant="default" onClick={() => void list.refetch()}>
            {tApp('actions.retry')}
          </Button>
        </Stack>
      </Alert>
    )
  return (
    <>
      <ul className={classes.devices}>
        {list.data.map((session) => {
          const device = session.device || t('settings.devices.unknown')
          return (
            <li key={session.id} className={classes.device}>
              <IconDevices size={24} stroke={1.5} aria-hidden className={classes.icon} />
              <div className={classes.words}>
                <Group gap="xs">
                  <Text fw={600}>{device}</Text>
                  {session.current && (
                    <Badge variant="light" color="curo" tt="none">
                      {t('settings.devices.current')}
                    </Badge>
                  )}
                </Group>
                <Text size="sm" c="dimmed">
                  {t('settings.devices.lastUsed', { when: format.relative(session.lastUsedAt) })}
                  {' · '}
                  {t('settings.devices.signedIn', { when: format.dateTime(session.createdAt) })}
                </Text>
              </div>
              {!session.current && (
                <Button
                  variant="default"
                  aria-label={t('settings.devices.endNamed', { device })}
                  onClick={() => setAsked({ id: session.id, device })}
                >
                  {t('settings.devices.end')}
                </Button>
              )}
            </li>
          )
        })}
      </ul>
      {end.isSuccess && (
        <Text role="status" size="sm">
          {t('settings.devices.ended', { device: end.variables.device })}
        </Text>
      )}
      {end.isError && (
        <Alert color="red" role="alert" icon={<IconAlertTriangle size={20} />}>
          {problem(end.error)}
        </Alert>
      )}
      <Modal
        opened={asked !== null}
        onClose={() => setAsked(null)}
        title={t('settings.devices.endTitle', { device: asked?.device ?? '' })}
        closeButtonProps={{ 'aria-label': tApp('actions.close') }}
        centered
      >
        <Stack>
          <Text>{t('settings.devices.endText')}</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setAsked(null)}>
              {t('settings.devices.cancel')}
            </Button>
            <Button color="red" loading={end.isPending} onClick={() => asked && end.mutate(asked)}>
              {t('settings.devices.end')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}
