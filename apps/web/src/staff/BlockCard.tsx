import { formatCardNumber } from '@curo/crypto/card-number'
import { Alert, Button, Group, Modal, Select, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useProblem } from '../app/problem.ts'
import { useWords } from '../app/words.ts'
import { work } from '../work/work.ts'

const REASONS = ['lost', 'stolen', 'damaged', 'other'] as const

type BlockCardProps = { opened: boolean; onClose: () => void; patient: string; card: string; name: string }

/** Asks once more, and says what follows. */
export function BlockCard({ opened, onClose, patient, card, name }: BlockCardProps) {
  const { t } = useWords('staff')
  const { t: tApp } = useWords('app')
  const problem = useProblem()
  const queries = useQueryClient()
  const [reason, setReason] = useState<string | null>('lost')
  const blocking = useMutation({
    mutationFn: () => work.cards.block({ card, ...(reason ? { reason } : {}) }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['patients', 'one', patient] })
      onClose()
    },
  })
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('block.title', { name })}
      closeButtonProps={{ 'aria-label': tApp('actions.close') }}
    >
      <Stack>
        <Text>{t('block.text', { number: formatCardNumber(card) })}</Text>
        <Select
          label={t('block.reason')}
          data={REASONS.map((value) => ({ value, label: t(`block.reasons.${value}`) }))}
          value={reason}
          onChange={setReason}
          allowDeselect={false}
        />
        {blocking.isError && (
          <Alert color="red" role="alert">
            {problem(blocking.error)}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('block.keep')}
          </Button>
          <Button color="red" loading={blocking.isPending} onClick={() => blocking.mutate()}>
            {t('block.now')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
