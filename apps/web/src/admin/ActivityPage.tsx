import { Button, Menu, Select, Skeleton, Switch, Table } from '@mantine/core'
import { IconDownload, IconHistory } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useAccount } from '../accounts/session.ts'
import { EmptyState } from '../app/EmptyState.tsx'
import { Failed } from '../app/Failed.tsx'
import { useFormat } from '../app/format.ts'
import { Page } from '../app/Page.tsx'
import { saveFile } from '../app/save-file.ts'
import { useWords } from '../app/words.ts'
import { ACTIVITY_KINDS, useActivityWords } from '../audit/activity-words.ts'
import { ProblemList } from '../audit/ProblemList.tsx'
import { work } from '../work/work.ts'
import classes from './Filters.module.css'

const SPANS_H = { day: 24, week: 168, month: 720 } as const

/** What is wrong now, and everything that was done here. */
export function ActivityPage() {
  const { t } = useWords('audit')
  const [kind, setKind] = useState<string | null>(null)
  const [span, setSpan] = useState<keyof typeof SPANS_H | null>(null)
  const [isProblemsOnly, setProblemsOnly] = useState(false)
  const [from, setFrom] = useState<string>()
  const filter = {
    ...(kind && { kind }),
    ...(from && { from }),
    ...(isProblemsOnly && { problems: 'only' as const }),
  }
  const query = useInfiniteQuery({
    queryKey: ['audit', 'activity', filter],
    queryFn: ({ signal, pageParam }) =>
      work.audit.activity({ ...filter, ...(pageParam && { after: pageParam }) }, { signal }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
  })
  const exporting = useMutation({
    mutationFn: async (format: 'csv' | 'jsonl') =>
      saveFile(await work.audit.exported({ format, filter }), { name: `activity.${format}`, type: '' }),
  })
  const { what, result } = useActivityWords()
  if (query.isError) return <Failed error={query.error} reset={() => void query.refetch()} />
  const events = query.data?.pages.flatMap((page) => page.events) ?? []
  return (
    <Page
      title={t('activity.title')}
      action={
        <Menu position="bottom-end" withinPortal={false}>
          <Menu.Target>
            <Button
              variant="default"
              loading={exporting.isPending}
              leftSection={<IconDownload size={18} aria-hidden />}
            >
              {t('activity.export')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => exporting.mutate('csv')}>{t('activity.csv')}</Menu.Item>
            <Menu.Item onClick={() => exporting.mutate('jsonl')}>{t('activity.jsonl')}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      }
    >
      <ProblemList />
      <div className={classes.filters}>
        <Select
          label={t('activity.kind')}
          placeholder={t('activity.all')}
          clearable
          data={ACTIVITY_KINDS.map((value) => ({ value, label: what(value) }))}
          value={kind}
          onChange={setKind}
        />
        <Select
          label={t('activity.span')}
          placeholder={t('activity.all')}
          clearable
          data={Object.keys(SPANS_H).map((value) => ({
            value,
            label: t(`activity.spans.${value as keyof typeof SPANS_H}`),
          }))}
          value={span}
          onChange={(value) => {
            const chosen = value as typeof span
            setSpan(chosen)
            setFrom(chosen ? new Date(Date.now() - SPANS_H[chosen] * 3_600_000).toISOString() : undefined)
          }}
        />
        <Switch
          label={t('activity.problemsOnly')}
          checked={isProblemsOnly}
          onChange={(event) => setProblemsOnly(event.currentTarget.checked)}
        />
      </div>
      {query.isPending && <Skeleton height={320} />}
      {query.isSuccess && events.length === 0 && (
        <EmptyState icon={IconHistory} title={t('activity.none')} text={t('activity.noneHint')} />
      )}
      {events.length > 0 && <Events events={events} what={what} result={result} />}
      {query.hasNextPage && (
        <Button
          variant="default"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t('activity.more')}
        </Button>
      )}
    </Page>
  )
}

type Event = { id: string; at: string; kind: string; account: string | null; outcome: string }
type EventsProps = {
  events: readonly Event[]
  what: (kind: string) => string
  result: (outcome: string) => string
}

function Events({ events, what, result }: EventsProps) {
  const { t } = useWords('audit')
  const format = useFormat()
  const names = useNames()
  return (
    <Table.ScrollContainer minWidth={0} type="native">
      <Table verticalSpacing="xs" striped>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('activity.at')}</Table.Th>
            <Table.Th>{t('activity.kind')}</Table.Th>
            <Table.Th className={classes.roomy ?? ''}>{t('activity.outcome')}</Table.Th>
            <Table.Th>{t('activity.who')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {events.map(({ id, at, kind, account, outcome }) => (
            <Table.Tr key={id}>
              <Table.Td className={classes.when ?? ''}>
                <time dateTime={at}>{format.dateTime(at)}</time>
              </Table.Td>
              <Table.Td>
                {what(kind)}
                <span className={classes.narrow}>{result(outcome)}</span>
              </Table.Td>
              <Table.Td className={classes.roomy ?? ''}>{result(outcome)}</Table.Td>
              <Table.Td>
                <bdi>
                  {account
                    ? (names.get(account) ?? t('activity.unknown', { code: account.slice(0, 6) }))
                    : t('activity.nobody')}
                </bdi>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

/** Names of the people who work here, by account. */
function useNames(): ReadonlyMap<string, string> {
  // Who works here is an administrator's to know; an auditor sees whether it was the same person.
  const { role } = useAccount()
  const { data } = useQuery({
    enabled: role === 'admin',
    queryKey: ['approvals', 'names'],
    queryFn: ({ signal }) => work.approvals.find({ limit: 200 }, { signal }),
    select: ({ accounts }) => new Map(accounts.map(({ id, name }) => [id, name])),
  })
  return data ?? new Map()
}
