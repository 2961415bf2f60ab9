import { IconBook2, IconDatabase, IconUserCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useFormat } from '../app/format.ts'
import { useWords } from '../app/words.ts'
import { waitingQuery } from '../approvals/queries.ts'
import { storageQuery } from '../audit/queries.ts'
import { ledgerQuery } from '../ledger/queries.ts'
import classes from './Tiles.module.css'

export function Tiles({ children }: { children: ReactNode }) {
  return <div className={classes.tiles}>{children}</div>
}

type TileProps = {
  to: string
  icon: ReactNode
  title: string
  state: 'well' | 'look' | 'unknown'
  children: ReactNode
}

function Tile({ to, icon, title, state, children }: TileProps) {
  const { t } = useWords('admin')
  return (
    <Link to={to} className={classes.tile ?? ''} data-state={state}>
      <span className={classes.head}>
        {icon}
        <strong>{title}</strong>
      </span>
      <span className={classes.figure}>{children}</span>
      <span className={classes.state}>{t(`home.states.${state}`)}</span>
    </Link>
  )
}

export function WaitingTile() {
  const { t } = useWords('admin')
  const { data } = useQuery(waitingQuery)
  const count = data?.accounts.length
  return (
    <Tile
      to="/admin/approvals"
      icon={<IconUserCheck size={22} aria-hidden />}
      title={t('nav.approvals')}
      state={count === undefined ? 'unknown' : count === 0 ? 'well' : 'look'}
    >
      {count === undefined ? '…' : t('home.waiting', { count })}
    </Tile>
  )
}

type AreaProps = { area: '/admin' | '/auditor' }

export function LedgerTile({ area }: AreaProps) {
  const { t } = useWords('admin')
  const { data } = useQuery(ledgerQuery)
  const count = data?.size ?? 0
  const isWell = data && !data.readOnly && data.pending < 1000
  return (
    <Tile
      to={`${area}/ledger`}
      icon={<IconBook2 size={22} aria-hidden />}
      title={t('nav.ledger')}
      state={data === undefined ? 'unknown' : isWell ? 'well' : 'look'}
    >
      {data === undefined ? '…' : t('home.entries', { count })}
    </Tile>
  )
}

export function StorageTile({ area }: AreaProps) {
  const { t } = useWords('admin')
  const format = useFormat()
  const { data } = useQuery(storageQuery)
  const well = data?.buckets.filter(({ state }) => state === 'ok').length ?? 0
  return (
    <Tile
      to={`${area}/storage`}
      icon={<IconDatabase size={22} aria-hidden />}
      title={t('nav.storage')}
      state={data === undefined ? 'unknown' : well === data.buckets.length ? 'well' : 'look'}
    >
      {data === undefined
        ? '…'
        : t('home.buckets', { well: format.number(well), all: format.number(data.buckets.length) })}
    </Tile>
  )
}
