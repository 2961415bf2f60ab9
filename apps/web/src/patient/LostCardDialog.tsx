import { formatCardNumber } from '@curo/crypto/card-number'
import { Button, Group, List, Modal, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Trouble } from '../app/Loaded.tsx'
import { useWords } from '../app/words.ts'
import { ownCard } from '../cards/queries.ts'
import { work } from '../work/work.ts'

type LostCardDialogProps = { number: string; opened: boolean; onClose: () => void }

/** Having a lost card blocked, with what it does and what it does not. */
export function LostCardDialog({ number, opened, onClose }: LostCardDialogProps) {
  const { t } = useWords('patient')
  const queries = useQueryClient()
  const block = useMutation({
    mutationFn: () => work.cards.block({ card: number, reason: 'lost' }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ownCard.queryKey })
      onClose()
    },
  })
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('lost.title')}
      closeButtonProps={{ 'aria-label': t('lost.keep') }}
      size="lg"
    >
      <Stack>
        <Text>{t('lost.text', { number: formatCardNumber(number) })}</Text>
        <List spacing="xs">
          <List.Item>{t('lost.opensNothing')}</List.Item>
          <List.Item>{t('lost.appStays')}</List.Item>
          <List.Item>{t('lost.forGood')}</List.Item>
        </List>
        {block.error && <Trouble error={block.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('lost.keep')}
          </Button>
          <Button color="red" loading={block.isPending} onClick={() => block.mutate()}>
            {t('lost.block')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
