import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Trouble } from '../../app/Loaded.tsx'
import { useRecordWords } from '../record-words.ts'
import { giveUp, type QueuedUpload } from './upload-queue.ts'

type GiveUpDialogProps = { upload: QueuedUpload; opened: boolean; onClose: () => void }

/** What giving an upload up means. */
export function GiveUpDialog({ upload, opened, onClose }: GiveUpDialogProps) {
  const { t } = useRecordWords()
  const giving = useMutation({ mutationFn: () => giveUp(upload.id), onSuccess: onClose })
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('upload.giveUpTitle')}
      closeButtonProps={{ 'aria-label': t('upload.keep') }}
    >
      <Stack>
        <Text>{t('upload.giveUpText', { name: upload.title.slice(0, 80) })}</Text>
        {giving.isError && <Trouble error={giving.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('upload.keep')}
          </Button>
          <Button color="red" loading={giving.isPending} onClick={() => giving.mutate()}>
            {t('upload.giveUp')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
