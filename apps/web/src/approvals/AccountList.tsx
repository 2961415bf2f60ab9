import type { WorkingAccount } from '@curo/client/approvals'
import { Badge } from '@mantine/core'
import { IconPaperclip } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useFormat } from '../app/format.ts'
import rows from '../app/RowList.module.css'
import { useWords } from '../app/words.ts'
import classes from './AccountList.module.css'

const COLOURS = { pending: 'yellow', active: 'curo', rejected: 'gray', suspended: 'red' } as const

export function AccountState({ status }: Pick<WorkingAccount, 'status'>) {
  const { t } = useWords('approvals')
  return (
    <Badge variant="light" color={COLOURS[status]}>
      {t(`states.${status}`)}
    </Badge>
  )
}

/** People who work here, one a row, each leading to her page. */
export function AccountList({ accounts }: { accounts: readonly WorkingAccount[] }) {
  return (
    <ul className={rows.list}>
      {accounts.map((account) => (
        <li key={account.id}>
          <AccountRow account={account} />
        </li>
      ))}
    </ul>
  )
}

function AccountRow({ account }: { account: WorkingAccount }) {
  const { t } = useWords('approvals')
  const { t: tApp } = useWords('app')
  const format = useFormat()
  const { id, name, role, status, profession, documents, createdAt } = account
  const { speciality, department, registrationNumber } = profession
  const details = [...new Set([speciality, department, registrationNumber])].filter(Boolean)
  return (
    <Link to="/admin/people/$account" params={{ account: id }} className={`${rows.row} ${classes.row}`}>
      <span className={rows.name}>
        <bdi>{name}</bdi>
        <span className={rows.minor}>
          <bdi>{details.join(' · ') || '—'}</bdi>
        </span>
      </span>
      <span>{tApp(`roles.${role}`)}</span>
      <span className={rows.minor}>
        {status === 'pending'
          ? t('waiting.since', { since: format.relative(createdAt) })
          : format.date(createdAt)}
      </span>
      <span className={classes.states}>
        {documents > 0 && (
          <span className={rows.minor} title={t('documents.title')}>
            <IconPaperclip size={16} aria-label={t('documents.title')} /> {documents}
          </span>
        )}
        <AccountState status={status} />
      </span>
    </Link>
  )
}
