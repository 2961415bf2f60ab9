import '@mantine/core/styles/Checkbox.layer.css'
import '@mantine/core/styles/Progress.layer.css'
import { Alert, Button, Checkbox, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useProblem } from '../app/problem.ts'
import { useWords } from '../app/words.ts'
import { KitCode } from '../recoveries/KitCode.tsx'
import { work } from '../work/work.ts'
import { enterAs } from './session.ts'
import type { SignedIn } from './work.ts'
import type { Rewrapped } from './work-activation.ts'

/** Shows the recovery code once, and meanwhile gives her earlier records wraps for her new keys. */
export function RecoveryCodeStep({ signedIn, recoveryCode }: { signedIn: SignedIn; recoveryCode: string }) {
  const { t } = useWords('accounts')
  const [written, setWritten] = useState(false)
  const takeOver = useTakeOver()
  return (
    <Stack>
      <Text>{t('activate.recovery')}</Text>
      <KitCode name={signedIn.account.name} recoveryCode={recoveryCode} />
      <Checkbox
        label={t('activate.written')}
        checked={written}
        onChange={(event) => setWritten(event.currentTarget.checked)}
      />
      <TakeOverState {...takeOver} />
      <Button disabled={!written} onClick={() => enterAs(signedIn)}>
        {t('activate.begin')}
      </Button>
    </Stack>
  )
}

type TakeOver = { progress: Rewrapped | null; done: boolean; failure: unknown; again: () => void }

function useTakeOver(): TakeOver {
  const [state, setState] = useState<Omit<TakeOver, 'again'>>({ progress: null, done: false, failure: null })
  const started = useRef(false)
  async function run() {
    setState({ progress: null, done: false, failure: null })
    try {
      const progress = await work.activation.takeOverRecords(undefined, {
        onProgress: (progress) => setState((before) => ({ ...before, progress })),
      })
      setState({ progress, done: true, failure: null })
    } catch (failure) {
      setState((before) => ({ ...before, failure }))
    }
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, however often it is drawn
  useEffect(() => {
    if (started.current) return
    started.current = true
    void run()
  }, [])
  return { ...state, again: () => void run() }
}

function TakeOverState({ progress, done, failure, again }: TakeOver) {
  const { t } = useWords('accounts')
  const { t: tApp } = useWords('app')
  const problem = useProblem()
  if (failure)
    return (
      <Alert color="red" icon={<IconAlertTriangle size={20} />}>
        <Stack gap="xs" align="flex-start">
          {problem(failure)}
          <Button size="xs" variant="default" onClick={again}>
            {tApp('actions.retry')}
          </Button>
        </Stack>
      </Alert>
    )
  const count = progress?.seen ?? 0
  return (
    <Text c="dimmed" role="status">
      {t(done ? 'activate.takenOver' : 'activate.takingOver', { count })}
    </Text>
  )
}
