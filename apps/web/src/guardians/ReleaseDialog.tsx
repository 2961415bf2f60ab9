import type { GuardianRequest } from '@curo/client/guardians'
import { Alert, Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core'
import { IconPhoneCall } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Trouble } from '../app/Loaded.tsx'
import { useWords } from '../app/words.ts'
import { work } from '../work/work.ts'
import { CompareNumber } from './CompareNumber.tsx'
import { ownWards } from './queries.ts'

type ReleaseDialogProps = {
  request: GuardianRequest | null
  onClose: () => void
  onReleased: (name: string) => void
}

/** Not before one has spoken to the person and compared the number: whoever asks may be somebody else. */
export function ReleaseDialog({ request, onClose, onReleased }: ReleaseDialogProps) {
  const { t } = useWords('guardians')
  return (
    <Modal
      opened={request !== null}
      onClose={onClose}
      title={t('release.title', { name: request?.name ?? '' })}
      closeButtonProps={{ 'aria-label': t('cancel') }}
      size="lg"
    >
      {request && (
        <ReleaseForm key={request.recovery} request={request} onClose={onClose} onReleased={onReleased} />
      )}
    </Modal>
  )
}

function ReleaseForm({ request, onClose, onReleased }: ReleaseDialogProps & { request: GuardianRequest }) {
  const { t } = useWords('guardians')
  const queries = useQueryClient()
  const [compared, setCompared] = useState(false)
  const { name, number, recovery, owner, requestKey } = request
  const release = useMutation({
    mutationFn: () => work.guardians.release({ recovery, owner, requestKey }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ownWards.queryKey })
      onReleased(name)
    },
  })
  return (
    <Stack>
      <Alert color="yellow" icon={<IconPhoneCall size={20} />} title={t('release.callTitle', { name })}>
        {t('release.call', { name })}
      </Alert>
      <Text>{t('release.compare')}</Text>
      <CompareNumber number={number} />
      <Text size="sm" c="dimmed">
        {t('release.effect', { name })}
      </Text>
      <Checkbox
        label={t('release.compared', { name })}
        checked={compared}
        onChange={(event) => setCompared(event.currentTarget.checked)}
      />
      {release.error && <Trouble error={release.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('release.notNow')}
        </Button>
        <Button disabled={!compared} loading={release.isPending} onClick={() => release.mutate()}>
          {t('release.confirm')}
        </Button>
      </Group>
    </Stack>
  )
}
