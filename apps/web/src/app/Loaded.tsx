import { Alert, Button, Skeleton, Stack } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useProblem } from './problem.ts'
import { useWords } from './words.ts'

type LoadedProps<T> = {
  query: UseQueryResult<T>
  /** Lines of the skeleton that stands in for it, by their height in pixels. */
  skeleton?: readonly number[]
  children: (data: T) => ReactNode
}

/** What a query gave; before that a skeleton, and after a failure what is wrong and a way on. Old data stays in sight. */
export function Loaded<T>({ query, skeleton = [72, 72, 72], children }: LoadedProps<T>) {
  const { t } = useWords('app')
  const { data, error, refetch, isFetching } = query
  return (
    <>
      {error && <Trouble error={error} onRetry={() => void refetch()} busy={isFetching} />}
      {data !== undefined && children(data)}
      {data === undefined && !error && (
        <Stack gap="sm" role="status" aria-label={t('loading')}>
          {skeleton.map((height, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: they never change places
            <Skeleton key={index} height={height} radius="md" />
          ))}
        </Stack>
      )}
    </>
  )
}

type TroubleProps = { error: unknown; onRetry?: (() => void) | undefined; busy?: boolean }

/** A failure as a sentence, with a way on. */
export function Trouble({ error, onRetry, busy = false }: TroubleProps) {
  const { t } = useWords('app')
  const problem = useProblem()
  return (
    <Alert color="red" role="alert" icon={<IconAlertTriangle size={20} />}>
      <Stack gap="xs" align="flex-start">
        <span>{problem(error)}</span>
        {onRetry && (
          <Button size="xs" variant="default" onClick={onRetry} loading={busy}>
            {t('actions.retry')}
          </Button>
        )}
      </Stack>
    </Alert>
  )
}
