import { Badge, Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useFormat } from '../app/format.ts'
import { Loaded } from '../app/Loaded.tsx'
import { useWords } from '../app/words.ts'
import { work } from '../work/work.ts'
import classes from './DamagedRecords.module.css'

/** Of a root's 43 characters, enough to tell two apart. */
const ROOT_SHOWN = 12

/** Which records miss pieces, in which buckets; whose they are is not known here. */
export function DamagedRecords() {
  const { t } = useWords('vault')
  const format = useFormat()
  const query = useQuery({
    queryKey: ['audit', 'degraded'],
    queryFn: ({ signal }) => work.audit.degraded(undefined, { signal }),
  })
  return (
    <section aria-labelledby="damaged" className={classes.damaged}>
      <h2 id="damaged">{t('damaged.title')}</h2>
      <Text c="dimmed">{t('damaged.hint')}</Text>
      <Loaded query={query} skeleton={[160]}>
        {({ degraded, next }) => (
          <>
            <Table.ScrollContainer minWidth={0} type="native">
              <Table verticalSpacing="xs" striped>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{t('damaged.root')}</Table.Th>
                    <Table.Th className={classes.roomy ?? ''}>{t('damaged.size')}</Table.Th>
                    <Table.Th>{t('damaged.where')}</Table.Th>
                    <Table.Th className={classes.roomy ?? ''}>{t('damaged.since')}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {degraded.map(({ record, root, sealedSize, buckets, lost, since }) => (
                    <Table.Tr key={record}>
                      <Table.Td>
                        <code title={root}>{root.slice(0, ROOT_SHOWN)}…</code>{' '}
                        {lost > 0 && (
                          <Badge color="red" variant="light">
                            {t('damaged.lost')}
                          </Badge>
                        )}
                      </Table.Td>
                      <Table.Td className={classes.roomy ?? ''}>{format.bytes(sealedSize)}</Table.Td>
                      <Table.Td>
                        {Object.entries(buckets)
                          .map(([bucket, count]) => t('damaged.missing', { bucket, count }))
                          .join(', ')}
                      </Table.Td>
                      <Table.Td className={classes.roomy ?? ''}>{format.relative(since)}</Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
            {next && <Text c="dimmed">{t('damaged.more')}</Text>}
          </>
        )}
      </Loaded>
    </section>
  )
}
