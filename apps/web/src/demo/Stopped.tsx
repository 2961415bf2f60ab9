import { isCuroError } from '@curo/crypto/errors'
import { Alert, Button } from '@mantine/core'
import { useProblem } from '../app/problem.ts'
import { useWords } from '../app/words.ts'
import classes from './Demo.module.css'
import { startFilling, useFilling } from './filling.ts'
import type { DemoPlan } from './kept-demo.ts'

/** Begun and not finished: stopped by hand, by a reload, by a lock, or by what is said here. */
export function Stopped({ plan }: { plan: DemoPlan }) {
  const { t } = useWords('demo')
  const problem = useProblem()
  const filling = useFilling()
  const error = filling.state === 'none' ? filling.error : undefined
  const { patients, seed, progress } = plan
  return (
    <section className={classes.block} aria-labelledby="stopped">
      <h2 id="stopped">{t('stopped.title', { patients: progress.patients, of: patients })}</h2>
      <p>{t('stopped.text')}</p>
      {error !== undefined && (
        <Alert color="red" role="alert" title={t('failed')}>
          {problem(error)} {isCuroError(error, 'unavailable') && t('network')}
        </Alert>
      )}
      <Button onClick={() => void startFilling({ patients, seed })}>{t('stopped.goOn')}</Button>
    </section>
  )
}
