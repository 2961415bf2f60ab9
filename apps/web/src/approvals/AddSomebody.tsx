import { Button, Modal, Stack, Text } from '@mantine/core'
import { IconUserPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { CopyLine } from '../admin/CopyLine.tsx'
import { useWords } from '../app/words.ts'

/** How somebody comes to work here: a password and its keys are made by their owner alone, so nobody is added for her. */
export function AddSomebody() {
  const { t } = useWords('approvals')
  const { t: tApp } = useWords('app')
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button leftSection={<IconUserPlus size={18} aria-hidden />} onClick={() => setOpen(true)}>
        {t('add.start')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={t('add.title')}
        closeButtonProps={{ 'aria-label': tApp('actions.close') }}
      >
        <Stack>
          <Text>{t('add.send')}</Text>
          <CopyLine text={`${location.origin}/register`} />
          <Text>{t('add.after')}</Text>
          <Text size="sm" c="dimmed">
            {t('add.why')}
          </Text>
        </Stack>
      </Modal>
    </>
  )
}
