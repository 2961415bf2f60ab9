import type { AllergyItem, MedicationItem, ResultItem, Summary, VisitItem } from '@curo/fhir/summary'
import { numberWords } from '@curo/fhir/values'
import { Skeleton, Text, UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconDroplet, IconShieldCheck, IconZoomQuestion } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { FlagMark } from '../FlagMark.tsx'
import { type RecordWords, unitWords, useRecordWords, withUnit } from '../record-words.ts'
import classes from './ChartSummary.module.css'

export type ChartSummaryProps = {
  /** From `summaryOf`; undefined while the records are opened. */
  summary: Summary | undefined
  onOpen?: ((record: string) => void) | undefined
  /** To the chart of a measurement. */
  onTrend?: ((key: string) => void) | undefined
}

const VISITS_SHOWN = 4
const SHOWN = 6
const LABS_SHOWN = 8

/** What a clinician must know, on one screen: allergies first, everything else a glance away. */
export function ChartSummary({ summary, onOpen, onTrend }: ChartSummaryProps) {
  const { t } = useRecordWords()
  if (!summary) return <SummaryLoading />
  const open = { onOpen, onTrend }
  return (
    <section className={classes.summary} aria-label={t('summary.label')}>
      <AllergyPart summary={summary} onOpen={onOpen} />
      <div className={classes.columns}>
        <Part
          title={t('summary.problems')}
          none={t('summary.problemsNone')}
          items={summary.problems}
          shown={SHOWN}
        >
          {(problem) => (
            <Line
              key={problem.record}
              record={problem.record}
              onOpen={onOpen}
              title={problem.title}
              mark={
                problem.certainty === 'suspected'
                  ? t('summary.suspected')
                  : problem.isRecurrence
                    ? t('summary.recurrence')
                    : undefined
              }
              note={<Since date={problem.since} code={problem.icd10} />}
            />
          )}
        </Part>
        <Part
          title={t('summary.medications')}
          none={t('summary.medicationsNone')}
          items={summary.medications}
          shown={SHOWN}
        >
          {(medicine) => <MedicineLine key={medicine.record} medicine={medicine} onOpen={onOpen} />}
        </Part>
        <VitalsPart vitals={summary.vitals} {...open} />
        <LabsPart labs={summary.labs} {...open} />
        <Part
          title={t('summary.visits')}
          none={t('summary.visitsNone')}
          items={summary.visits}
          shown={VISITS_SHOWN}
        >
          {(visit) => <VisitLine key={visit.record} visit={visit} onOpen={onOpen} />}
        </Part>
        <ImmunizationPart summary={summary} onOpen={onOpen} />
      </div>
    </section>
  )
}

type Open = ChartSummaryProps['onOpen']

function AllergyPart({ summary, onOpen }: { summary: Summary; onOpen: Open }) {
  const { t, format } = useRecordWords()
  const { allergies, bloodGroup } = summary
  const on = allergies.noneKnownOn
  return (
    <section className={classes.allergies} data-state={allergies.state} aria-label={t('summary.allergies')}>
      <h2 className={classes.allergyTitle}>
        {allergies.state === 'listed' && <IconAlertTriangle size={20} aria-hidden />}
        {allergies.state === 'none-known' && <IconShieldCheck size={20} aria-hidden />}
        {allergies.state === 'nothing-recorded' && <IconZoomQuestion size={20} aria-hidden />}
        {t('summary.allergies')}
      </h2>
      <div className={classes.allergyItems}>
        {allergies.items.map((item) => (
          <AllergyChip key={item.record} item={item} onOpen={onOpen} />
        ))}
        {allergies.state !== 'listed' &&
          allergies.noneKnown.map((what) => (
            <Text key={what} component="span" fw={550}>
              {t(`summary.noneKnown.${what}`)}
              {on !== undefined && (
                <Text component="span" size="sm" c="dimmed">
                  {' '}
                  {t('summary.noneKnownOn', { date: format.date(on) })}
                </Text>
              )}
            </Text>
          ))}
        {allergies.state === 'nothing-recorded' && (
          <Text component="span">
            <strong>{t('summary.allergiesUnknown')}.</strong> {t('summary.allergiesUnknownText')}
          </Text>
        )}
      </div>
      {bloodGroup && (
        <UnstyledButton className={classes.blood ?? ''} onClick={() => onOpen?.(bloodGroup.record)}>
          <IconDroplet size={18} aria-hidden /> {t('summary.bloodGroup', { group: bloodGroup.value })}
        </UnstyledButton>
      )}
    </section>
  )
}

