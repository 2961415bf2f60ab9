import type { Grant } from '@curo/contract/consent'
import { Alert, Button, Group, List, Modal, Stack, Text } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { RefObject } from 'react'
import { useFormat } from '../app/format.ts'
import { Trouble } from '../app/Loaded.tsx'
import { useArrival, useReturnFocus } from '../app/use-focus.ts'
import { useWords } from '../app/words.ts'
import { consentsQuery } from '../visits/queries.ts'
import { work } from '../work/work.ts'
import { chartKey } from './opened-chart.ts'

type GiveBackDialogProps = {
  grant: Grant
  name: string
  onClose: () => void
  /** What takes the focus afterwards: the button that opened this is gone. */
  after: RefObject<HTMLElement | null>
}

/** Giving a permission back, with what that means. */
export function GiveBackDialog({ grant, name, onClose, after }: GiveBackDialogProps) {
  const { t } = useWords('doctor')
  const format = useFormat()
  const queries = useQueryClient()
  useReturnFocus(after)
  const giveBack = useMutation({
    mutationFn: () => work.visits.giveBack({ consent: grant.id }),
    onSuccess: () => {
      queries.removeQueries({ queryKey: chartKey(grant.patient) })
    },
    // It may have ended otherwise meanwhile.
    onSettled: () => queries.invalidateQueries({ queryKey: consentsQuery.queryKey }),
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('giveBack.title')}
      closeButtonProps={{ 'aria-label': t(giveBack.isSuccess ? 'giveBack.close' : 'giveBack.cancel') }}
      size="lg"
    >
      {giveBack.isSuccess ? (
        <Done name={name} onClose={onClose} />
      ) : (
        <Stack>
          <Text fw={600}>
            <bdi>{name}</bdi> · {t(`grants.by.${grant.by}`)} ·{' '}
            {t('home.until', { until: format.dateTime(grant.notAfter) })}
          </Text>
          <List spacing="xs">
            <List.Item>{t('giveBack.stops', { name })}</List.Item>
            <List.Item>{t('giveBack.sees')}</List.Item>
            <List.Item>{t('giveBack.stays')}</List.Item>
            <List.Item>{t('giveBack.again')}</List.Item>
          </List>
          {giveBack.error && <Trouble error={giveBack.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose} data-autofocus>
              {t('giveBack.cancel')}
            </Button>
            <Button color="red" loading={giveBack.isPending} onClick={() => giveBack.mutate()}>
              {t('giveBack.confirm')}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  )
}

function Done({ name, onClose }: Pick<GiveBackDialogProps, 'name' | 'onClose'>) {
  const { t } = useWords('doctor')
  const close = useArrival<HTMLButtonElement>()
  return (
    <Stack>
      <Alert icon={<IconCircleCheck size={20} aria-hidden />} role="status">
        {t('giveBack.done', { name })}
      </Alert>
      <Group justify="flex-end">
        <Button ref={close} onClick={onClose}>
          {t('giveBack.close')}
        </Button>
      </Group>
    </Stack>
  )
}
