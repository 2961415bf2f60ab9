import { Badge } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useFormat } from '../app/format.ts'
import rows from '../app/RowList.module.css'
import { useWords } from '../app/words.ts'
import { Section } from '../patient/Section.tsx'
import { requestsQuery } from '../visits/queries.ts'
import { PatientRow } from './PatientRow.tsx'
import { REQUEST_COLOURS } from './request-colours.ts'

/** Answers older than this are no news. */
const NEWS_MS = 3 * 86_400_000
const SHOWN = 5

/** Requests that wait for an answer in her app, and those just answered. */
export function RequestNews() {
  const { t } = useWords('doctor')
  const format = useFormat()
  const { data } = useQuery(requestsQuery)
  const since = new Date(Date.now() - NEWS_MS).toISOString()
  const news = data?.filter(({ state, request }) => state === 'pending' || request.at > since) ?? []
  if (news.length === 0) return null
  return (
    <Section title={t('home.requests')} more={{ to: '/doctor/requests', label: t('home.allRequests') }}>
      <ul className={rows.list}>
        {news.slice(0, SHOWN).map(({ request, state, patientName, refusal }) => (
          <PatientRow
            key={request.id}
            to="/doctor/patients/$patient"
            patient={request.patient}
            name={patientName}
          >
            <span>
              <Badge variant="light" color={REQUEST_COLOURS[state]}>
                {t(`requests.states.${state}`)}
              </Badge>{' '}
              {refusal && <bdi>{refusal}</bdi>}
            </span>
            <span>
              <time dateTime={request.at}>{format.dateTime(request.at)}</time>
            </span>
          </PatientRow>
        ))}
      </ul>
    </Section>
  )
}