function AllergyChip({ item, onOpen }: { item: AllergyItem; onOpen: Open }) {
  const { t } = useRecordWords()
  return (
    <UnstyledButton
      className={classes.allergy ?? ''}
      data-criticality={item.criticality}
      data-record={item.record}
      onClick={() => onOpen?.(item.record)}
    >
      <span className={classes.allergyName}>{item.title}</span>
      {(item.criticality === 'high' || item.severity === 'severe') && (
        <span className={classes.danger}>
          <IconAlertTriangle size={13} aria-hidden />{' '}
          {item.severity === 'severe' ? t('summary.severe') : t('phrases.dangerous')}
        </span>
      )}
      {item.reactions.length > 0 && <span className={classes.reaction}>{item.reactions.join(', ')}</span>}
    </UnstyledButton>
  )
}

type PartProps<T> = {
  title: string
  none: string
  items: readonly T[]
  shown: number
  children: (item: T) => ReactNode
}

function Part<T>({ title, none, items, shown, children }: PartProps<T>) {
  const { t } = useRecordWords()
  const [isAll, setAll] = useState(false)
  const more = items.length - shown
  return (
    <section className={classes.part} aria-label={title}>
      <h2 className={classes.partTitle}>
        {title} {items.length > 0 && <span className={classes.count}>{items.length}</span>}
      </h2>
      {items.length === 0 ? (
        <Text c="dimmed" size="sm">
          {none}
        </Text>
      ) : (
        <ul className={classes.lines}>{(isAll ? items : items.slice(0, shown)).map(children)}</ul>
      )}
      {more > 0 && (
        <UnstyledButton
          className={classes.all ?? ''}
          aria-expanded={isAll}
          onClick={() => setAll((now) => !now)}
        >
          {isAll ? t('summary.showLess') : t('summary.showAll', { count: more })}
        </UnstyledButton>
      )}
    </section>
  )
}

type LineProps = { record: string; onOpen: Open; title: string; mark?: string | undefined; note?: ReactNode }

function Line({ record, onOpen, title, mark, note }: LineProps) {
  return (
    <li>
      <UnstyledButton className={classes.line ?? ''} data-record={record} onClick={() => onOpen?.(record)}>
        <span className={classes.lineTitle}>
          {title} {mark !== undefined && <span className={classes.mark}>{mark}</span>}
        </span>
        {note && <span className={classes.note}>{note}</span>}
      </UnstyledButton>
    </li>
  )
}

function Since({ date, code }: { date: string | undefined; code?: string | undefined }) {
  const { t, format } = useRecordWords()
  return <>{[date && t('summary.since', { date: format.date(date) }), code].filter(Boolean).join(' · ')}</>
}

function MedicineLine({ medicine, onOpen }: { medicine: MedicationItem; onOpen: Open }) {
  const { t, format, line } = useRecordWords()
  const { dosage, since, isOld, isOnHold, by } = medicine
  const words = dosage ? (dosage.phrases.length > 0 ? line(dosage.phrases) : dosage.text) : undefined
  const when =
    isOld && since
      ? t('summary.old', { date: format.date(since) })
      : since && t('summary.since', { date: format.date(since) })
  return (
    <Line
      record={medicine.record}
      onOpen={onOpen}
      title={medicine.title}
      mark={isOnHold ? t('summary.onHold') : undefined}
      note={
        <>
          {words && <span className={classes.dosage}>{words}</span>}
          <span data-old={isOld} className={classes.when}>
            {[when, by === 'statement' && t('summary.statement')].filter(Boolean).join(' · ')}
          </span>
        </>
      }
    />
  )
}

function VisitLine({ visit, onOpen }: { visit: VisitItem; onOpen: Open }) {
  const { t, format } = useRecordWords()
  const kinds = {
    ambulatory: 'visit',
    emergency: 'emergency-visit',
    inpatient: 'hospital-stay',
    virtual: 'online-visit',
    home: 'home-visit',
    other: 'visit',
  } as const
  const parts = [visit.date && format.date(visit.date), visit.clinician, visit.place]
  return (
    <Line
      record={visit.record}
      onOpen={onOpen}
      title={[visit.title ?? t(`kinds.${kinds[visit.kind]}`), visit.reason].filter(Boolean).join(': ')}
      mark={visit.isOpen ? t('summary.open') : undefined}
      note={parts.filter(Boolean).join(' · ')}
    />
  )
}

type ResultsProps = { onOpen: Open; onTrend: ChartSummaryProps['onTrend'] }

