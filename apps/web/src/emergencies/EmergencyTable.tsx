import type { EmergencyView } from '@curo/contract/emergencies'
import { Badge, Button, Table } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useFormat } from '../app/format.ts'
import { Loaded } from '../app/Loaded.tsx'
import tableClasses from '../app/StackedTable.module.css'
import { useWords } from '../app/words.ts'
import { fullName } from '../patients/patient-form.ts'
import { emergenciesQuery } from './queries.ts'

const COLOURS = { waiting: 'yellow', confirmed: 'red', lapsed: 'gray' } as const

type EmergencyTableProps = { none: ReactNode; action?: (emergency: EmergencyView) => ReactNode }

/** Emergencies with who asked, who confirmed, and what the hospital's review said. */
export function EmergencyTable({ none, action }: EmergencyTableProps) {
  const { t } = useWords('emergencies')
  const query = useInfiniteQuery(emergenciesQuery)
  return (
    <Loaded query={query as Parameters<typeof Loaded<(typeof query)['data']>>[0]['query']}>
      {(data) => {
        const all = data?.pages.flatMap(({ emergencies }) => emergencies) ?? []
        if (all.length === 0) return none
        return (
          <>
            <Table.ScrollContainer minWidth={0} type="native">
              <Table verticalSpacing="xs" role="table" className={tableClasses.table ?? ''}>
                <Table.Thead role="rowgroup">
                  <Table.Tr role="row">
                    {(['patient', 'asked', 'reason', 'doctors', 'state', 'review'] as const).map((column) => (
                      <Table.Th role="columnheader" key={column}>
                        {t(`columns.${column}`)}
                      </Table.Th>
                    ))}
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody role="rowgroup">
                  {all.map((emergency) => (
                    <Row key={emergency.request.id} emergency={emergency} action={action?.(emergency)} />
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
            {query.hasNextPage && (
              <div>
                <Button
                  variant="default"
                  loading={query.isFetchingNextPage}
                  onClick={() => void query.fetchNextPage()}
                >
                  {t('mine.more')}
                </Button>
              </div>
            )}
          </>
        )
      }}
    </Loaded>
  )
}

function Row({ emergency, action }: { emergency: EmergencyView; action: ReactNode }) {
  const { t } = useWords('emergencies')
  const format = useFormat()
  const { patient, request, from, confirmedBy, state } = emergency
  return (
    <Table.Tr role="row">
      <Table.Td role="cell" data-label={t('columns.patient')}>
        <bdi>{fullName(patient)}</bdi>
      </Table.Td>
      <Table.Td role="cell" data-label={t('columns.asked')}>
        <time dateTime={request.at}>{format.dateTime(request.at)}</time>
      </Table.Td>
      <Table.Td role="cell" data-label={t('columns.reason')}>
        <bdi>{request.reason}</bdi>
      </Table.Td>
      <Table.Td role="cell" data-label={t('columns.doctors')}>
        <span>
          <bdi>{from}</bdi>
          {confirmedBy && (
            <>
              , <bdi>{confirmedBy}</bdi>
            </>
          )}
        </span>
      </Table.Td>
      <Table.Td role="cell" data-label={t('columns.state')}>
        <Badge variant="light" color={COLOURS[state]}>
          {t(`states.${state}`)}
        </Badge>
      </Table.Td>
      <Table.Td role="cell" data-label={t('columns.review')}>
        <span>
          <ReviewState review={emergency.review} /> {action}
        </span>
      </Table.Td>
    </Table.Tr>
  )
}

function ReviewState({ review }: Pick<EmergencyView, 'review'>) {
  const { t } = useWords('emergencies')
  const format = useFormat()
  if (!review) return t('review.none')
  const { dueAt, outcome, reason } = review
  if (outcome)
    return (
      <span>
        <Badge variant="light" color={outcome === 'justified' ? 'curo' : 'red'}>
          {t(`review.${outcome}`)}
        </Badge>{' '}
        {reason && <bdi>{reason}</bdi>}
      </span>
    )
  const isOverdue = new Date(dueAt) < new Date()
  return <span>{t(isOverdue ? 'review.overdue' : 'review.due', { at: format.dateTime(dueAt) })}</span>
}
