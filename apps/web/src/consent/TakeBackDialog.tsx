import { Alert, Button, Group, List, Modal, Stack, Text } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Trouble } from '../app/Loaded.tsx'
import { useWords } from '../app/words.ts'
import { work } from '../work/work.ts'
import { allowedByMe } from './queries.ts'
import type { Allowed, Taken } from './work-patient.ts'

type TakeBackDialogProps = { allowed: Allowed; opened: boolean; onClose: () => void }

/** Taking a permission back, with what it does and what it cannot do. */
export function TakeBackDialog({ allowed, opened, onClose }: TakeBackDialogProps) {
  const { t } = useWords('consent')
  const queries = useQueryClient()
  const { grant, grantee } = allowed
  const doctor = grantee.name
  const refresh = () => queries.invalidateQueries({ queryKey: allowedByMe.queryKey })
  const takeBack = useMutation({
    mutationFn: () => work.consent.takeBack({ consent: grant.id }),
  })
  const close = () => {
    onClose()
    if (takeBack.isSuccess) void refresh()
  }
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t('takeBack.title')}
      closeButtonProps={{ 'aria-label': t('takeBack.cancel') }}
      size="lg"
    >
      {takeBack.data ? (
        <Stack>
          <Alert icon={<IconCircleCheck size={20} />} role="status">
            {t('takeBack.done', { doctor })}
          </Alert>
          <AfterTaking taken={takeBack.data} allowed={allowed} />
          <Group justify="flex-end">
            <Button onClick={close} data-autofocus>
              {t('takeBack.close')}
            </Button>
          </Group>
        </Stack>
      ) : (
        <Stack>
          <List spacing="xs">
            <List.Item>{t('takeBack.stops', { doctor })}</List.Item>
            <List.Item>{t('takeBack.later', { doctor })}</List.Item>
            <List.Item>{t('takeBack.others')}</List.Item>
            <List.Item>{t('takeBack.cannot', { doctor })}</List.Item>
          </List>
          <Text c="dimmed">{t('takeBack.again')}</Text>
          {takeBack.error && <Trouble error={takeBack.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close} data-autofocus>
              {t('takeBack.cancel')}
            </Button>
            <Button color="red" loading={takeBack.isPending} onClick={() => takeBack.mutate()}>
              {t('takeBack.confirm')}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  )
}

/** The keys of what is written later: when they could not be changed, the way to do it. */
function AfterTaking({ taken, allowed }: { taken: Taken; allowed: Allowed }) {
  const { t } = useWords('consent')
  const change = useMutation({
    mutationFn: () => work.consent.changeKeys({ categories: allowed.grant.scope.categories }),
  })
  const now = change.data ?? taken
  if (now.keysChanged && now.notResealed.length === 0) return null
  return (
    <Alert color="yellow">
      <Stack gap="xs" align="flex-start">
        <span>
          {now.keysChanged
            ? t('takeBack.notResealed', { count: now.notResealed.length })
            : t('takeBack.keysLater')}
        </span>
        {change.error && <Trouble error={change.error} />}
        <Button size="xs" variant="default" loading={change.isPending} onClick={() => change.mutate()}>
          {t('takeBack.keysRetry')}
        </Button>
      </Stack>
    </Alert>
  )
}
