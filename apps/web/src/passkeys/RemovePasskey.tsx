import type { Passkey } from '@curo/contract/passkeys'
import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { refreshAccount } from '../accounts/session.ts'
import { Trouble } from '../app/Loaded.tsx'
import { useWords } from '../app/words.ts'
import { ownSecondFactors } from '../second-factors/queries.ts'
import { work } from '../work/work.ts'
import { ownPasskeys } from './queries.ts'

type RemovePasskeyProps = {
  passkey: Passkey | null
  onClose: () => void
  onRemoved: (name: string) => void
}

export function RemovePasskey({ passkey, onClose, onRemoved }: RemovePasskeyProps) {
  const { t } = useWords('passkeys')
  const queries = useQueryClient()
  const remove = useMutation({
    mutationFn: ({ id }: Passkey) => work.passkeys.remove({ passkey: id }),
    onSuccess: async (_, { name }) => {
      await queries.invalidateQueries({ queryKey: ownPasskeys.queryKey })
      await queries.invalidateQueries({ queryKey: ownSecondFactors.queryKey })
      onRemoved(name)
      // It may have been the last second factor that the hospital asks for.
      await refreshAccount()
    },
  })
  const name = passkey?.name ?? ''
  return (
    <Modal
      opened={passkey !== null}
      onClose={onClose}
      title={t('removal.title', { name })}
      closeButtonProps={{ 'aria-label': t('cancel') }}
      centered
    >
      <Stack>
        <Text>{t('removal.text')}</Text>
        {remove.error && <Trouble error={remove.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('removal.keep')}
          </Button>
          <Button color="red" loading={remove.isPending} onClick={() => passkey && remove.mutate(passkey)}>
            {t('remove')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
