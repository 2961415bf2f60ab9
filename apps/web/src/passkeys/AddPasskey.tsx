import type { Passkey } from '@curo/contract/passkeys'
import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconInfoCircle } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { deviceName } from '../accounts/device-name.ts'
import { refreshAccount } from '../accounts/session.ts'
import { useWords } from '../app/words.ts'
import { ownSecondFactors } from '../second-factors/queries.ts'
import { work } from '../work/work.ts'
import { askForPasskey, createPasskey, handOver } from './browser.ts'
import { ownPasskeys } from './queries.ts'
import { usePasskeyProblem } from './use-passkey-problem.ts'

const LONGEST_NAME = 400

/** Made by the browser; where its key comes only with use, one more touch makes it open the person's keys. */
export function AddPasskey() {
  const { t } = useWords('passkeys')
  const [opened, setOpened] = useState(false)
  return (
    <>
      <Group>
        <Button variant="default" onClick={() => setOpened(true)}>
          {t('add.open')}
        </Button>
      </Group>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={t('add.title')}
        closeButtonProps={{ 'aria-label': t('cancel') }}
        centered
      >
        <AddForm onClose={() => setOpened(false)} />
      </Modal>
    </>
  )
}

function AddForm({ onClose }: { onClose: () => void }) {
  const { t } = useWords('passkeys')
  const queries = useQueryClient()
  const problem = usePasskeyProblem()
  const [name, setName] = useState(deviceName)
  const [wrong, setWrong] = useState<string>()
  const refresh = async () => {
    await queries.invalidateQueries({ queryKey: ownPasskeys.queryKey })
    await queries.invalidateQueries({ queryKey: ownSecondFactors.queryKey })
  }
  const add = useMutation({
    mutationFn: async (called: string) => {
      const { ceremony, options } = await work.passkeys.start()
      const added = await handOver(await createPasskey(options), (answer) =>
        work.passkeys.finish({ ceremony, answer, name: called }),
      )
      return { ...added, rpId: options.rp.id }
    },
    onSuccess: refresh,
    gcTime: 0,
  })
  const unlock = useMutation({
    mutationFn: async ({ rpId, ...passkey }: Passkey & { rpId: string }) => {
      const options = await work.passkeys.unlocking({ passkey, rpId })
      await handOver(await askForPasskey(options), (answer) =>
        work.passkeys.addUnlocking({ passkey, answer }),
      )
    },
    onSuccess: refresh,
    gcTime: 0,
  })
  function submit(event: FormEvent) {
    event.preventDefault()
    const called = name.trim()
    const fault =
      called === '' ? t('add.nameMissing') : called.length > LONGEST_NAME ? t('add.nameLong') : null
    setWrong(fault ?? undefined)
    if (fault === null) add.mutate(called)
  }
  async function close() {
    onClose()
    await refreshAccount()
  }

  if (add.data) {
    const opens = add.data.unlocks || unlock.isSuccess
    return (
      <Stack>
        <Alert color="curo" role="status" icon={<IconCheck size={20} />}>
          {t(opens ? 'add.doneOpens' : 'add.done')}
        </Alert>
        {!opens && (
          <Alert color="gray" icon={<IconInfoCircle size={20} />}>
            {t('add.oneMore')}
          </Alert>
        )}
        {unlock.error && (
          <Alert color="yellow" role="alert" icon={<IconAlertTriangle size={20} />}>
            {problem(unlock.error)}
          </Alert>
        )}
        <Group justify="flex-end">
          {!opens && (
            <Button loading={unlock.isPending} onClick={() => unlock.mutate(add.data)}>
              {t('add.touch')}
            </Button>
          )}
          <Button variant="default" onClick={() => void close()}>
            {t('add.close')}
          </Button>
        </Group>
      </Stack>
    )
  }
  return (
    <form noValidate onSubmit={submit}>
      <Stack>
        <Text>{t('add.text')}</Text>
        <TextInput
          label={t('add.name')}
          description={t('add.nameHint')}
          value={name}
          error={wrong}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        {add.error && (
          <Alert color="red" role="alert" icon={<IconAlertTriangle size={20} />}>
            {problem(add.error)}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={add.isPending}>
            {t('add.make')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
