import { Alert, Button, Progress, Skeleton } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconSignature } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { Failed } from '../app/Failed.tsx'
import { useFormat } from '../app/format.ts'
import { Page } from '../app/Page.tsx'
import { useProblem } from '../app/problem.ts'
import { useWords } from '../app/words.ts'
import { checkpointQuery, ledgerQuery } from '../ledger/queries.ts'
import { work } from '../work/work.ts'
import classes from './LedgerPage.module.css'

/** Size, checkpoint, who has cosigned it, and the check of the whole log in this browser. */
export function LedgerPage() {
  const { t } = useWords('ledger')
  const format = useFormat()
  const { data, error, refetch } = useQuery(ledgerQuery)
  if (error) return <Failed error={error} reset={() => void refetch()} />
  return (
    <Page title={t('state.title')}>
      {!data && <Skeleton height={180} />}
      {data && (
        <>
          {data.readOnly && (
            <Alert color="red" role="alert" icon={<IconAlertTriangle size={20} aria-hidden />}>
              {t('state.readOnly')}
            </Alert>
          )}
          <dl className={classes.figures}>
            <Figure label={t('state.entries')} value={format.number(data.size)} />
            <Figure label={t('state.final')} value={format.number(data.finalSize)} />
            <Figure label={t('state.pending')} value={format.number(data.pending)} />
            <Figure
              label={t('state.published')}
              value={data.publishedAt ? format.relative(data.publishedAt) : '—'}
            />
          </dl>
        </>
      )}
      <Checkpoint />
      <WholeLog />
    </Page>
  )
}

function Figure({ label, value }: { label: string; value: string }) {
  return (
    <div className={classes.figure}>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  )
}

function Checkpoint() {
  const { t } = useWords('ledger')
  const format = useFormat()
  const problem = useProblem()
  const { data, error } = useQuery(checkpointQuery)
  return (
    <section className={classes.block} aria-labelledby="checkpoint">
      <h2 id="checkpoint">{t('checkpoint.title')}</h2>
      {error && (
        <Alert color="red" role="alert">
          {problem(error)}
        </Alert>
      )}
      {!data && !error && <Skeleton height={80} />}
      {data && (
        <>
          <p>{t('checkpoint.text', { count: data.size })}</p>
          <code className={classes.root}>{data.root}</code>
          {data.cosignatures.length + data.missing.length === 0 ? (
            <p>{t('checkpoint.alone')}</p>
          ) : (
            <ul className={classes.witnesses}>
              {data.cosignatures.map(({ witness, at }) => (
                <li key={witness} data-state="signed">
                  <IconSignature size={18} aria-hidden /> <bdi>{witness}</bdi>
                  <span>{t('checkpoint.signed', { at: format.relative(at) })}</span>
                </li>
              ))}
              {data.missing.map((witness) => (
                <li key={witness} data-state="missing">
                  <IconAlertTriangle size={18} aria-hidden /> <bdi>{witness}</bdi>
                  <span>{t('checkpoint.missing')}</span>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </section>
  )
}

/** Every entry against its tile, every tile against those below, the root against what was signed. */
function WholeLog() {
  const { t } = useWords('ledger')
  const { t: tApp } = useWords('app')
  const problem = useProblem()
  const [progress, setProgress] = useState({ done: 0, total: 0 })
  const abort = useRef<AbortController>(undefined)
  const checking = useMutation({
    mutationFn: () => {
      abort.current = new AbortController()
      setProgress({ done: 0, total: 0 })
      return work.ledger.checkAll(undefined, { onProgress: setProgress, signal: abort.current.signal })
    },
  })
  const { data, error, isPending } = checking
  const isStopped = error instanceof DOMException && error.name === 'AbortError'
  return (
    <section className={classes.block} aria-labelledby="whole-log">
      <h2 id="whole-log">{t('check.title')}</h2>
      <p>{t('check.text')}</p>
      {isPending ? (
        <div className={classes.checking}>
          <Progress
            value={progress.total === 0 ? 0 : (100 * progress.done) / progress.total}
            aria-label={t('check.title')}
          />
          <output>{t('check.progress', progress)}</output>
          <Button variant="default" onClick={() => abort.current?.abort()}>
            {t('check.stop')}
          </Button>
        </div>
      ) : (
        <Button onClick={() => checking.mutate()}>{t('check.start')}</Button>
      )}
      {error && !isStopped && (
        <Alert color="red" role="alert" title={tApp('failed.title')}>
          {problem(error)}
        </Alert>
      )}
      {data?.sound && (
        <Alert color="curo" role="status" icon={<IconCircleCheck size={20} aria-hidden />}>
          {t('check.sound', { count: data.size })}
        </Alert>
      )}
      {data && !data.sound && (
        <Alert color="red" role="alert" title={t('check.unsound')}>
          {!data.quorum && <p>{t('check.noQuorum')}</p>}
          <ul>
            {data.faults.slice(0, 20).map(({ path, sentence }) => (
              <li key={`${path} ${sentence}`}>
                <code>{path}</code>: {sentence}
              </li>
            ))}
          </ul>
        </Alert>
      )}
    </section>
  )
}
