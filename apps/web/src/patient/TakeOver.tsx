import { Alert, Loader } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { useEffect } from 'react'
import { Trouble } from '../app/Loaded.tsx'
import { useWords } from '../app/words.ts'
import { resumeTakeOver, useTakeOver } from './take-over.ts'

/** How far earlier records have followed to the new card; nothing where there is nothing to say. */
export function TakeOver() {
  const { t } = useWords('patient')
  const now = useTakeOver()
  useEffect(resumeTakeOver, [])
  if (now.state === 'none') return null
  if (now.state === 'failed') return <Trouble error={now.error} onRetry={resumeTakeOver} />
  const { seen = 0, rewrapped = 0, faults = 0 } = now.progress ?? {}
  if (now.state === 'running')
    return (
      <Alert icon={<Loader size="xs" />} role="status">
        {t('card.takingOver', { count: seen })}
      </Alert>
    )
  return (
    <Alert
      role="status"
      color={faults > 0 ? 'yellow' : 'curo'}
      icon={faults > 0 ? <IconAlertTriangle size={20} /> : <IconCircleCheck size={20} />}
    >
      {t('card.takenOver', { count: rewrapped })} {faults > 0 && t('card.notTakenOver', { count: faults })}
    </Alert>
  )
}
