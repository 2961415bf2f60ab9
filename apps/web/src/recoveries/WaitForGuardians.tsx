import '@mantine/core/styles/List.layer.css'
import '@mantine/core/styles/Modal.layer.css'
import '@mantine/core/styles/ModalBase.layer.css'
import '@mantine/core/styles/Overlay.layer.css'
import { Alert, Button, Group, List, Modal, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconClock, IconUsers } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormat } from '../app/format.ts'
import { Loaded, Trouble } from '../app/Loaded.tsx'
import { useWords } from '../app/words.ts'
import { CompareNumber } from '../guardians/CompareNumber.tsx'
import { work } from '../work/work.ts'
import type { RequestInSight } from './work.ts'

/** While the page is in sight; nobody waits for it to the second. */
const LOOK_EVERY_MS = 15_000

type WaitForGuardiansProps = { request: RequestInSight; onOpened: () => void; onForgotten: () => void }

/** How far it is, what to do meanwhile, and the way on once two have helped and the waiting is over. */
export function WaitForGuardians({ request, onOpened, onForgotten }: WaitForGuardiansProps) {
  const { t } = useWords('recoveries')
  const format = useFormat()
  const queries = useQueryClient()
  const [asking, setAsking] = useState(false)
  const state = useQuery({
    queryKey: ['guardian-request-state', request.number],
    queryFn: ({ signal }) => work.recoveries.requestState(undefined, { signal }),
    refetchInterval: ({ state: { data } }) =>
      data === undefined || data.state === 'waiting' ? LOOK_EVERY_MS : false,
  })
  const open = useMutation({
    mutationFn: () => work.recoveries.openByGuardians(undefined),
    onSuccess: onOpened,
    gcTime: 0,
  })
  const forget = useMutation({
    mutationFn: () => work.recoveries.forgetOwnRequest(undefined),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['own-guardian-request'] })
      onForgotten()
    },
  })
  return (
    <Stack>
      <Loaded query={state} skeleton={[96, 120]}>
        {({ state: how, opensAt, released, needed }) =>
          how === 'waiting' || how === 'ready' ? (
            <>
              <Alert color="curo" role="status" icon={<IconUsers size={20} />}>
                {how === 'ready'
                  ? t('guardians.ready')
                  : t('guardians.released', { count: released, needed })}
              </Alert>
              {how === 'waiting' && (
                <Alert color="gray" icon={<IconClock size={20} />}>
                  {t('guardians.opens', { when: format.dateTime(opensAt) })}
                </Alert>
              )}
              {how === 'waiting' && (
                <>
                  <Text fw={600}>{t('guardians.call')}</Text>
                  <CompareNumber number={request.number} />
                  <List spacing="xs">
                    <List.Item>{t('guardians.tell')}</List.Item>
                    <List.Item>{t('guardians.close')}</List.Item>
                  </List>
                </>
              )}
              {open.error && <Trouble error={open.error} />}
              {how === 'ready' && (
                <Button loading={open.isPending} onClick={() => open.mutate()}>
                  {t('guardians.goOn')}
                </Button>
              )}
            </>
          ) : (
            <Alert color="red" role="alert" icon={<IconAlertTriangle size={20} />}>
              {t(how === 'refused' ? 'guardians.refused' : 'guardians.over')}
            </Alert>
          )
        }
      </Loaded>
      {forget.error && <Trouble error={forget.error} />}
      <Group>
        <Button variant="default" loading={forget.isPending} onClick={() => setAsking(true)}>
          {t('guardians.forget')}
        </Button>
      </Group>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('guardians.forgetTitle')}
        closeButtonProps={{ 'aria-label': t('cancel') }}
        centered
      >
        <Stack>
          <Text>{t('guardians.forgetText')}</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setAsking(false)} data-autofocus>
              {t('cancel')}
            </Button>
            <Button
              color="red"
              onClick={() => {
                setAsking(false)
                forget.mutate()
              }}
            >
              {t('guardians.forget')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Stack>
  )
}
