import { Button, CopyButton, Group, Stack, Text } from '@mantine/core'
import { IconCheck, IconCopy, IconShare } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Loaded } from '../app/Loaded.tsx'
import { useWords } from '../app/words.ts'
import { QrCanvas } from '../cards/QrCanvas.tsx'
import classes from './Invitation.module.css'
import { ownInvitation } from './queries.ts'

/** What one gives to somebody who wants to name one: to scan from this screen, or as a message. */
export function Invitation() {
  const { t } = useWords('guardians')
  return (
    <Loaded query={useQuery(ownInvitation)} skeleton={[160]}>
      {(link) => (
        <div className={classes.invitation}>
          <QrCanvas address={link} label={t('invitation.qr')} className={classes.qr} />
          <Stack gap="xs" className={classes.words ?? ''}>
            <Text className={classes.link ?? ''}>{link}</Text>
            <Group gap="xs">
              <CopyButton value={link}>
                {({ copied, copy }) => (
                  <Button
                    variant="default"
                    onClick={copy}
                    leftSection={copied ? <IconCheck size={18} /> : <IconCopy size={18} />}
                  >
                    {t(copied ? 'invitation.copied' : 'invitation.copy')}
                  </Button>
                )}
              </CopyButton>
              {'share' in navigator && (
                <Button
                  variant="default"
                  leftSection={<IconShare size={18} />}
                  // Closing the device's own dialog is no failure.
                  onClick={() => void navigator.share({ url: link }).catch(() => {})}
                >
                  {t('invitation.share')}
                </Button>
              )}
            </Group>
            <Text size="sm" c="dimmed">
              {t('invitation.hint')}
            </Text>
          </Stack>
        </div>
      )}
    </Loaded>
  )
}
