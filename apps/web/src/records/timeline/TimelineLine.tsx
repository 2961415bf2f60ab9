import type { TimelineEntry } from '@curo/fhir/timeline'
import { UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconChevronRight, IconFileUnknown, IconLock } from '@tabler/icons-react'
import { memo } from 'react'
import { FlagMark } from '../FlagMark.tsx'
import { KindIcon } from '../KindIcon.tsx'
import { useRecordWords } from '../record-words.ts'
import classes from './Timeline.module.css'

type Props = {
  entry: TimelineEntry
  isLast: boolean
  isInner: boolean
  isSelected: boolean
  onOpen: (entry: TimelineEntry) => void
}

/** One record in the list: what kind it is, what it is about, what it says in a line. */
export const TimelineLine = memo(function TimelineLine({
  entry,
  isLast,
  isInner,
  isSelected,
  onOpen,
}: Props) {
  const { t, line, measurement } = useRecordWords()
  const isFaulty = entry.state === 'tampered' || entry.state === 'unreadable' || entry.state === 'unknown'
  // A sensitive record's stub only says that it is one; that is said in the reader's language.
  const isDiscreet = entry.kind === 'sensitive' && entry.state === 'listed'
  const title = isFaulty
    ? t(`list.${entry.state as 'tampered'}`)
    : isDiscreet
      ? t('kinds.sensitive')
      : measurement(entry.measurement, entry.title)
  const text = isFaulty ? t(`list.${entry.state as 'tampered'}Text`) : line(entry.line)
  return (
    <UnstyledButton
      className={classes.entry ?? ''}
      data-last={isLast}
      data-inner={isInner}
      data-state={entry.state}
      data-category={entry.category}
      data-record={entry.record}
      aria-current={isSelected || undefined}
      onClick={() => onOpen(entry)}
    >
      <span className={classes.icon}>
        <EntryIcon entry={entry} />
      </span>
      <span className={classes.words}>
        <span className={classes.meta}>
          {!isFaulty && !isDiscreet && <span>{t(`kinds.${entry.kind}`)}</span>}
          {entry.time && entry.time !== '00:00' && <time>{entry.time}</time>}
          {entry.author?.name && <span className={classes.author}>{entry.author.name}</span>}
          {entry.author?.unproved && <span className={classes.author}>{t('list.unproved')}</span>}
        </span>
        <span className={classes.title}>
          {title} {entry.flag && <FlagMark flag={entry.flag} />}
        </span>
        {text !== '' && <span className={classes.text}>{text}</span>}
      </span>
      <IconChevronRight size={18} aria-hidden className={classes.chevron} />
    </UnstyledButton>
  )
})

function EntryIcon({ entry }: { entry: TimelineEntry }) {
  if (entry.state === 'tampered') return <IconAlertTriangle size={20} aria-hidden />
  if (entry.state === 'unreadable') return <IconLock size={20} aria-hidden />
  if (entry.state === 'unknown') return <IconFileUnknown size={20} aria-hidden />
  return (
    <KindIcon kind={entry.category === 'sensitive' && entry.state === 'listed' ? 'sensitive' : entry.kind} />
  )
}
