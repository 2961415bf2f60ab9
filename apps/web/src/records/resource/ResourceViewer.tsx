import {
  type Fact,
  type FactValue,
  factsOf,
  narrativeOfRecord,
  type ResultRow,
  resultRows,
  type TextSection,
  textSections,
} from '@curo/fhir/facts'
import type { Resource } from '@curo/fhir/types'
import { Collapse, Text, UnstyledButton } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { lazy, Suspense, useId, useMemo, useState } from 'react'
import { FlagMark } from '../FlagMark.tsx'
import { ViewerLoading } from '../files/ViewerLoading.tsx'
import { type RecordWords, useRecordWords } from '../record-words.ts'
import classes from './ResourceViewer.module.css'

const ResourceTree = lazy(() => import('./ResourceTree.tsx'))

type Resolver = (reference: string) => Resource | undefined

export type ResourceViewerProps = {
  resource: Resource
  /** Finds what references lead to (`chartResolver`). */
  resolve?: Resolver | undefined
}

const nowhere: Resolver = () => undefined

/** A FHIR resource of any type as people read it, and all its details as a tree below. */
export function ResourceViewer({ resource, resolve = nowhere }: ResourceViewerProps) {
  const { t } = useRecordWords()
  const facts = useMemo(() => factsOf(resource, resolve), [resource, resolve])
  const rows = useMemo(() => resultRows(resource, resolve), [resource, resolve])
  const sections = useMemo(() => textSections(resource, resolve), [resource, resolve])
  const narrative = useMemo(() => narrativeOfRecord(resource), [resource])
  const isOnlyNarrative = facts.length === 0 && rows.length === 0 && sections.length === 0
  return (
    <div className={classes.resource}>
      {rows.length > 0 && <ResultTable rows={rows} />}
      {sections.map((section, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: sections have no name of their own
        <NoteSection key={index} section={section} />
      ))}
      {facts.length > 0 && <FactList facts={facts} />}
      {narrative !== '' && (
        <Disclosure title={t('record.narrative')} isOpen={isOnlyNarrative}>
          <p className={classes.sectionText}>{narrative}</p>
        </Disclosure>
      )}
      <Disclosure title={t('record.details')}>
        <Suspense fallback={<ViewerLoading />}>
          <ResourceTree resource={resource} />
        </Suspense>
      </Disclosure>
    </div>
  )
}

function NoteSection({ section }: { section: TextSection }) {
  const { t, line, measurement } = useRecordWords()
  const { key, title, text, level, entries } = section
  const heading = key ? t(`sections.${key}`) : title
  return (
    <section className={classes.section} data-level={Math.min(level, 2)}>
      {heading !== '' && <h3 className={classes.sectionTitle}>{heading}</h3>}
      {text !== '' && <p className={classes.sectionText}>{text}</p>}
      {entries && (
        <ul className={classes.entries}>
          {entries.map((entry, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same may stand there twice
            <li key={index}>
              <span className={classes.entryTitle}>{measurement(entry.measurement, entry.title)}</span>{' '}
              {line(entry.line)}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function FactList({ facts }: { facts: readonly Fact[] }) {
  const words = useRecordWords()
  return (
    <dl className={classes.facts}>
      {facts.map(({ label, isKnown, values }) => (
        <div key={label} className={classes.fact}>
          <dt>{isKnown ? words.sayOr(`labels.${label}`, label) : label}</dt>
          {values.map((value, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: values have no name of their own
            <dd key={index}>{valueWords(value, words)}</dd>
          ))}
        </div>
      ))}
    </dl>
  )
}

function valueWords(value: FactValue, { format, status, line, t }: RecordWords): string {
  const day = (text: string) => (/T\d\d:\d\d/.test(text) ? format.dateTime(text) : format.date(text))
  if ('text' in value) return value.text
  if ('date' in value) return day(value.date)
  if ('status' in value) return status(value.status)
  if ('phrases' in value) return line(value.phrases)
  if ('bytes' in value) return format.bytes(value.bytes)
  if ('yes' in value) return t(value.yes ? 'values.yes' : 'values.no')
  const [from, to] = [value.from?.slice(0, 10), value.to?.slice(0, 10)]
  if (from !== undefined && to !== undefined)
    return t('values.fromTo', { from: format.date(from), to: format.date(to) })
  if (from !== undefined) return t('values.since', { date: format.date(from) })
  return to === undefined ? '' : t('values.until', { date: format.date(to) })
}

function ResultTable({ rows }: { rows: readonly ResultRow[] }) {
  const { t, measurement } = useRecordWords()
  const hasRanges = rows.some(({ range }) => range !== undefined)
  return (
    <div className={classes.tableBox}>
      <table className={classes.table}>
        <caption className="visually-hidden">{t('record.results')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('record.test')}</th>
            <th scope="col">{t('record.result')}</th>
            {hasRanges && <th scope="col">{t('record.normal')}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same test may stand there twice
            <tr key={index} data-flag={row.flag}>
              <th scope="row">{measurement(row.measurement, row.title)}</th>
              <td>
                <span className={classes.value}>{row.value || '–'}</span>{' '}
                {row.flag && <FlagMark flag={row.flag} />}
              </td>
              {hasRanges && <td className={classes.range}>{rangeWords(row)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function rangeWords({ range }: ResultRow): string {
  if (!range) return ''
  const { low, high, text } = range
  if (low !== undefined && high !== undefined) return `${low} – ${high}`
  if (high !== undefined) return `≤ ${high}`
  return low === undefined ? (text ?? '') : `≥ ${low}`
}

function Disclosure({
  title,
  isOpen = false,
  children,
}: {
  title: string
  isOpen?: boolean
  children: React.ReactNode
}) {
  const [isShown, setShown] = useState(isOpen)
  const id = useId()
  return (
    <div className={classes.disclosure}>
      <UnstyledButton
        className={classes.opener ?? ''}
        aria-expanded={isShown}
        aria-controls={id}
        onClick={() => setShown((now) => !now)}
      >
        <IconChevronDown size={18} aria-hidden className={classes.chevron} data-open={isShown} />
        <Text component="span" fw={550}>
          {title}
        </Text>
      </UnstyledButton>
      <Collapse expanded={isShown} id={id} transitionDuration={0}>
        {isShown && children}
      </Collapse>
    </div>
  )
}
