import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Trouble } from '../app/Loaded.tsx'
import { useWords } from '../app/words.ts'
import { work } from '../work/work.ts'
import { KitCodeField, useKitCodeProblem } from './KitCodeField.tsx'

type RehearseKitProps = { opened: boolean; onClose: () => void; onRight: () => Promise<void> }

/** Typing the printed code in shows that it opens, before it is needed. */
export function RehearseKit({ opened, onClose, onRight }: RehearseKitProps) {
  const { t } = useWords('recoveries')
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('rehearse.title')}
      closeButtonProps={{ 'aria-label': t('cancel') }}
      size="lg"
      centered
    >
      <RehearseForm onClose={onClose} onRight={onRight} />
    </Modal>
  )
}

function RehearseForm({ onClose, onRight }: Omit<RehearseKitProps, 'opened'>) {
  const { t } = useWords('recoveries')
  const problemOf = useKitCodeProblem()
  const [typed, setTyped] = useState('')
  const [missing, setMissing] = useState(false)
  const rehearse = useMutation({
    mutationFn: (code: string) => work.recoveries.rehearse({ code }),
    onSuccess: onRight,
    gcTime: 0,
  })
  const wrong = rehearse.error ? problemOf(rehearse.error) : null
  function submit(event: FormEvent) {
    event.preventDefault()
    setMissing(typed.trim() === '')
    if (typed.trim() !== '') rehearse.mutate(typed)
  }
  return (
    <form noValidate onSubmit={submit}>
      <Stack>
        <Text>{t('rehearse.text')}</Text>
        <KitCodeField
          value={typed}
          error={missing ? t('code.missing') : wrong}
          onChange={(event) => setTyped(event.currentTarget.value)}
          data-autofocus
        />
        {rehearse.error && wrong === null && <Trouble error={rehearse.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={rehearse.isPending}>
            {t('rehearse.confirm')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
