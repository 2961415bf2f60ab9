import { sortEntries, type TimelineSource, timelineEntryOf, withoutDescribedFiles } from '@curo/fhir/timeline'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { KindIcon } from './KindIcon.tsx'
import classes from './NewestRecords.module.css'
import { useRecordWords } from './record-words.ts'

const SHOWN = 3

/** The newest of her records in a line each. */
export function NewestRecords({ sources }: { sources: readonly TimelineSource[] }) {
  const { t, measurement, format } = useRecordWords()
  const newest = useMemo(
    () =>
      sortEntries(withoutDescribedFiles(sources.map((source) => timelineEntryOf(source))))
        .filter(({ state }) => state === 'open' || state === 'listed')
        .slice(0, SHOWN),
    [sources],
  )
  return (
    <ul className={classes.list}>
      {newest.map((entry) => (
        <li key={entry.record}>
          <Link
            to="/patient/records/$record"
            params={{ record: entry.record }}
            className={classes.record ?? ''}
          >
            <KindIcon kind={entry.kind} />
            <span className={classes.words}>
              <bdi className={classes.title}>{measurement(entry.measurement, entry.title)}</bdi>
              <span className={classes.about}>
                {[t(`kinds.${entry.kind}`), entry.date && format.date(entry.date)]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
