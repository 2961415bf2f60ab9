import type { RecoveryKitState } from '@curo/client/recoveries'
import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconFileCheck, IconFileOff } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import classes from '../accounts/Devices.module.css'
import { useAccount } from '../accounts/session.ts'
import { useFormat } from '../app/format.ts'
import { Loaded, Trouble } from '../app/Loaded.tsx'
import { useWords } from '../app/words.ts'
import { work } from '../work/work.ts'
import { KitCode } from './KitCode.tsx'
import { ownKit } from './queries.ts'
import { RehearseKit } from './RehearseKit.tsx'
import { RenewDialog } from './RenewDialog.tsx'

/** The printed code: made, tried, renewed. */
export function RecoveryKit() {
  const { t } = useWords('recoveries')
  const queries = useQueryClient()
  const [dialog, setDialog] = useState<'rehearse' | 'renew'>()
  const [tried, setTried] = useState(false)
  const make = useMutation({
    mutationFn: () => work.recoveries.makeKit(undefined),
    onSuccess: () => queries.invalidateQueries({ queryKey: ownKit.queryKey }),
    gcTime: 0,
  })
  const begin = () => {
    setTried(false)
    setDialog(undefined)
    make.mutate()
  }
  const close = () => setDialog(undefined)

  return (
    <Loaded query={useQuery(ownKit)} skeleton={[56, 44]}>
      {(kit) => (
        <Stack gap="sm">
          {make.data ? (
            <NewKit
              recoveryCode={make.data.recoveryCode}
              onTry={() => setDialog('rehearse')}
              onClose={make.reset}
            />
          ) : (
            <>
              <KitState kit={kit} />
              {make.error && <Trouble error={make.error} onRetry={begin} busy={make.isPending} />}
              <Group>
                {kit && (
                  <Button variant="default" onClick={() => setDialog('rehearse')}>
                    {t('rehearse.open')}
                  </Button>
                )}
                <Button
                  variant={kit ? 'default' : 'filled'}
                  loading={make.isPending}
                  onClick={() => (kit ? setDialog('renew') : begin())}
                >
                  {t(kit ? 'renew.open' : 'make')}
                </Button>
              </Group>
            </>
          )}
          {tried && (
            <Alert color="curo" role="status" icon={<IconFileCheck size={20} />}>
              {t('rehearse.right')}
            </Alert>
          )}
          <RehearseKit
            opened={dialog === 'rehearse'}
            onClose={close}
            onRight={() => {
              close()
              setTried(true)
              make.reset()
              return queries.invalidateQueries({ queryKey: ownKit.queryKey })
            }}
          />
          <RenewDialog opened={dialog === 'renew'} onClose={close} onRenew={begin} />
        </Stack>
      )}
    </Loaded>
  )
}

function KitState({ kit }: { kit: RecoveryKitState | null }) {
  const { t } = useWords('recoveries')
  const format = useFormat()
  const Icon = kit ? IconFileCheck : IconFileOff
  return (
    <div className={classes.device}>
      <Icon size={24} stroke={1.5} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        <Text fw={600}>{kit ? t('state.made', { when: format.date(kit.madeAt) }) : t('state.none')}</Text>
        <Text size="sm" c="dimmed">
          {kit?.rehearsedAt
            ? t('state.tried', { when: format.date(kit.rehearsedAt) })
            : t(kit ? 'state.untried' : 'state.why')}
        </Text>
      </div>
    </div>
  )
}

type NewKitProps = { recoveryCode: string; onTry: () => void; onClose: () => void }

/** Once on the screen; then it is on paper only. */
function NewKit({ recoveryCode, onTry, onClose }: NewKitProps) {
  const { t } = useWords('recoveries')
  const { name } = useAccount()
  return (
    <Stack>
      <Alert color="yellow" icon={<IconAlertTriangle size={20} />}>
        {t('code.once')}
      </Alert>
      <KitCode name={name} recoveryCode={recoveryCode} />
      <Group>
        <Button onClick={onTry}>{t('code.tryNow')}</Button>
        <Button variant="default" onClick={onClose}>
          {t('code.later')}
        </Button>
      </Group>
    </Stack>
  )
}
