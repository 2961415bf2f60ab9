import { Button, Progress } from '@mantine/core'
import { useFormat } from '../app/format.ts'
import { useWords } from '../app/words.ts'
import classes from './Demo.module.css'

type FillingProgressProps = {
  progress: { patients: number; done: number; all: number } | null
  /** How many there are to be. */
  of: number | undefined
  /** Absent where another window fills. */
  onStop?: (() => void) | undefined
}

/** How far it is; records count for the bar, because one patient has ten and another a thousand. */
export function FillingProgress({ progress, of, onStop }: FillingProgressProps) {
  const { t } = useWords('demo')
  const format = useFormat()
  const { patients, done, all } = progress ?? { patients: 0, done: 0, all: 0 }
  const counted = { done: format.number(Math.min(done, all)), all: format.number(all) }
  return (
    <section className={classes.block} aria-labelledby="filling">
      <h2 id="filling">{t('progress.title')}</h2>
      <Progress
        className={classes.bar ?? ''}
        value={all === 0 ? 0 : (100 * done) / all}
        aria-label={t('progress.title')}
      />
      <output className={classes.counts}>
        {all === 0 || of === undefined ? (
          t('progress.hiring')
        ) : (
          <>
            <span>{t('progress.patients', { patients, of })}</span>
            <span>{t('progress.records', counted)}</span>
          </>
        )}
      </output>
      <p>{t(onStop ? 'progress.stay' : 'progress.elsewhere')}</p>
      {onStop && (
        <Button variant="default" onClick={onStop}>
          {t('progress.stop')}
        </Button>
      )}
    </section>
  )
}
