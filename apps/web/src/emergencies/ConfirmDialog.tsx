import type { EmergencyView } from '@curo/contract/emergencies'
import { Alert, Button, Group, List, Modal, Stack } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Trouble } from '../app/Loaded.tsx'
import { useReturnFocus } from '../app/use-focus.ts'
import { useWords } from '../app/words.ts'
import { fullName } from '../patients/patient-form.ts'
import { work } from '../work/work.ts'

/** The second doctor's decision, with what follows from it. */
export function ConfirmDialog({ emergency, onClose }: { emergency: EmergencyView; onClose: () => void }) {
  const { t } = useWords('emergencies')
  useReturnFocus()
  const queries = useQueryClient()
  const { from, patient, request } = emergency
  const confirming = useMutation({ mutationFn: () => work.emergencies.confirm({ emergency }) })
  const close = () => {
    onClose()
    void queries.invalidateQueries({ queryKey: ['emergencies'] })
  }
  return (
    <Modal
      opened
      onClose={close}
      size="lg"
      title={t('confirm.title')}
      closeButtonProps={{ 'aria-label': t('confirm.close') }}
    >
      {confirming.isSuccess ? (
        <Stack>
          <Alert color="curo" role="status" icon={<IconCircleCheck size={20} aria-hidden />}>
            {t('confirm.done', { from })}
          </Alert>
          <Group justify="flex-end">
            <Button onClick={close} data-autofocus>
              {t('confirm.close')}
            </Button>
          </Group>
        </Stack>
      ) : (
        <Stack>
          <span>{t('confirm.text', { from, patient: fullName(patient) })}</span>
          <strong>
            <bdi>{t('toConfirm.reason', { reason: request.reason })}</bdi>
          </strong>
          <List spacing="xs">
            <List.Item>{t('confirm.sure')}</List.Item>
            <List.Item>{t('confirm.opens', { from })}</List.Item>
            <List.Item>{t('confirm.told')}</List.Item>
            <List.Item>{t('confirm.review')}</List.Item>
          </List>
          {confirming.error && <Trouble error={confirming.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close} data-autofocus>
              {t('confirm.cancel')}
            </Button>
            <Button color="red" loading={confirming.isPending} onClick={() => confirming.mutate()}>
              {t('confirm.confirm')}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  )
}
