import type { TimelineSource } from '@curo/fhir/timeline'
import type { Composition } from '@curo/fhir/types'
import { Button, Group, Modal, Stack, Textarea } from '@mantine/core'
import { IconSignature } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Trouble } from '../app/Loaded.tsx'
import { useReturnFocus } from '../app/use-focus.ts'
import { useWords } from '../app/words.ts'
import { work } from '../work/work.ts'
import { localInstant } from './instants.ts'

type AddendumDialogProps = {
  patient: string
  /** The signed note. */
  first: Composition
  onClose: () => void
  onSigned: (sources: TimelineSource[]) => void
}

/** Adds to a signed note. What was typed stays when it could not be sent, and is the same record when it is tried again. */
export function AddendumDialog({ patient, first, onClose, onSigned }: AddendumDialogProps) {
  const { t } = useWords('consultations')
  useReturnFocus()
  const [text, setText] = useState('')
  const [isMissing, setMissing] = useState(false)
  const [tried, setTried] = useState<{ text: string; id: string; signed: string } | null>(null)
  const sign = useMutation({
    mutationFn: async () => {
      const one = tried?.text === text ? tried : { text, id: crypto.randomUUID(), signed: localInstant() }
      setTried(one)
      return work.consultations.addendum({ patient, first, title: t('addendumTitle'), ...one })
    },
    onSuccess: ({ sources }) => onSigned(sources),
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('addendum.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('addendum.cancel') }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          setMissing(text.trim() === '')
          if (text.trim() !== '') sign.mutate()
        }}
      >
        <Stack>
          <span>{t('addendum.text')}</span>
          <Textarea
            label={t('addendum.label')}
            autosize
            minRows={4}
            maxRows={14}
            maxLength={20_000}
            value={text}
            dir="auto"
            data-autofocus
            error={isMissing && text.trim() === '' && t('addendum.required')}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          {sign.error && <Trouble error={sign.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('addendum.cancel')}
            </Button>
            <Button
              type="submit"
              loading={sign.isPending}
              leftSection={<IconSignature size={18} aria-hidden />}
            >
              {t('addendum.sign')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
