import { Alert, Badge, Button, Group, Stack, Text } from '@mantine/core'
import { IconCheck, IconDeviceMobileCode } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { refreshAccount, useAccount } from '../accounts/session.ts'
import { useFormat } from '../app/format.ts'
import { Loaded } from '../app/Loaded.tsx'
import { useWords } from '../app/words.ts'
import classes from './AuthenticatorApp.module.css'
import { EnrolTotp } from './EnrolTotp.tsx'
import { ownSecondFactors } from './queries.ts'
import { RemoveTotp } from './RemoveTotp.tsx'

/** Codes of an authenticator app beside the password: whether they are asked for, and a way to begin or to stop. */
export function AuthenticatorApp() {
  const { t } = useWords('second-factors')
  const format = useFormat()
  const queries = useQueryClient()
  const { needsSecondFactor } = useAccount()
  const [step, setStep] = useState<'none' | 'enrol' | 'remove'>('none')
  const [done, setDone] = useState<'enrolled' | 'removed'>()

  async function finish(what: 'enrolled' | 'removed') {
    setStep('none')
    setDone(what)
    await queries.invalidateQueries({ queryKey: ownSecondFactors.queryKey })
    if (needsSecondFactor || what === 'removed') await refreshAccount()
  }

  return (
    <Loaded query={useQuery(ownSecondFactors)} skeleton={[44]}>
      {({ totp, required, passkeys }) => (
        <Stack gap="sm">
          {step !== 'enrol' && (
            <div className={classes.state}>
              <IconDeviceMobileCode size={24} stroke={1.5} aria-hidden className={classes.icon} />
              <div className={classes.words}>
                <Group gap="xs">
                  <Text fw={600}>{t(totp ? 'inUse' : 'notInUse')}</Text>
                  {required && (
                    <Badge variant="light" color="curo" tt="none">
                      {t('required')}
                    </Badge>
                  )}
                </Group>
                <Text size="sm" c="dimmed">
                  {totp ? t('since', { when: format.dateTime(totp.since) }) : t('why')}
                </Text>
              </div>
              <Button
                variant="default"
                onClick={() => {
                  setDone(undefined)
                  setStep(totp ? 'remove' : 'enrol')
                }}
              >
                {t(totp ? 'remove.open' : 'enrol.open')}
              </Button>
            </div>
          )}
          {step === 'enrol' && (
            <EnrolTotp onDone={() => void finish('enrolled')} onCancel={() => setStep('none')} />
          )}
          {done && (
            <Alert color="curo" role="status" icon={<IconCheck size={20} />}>
              {t(`${done}`)}
            </Alert>
          )}
          <RemoveTotp
            opened={step === 'remove'}
            isLast={required && passkeys === 0}
            onClose={() => setStep('none')}
            onDone={() => void finish('removed')}
          />
        </Stack>
      )}
    </Loaded>
  )
}
