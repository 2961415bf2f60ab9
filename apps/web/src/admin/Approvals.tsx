import { Skeleton } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { EmptyState } from '../app/EmptyState.tsx'
import { Failed } from '../app/Failed.tsx'
import { Page } from '../app/Page.tsx'
import { useWords } from '../app/words.ts'
import { AccountList } from '../approvals/AccountList.tsx'
import { waitingQuery } from '../approvals/queries.ts'

export function Approvals() {
  const { t } = useWords('approvals')
  const { data, error, refetch } = useQuery(waitingQuery)
  if (error) return <Failed error={error} reset={() => void refetch()} />
  return (
    <Page title={t('waiting.title')}>
      {!data && <Skeleton height={120} />}
      {data?.accounts.length === 0 && (
        <EmptyState icon={IconCircleCheck} title={t('waiting.none')} text={t('waiting.noneHint')} />
      )}
      {data && data.accounts.length > 0 && <AccountList accounts={data.accounts} />}
    </Page>
  )
}
