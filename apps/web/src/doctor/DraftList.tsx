import { Badge } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useFormat } from '../app/format.ts'
import { Loaded } from '../app/Loaded.tsx'
import { useWords } from '../app/words.ts'
import { draftsQuery } from '../consultations/queries.ts'
import { Section } from '../patient/Section.tsx'
import classes from './Home.module.css'

/** Consultations that are not signed yet. */
export function DraftList() {
  const { t } = useWords('doctor')
  const format = useFormat()
  const query = useQuery(draftsQuery)
  if (query.data?.drafts.length === 0) return null
  return (
    <Section title={t('home.drafts')}>
      <Loaded query={query} skeleton={[44]}>
        {({ drafts, total }) => (
          <>
            <ul className={classes.list}>
              {drafts.map(({ patient, about, savedAt, complaint, isUnsent }) => (
                <li key={patient}>
                  <Link
                    to="/doctor/patients/$patient/consultation"
                    params={{ patient }}
                    className={classes.row ?? ''}
                  >
                    <strong>
                      <bdi>
                        {about ? [about.given, about.family].filter(Boolean).join(' ') : t('home.unnamed')}
                      </bdi>
                    </strong>
                    <span className={classes.clipped} dir="auto">
                      {complaint || t('home.noComplaint')}
                    </span>
                    <span>
                      {t('home.savedAt', { at: format.dateTime(savedAt) })}{' '}
                      {isUnsent && (
                        <Badge variant="light" color="yellow">
                          {t('home.unsent')}
                        </Badge>
                      )}
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
            {total > drafts.length && <p>{t('home.moreDrafts', { count: total - drafts.length })}</p>}
          </>
        )}
      </Loaded>
    </Section>
  )
}
