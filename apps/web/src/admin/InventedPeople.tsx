import { Alert, Skeleton } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Failed } from '../app/Failed.tsx'
import { useFormat } from '../app/format.ts'
import { useHospital } from '../app/hospital.ts'
import { Page } from '../app/Page.tsx'
import { useWords } from '../app/words.ts'
import classes from '../demo/Demo.module.css'
import { FillForm } from '../demo/FillForm.tsx'
import { FillingProgress } from '../demo/FillingProgress.tsx'
import { useFilling } from '../demo/filling.ts'
import { Keepsake } from '../demo/Keepsake.tsx'
import { Stopped } from '../demo/Stopped.tsx'
import { WorkerTable } from '../demo/WorkerTable.tsx'
import type { DemoState } from '../demo/work.ts'
import { work } from '../work/work.ts'

/** Fills a training hospital with invented people, and says nothing more than that elsewhere. */
export function InventedPeople() {
  const { t } = useWords('demo')
  const { data: hospital } = useHospital()
  return (
    <Page title={t('title')}>
      {!hospital && <Skeleton height={240} />}
      {hospital && !hospital.training && <Alert color="curo">{t('notTraining')}</Alert>}
      {hospital?.training && <Training />}
    </Page>
  )
}

/** While another window fills, this one looks how far it is. */
const LOOK_AGAIN_MS = 2000

function Training() {
  const { t } = useWords('demo')
  const filling = useFilling()
  const isRunning = filling.state === 'running'
  const { data: state, ...known } = useQuery({
    queryKey: ['demo', 'state'],
    queryFn: ({ signal }) => work.demo.state(undefined, { signal }),
    refetchInterval: (query) => (query.state.data?.isFilling && !isRunning ? LOOK_AGAIN_MS : false),
  })
  const { data: workers, ...asked } = useQuery({
    queryKey: ['demo', 'workers'],
    queryFn: ({ signal }) => work.demo.workers(undefined, { signal }),
  })
  // Without a network what this browser has begun is shown all the same.
  const error = known.error ?? (state?.begun || workers ? null : asked.error)
  if (error)
    return <Failed error={error} reset={() => void Promise.all([known.refetch(), asked.refetch()])} />
  return (
    <>
      <p className={classes.intro}>{t('intro')}</p>
      {state && (state.begun || workers) ? (
        <Step state={state} asksPassword={!state.begun && workers?.length !== 0} />
      ) : (
        <Skeleton height={240} />
      )}
      {state?.begun && !isRunning && <Keepsake password={state.begun.password} />}
      {workers && workers.length > 0 && !isRunning && <WorkerTable workers={workers} />}
    </>
  )
}

/** What can be done now. */
function Step({ state, asksPassword }: { state: DemoState; asksPassword: boolean }) {
  const filling = useFilling()
  const { begun, isFilling } = state
  if (filling.state === 'running') {
    const { progress, of, stop } = filling
    return <FillingProgress progress={progress} of={of} onStop={stop} />
  }
  if (isFilling) return <FillingProgress progress={begun?.progress ?? null} of={begun?.patients} />
  if (begun && begun.finishedAt === null) return <Stopped plan={begun} />
  return (
    <>
      {begun && <Done begun={begun} />}
      <FillForm key={begun?.patients ?? 0} begun={begun} asksPassword={asksPassword} />
    </>
  )
}

function Done({ begun }: { begun: NonNullable<DemoState['begun']> }) {
  const { t } = useWords('demo')
  const format = useFormat()
  const { patients, cards, progress } = begun
  const { away = [] } = progress
  return (
    <Alert
      color="curo"
      role="status"
      icon={<IconCircleCheck size={20} aria-hidden />}
      title={t('done.title', { count: patients })}
    >
      {/* What charts hold whose cards lie elsewhere is not known here. */}
      {cards < patients
        ? t('done.cards', { cards })
        : t('done.records', { records: format.number(progress.done) })}{' '}
      {away.length > 0 && `${t('done.away', { count: away.length, names: format.list(away) })} `}
      {t('done.signIn')}
    </Alert>
  )
}
