import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useWords } from '../app/words.ts'

type RenewDialogProps = { opened: boolean; onClose: () => void; onRenew: () => void }

export function RenewDialog({ opened, onClose, onRenew }: RenewDialogProps) {
  const { t } = useWords('recoveries')
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('renew.title')}
      closeButtonProps={{ 'aria-label': t('cancel') }}
      centered
    >
      <Stack>
        <Text>{t('renew.text')}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('renew.keep')}
          </Button>
          <Button color="red" onClick={onRenew}>
            {t('renew.confirm')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
