import { Button, Chip, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import '@mantine/core/styles/Chip.layer.css'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Trouble } from '../app/Loaded.tsx'
import { useWords } from '../app/words.ts'
import { work } from '../work/work.ts'
import type { RequestToMe } from './work-patient.ts'

const LONGEST_REASON = 400
const READY = ['unknown', 'tooMuch', 'later'] as const

type RefuseDialogProps = {
  asked: RequestToMe
  opened: boolean
  onClose: () => void
  onRefused: () => void
}

/** Saying no, with a reason if she likes: ready ones to tap, or her own words. */
export function RefuseDialog({ asked, opened, onClose, onRefused }: RefuseDialogProps) {
  const { t } = useWords('consent')
  const { request, from } = asked
  const [reason, setReason] = useState('')
  const refuse = useMutation({
    mutationFn: () =>
      work.consent.refuse({ request: request.id, ...(reason.trim() ? { reason: reason.trim() } : {}) }),
    onSuccess: onRefused,
  })
  const isLong = reason.trim().length > LONGEST_REASON
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('refusal.title')}
      closeButtonProps={{ 'aria-label': t('refusal.cancel') }}
      size="lg"
    >
      <Stack>
        <Text>{t('refusal.text', { doctor: from.name })}</Text>
        <Group gap="xs">
          {READY.map((key) => {
            const words = t(`refusal.reasons.${key}`)
            return (
              <Chip
                key={key}
                size="md"
                checked={reason === words}
                onChange={(checked) => setReason(checked ? words : '')}
              >
                {words}
              </Chip>
            )
          })}
        </Group>
        <Textarea
          label={t('refusal.reasonLabel')}
          description={t('refusal.reasonHint')}
          autosize={false}
          rows={3}
          value={reason}
          onChange={({ currentTarget: { value } }) => setReason(value)}
          error={isLong ? t('refusal.reasonLong') : null}
        />
        {refuse.error && <Trouble error={refuse.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('refusal.cancel')}
          </Button>
          <Button color="red" disabled={isLong} loading={refuse.isPending} onClick={() => refuse.mutate()}>
            {t('refusal.confirm')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
