import type { WorkingAccount } from '@curo/client/approvals'
import { Button, Group, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useAccount } from '../accounts/session.ts'
import classes from '../app/Blocks.module.css'
import { type Fact, Facts } from '../app/Facts.tsx'
import { Failed } from '../app/Failed.tsx'
import { useFormat } from '../app/format.ts'
import { Page } from '../app/Page.tsx'
import { useWords } from '../app/words.ts'
import { AccountDocuments } from '../approvals/AccountDocuments.tsx'
import { AccountState } from '../approvals/AccountList.tsx'
import { DecideAccount, type DecisionKind } from '../approvals/DecideAccount.tsx'
import { work } from '../work/work.ts'

const DECISIONS: Record<WorkingAccount['status'], readonly DecisionKind[]> = {
  pending: ['approve', 'reject'],
  active: ['suspend'],
  suspended: ['reinstate'],
  rejected: [],
}

/** One person who works here: details, documents, and what may be decided. */
export function PersonPage() {
  const { t } = useWords('approvals')
  const { account } = useParams({ from: '/admin/people/$account' })
  const { data, error, refetch } = useQuery({
    queryKey: ['approvals', 'one', account],
    queryFn: ({ signal }) => work.approvals.get({ account }, { signal }),
  })
  if (error) return <Failed error={error} reset={() => void refetch()} />
  if (!data)
    return (
      <Page title={t('people.title')}>
        <Skeleton height={240} />
      </Page>
    )
  return <Known account={data} />
}

function Known({ account }: { account: WorkingAccount }) {
  const { t } = useWords('approvals')
  const { id: own } = useAccount()
  const [decision, setDecision] = useState<DecisionKind | null>(null)
  // Nobody decides about herself.
  const decisions = account.id === own ? [] : DECISIONS[account.status]
  return (
    <Page
      title={account.name}
      action={
        <Group gap="sm">
          {decisions.map((kind) => (
            <Button
              key={kind}
              variant={kind === 'approve' ? 'filled' : 'default'}
              onClick={() => setDecision(kind)}
            >
              {t(`decide.${kind}`)}
            </Button>
          ))}
        </Group>
      }
    >
      <div className={classes.columns}>
        <FactsOf account={account} />
        <div className={classes.block}>
          <AccountDocuments account={account.id} />
        </div>
      </div>
      {decision && <DecideAccount account={account} decision={decision} onClose={() => setDecision(null)} />}
    </Page>
  )
}

function FactsOf({ account }: { account: WorkingAccount }) {
  const { t } = useWords('approvals')
  const { t: tApp } = useWords('app')
  const format = useFormat()
  const { contact, role, profession, createdAt, registry, decision } = account
  const facts: Fact[] = [
    [t('people.state'), <AccountState key="state" status={account.status} />],
    [t('people.role'), tApp(`roles.${role}`)],
    [t('facts.contact'), contact],
    [t('facts.registrationNumber'), profession.registrationNumber],
    [t('facts.speciality'), profession.speciality],
    [t('facts.qualification'), profession.qualification],
    [t('facts.department'), profession.department],
    [t('facts.since'), format.dateTime(createdAt)],
    [
      t('facts.registry'),
      registry?.index == null ? t('facts.registryNone') : t('facts.registryPlace', { index: registry.index }),
    ],
    [
      t('facts.decision'),
      decision &&
        t('facts.by', { at: format.dateTime(decision.at), who: decision.by ?? t('facts.bySomebody') }),
    ],
    [t('facts.reason'), decision?.reason],
  ]
  return <Facts facts={facts} />
}
