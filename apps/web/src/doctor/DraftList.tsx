import { Badge } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useFormat } from '../app/format.ts'
import { Loaded } from '../app/Loaded.tsx'
import rows from '../app/RowList.module.css'
import { useWords } from '../app/words.ts'
import { draftsQuery } from '../consultations/queries.ts'
import { Section } from '../patient/Section.tsx'
import classes from './DraftList.module.css'
import { PatientRow } from './PatientRow.tsx'

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
            <ul className={rows.list}>
              {drafts.map(({ patient, about, savedAt, complaint, isUnsent }) => (
                <PatientRow
                  key={patient}
                  to="/doctor/patients/$patient/consultation"
                  patient={patient}
                  name={about}
                >
                  <span className={classes.complaint} dir="auto">
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
                </PatientRow>
              ))}
            </ul>
            {total > drafts.length && <p>{t('home.moreDrafts', { count: total - drafts.length })}</p>}
          </>
        )}
      </Loaded>
    </Section>
  )
}
