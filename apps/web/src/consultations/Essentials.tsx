import type { Summary } from '@curo/fhir/summary'
import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useWords } from '../app/words.ts'
import { unitWords, useRecordWords } from '../records/record-words.ts'
import classes from './Essentials.module.css'

const SHOWN = 8

type EssentialsProps = {
  summary: Summary | undefined
  /** Opens the chart; undefined when it may not be. */
  onOpenChart: (() => void) | undefined
}

/** What of the chart one looks at while writing: allergies first. */
export function Essentials({ summary, onOpenChart }: EssentialsProps) {
  const { t } = useWords('consultations')
  const { t: tRecords, line, measurement, format } = useRecordWords()
  if (!summary)
    return (
      <aside className={classes.essentials} aria-label={t('essentials.title')}>
        <p className={classes.closed}>{t('essentials.closed')}</p>
        {onOpenChart && (
          <Button variant="default" onClick={onOpenChart}>
            {t('essentials.open')}
          </Button>
        )}
      </aside>
    )
  const { allergies, problems, medications, vitals } = summary
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <aside className={classes.essentials} aria-label={t('essentials.title')} tabIndex={0}>
      <h2 className={classes.title}>{t('essentials.title')}</h2>
      <div className={classes.allergies} data-state={allergies.state}>
        <Group
          title={tRecords('summary.allergies')}
          none={
            allergies.noneKnown[0]
              ? tRecords(`summary.noneKnown.${allergies.noneKnown[0]}`)
              : tRecords('summary.allergiesUnknown')
          }
        >
          {allergies.items.map(({ record, title }) => (
            <li key={record}>
              <bdi>{title}</bdi>
            </li>
          ))}
        </Group>
      </div>
      <Group title={tRecords('summary.problems')} none={tRecords('summary.problemsNone')}>
        {problems.slice(0, SHOWN).map(({ record, title }) => (
          <li key={record}>
            <bdi>{title}</bdi>
          </li>
        ))}
      </Group>
      <Group title={tRecords('summary.medications')} none={tRecords('summary.medicationsNone')}>
        {medications.slice(0, SHOWN).map(({ record, title, dosage }) => (
          <li key={record}>
            <bdi>{title}</bdi>
            {dosage && <span>{dosage.phrases.length > 0 ? line(dosage.phrases) : dosage.text}</span>}
          </li>
        ))}
      </Group>
      <Group title={tRecords('summary.vitals')} none={tRecords('summary.vitalsNone')}>
        {vitals.map(({ key, title, value, unit, date }) => (
          <li key={key}>
            <span>{measurement(key, title)}</span>
            <span>
              {value} {unitWords(unit)}
              {date && ` · ${format.date(date)}`}
            </span>
          </li>
        ))}
      </Group>
    </aside>
  )
}

function Group({ title, none, children }: { title: string; none: string; children: ReactNode[] }) {
  return (
    <section className={classes.group} aria-label={title}>
      <h3>{title}</h3>
      {children.length > 0 ? <ul>{children}</ul> : <p className={classes.closed}>{none}</p>}
    </section>
  )
}
