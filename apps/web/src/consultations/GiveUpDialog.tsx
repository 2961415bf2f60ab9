import { Button, Group, Modal, Stack } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Trouble } from '../app/Loaded.tsx'
import { useWords } from '../app/words.ts'
import { work } from '../work/work.ts'
import { type DraftInHand, putDown, windowId } from './draft-in-hand.ts'
import { draftsQuery } from './queries.ts'

type GiveUpDialogProps = { draft: DraftInHand; opened: boolean; onClose: () => void; onDone: () => void }

/** Discarding a draft, with what that means. */
export function GiveUpDialog({ draft, opened, onClose, onDone }: GiveUpDialogProps) {
  const { t } = useWords('consultations')
  const queries = useQueryClient()
  const giveUp = useMutation({
    mutationFn: async () => {
      await draft.autosave.flush()
      const { patient, autosave } = draft
      await work.consultations.giveUp({ patient, version: autosave.version, window: windowId() })
      putDown(draft)
      await queries.invalidateQueries({ queryKey: draftsQuery.queryKey })
    },
    onSuccess: onDone,
  })
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('giveUp.title')}
      closeButtonProps={{ 'aria-label': t('giveUp.cancel') }}
    >
      <Stack>
        <span>{t('giveUp.text')}</span>
        {giveUp.error && <Trouble error={giveUp.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('giveUp.cancel')}
          </Button>
          <Button color="red" loading={giveUp.isPending} onClick={() => giveUp.mutate()}>
            {t('giveUp.confirm')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
