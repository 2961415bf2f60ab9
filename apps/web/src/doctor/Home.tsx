import { Alert, Button } from '@mantine/core'
import { IconScan, IconStethoscope } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useAccount } from '../accounts/session.ts'
import { useFormat } from '../app/format.ts'
import { Page } from '../app/Page.tsx'
import { useProblem } from '../app/problem.ts'
import { useWords } from '../app/words.ts'
import { ScanCardDialog } from '../cards/ScanCardDialog.tsx'
import { toConfirmQuery } from '../emergencies/queries.ts'
import { ToConfirm } from '../emergencies/ToConfirm.tsx'
import { Section } from '../patient/Section.tsx'
import { consentsQuery } from '../visits/queries.ts'
import { work } from '../work/work.ts'
import { DraftList } from './DraftList.tsx'
import classes from './Home.module.css'
import { RequestNews } from './RequestNews.tsx'
import { ShortcutsButton, useShortcut } from './Shortcuts.tsx'

/** Scanning a card comes first; below, whoever may be opened now. */
export function Home() {
  const { t } = useWords('doctor')
  const { name } = useAccount()
  const navigate = useNavigate()
  const problem = useProblem()
  const [isScanning, setScanning] = useState(false)
  useShortcut('scan', () => setScanning(true))
  const beginning = useMutation({
    mutationFn: (given: { text: string } | { number: string }): Promise<{ patient: string }> =>
      'text' in given ? work.visits.begin(given) : work.visits.beginWithNumber(given),
    onSuccess: ({ patient }) => navigate({ to: '/doctor/patients/$patient', params: { patient } }),
  })
  return (
    <Page title={t('home.greeting', { name })} action={<ShortcutsButton />}>
      <div className={classes.scan}>
        <Button
          size="lg"
          leftSection={<IconScan size={22} aria-hidden />}
          loading={beginning.isPending}
          onClick={() => setScanning(true)}
        >
          {t('home.scan')}
        </Button>
        <span>{t('home.scanHint')}</span>
      </div>
      {beginning.isError && (
        <Alert color="red" role="alert">
          {problem(beginning.error)}
        </Alert>
      )}
      <EmergenciesFirst />
      <DraftList />
      <OpenVisits />
      <RequestNews />
      <ScanCardDialog
        opened={isScanning}
        onClose={() => setScanning(false)}
        onCard={({ text }) => {
          setScanning(false)
          beginning.mutate({ text })
        }}
        onNumber={(number) => {
          setScanning(false)
          beginning.mutate({ number })
        }}
      />
    </Page>
  )
}

/** Somebody cannot answer: before everything else, and not there at all when nobody waits. */
function EmergenciesFirst() {
  const { t } = useWords('emergencies')
  const { data } = useQuery(toConfirmQuery)
  if (!data?.emergencies.length) return null
  return (
    <Section title={t('toConfirm.title')}>
      <ToConfirm />
    </Section>
  )
}

function OpenVisits() {
  const { t } = useWords('doctor')
  const format = useFormat()
  const { data } = useQuery(consentsQuery)
  const active = data?.filter(({ state }) => state === 'active') ?? []
  if (data && active.length === 0)
    return (
      <div className={classes.none}>
        <IconStethoscope size={40} stroke={1.2} aria-hidden />
        <strong>{t('home.none')}</strong>
        <p>{t('home.noneHint')}</p>
      </div>
    )
  return (
    <section aria-labelledby="open-visits">
      <h2 id="open-visits" className={classes.heading}>
        {t('home.open')}
      </h2>
      <ul className={classes.list}>
        {active.map(({ grant, patientName }) => (
          <li key={grant.id}>
            <Link
              to="/doctor/patients/$patient"
              params={{ patient: grant.patient }}
              className={classes.row ?? ''}
            >
              <strong>
                <bdi>
                  {patientName
                    ? [patientName.given, patientName.family].filter(Boolean).join(' ')
                    : t('home.unnamed')}
                </bdi>
              </strong>
              <span>{t(`home.by.${grant.by}`)}</span>
              <span>{t('home.until', { until: format.dateTime(grant.notAfter) })}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
