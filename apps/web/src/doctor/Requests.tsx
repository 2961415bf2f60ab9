import { Anchor, Badge, Skeleton, Table } from '@mantine/core'
import { IconListCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { EmptyState } from '../app/EmptyState.tsx'
import { Failed } from '../app/Failed.tsx'
import { useFormat } from '../app/format.ts'
import { Page } from '../app/Page.tsx'
import tableClasses from '../app/StackedTable.module.css'
import { useWords } from '../app/words.ts'
import { Section } from '../patient/Section.tsx'
import { requestsQuery } from '../visits/queries.ts'
import { GrantTable } from './GrantTable.tsx'
import { usePatientName } from './patient-name.ts'
import classes from './Requests.module.css'
import { REQUEST_COLOURS } from './request-colours.ts'

/** What was asked for, and what became of it. */
export function Requests() {
  const { t } = useWords('doctor')
  const format = useFormat()
  const nameOf = usePatientName()
  const { data, error, refetch } = useQuery(requestsQuery)
  if (error) return <Failed error={error} reset={() => void refetch()} />
  return (
    <Page title={t('requests.title')}>
      {!data && <Skeleton height={240} />}
      {data?.length === 0 && (
        <EmptyState icon={IconListCheck} title={t('requests.none')} text={t('requests.noneHint')} />
      )}
      {data && data.length > 0 && (
        <Table.ScrollContainer minWidth={0} type="native">
          <Table verticalSpacing="xs" role="table" className={tableClasses.table ?? ''}>
            <Table.Thead role="rowgroup">
              <Table.Tr role="row">
                <Table.Th role="columnheader">{t('requests.patient')}</Table.Th>
                <Table.Th role="columnheader">{t('requests.asked')}</Table.Th>
                <Table.Th role="columnheader">{t('requests.until')}</Table.Th>
                <Table.Th role="columnheader">{t('requests.state')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody role="rowgroup">
              {data.map(({ request, state, patientName, refusal }) => (
                <Table.Tr role="row" key={request.id}>
                  <Table.Td role="cell" data-label={t('requests.patient')}>
                    <Anchor
                      renderRoot={(props) => (
                        <Link
                          to="/doctor/patients/$patient"
                          params={{ patient: request.patient }}
                          {...props}
                        />
                      )}
                    >
                      <bdi>{nameOf(patientName)}</bdi>
                    </Anchor>
                  </Table.Td>
                  <Table.Td role="cell" data-label={t('requests.asked')}>
                    <time dateTime={request.at}>{format.dateTime(request.at)}</time>
                  </Table.Td>
                  <Table.Td role="cell" data-label={t('requests.until')}>
                    <time dateTime={request.notAfter}>{format.dateTime(request.notAfter)}</time>
                  </Table.Td>
                  <Table.Td role="cell" data-label={t('requests.state')}>
                    <span>
                      {' '}
                      <Badge className={classes.badge ?? ''} variant="light" color={REQUEST_COLOURS[state]}>
                        {t(`requests.states.${state}`)}
                      </Badge>{' '}
                      {refusal && <bdi>{refusal}</bdi>}
                    </span>{' '}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      <Section title={t('grants.title')}>
        <GrantTable />
      </Section>
    </Page>
  )
}