function VitalsPart({ vitals, onOpen, onTrend }: ResultsProps & { vitals: readonly ResultItem[] }) {
  const { t, format, measurement } = useRecordWords()
  return (
    <section className={classes.part} aria-label={t('summary.vitals')}>
      <h2 className={classes.partTitle}>{t('summary.vitals')}</h2>
      {vitals.length === 0 && (
        <Text c="dimmed" size="sm">
          {t('summary.vitalsNone')}
        </Text>
      )}
      <div className={classes.vitals}>
        {vitals.map((item) => (
          <UnstyledButton
            key={item.key}
            className={classes.vital ?? ''}
            onClick={() => (onTrend ? onTrend(item.key) : onOpen?.(item.record))}
          >
            <span className={classes.vitalName}>{measurement(item.key, item.title)}</span>
            <span className={classes.vitalValue}>
              <span className={classes.number}>{item.value}</span>{' '}
              <span className={classes.unit}>{unitWords(item.unit)}</span>
            </span>
            <span className={classes.note}>
              {item.flag && <FlagMark flag={item.flag} />} {format.date(item.date)}
            </span>
          </UnstyledButton>
        ))}
      </div>
    </section>
  )
}

function LabsPart({ labs, onOpen, onTrend }: ResultsProps & { labs: readonly ResultItem[] }) {
  const { t, format, measurement, sayOr } = useRecordWords()
  const [isAll, setAll] = useState(false)
  const more = labs.length - LABS_SHOWN
  return (
    <section className={classes.part} aria-label={t('summary.labs')}>
      <h2 className={classes.partTitle}>
        {t('summary.labs')} {labs.length > 0 && <span className={classes.count}>{labs.length}</span>}
      </h2>
      {labs.length === 0 && (
        <Text c="dimmed" size="sm">
          {t('summary.labsNone')}
        </Text>
      )}
      <ul className={classes.lines}>
        {(isAll ? labs : labs.slice(0, LABS_SHOWN)).map((item) => (
          <li key={item.key}>
            <UnstyledButton
              className={classes.lab ?? ''}
              onClick={() => (onTrend && item.previous ? onTrend(item.key) : onOpen?.(item.record))}
            >
              <span className={classes.labName}>{measurement(item.key, item.title)}</span>
              <span className={classes.labValue}>
                {item.flag && <FlagMark flag={item.flag} />}
                <span className={classes.labNumber}>{withUnit(item.value, item.unit)}</span>
              </span>
              <span className={classes.note}>
                {[
                  format.date(item.date),
                  rangeWords(item, sayOr),
                  item.isPreliminary && t('trends.preliminary'),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
              {item.previous && (
                <span className={classes.before}>{t('trends.previous', { value: item.previous.value })}</span>
              )}
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {more > 0 && (
        <UnstyledButton
          className={classes.all ?? ''}
          aria-expanded={isAll}
          onClick={() => setAll((now) => !now)}
        >
          {isAll ? t('summary.showLess') : t('summary.showAll', { count: more })}
        </UnstyledButton>
      )}
    </section>
  )
}

function rangeWords({ range }: ResultItem, sayOr: RecordWords['sayOr']): string {
  if (!range) return ''
  const { low, high, text } = range
  if (low !== undefined && high !== undefined)
    return sayOr('phrases.normal-range', '', { low: numberWords(low), high: numberWords(high) })
  if (high !== undefined) return sayOr('phrases.normal-below', '', { high: numberWords(high) })
  return low === undefined ? (text ?? '') : sayOr('phrases.normal-above', '', { low: numberWords(low) })
}

function ImmunizationPart({ summary, onOpen }: { summary: Summary; onOpen: Open }) {
  const { t, format } = useRecordWords()
  return (
    <Part
      title={t('summary.immunizations')}
      none={t('summary.immunizationsNone')}
      items={summary.immunizations}
      shown={SHOWN}
    >
      {(item) => (
        <Line
          key={item.record}
          record={item.record}
          onOpen={onOpen}
          title={item.title}
          note={[
            item.date && format.date(item.date),
            item.doses > 1 && t('summary.doses', { count: item.doses }),
          ]
            .filter(Boolean)
            .join(' · ')}
        />
      )}
    </Part>
  )
}

function SummaryLoading() {
  const { t } = useRecordWords()
  return (
    <div className={classes.summary} role="status" aria-label={t('list.loading')}>
      <Skeleton height={72} radius="lg" />
      <div className={classes.columns}>
        {['a', 'b', 'c', 'd'].map((key) => (
          <Skeleton key={key} height={180} radius="lg" />
        ))}
      </div>
    </div>
  )
}
