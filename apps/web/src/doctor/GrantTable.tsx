import type { ConsentView } from '@curo/contract/consent'
import { Anchor, Badge, Button, Table } from '@mantine/core'
import { IconLockOpen } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { EmptyState } from '../app/EmptyState.tsx'
import { useFormat } from '../app/format.ts'
import { Loaded } from '../app/Loaded.tsx'
import tableClasses from '../app/StackedTable.module.css'
import { useWords } from '../app/words.ts'
import { useRecordWords } from '../records/record-words.ts'
import { consentsQuery } from '../visits/queries.ts'
import { GiveBackDialog } from './GiveBackDialog.tsx'
import { usePatientName } from './patient-name.ts'
import classes from './Requests.module.css'

const COLOURS = {
  active: 'curo',
  revoked: 'red',
  'given-back': 'gray',
  expired: 'gray',
  used: 'gray',
} as const
/** The rest of what is over is history, and stands in the patients' ledgers. */
const SHOWN = 200

/** What patients have allowed this doctor, and what has become of it. What is open she may give back. */
export function GrantTable() {
  const { t } = useWords('doctor')
  const query = useQuery(consentsQuery)
  return (
    <Loaded query={query}>
      {(consents) =>
        consents.length === 0 ? (
          <EmptyState icon={IconLockOpen} title={t('grants.none')} text={t('grants.noneHint')} />
        ) : (
          <Table.ScrollContainer minWidth={0} type="native">
            <Table verticalSpacing="xs" role="table" className={tableClasses.table ?? ''}>
              <Table.Thead role="rowgroup">
                <Table.Tr role="row">
                  {(['patient', 'what', 'how', 'until', 'state'] as const).map((column) => (
                    <Table.Th role="columnheader" key={column}>
                      {t(`grants.${column}`)}
                    </Table.Th>
                  ))}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody role="rowgroup">
                {consents
                  .filter(({ state }, index) => state === 'active' || index < SHOWN)
                  .map((consent) => (
                    <GrantRow key={consent.grant.id} consent={consent} />
                  ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )
      }
    </Loaded>
  )
}

function GrantRow({ consent: { grant, state, patientName } }: { consent: ConsentView }) {
  const { t } = useWords('doctor')
  const { t: tRecords } = useRecordWords()
  const format = useFormat()
  const { categories } = grant.scope
  const name = usePatientName()(patientName)
  const [isAsking, setAsking] = useState(false)
  const link = useRef<HTMLAnchorElement>(null)
  return (
    <Table.Tr role="row">
      <Table.Td role="cell" data-label={t('grants.patient')}>
        <Anchor
          ref={link}
          renderRoot={(props) => (
            <Link to="/doctor/patients/$patient" params={{ patient: grant.patient }} {...props} />
          )}
        >
          <bdi>{name}</bdi>
        </Anchor>
      </Table.Td>
      <Table.Td role="cell" data-label={t('grants.what')}>
        {format.list(categories.map((category) => tRecords(`categories.${category}`)))}
      </Table.Td>
      <Table.Td role="cell" data-label={t('grants.how')}>
        {t(`grants.by.${grant.by}`)}
      </Table.Td>
      <Table.Td role="cell" data-label={t('grants.until')}>
        <time dateTime={grant.notAfter}>{format.dateTime(grant.notAfter)}</time>
      </Table.Td>
      <Table.Td role="cell" data-label={t('grants.state')}>
        <span className={classes.state}>
          <Badge className={classes.badge ?? ''} variant="light" color={COLOURS[state]}>
            {t(`grants.states.${state}`)}
          </Badge>
          {state === 'active' && (
            <Button
              variant="default"
              size="xs"
              aria-label={t('giveBack.actionFor', { name })}
              onClick={() => setAsking(true)}
            >
              {t('giveBack.action')}
            </Button>
          )}
        </span>
        {isAsking && (
          <GiveBackDialog grant={grant} name={name} after={link} onClose={() => setAsking(false)} />
        )}
      </Table.Td>
    </Table.Tr>
  )
}
