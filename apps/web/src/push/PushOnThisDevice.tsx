import { isCuroError } from '@curo/crypto/errors'
import { Alert, Button, Text } from '@mantine/core'
import { IconAlertTriangle, IconBell, IconBellOff } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import classes from '../accounts/Devices.module.css'
import { useAccount } from '../accounts/session.ts'
import { Loaded } from '../app/Loaded.tsx'
import { useProblem } from '../app/problem.ts'
import { useWords } from '../app/words.ts'
import { switchOff, switchOn } from './device.ts'
import { ownPushState } from './queries.ts'

/** Being woken when something waits: on, off, or why it cannot be. */
export function PushOnThisDevice() {
  const { t } = useWords('push')
  const { id } = useAccount()
  const queries = useQueryClient()
  const problem = useProblem()
  const state = ownPushState(id)
  const change = useMutation({
    mutationFn: (on: boolean) => (on ? switchOn(id) : switchOff()),
    onSettled: () => queries.invalidateQueries({ queryKey: state.queryKey }),
  })
  function explain(error: unknown): string {
    if (isCuroError(error, 'forbidden')) return t('device.notAllowed')
    if (isCuroError(error, 'invalid-input')) return t('device.otherService')
    return isCuroError(error, 'unavailable') ? t('device.noService') : problem(error)
  }
  return (
    <div>
      <Loaded query={useQuery(state)} skeleton={[48]}>
        {(now) => {
          const isOn = now === 'on'
          const Icon = isOn ? IconBell : IconBellOff
          return (
            <div className={classes.device}>
              <Icon size={24} stroke={1.5} aria-hidden className={classes.icon} />
              <div className={classes.words}>
                <Text fw={600}>{t(isOn ? 'device.on' : 'device.off')}</Text>
                <Text size="sm" c="dimmed">
                  {t(now === 'on' || now === 'off' ? 'device.says' : `device.${now}`)}
                </Text>
              </div>
              {(now === 'on' || now === 'off') && (
                <Button variant="default" loading={change.isPending} onClick={() => change.mutate(!isOn)}>
                  {t(isOn ? 'device.switchOff' : 'device.switchOn')}
                </Button>
              )}
            </div>
          )
        }}
      </Loaded>
      {change.error && (
        <Alert color="yellow" role="alert" icon={<IconAlertTriangle size={20} />}>
          {explain(change.error)}
        </Alert>
      )}
    </div>
  )
}
