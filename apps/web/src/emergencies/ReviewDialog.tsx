import type { EmergencyView } from '@curo/contract/emergencies'
import { Button, Group, Modal, Radio, Stack, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Trouble } from '../app/Loaded.tsx'
import { useReturnFocus } from '../app/use-focus.ts'
import { useWords } from '../app/words.ts'
import { fullName } from '../patients/patient-form.ts'
import { work } from '../work/work.ts'

const LEAST_REASON = 3
type Outcome = 'justified' | 'not-justified'

/** The hospital's judgement on an emergency, once; the patient reads it. */
export function ReviewDialog({ emergency, onClose }: { emergency: EmergencyView; onClose: () => void }) {
  const { t } = useWords('emergencies')
  useReturnFocus()
  const queries = useQueryClient()
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const [reason, setReason] = useState('')
  const [hasTried, setTried] = useState(false)
  const isMissing = reason.trim().length < LEAST_REASON
  const { from, confirmedBy, patient, request } = emergency
  const saving = useMutation({
    mutationFn: (judged: Outcome) =>
      work.emergencies.review({ emergency: request.id, outcome: judged, reason: reason.trim() }),
    onSuccess: () => {
      onClose()
      void queries.invalidateQueries({ queryKey: ['emergencies'] })
    },
  })
  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (outcome && !isMissing) saving.mutate(outcome)
  }
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('review.title')}
      closeButtonProps={{ 'aria-label': t('review.cancel') }}
    >
      <form noValidate onSubmit={submit}>
        <Stack>
          <span>
            {t('review.text', { from, second: confirmedBy ?? '—', patient: fullName(patient) })}{' '}
            <bdi>{t('toConfirm.reason', { reason: request.reason })}</bdi>
          </span>
          <Radio.Group
            label={t('review.outcome')}
            value={outcome}
            onChange={(value) => setOutcome(value as Outcome)}
            error={hasTried && !outcome && t('review.outcomeMissing')}
          >
            <Stack gap="xs" mt="xs">
              <Radio value="justified" label={t('review.justified')} />
              <Radio value="not-justified" label={t('review.not-justified')} />
            </Stack>
          </Radio.Group>
          <Textarea
            label={t('review.reason')}
            description={t('review.reasonHint')}
            autosize
            minRows={2}
            maxLength={400}
            dir="auto"
            value={reason}
            error={hasTried && isMissing && t('review.reasonMissing')}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <span>{t('review.once')}</span>
          {saving.error && <Trouble error={saving.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('review.cancel')}
            </Button>
            <Button type="submit" loading={saving.isPending}>
              {t('review.submit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
