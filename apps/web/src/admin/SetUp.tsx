import type { HospitalInfo } from '@curo/contract/hospital'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useWords } from '../app/words.ts'
import { CopyLine } from './CopyLine.tsx'
import classes from './SetUp.module.css'

/** What a new hospital needs first; in a training hospital also how it is filled with invented people. */
export function SetUp({ hospital }: { hospital: HospitalInfo }) {
  const { t } = useWords('admin')
  return (
    <section className={classes.block} aria-labelledby="set-up">
      {!hospital.configured && (
        <>
          <h2 id="set-up">{t('setUp.title')}</h2>
          <ol className={classes.steps}>
            <li>
              <strong>{t('setUp.describe')}</strong>
              <p>{t('setUp.describeText')}</p>
              <Button component={Link} to="/admin/hospital">
                {t('setUp.describeNow')}
              </Button>
            </li>
            <li>
              <strong>{t('setUp.people')}</strong>
              <p>{t('setUp.peopleText')}</p>
              <CopyLine text={`${location.origin}/register`} />
            </li>
            <li>
              <strong>{t('setUp.patients')}</strong>
              <p>{t('setUp.patientsText')}</p>
            </li>
          </ol>
        </>
      )}
      {hospital.training ? (
        <>
          <h2 id={hospital.configured ? 'set-up' : undefined}>{t('setUp.training')}</h2>
          <p>{t('setUp.trainingText')}</p>
          <div>
            <Button
              component={Link}
              to="/admin/invented-people"
              variant={hospital.configured ? 'filled' : 'default'}
            >
              {t('setUp.trainingNow')}
            </Button>
          </div>
        </>
      ) : (
        <p className={classes.minor}>{t('setUp.real')}</p>
      )}
    </section>
  )
}
