import { Alert, Button, Progress, Skeleton } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconRefresh } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useAccount } from '../accounts/session.ts'
import { Failed } from '../app/Failed.tsx'
import { useFormat } from '../app/format.ts'
import { Page } from '../app/Page.tsx'
import { useProblem } from '../app/problem.ts'
import { useWords } from '../app/words.ts'
import { storageQuery } from '../audit/queries.ts'
import { BucketDrawing } from '../vault/BucketDrawing.tsx'
import { DamagedRecords } from '../vault/DamagedRecords.tsx'
import { work } from '../work/work.ts'
import classes from './LedgerPage.module.css'

/** Where the pieces lie, how the buckets are, and their repair, which is an administrator's to start. */
export function StoragePage() {
  const { t } = useWords('vault')
  const { role } = useAccount()
  const format = useFormat()
  const problem = useProblem()
  const queries = useQueryClient()
  const { data, error, refetch } = useQuery(storageQuery)
  const scrubbing = useMutation({
    mutationFn: () => work.audit.scrub(),
    onSettled: () => queries.invalidateQueries({ queryKey: ['audit'] }),
  })
  if (error) return <Failed error={error} reset={() => void refetch()} />
  const scrub = data?.lastScrub
  const isRunning = scrub?.state === 'running'
  return (
    <Page
      title={t('storage.title')}
      action={
        role === 'admin' && (
          <Button
            leftSection={<IconRefresh size={18} aria-hidden />}
            loading={scrubbing.isPending}
            disabled={!data || isRunning}
            onClick={() => scrubbing.mutate()}
          >
            {t('scrub.start')}
          </Button>
        )
      }
    >
      {!data && <Skeleton height={320} />}
      {scrubbing.isError && (
        <Alert color="red" role="alert">
          {problem(scrubbing.error)}
        </Alert>
      )}
      {data && data.lost > 0 && (
        <Alert color="red" role="alert" icon={<IconAlertTriangle size={20} aria-hidden />}>
          {t('storage.lost', { count: data.lost })}
        </Alert>
      )}
      {data && data.lost === 0 && (
        <Alert
          color={data.degraded > 0 ? 'yellow' : 'curo'}
          role="status"
          icon={
            data.degraded > 0 ? (
              <IconAlertTriangle size={20} aria-hidden />
            ) : (
              <IconCircleCheck size={20} aria-hidden />
            )
          }
        >
          {data.degraded > 0
            ? t('storage.degraded', { count: data.degraded })
            : t('storage.whole', { count: data.records, size: format.bytes(data.sealedBytes) })}
        </Alert>
      )}
      {data && <BucketDrawing storage={data} />}
      {data && data.degraded + data.lost > 0 && <DamagedRecords />}
      {scrub && (
        <section className={classes.block} aria-labelledby="scrub">
          <h2 id="scrub">{t('scrub.title')}</h2>
          {isRunning && (
            <div className={classes.checking}>
              <Progress
                value={scrub.total === 0 ? 0 : (100 * scrub.records) / scrub.total}
                aria-label={t('scrub.title')}
              />
              <output>{t('scrub.progress', { done: scrub.records, total: scrub.total })}</output>
            </div>
          )}
          <p>
            {t(`scrub.states.${scrub.state}`, {
              at: format.dateTime(scrub.finishedAt ?? scrub.startedAt),
            })}
          </p>
          <dl className={classes.figures}>
            {(['pieces', 'missing', 'corrupt', 'repaired', 'lost', 'orphans'] as const).map((name) => (
              <div key={name} className={classes.figure}>
                <dt>{t(`scrub.${name}`)}</dt>
                <dd>{format.number(scrub[name])}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
    </Page>
  )
}
