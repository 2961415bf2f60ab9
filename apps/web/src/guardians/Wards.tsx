import type { GuardianRequest } from '@curo/client/guardians'
import { Alert, Button, Stack, Text } from '@mantine/core'
import { IconCheck, IconHeartHandshake, IconUserQuestion } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import classes from '../accounts/Devices.module.css'
import { useFormat } from '../app/format.ts'
import { Loaded } from '../app/Loaded.tsx'
import { useWords } from '../app/words.ts'
import { ownWards } from './queries.ts'
import { ReleaseDialog } from './ReleaseDialog.tsx'

/** Who has named one, and who of them asks for help now. */
export function Wards() {
  const { t } = useWords('guardians')
  const format = useFormat()
  const [helping, setHelping] = useState<GuardianRequest | null>(null)
  const [helped, setHelped] = useState<string>()
  return (
    <Loaded query={useQuery(ownWards)} skeleton={[56]}>
      {({ wards, requests }) => (
        <Stack gap="sm">
          {requests.map((request) => (
            <Alert
              key={request.recovery}
              color={request.released ? 'gray' : 'yellow'}
              icon={request.released ? <IconCheck size={20} /> : <IconUserQuestion size={20} />}
              title={t(request.released ? 'request.releasedTitle' : 'request.title', { name: request.name })}
            >
              <Stack gap="sm" align="flex-start">
                <span>
                  {t(request.released ? 'request.releasedText' : 'request.text', {
                    asked: format.dateTime(request.askedAt),
                    opens: format.dateTime(request.opensAt),
                  })}
                </span>
                {!request.released && (
                  <Button onClick={() => setHelping(request)}>
                    {t('request.open', { name: request.name })}
                  </Button>
                )}
              </Stack>
            </Alert>
          ))}
          {helped && (
            <Text role="status" size="sm">
              {t('request.done', { name: helped })}
            </Text>
          )}
          {wards.length === 0 ? (
            <Text>{t('wards.none')}</Text>
          ) : (
            <ul className={classes.devices}>
              {wards.map(({ owner, name, since }) => (
                <li key={owner} className={classes.device}>
                  <IconHeartHandshake size={24} stroke={1.5} aria-hidden className={classes.icon} />
                  <div className={classes.words}>
                    <Text fw={600}>{name}</Text>
                    <Text size="sm" c="dimmed">
                      {t('wards.since', { when: format.date(since) })}
                    </Text>
                  </div>
                </li>
              ))}
            </ul>
          )}
          <ReleaseDialog
            request={helping}
            onClose={() => setHelping(null)}
            onReleased={(name) => {
              setHelping(null)
              setHelped(name)
            }}
          />
        </Stack>
      )}
    </Loaded>
  )
}
