import { Button, Select, Skeleton, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch, IconUsers } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { EmptyState } from '../app/EmptyState.tsx'
import { Failed } from '../app/Failed.tsx'
import { Page } from '../app/Page.tsx'
import { useWords } from '../app/words.ts'
import { AccountList } from '../approvals/AccountList.tsx'
import { AddSomebody } from '../approvals/AddSomebody.tsx'
import { work } from '../work/work.ts'
import classes from './Filters.module.css'

const ROLES = ['doctor', 'staff', 'admin', 'auditor'] as const
const STATES = ['pending', 'active', 'suspended', 'rejected'] as const

/** Everybody who works here. */
export function People() {
  const { t } = useWords('approvals')
  const { t: tApp } = useWords('app')
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim(), 150)
  const [role, setRole] = useState<(typeof ROLES)[number] | null>(null)
  const [status, setStatus] = useState<(typeof STATES)[number] | null>(null)
  const filter = { ...(search && { search }), ...(role && { role }), ...(status && { status }) }
  const query = useInfiniteQuery({
    queryKey: ['approvals', 'find', filter],
    queryFn: ({ signal, pageParam }) =>
      work.approvals.find({ ...filter, ...(pageParam && { after: pageParam }) }, { signal }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
  })
  const accounts = query.data?.pages.flatMap((page) => page.accounts) ?? []
  if (query.isError) return <Failed error={query.error} reset={() => void query.refetch()} />
  return (
    <Page title={t('people.title')} action={<AddSomebody />}>
      <div className={classes.filters}>
        <TextInput
          type="search"
          label={t('people.search')}
          placeholder={t('people.placeholder')}
          leftSection={<IconSearch size={18} aria-hidden />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          maxLength={200}
          className={classes.wide ?? ''}
        />
        <Select
          label={t('people.role')}
          placeholder={t('people.all')}
          clearable
          data={ROLES.map((value) => ({ value, label: tApp(`roles.${value}`) }))}
          value={role}
          onChange={(value) => setRole(value as typeof role)}
        />
        <Select
          label={t('people.state')}
          placeholder={t('people.all')}
          clearable
          data={STATES.map((value) => ({ value, label: t(`states.${value}`) }))}
          value={status}
          onChange={(value) => setStatus(value as typeof status)}
        />
      </div>
      <output className="visually-hidden">
        {query.isSuccess && t('people.found', { count: accounts.length })}
      </output>
      {query.isPending && <Skeleton height={240} />}
      {query.isSuccess && accounts.length === 0 && (
        <EmptyState icon={IconUsers} title={t('people.none')} text={t('people.noneHint')} />
      )}
      {accounts.length > 0 && <AccountList accounts={accounts} />}
      {query.hasNextPage && (
        <Button
          variant="default"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t('people.more')}
        </Button>
      )}
    </Page>
  )
}
