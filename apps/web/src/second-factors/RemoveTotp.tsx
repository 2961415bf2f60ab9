import { isCuroError } from '@curo/crypto/errors'
import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { SixDigits } from '../accounts/SixDigits.tsx'
import { readSixDigits } from '../accounts/six-digits.ts'
import { Trouble } from '../app/Loaded.tsx'
import { useWords } from '../app/words.ts'
import { work } from '../work/work.ts'

type RemoveTotpProps = { opened: boolean; isLast: boolean; onClose: () => void; onDone: () => void }

/** Signing in without codes again: takes one last code, so that a borrowed page cannot do it. */
export function RemoveTotp({ opened, isLast, onClose, onDone }: RemoveTotpProps) {
  const { t } = useWords('second-factors')
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('remove.title')}
      closeButtonProps={{ 'aria-label': t('cancel') }}
      centered
    >
      <RemoveForm isLast={isLast} onClose={onClose} onDone={onDone} />
    </Modal>
  )
}

function RemoveForm({ isLast, onClose, onDone }: Omit<RemoveTotpProps, 'opened'>) {
  const { t } = useWords('second-factors')
  const [typed, setTyped] = useState('')
  const [wrong, setWrong] = useState<string>()
  const remove = useMutation({
    mutationFn: (code: string) => work.secondFactors.remove({ code }),
    onSuccess: onDone,
    gcTime: 0,
  })
  function submit(event: FormEvent) {
    event.preventDefault()
    const code = readSixDigits(typed)
    setWrong(code === null ? t('code.incomplete') : undefined)
    if (code !== null) remove.mutate(code)
  }
  const refused = isCuroError(remove.error, 'unauthorized')
  return (
    <form noValidate onSubmit={submit}>
      <Stack>
        <Text>{t('remove.text')}</Text>
        {isLast && <Text>{t('remove.last')}</Text>}
        <SixDigits
          label={t('remove.code')}
          value={typed}
          data-autofocus
          error={wrong ?? (refused ? t('code.refused') : undefined)}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {remove.error && !refused && <Trouble error={remove.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" color="red" loading={remove.isPending}>
            {t('remove.confirm')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
