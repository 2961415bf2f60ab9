import type { PatientSummary } from '@curo/contract/patients'
import { formatCardNumber } from '@curo/crypto/card-number'
import { Badge, Button, Skeleton, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconScan, IconSearch, IconUserPlus } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type KeyboardEvent, useRef, useState } from 'react'
import { EmptyState } from '../app/EmptyState.tsx'
import { Failed } from '../app/Failed.tsx'
import { useFormat } from '../app/format.ts'
import rows from '../app/RowList.module.css'
import { useWords } from '../app/words.ts'
import { ScanCardDialog } from '../cards/ScanCardDialog.tsx'
import { work } from '../work/work.ts'
import classes from './PatientFinder.module.css'
import { ageOn, fullName, localDay } from './patient-form.ts'

const DEBOUNCE_MS = 150

/** Finds as one types; arrow keys move through what was found, Enter opens it. */
export function PatientFinder() {
  const { t } = useWords('patients')
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim(), DEBOUNCE_MS)
  const [isScanning, setScanning] = useState(false)
  const list = useRef<HTMLUListElement>(null)
  const query = useInfiniteQuery({
    queryKey: ['patients', 'find', search],
    queryFn: ({ signal, pageParam }) =>
      work.patients.find(
        { ...(search ? { search } : {}), ...(pageParam ? { after: pageParam } : {}) },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
  })
  const patients = query.data?.pages.flatMap((page) => page.patients) ?? []

  function openFirst(event: KeyboardEvent) {
    const links = list.current?.querySelectorAll('a')
    if (event.key === 'ArrowDown') links?.[0]?.focus()
    else if (event.key === 'Enter' && links?.length === 1) links[0]?.click()
    else return
    event.preventDefault()
  }

  return (
    <section className={classes.finder} aria-label={t('finder.results')}>
      <div className={classes.search}>
        <TextInput
          type="search"
          label={t('finder.label')}
          placeholder={t('finder.placeholder')}
          leftSection={<IconSearch size={18} aria-hidden />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={openFirst}
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          size="md"
        />
        <Button
          variant="default"
          leftSection={<IconScan size={18} aria-hidden />}
          onClick={() => setScanning(true)}
        >
          {t('finder.scan')}
        </Button>
      </div>
      <output className="visually-hidden">
        {query.isSuccess && !query.isPlaceholderData && t('finder.found', { count: patients.length })}
      </output>
      {query.isPending && <Loading />}
      {query.isError && <Failed error={query.error} reset={() => void query.refetch()} />}
      {query.isSuccess && patients.length === 0 && <Nobody search={search} />}
      {patients.length > 0 && (
        <ul ref={list} className={rows.list} onKeyDown={moveFocus}>
          {patients.map((patient) => (
            <PatientRow key={patient.id} patient={patient} />
          ))}
        </ul>
      )}
      {query.hasNextPage && (
        <Button
          variant="default"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t('finder.more')}
        </Button>
      )}
      <ScanCardDialog
        opened={isScanning}
        onClose={() => setScanning(false)}
        // The number is enough here: the desk has no use for the card's secret.
        onCard={({ cardNumber }) => {
          setScanning(false)
          setTyped(formatCardNumber(cardNumber))
        }}
      />
    </section>
  )
}

function moveFocus(event: KeyboardEvent<HTMLUListElement>) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step === undefined) return
  const links = [...event.currentTarget.querySelectorAll('a')]
  links[links.indexOf(document.activeElement as HTMLAnchorElement) + step]?.focus()
  event.preventDefault()
}

function PatientRow({ patient }: { patient: PatientSummary }) {
  const { t } = useWords('patients')
  const format = useFormat()
  const { id, demographics, card, activated } = patient
  const count = ageOn(demographics.birthDate, localDay())
  return (
    <li>
      <Link to="/staff/patients/$patient" params={{ patient: id }} className={`${rows.row} ${classes.row}`}>
        <span className={rows.name}>
          <bdi>{fullName(demographics)}</bdi>
          <span className={rows.minor}>
            {t(`sexes.${demographics.sex}`)} · {t('age', { count })}
          </span>
        </span>
        <span className={classes.fact}>
          <time dateTime={demographics.birthDate}>{format.date(demographics.birthDate)}</time>
        </span>
        <span className={classes.fact}>
          <bdi>{demographics.phone ?? '—'}</bdi>
        </span>
        <span className={classes.fact}>{card ? formatCardNumber(card.number) : '—'}</span>
        <span className={classes.states}>
          <CardState card={card} />
          {activated && <Badge variant="light">{t('app.active')}</Badge>}
        </span>
      </Link>
    </li>
  )
}

export function CardState({ card }: Pick<PatientSummary, 'card'>) {
  const { t } = useWords('patients')
  const state = card?.status ?? 'none'
  return (
    <Badge variant="light" color={state === 'active' ? 'curo' : state === 'blocked' ? 'red' : 'gray'}>
      {t(`card.${state}`)}
    </Badge>
  )
}

function Nobody({ search }: { search: string }) {
  const { t } = useWords('patients')
  return (
    <EmptyState
      icon={IconUserPlus}
      title={search ? t('finder.none', { search }) : t('finder.empty')}
      text={t(search ? 'finder.noneHint' : 'finder.emptyHint')}
    />
  )
}

function Loading() {
  return (
    <div className={classes.loading} aria-busy="true">
      {Array.from({ length: 6 }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they never change
        <Skeleton key={at} height={52} radius="sm" />
      ))}
    </div>
  )
}
