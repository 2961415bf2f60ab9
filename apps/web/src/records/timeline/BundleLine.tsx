import type { TimelineRow } from '@curo/fhir/timeline'
import { UnstyledButton } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { memo } from 'react'
import { FlagMark } from '../FlagMark.tsx'
import { KindIcon } from '../KindIcon.tsx'
import { useRecordWords } from '../record-words.ts'
import classes from './Timeline.module.css'

const NAMED = 4

type Props = { bundle: Extract<TimelineRow, { row: 'bundle' }>; onToggle: (key: string) => void }

/** Many results of one day as one line: the first few in words, how many are out of range; opens to show them all. */
export const BundleLine = memo(function BundleLine({ bundle, onToggle }: Props) {
  const { t, format, phrase, measurement } = useRecordWords()
  const { kind, entries, isOpen, isLast, key } = bundle
  const flagged = entries.filter(({ flag }) => flag !== undefined)
  const worst = flagged.find(({ flag }) => flag === 'critical') ?? flagged[0]
  const named = entries.slice(0, NAMED).map((entry) => {
    const result = entry.line.find((one) => one.key === 'result')
    return [measurement(entry.measurement, entry.title), result && phrase(result)].filter(Boolean).join(' ')
  })
  const more = entries.length - named.length
  return (
    <UnstyledButton
      className={classes.entry ?? ''}
      data-last={isLast}
      aria-expanded={isOpen}
      onClick={() => onToggle(key)}
    >
      <span className={classes.icon}>
        <KindIcon kind={kind} />
      </span>
      <span className={classes.words}>
        <span className={classes.title}>
          {t(`list.bundles.${kind}`)}{' '}
          <span className={classes.chipCount}>{format.number(entries.length)}</span>{' '}
          {worst?.flag && <FlagMark flag={worst.flag} />}
          {flagged.length > 1 && (
            <span className={classes.flagged}>{t('list.outOfRange', { count: flagged.length })}</span>
          )}
        </span>
        {!isOpen && (
          <span className={classes.text}>
            {[...named, ...(more > 0 ? [t('list.andMore', { more: format.number(more) })] : [])].join(', ')}
          </span>
        )}
      </span>
      <IconChevronDown size={18} aria-hidden className={classes.chevron} data-open={isOpen} />
    </UnstyledButton>
  )
})
