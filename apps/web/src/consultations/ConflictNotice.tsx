import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { Trouble } from '../app/Loaded.tsx'
import { useWords } from '../app/words.ts'
import { type DraftInHand, keepAsNew, takeTheirs } from './draft-in-hand.ts'

type ConflictNoticeProps = {
  draft: DraftInHand
  /** Version that the other window saved; 0 when it signed or gave up. */
  version: number
  onDraft: (draft: DraftInHand) => void
}

/** Two windows wrote in one consultation: what happened, and which one goes on. */
export function ConflictNotice({ draft, version, onDraft }: ConflictNoticeProps) {
  const { t } = useWords('consultations')
  const isGone = version === 0
  const keepMine = useMutation({
    mutationFn: async () => {
      if (isGone) return keepAsNew(draft)
      await draft.autosave.overwrite(version)
      return draft
    },
    onSuccess: onDraft,
  })
  const useTheirs = useMutation({ mutationFn: () => takeTheirs(draft), onSuccess: onDraft })
  const error = keepMine.error ?? useTheirs.error
  return (
    <Alert color="yellow" role="alert" icon={<IconAlertTriangle size={20} aria-hidden />}>
      <Stack gap="sm" align="flex-start">
        <strong>{t('conflict.title')}</strong>
        <span>{t(isGone ? 'conflict.gone' : 'conflict.text')}</span>
        {error && <Trouble error={error} />}
        <Group>
          <Button size="sm" loading={keepMine.isPending} onClick={() => keepMine.mutate()}>
            {t(isGone ? 'conflict.mineNew' : 'conflict.mine')}
          </Button>
          {!isGone && <Text size="sm">{t('conflict.mineText')}</Text>}
        </Group>
        <Group>
          <Button
            size="sm"
            variant="default"
            loading={useTheirs.isPending}
            onClick={() => useTheirs.mutate()}
          >
            {t(isGone ? 'conflict.discard' : 'conflict.theirs')}
          </Button>
          <Text size="sm">{t('conflict.theirsText')}</Text>
        </Group>
      </Stack>
    </Alert>
  )
}
