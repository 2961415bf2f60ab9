import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { IconCheck, IconUserShield } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import classes from '../accounts/Devices.module.css'
import { useFormat } from '../app/format.ts'
import { Loaded, Trouble } from '../app/Loaded.tsx'
import { useWords } from '../app/words.ts'
import { work } from '../work/work.ts'
import { NameGuardians } from './NameGuardians.tsx'
import { hasInvitation } from './opened-invitation.ts'
import { ownGuardians } from './queries.ts'

/** The three, or how to name them. */
export function OwnGuardians() {
  const { t } = useWords('guardians')
  const format = useFormat()
  const [naming, setNaming] = useState(hasInvitation)
  const [removing, setRemoving] = useState(false)
  const [done, setDone] = useState<'named' | 'removed'>()
  return (
    <Loaded query={useQuery(ownGuardians)} skeleton={[56, 56, 56]}>
      {({ since, guardians }) => (
        <Stack gap="sm">
          {since !== null && (
            <>
              <ul className={classes.devices}>
                {guardians.map(({ account, name }) => (
                  <li key={account} className={classes.device}>
                    <IconUserShield size={24} stroke={1.5} aria-hidden className={classes.icon} />
                    <div className={classes.words}>
                      <Text fw={600}>{name}</Text>
                    </div>
                  </li>
                ))}
              </ul>
              <Text size="sm" c="dimmed">
                {t('own.since', { when: format.date(since) })}
              </Text>
            </>
          )}
          {done && (
            <Alert color="curo" role="status" icon={<IconCheck size={20} />}>
              {t(`own.${done}`)}
            </Alert>
          )}
          {since === null || naming ? (
            <NameGuardians
              isChange={since !== null}
              onCancel={() => setNaming(false)}
              onNamed={() => {
                setNaming(false)
                setDone('named')
              }}
            />
          ) : (
            <Group>
              <Button variant="default" onClick={() => setNaming(true)}>
                {t('own.change')}
              </Button>
              <Button variant="default" onClick={() => setRemoving(true)}>
                {t('own.remove')}
              </Button>
            </Group>
          )}
          <RemoveDialog
            opened={removing}
            onClose={() => setRemoving(false)}
            onRemoved={() => {
              setRemoving(false)
              setDone('removed')
            }}
          />
        </Stack>
      )}
    </Loaded>
  )
}

type RemoveDialogProps = { opened: boolean; onClose: () => void; onRemoved: () => void }

function RemoveDialog({ opened, onClose, onRemoved }: RemoveDialogProps) {
  const { t } = useWords('guardians')
  const queries = useQueryClient()
  const remove = useMutation({
    mutationFn: () => work.guardians.remove(undefined),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ownGuardians.queryKey })
      onRemoved()
    },
  })
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('own.removeTitle')}
      closeButtonProps={{ 'aria-label': t('cancel') }}
      centered
    >
      <Stack>
        <Text>{t('own.removeText')}</Text>
        {remove.error && <Trouble error={remove.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('own.keep')}
          </Button>
          <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
            {t('own.remove')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
